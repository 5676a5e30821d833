"""Tables of a data source as a project configures them: files, tables of a database, and queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

import sqlalchemy as sa

from synth_expectations.engine.adapters.sqlalchemy import SqlAdapter
from synth_expectations.engine.date_ranges import compile_date_range
from synth_expectations.errors import SynthError
from synth_expectations.rules.partitions import PARTITIONERS
from synth_expectations.validation.sources.duckdb.file_table import FileTable
from synth_expectations.validation.sources.unreadable_table import UnreadableTable
from synth_expectations.validation.time_limits import read_time_limit
from synth_expectations.validation.unusual_project import UnusualProjectError

if TYPE_CHECKING:
    from synth_expectations.engine.extracts.extract import Extract

DateRange = tuple[str, date, date]
"""A column, a first day, and the day after the last."""

_QUOTES = "\"'`[]"


@dataclass(frozen=True)
class BatchDefinition:
    """How a table is divided into batches.

    Attributes:
        id: as it is stored.
        column: that says to which batch a row belongs; None for a whole table.
        method: Great Expectations' name of the division; empty for a whole table.
    """

    id: str | None
    column: str | None = None
    method: str = ""


class SourceTable(Protocol):
    """A table of a data source.

    Attributes:
        name: of the table.
        id: as it is stored.
        datasource: that it belongs to.
        batch_metadata: what the policy accepts of it, and how long its queries may take.
        batch_definitions: by name.
    """

    name: str
    id: str | None
    datasource: Any
    batch_metadata: Mapping[str, Any]
    batch_definitions: Mapping[str, BatchDefinition]

    def as_selectable(self) -> Any:
        """Return all records."""

    def select_batch(self, date_range: DateRange | None) -> Any:
        """Return the records of a batch: some days, or all. Where they cannot be read, every query on them says why."""

    def describe_batch(self) -> dict[str, Any]:
        """Return what Great Expectations calls the spec of a batch, without what chooses the days."""


class _ConfiguredTable:
    """What the tables of all data sources have in common."""

    def __init__(self, source: Any, name: str, config: Mapping[str, Any]) -> None:
        self.datasource = source
        self.name = name
        self.id: str | None = config.get("id")
        self.batch_metadata: Mapping[str, Any] = config.get("batch_metadata") or {}
        self.batch_definitions = _read_batch_definitions(name, config)


class ConfiguredFiles(_ConfiguredTable, FileTable):
    """Files as one table; see `FileTable`."""

    def __init__(self, source: Any, name: str, config: Mapping[str, Any]) -> None:
        super().__init__(source, name, config)
        self.glob = config["glob"]
        self.where = config.get("where")
        self.first_of = config.get("first_of") or {}
        self._extract = _build_extract(name, config)

    def build_extract(self) -> Extract | None:
        """Return how the files are read; None if they are Parquet."""
        return self._extract

    def select_batch(self, date_range: DateRange | None) -> Any:
        """Return the records of a batch, in a view of the files that are there now."""
        self.try_view()
        views = self.datasource.get_execution_engine()
        shared = views.share_rows(self.name) if date_range is None else None
        return shared or views.select_rows(self.name, date_range).alias()

    def describe_batch(self) -> dict[str, Any]:
        """Return the spec of a batch."""
        return {
            "type": "table",
            "data_asset_name": self.name,
            "table_name": self.name,
            "schema_name": None,
            "batch_identifiers": {},
        }


class _Rows(_ConfiguredTable):
    """What tables and queries of a database have in common."""

    def as_selectable(self) -> sa.FromClause:
        """Return all records."""
        raise NotImplementedError

    def _select_all(self) -> sa.FromClause:
        """Return all records as Great Expectations selects those of a batch."""
        raise NotImplementedError

    def select_batch(self, date_range: DateRange | None) -> Any:
        """Return the records of a batch."""
        if date_range is None:
            return self._select_all()
        engine, table = self.datasource.get_execution_engine(), self.as_selectable()
        try:
            limit = read_time_limit(self)
            adapter = SqlAdapter(engine.get_connection, table, sa.table, self.name, limit=limit)
            condition = compile_date_range(adapter.columns(), adapter.dialect, *date_range)
        except SynthError as error:
            return UnreadableTable(self.name, error)
        rows: sa.Select[Any] = sa.select(sa.literal_column("*")).select_from(table)
        return rows.where(sa.literal_column(condition)).alias()


class DatabaseTable(_Rows):
    """A table of a database."""

    def __init__(self, source: Any, name: str, config: Mapping[str, Any]) -> None:
        super().__init__(source, name, config)
        given = config.get("table_name") or name
        schema = config.get("schema_name")
        if not isinstance(given, str) or not (schema is None or isinstance(schema, str)):
            raise UnusualProjectError(f"the table {name} has a name that is not text")
        is_quoted = len(given) > 2 and given[0] == given[-1] == '"'
        bare = given[1:-1] if is_quoted else given
        if bare[0] in _QUOTES or bare[-1] in _QUOTES:
            raise UnusualProjectError(f"the table {name} has a name in other quotes")
        if schema is not None and (not schema or schema[0] in _QUOTES or schema != schema.lower()):
            raise UnusualProjectError(f"the table {name} has a schema in quotes or in capitals")
        self.table_name = sa.quoted_name(bare, quote=is_quoted)
        self.schema_name = schema

    def as_selectable(self) -> sa.TableClause:
        """Return all records."""
        return sa.table(self.table_name, schema=self.schema_name)

    def _select_all(self) -> sa.FromClause:
        return sa.select(sa.text("*")).select_from(self.as_selectable()).where(sa.true()).alias()

    def describe_batch(self) -> dict[str, Any]:
        """Return the spec of a batch."""
        return {
            "type": "table",
            "data_asset_name": self.name,
            "table_name": str(self.table_name),
            "schema_name": self.schema_name,
            "batch_identifiers": {},
        }


class QueryTable(_Rows):
    """A query on a database."""

    def __init__(self, source: Any, name: str, config: Mapping[str, Any]) -> None:
        super().__init__(source, name, config)
        query = config.get("query")
        if not isinstance(query, str) or not query.lstrip().upper().startswith("SELECT") or "%" in query:
            raise UnusualProjectError(f"the query {name} is of another form")
        self.query = query

    def as_selectable(self) -> sa.Subquery:
        """Return all records."""
        return _make_subquery(self.query.strip().rstrip(";").rstrip())

    def _select_all(self) -> sa.FromClause:
        dialect = self.datasource.get_engine().dialect
        compiled = sa.text(self.query).compile(dialect=dialect, compile_kwargs={"literal_binds": True})
        return _make_subquery(str(compiled))

    def describe_batch(self) -> dict[str, Any]:
        """Return the spec of a batch."""
        return {
            "data_asset_name": self.name,
            "query": self.query,
            "temp_table_schema_name": None,
            "batch_identifiers": {},
        }


def read_table(source: Any, name: str, config: Any) -> SourceTable:
    """Return a table of a data source.

    Args:
        source: that it belongs to.
        name: of the table.
        config: as great_expectations.yml has it.

    Raises:
        UnusualProjectError: Great Expectations must read it.
    """
    if not isinstance(config, dict):
        raise UnusualProjectError(f"the table {name} is not a mapping")
    common = {"type", "id", "name", "batch_definitions", "batch_metadata"}
    kind = config.get("type")
    match source.engine_name, kind:
        case "duckdb", "parquet" | "csv" | "json":
            own = {"glob", "where", "first_of"} | ({"format", "types"} if kind != "parquet" else set())
            make: Any = ConfiguredFiles
        case "postgres", "table":
            own, make = {"table_name", "schema_name"}, DatabaseTable
        case "postgres", "query":
            own, make = {"query"}, QueryTable
        case _:
            raise UnusualProjectError(f"the table {name} is of the type {kind}")
    for key in config.keys() - common - own:
        raise UnusualProjectError(f"the table {name} has {key}")
    if make is ConfiguredFiles:
        _refuse_odd_files(name, config)
    table: SourceTable = make(source, name, config)
    return table


def _refuse_odd_files(name: str, config: Mapping[str, Any]) -> None:
    glob, where, first_of = config.get("glob"), config.get("where"), config.get("first_of") or {}
    globs = glob if isinstance(glob, list) else [glob]
    if not globs or not all(isinstance(pattern, str) for pattern in globs):
        raise UnusualProjectError(f"the table {name} has a glob that is not text")
    if not (where is None or isinstance(where, str)) or not isinstance(first_of, dict):
        raise UnusualProjectError(f"the table {name} is of another form")


def _build_extract(name: str, config: Mapping[str, Any]) -> Extract | None:
    if config["type"] == "parquet":
        return None
    from synth_expectations.engine.extracts.extract import build_extract  # it imports pyarrow

    try:
        return build_extract(config["type"], config.get("format") or {}, config.get("types") or {})
    except Exception:  # noqa: BLE001 - Great Expectations reports what is wrong, as it always did
        raise UnusualProjectError(f"the format of the table {name} cannot be read") from None


def _read_batch_definitions(name: str, config: Mapping[str, Any]) -> dict[str, BatchDefinition]:
    definitions = {}
    entries = config.get("batch_definitions") or {}
    if not isinstance(entries, dict):
        raise UnusualProjectError(f"the batches of the table {name} are not a mapping")
    for label, entry in entries.items():
        if not isinstance(entry, dict) or entry.keys() - {"id", "name", "partitioner"}:
            raise UnusualProjectError(f"the batch {label} of the table {name} is of another form")
        partitioner = entry.get("partitioner")
        if partitioner is None:
            definitions[str(label)] = BatchDefinition(entry.get("id"))
            continue
        wanted = {"column_name", "method_name", "sort_ascending"}
        if not isinstance(partitioner, dict) or partitioner.keys() != wanted or not partitioner["sort_ascending"]:
            raise UnusualProjectError(f"the batch {label} of the table {name} is of another form")
        if partitioner["method_name"] not in PARTITIONERS.values():
            raise UnusualProjectError(f"the batch {label} of the table {name} is not a day, month or year")
        definitions[str(label)] = BatchDefinition(
            entry.get("id"), str(partitioner["column_name"]), str(partitioner["method_name"])
        )
    return definitions


def _make_subquery(query: str) -> sa.Subquery:
    return sa.text(query if query.endswith("\n") else f"{query}\n").columns().subquery()
