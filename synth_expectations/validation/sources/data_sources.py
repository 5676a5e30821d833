"""Data sources as a project configures them: files below a directory, and PostgreSQL."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar

import sqlalchemy as sa

from synth_expectations.engine.addresses import refuse_ambiguous
from synth_expectations.engine.object_addresses import is_address
from synth_expectations.redaction import note_address
from synth_expectations.validation.sources.duckdb.file_table import list_file_tables
from synth_expectations.validation.sources.duckdb.views import DuckDBViews
from synth_expectations.validation.sources.files import base_directory, with_variables
from synth_expectations.validation.sources.tables import SourceTable, read_table
from synth_expectations.validation.unusual_project import UnusualProjectError
from synth_expectations.validation.variables import has_variable

FILES = ("duckdb_parquet", "duckdb")
"""Types of data source over files that DuckDB reads."""

_ADDRESS = re.compile(r"postgresql(\+psycopg2?)?://[^/?#@\s]+@[A-Za-z0-9.-]+(:[0-9]+)?/[^/?#\s]+(\?[^#\s]*)?")
"""An address that Great Expectations accepts without variables; one with variables it does not look at."""


class _Tables:
    """The tables of a data source."""

    name: str
    assets: Sequence[SourceTable]

    def get_asset(self, name: str) -> SourceTable:
        """Return a table by its name; KeyError if there is none."""
        for asset in self.assets:
            if asset.name == name:
                return asset
        raise KeyError(name)


class FileSource(_Tables):
    """DuckDB over files below one directory.

    Args:
        name: of the data source.
        config: as great_expectations.yml has it.
        root: its directory: relative paths start there.
    """

    engine_name: ClassVar[str] = "duckdb"

    def __init__(self, name: str, config: Mapping[str, Any], root: Path) -> None:
        _refuse_other_keys(name, config, {"type", "id", "name", "path", "kwargs", "assets", "connection_string"})
        if config.get("connection_string") not in {None, "duckdb:///:memory:"}:
            raise UnusualProjectError(f"the data source {name} has a connection_string")
        self.name = name
        self.root_directory = root
        self.path = _text(name, config.get("path", "."))
        self.kwargs = _options(name, config)
        self.assets = _read_tables(self, name, config)
        self._directories: dict[str, str] = {}

    def base(self) -> str:
        """Return where globs start: a directory, or an address of an object store.

        Links in the path are followed once: a link that is turned to another directory during a run divides no table.

        Raises:
            UnreadableTableError: a variable in the path is not set.
        """
        path = with_variables(self.path)
        if is_address(path):
            return path
        if path not in self._directories:
            self._directories[path] = str(base_directory(self.name, path, self))
        return self._directories[path]

    @cached_property
    def _views(self) -> DuckDBViews:
        views = DuckDBViews(self.kwargs)
        views.tables = lambda: list_file_tables(self)
        return views

    def get_execution_engine(self) -> DuckDBViews:
        """Return the views, made once and kept."""
        return self._views

    def get_engine(self) -> sa.Engine:
        """Return SQLAlchemy's engine of the same connection."""
        return self._views.engine

    def close(self) -> None:
        """Close its views, if they were made."""
        if "_views" in vars(self):
            self._views.close()

    def list_private_names(self) -> Sequence[str]:
        """Return the directory or address of its files, which belongs into no document that leaves the machine.

        Raises:
            UnreadableTableError: a variable in the path is not set.
        """
        return (self.base(),)

    def check_address(self) -> None:
        """Check nothing: it has no address of a database."""


class DatabaseSource(_Tables):
    """Tables of PostgreSQL.

    Args:
        name: of the data source.
        config: as great_expectations.yml has it.
        address: of the database, with variables substituted.
    """

    engine_name: ClassVar[str] = "postgres"

    def __init__(self, name: str, config: Mapping[str, Any], address: str) -> None:
        keys = {"type", "id", "name", "connection_string", "create_temp_table", "kwargs", "assets"}
        _refuse_other_keys(name, config, keys)
        if config.get("create_temp_table"):
            raise UnusualProjectError(f"the data source {name} makes temporary tables")
        if not has_variable(str(config.get("connection_string"))) and not _ADDRESS.fullmatch(address):
            raise UnusualProjectError(f"the data source {name} has an address of another form")
        self.name = name
        self.address = address
        self.kwargs = _options(name, config)
        self.assets = _read_tables(self, name, config)

    @cached_property
    def _engine(self) -> DatabaseEngine:
        return DatabaseEngine(self._create_engine())

    @cached_property
    def _idle_engine(self) -> sa.Engine:
        return self._create_engine()

    def get_execution_engine(self) -> DatabaseEngine:
        """Return what gives connections, made once and kept."""
        return self._engine

    def get_engine(self) -> sa.Engine:
        """Return an engine that no run uses: what it knows of the database does not depend on the run."""
        return self._idle_engine

    def close(self) -> None:
        """Close the connections that are open."""
        if "_engine" in vars(self):
            self._engine.engine.dispose()
        if "_idle_engine" in vars(self):
            self._idle_engine.dispose()

    def list_private_names(self) -> Sequence[str]:
        """Return the host, and the database where it is a path."""
        try:
            url = sa.make_url(self.address)
        except (sa.exc.ArgumentError, ValueError):  # a port that is not a number
            return ()
        return [part for part in (url.host, url.database) if part and (part == url.host or "/" in part)]

    def check_address(self) -> None:
        """Note the secrets of the address; refuse one that could be read in more than one way.

        Raises:
            QueryError: a part of its password would be taken for something else.
        """
        note_address(self.address)
        refuse_ambiguous(self.address)

    def _create_engine(self) -> sa.Engine:
        return sa.create_engine(_choose_driver(self.address), **self.kwargs)


class DatabaseEngine:
    """Gives connections to a database, each used and given back.

    Attributes:
        engine: of SQLAlchemy.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def get_connection(self) -> AbstractContextManager[sa.Connection]:
        """Return a connection, for a block."""
        return self.engine.connect()


def read_data_source(name: str, config: Mapping[str, Any], root: Path, substitute: Any) -> FileSource | DatabaseSource:
    """Return a data source.

    Args:
        name: of the data source.
        config: as great_expectations.yml has it.
        root: the directory of great_expectations.yml.
        substitute: returns a text with variables substituted.

    Raises:
        UnusualProjectError: Great Expectations must read it.
    """
    kind = config.get("type")
    if kind in FILES:
        return FileSource(name, config, root)
    if kind == "postgres":
        return DatabaseSource(name, config, _text(name, substitute(_text(name, config.get("connection_string")))))
    raise UnusualProjectError(f"the data source {name} is of the type {kind}")


def _read_tables(source: Any, name: str, config: Mapping[str, Any]) -> list[SourceTable]:
    assets = config.get("assets") or {}
    if not isinstance(assets, dict):
        raise UnusualProjectError(f"the assets of the data source {name} are not a mapping")
    return [read_table(source, table, entry) for table, entry in assets.items()]


def _refuse_other_keys(name: str, config: Mapping[str, Any], keys: set[str]) -> None:
    for key in config.keys() - keys:
        raise UnusualProjectError(f"the data source {name} has {key}")


def _options(name: str, config: Mapping[str, Any]) -> Mapping[str, Any]:
    options = config.get("kwargs") or {}
    if not isinstance(options, dict) or "$" in repr(options):
        raise UnusualProjectError(f"the data source {name} has kwargs with variables")
    return options


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise UnusualProjectError(f"the data source {name} has an address that is not text")
    return value


def _choose_driver(address: str) -> str | sa.URL:
    """Return an address with a driver that is installed, where it names none: SQLAlchemy 2.1 takes psycopg by default.

    As `great_expectations.compatibility.postgresql.resolve_postgresql_driver` does (seen in 1.24.1).
    """
    try:
        url = sa.make_url(address)
    except sa.exc.ArgumentError:
        return address
    if url.drivername != "postgresql":
        return address
    default = url.get_dialect().driver
    if default == "psycopg2" or find_spec(default) or not find_spec("psycopg2"):
        return address
    return url.set(drivername="postgresql+psycopg2")
