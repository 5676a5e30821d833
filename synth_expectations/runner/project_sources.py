"""The data sources of an open project: read by this package as compile writes them, and else by Great Expectations."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.errors import SynthError
from synth_expectations.validation import source_tables, table_identity
from synth_expectations.validation.planned_table import find_reference
from synth_expectations.validation.references import is_security_accepted
from synth_expectations.validation.source_tables import UnnamedTables
from synth_expectations.validation.sql_adapter import make_sql_adapter
from synth_expectations.validation.stored_project import StoredProject
from synth_expectations.validation.time_limits import read_time_limit
from synth_expectations.validation.unusual_project import UnusualProjectError

if TYPE_CHECKING:
    from synth_expectations.gx.project import GxProject


class ProjectSources:
    """The data sources of a project.

    Args:
        stored: the project as it lies on disk; None if Great Expectations reads it.
        gx: returns the project as Great Expectations opens it.
    """

    def __init__(self, stored: StoredProject | None, gx: Callable[[], GxProject]) -> None:
        self._stored = stored
        self._gx = gx

    def make_adapter(self, data_source: str, asset: str) -> Adapter:
        """Return the engine's adapter for all records of a table of a data source.

        Raises:
            SynthError: the table cannot be read.
        """
        if (source := self._find_source(data_source)) is None:
            return self._gx().sources.make_adapter(data_source, asset)
        source.check_address()
        table = source.get_asset(asset)
        find, accepts = partial(find_reference, source), partial(is_security_accepted, source)
        engine, limit = source.get_execution_engine(), read_time_limit(table)
        return make_sql_adapter(engine, table.as_selectable(), find, asset, accepts, limit)

    def identify_files(self, data_source: str, asset: str) -> frozenset[Hashable]:
        """Return an identity for each file of a table, whatever path leads to it.

        Raises:
            SynthError: the files cannot be listed.
        """
        if (source := self._find_source(data_source)) is None:
            return self._gx().sources.identify_files(data_source, asset)
        return table_identity.identify_files(source, asset)

    def identify_table(self, data_source: str, name: str, parts: Sequence[str]) -> frozenset[Hashable]:
        """Return the identity of a table of a database; nothing if there is no such table.

        Args:
            data_source: its name.
            name: of the table, as a query writes it.
            parts: of the name, the same for all ways to write it.

        Raises:
            SynthError: the address of the database can be read in more than one way.
        """
        if (source := self._find_source(data_source)) is None:
            return self._gx().sources.identify_table(data_source, name, parts)
        source.check_address()
        return table_identity.identify_table(source, name, parts)

    def find_unnamed_tables(self) -> UnnamedTables:
        """Return the tables of the data sources that the project does not name, and directories of files it does not."""
        names = list(self._stored.settings.sources) if self._stored else []
        sources = [source for name in names if (source := self._find_source(name))]
        if self._stored is None or len(sources) < len(names):
            return self._gx().sources.find_unnamed_tables()
        return source_tables.find_unnamed(sources)

    def open_engine(self, data_source: str) -> sa.Engine:
        """Return the SQLAlchemy engine of a data source.

        Raises:
            SynthError: there is no such data source.
        """
        return self._gx().sources.open_engine(data_source)

    def find_private_names(self) -> frozenset[str]:
        """Return the directories and hosts of the data sources, which belong into no document that leaves the machine."""
        if self._stored is None:
            return self._gx().sources.find_private_names()
        try:
            sources = [self._stored.open_source(name) for name in self._stored.settings.sources]
        except UnusualProjectError:
            return self._gx().sources.find_private_names()
        names: set[str] = set()
        for source in sources:
            with suppress(SynthError):
                names.update(source.list_private_names())
        return frozenset(names)

    def _find_source(self, name: str) -> Any:
        """Return a data source; None if Great Expectations must read it."""
        with suppress(UnusualProjectError):
            return self._stored.open_source(name) if self._stored else None
        return None
