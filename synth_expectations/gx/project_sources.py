"""The data sources of a project that Great Expectations has open."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from great_expectations.data_context import FileDataContext

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.errors import SynthError
from synth_expectations.gx import source_adapter
from synth_expectations.gx.addresses import check_address, resolve_addresses
from synth_expectations.gx.datasources.duckdb.datasource import DuckDBDatasource
from synth_expectations.gx.datasources.spark.datasource import SparkParquetDatasource
from synth_expectations.validation import source_tables
from synth_expectations.validation.source_tables import UnnamedTables
from synth_expectations.validation.table_identity import identify_files, identify_table


class GxProjectSources:
    """The data sources of a project.

    Args:
        root: the directory of great_expectations.yml.
        context: of Great Expectations.
    """

    def __init__(self, root: Path, context: FileDataContext) -> None:
        self._root = root
        self._context = context

    def make_adapter(self, data_source: str, asset: str) -> Adapter:
        """Return the engine's adapter for all records of a table of a data source.

        Raises:
            SynthError: the table cannot be read.
        """
        source = self._context.data_sources.get(data_source)
        check_address(self._context, source)
        return source_adapter.make_adapter(source, asset)

    def identify_files(self, data_source: str, asset: str) -> frozenset[Hashable]:
        """Return an identity for each file of a table, whatever path leads to it.

        Raises:
            SynthError: the files cannot be listed.
        """
        return identify_files(self._context.data_sources.get(data_source), asset)

    def identify_table(self, data_source: str, name: str, parts: Sequence[str]) -> frozenset[Hashable]:
        """Return the identity of a table of a database; nothing if there is no such table.

        Args:
            data_source: its name.
            name: of the table, as a query writes it.
            parts: of the name, the same for all ways to write it.

        Raises:
            SynthError: the address of the database can be read in more than one way.
        """
        source = self._context.data_sources.get(data_source)
        check_address(self._context, source)
        return identify_table(source, name, parts)

    def find_unnamed_tables(self) -> UnnamedTables:
        """Return the tables of the data sources that the project does not name, and directories of files it does not."""
        return source_tables.find_unnamed(list(self._context.data_sources.all().values()))

    def open_engine(self, data_source: str) -> sa.Engine:
        """Return the SQLAlchemy engine of a data source.

        Raises:
            SynthError: there is no such data source.
        """
        known = sorted(source["name"] for source in self._context.list_datasources())
        if data_source not in known:
            raise SynthError(
                f"The project in {self._root} has no data source {data_source}.",
                f"It has {', '.join(known) or 'none'}.",
            )
        source: Any = self._context.data_sources.get(data_source)
        check_address(self._context, source)
        engine: sa.Engine = source.get_engine()
        return engine

    def find_private_names(self) -> frozenset[str]:
        """Return the directories and hosts of the data sources, which belong into no document that leaves the machine."""
        names: set[str] = set()
        for source in self._context.data_sources.all().values():
            if isinstance(source, DuckDBDatasource | SparkParquetDatasource):
                with suppress(SynthError):
                    names.add(source.base())
            for address in resolve_addresses(self._context, source):
                with suppress(sa.exc.ArgumentError, ValueError):  # a port that is not a number
                    url = sa.engine.make_url(address)
                    names.update(
                        part for part in (url.host, url.database) if part and (part == url.host or "/" in part)
                    )
        return frozenset(names)
