"""A Great Expectations data source: DuckDB over files.

An asset is a glob, and all its files together are one table. A table of Parquet is a view: nothing is copied, and DuckDB
reads only the columns, files and row groups that a query needs. Extracts in text, CSV and JSON Lines, are read once into
its memory. Files are looked up again for every batch.

A table that cannot be read does not end the run: its batch is made, and every expectation on it is errored with the
reason. A day without records is a batch of zero rows.
"""

from __future__ import annotations

import builtins
from collections.abc import Collection, Iterator
from typing import Any, ClassVar, Literal

import sqlalchemy as sa
from great_expectations.compatibility import pydantic as pydantic_v1
from great_expectations.datasource.fluent.interfaces import DataAsset
from great_expectations.datasource.fluent.sql_datasource import (
    QueryAsset,
    SQLDatasource,
    TableAsset,
)

import synth_expectations.gx.datasources.duckdb.metrics
import synth_expectations.gx.datasources.duckdb.outliers  # registers them
import synth_expectations.gx.overrides.unique_counts  # noqa: F401 - as well
from synth_expectations.engine.object_addresses import is_address
from synth_expectations.gx import internals
from synth_expectations.gx.datasources.duckdb.engine import DuckDBParquetEngine
from synth_expectations.gx.datasources.duckdb.file_assets import CsvAsset, FileAsset, JsonAsset, ParquetAsset
from synth_expectations.validation.sources.duckdb.viewable_table import ViewableTable, find_named
from synth_expectations.validation.sources.files import base_directory, with_variables


class DuckDBQueryAsset(QueryAsset):
    """A query, which may name the assets of its data source as tables."""

    def as_selectable(self) -> Any:
        """Return the query, over the files that are there now.

        Raises:
            UnreadableTableError: an asset that the query names cannot be read.
        """
        self._view_tables()
        return super().as_selectable()

    def _create_batch_spec_kwargs(self) -> dict[str, Any]:
        self._view_tables()
        return super()._create_batch_spec_kwargs()

    def make_view(self) -> None:
        """Make the query a table that others can name.

        Raises:
            UnreadableTableError: the query cannot be run, or an asset that it names cannot be read.
        """
        self._view_tables()
        self.datasource.get_execution_engine().make_query_view(self.name, self.query.rstrip("; \t\r\n"))

    def assets_read(self) -> Collection[str]:
        """Return the names of the assets that the query names."""
        return [asset.name for asset in find_named(self.query, self.datasource.viewable_assets(), {self.name})]

    def _view_tables(self) -> None:
        if error := self.datasource.get_execution_engine().view_tables(self.query, but={self.name}):
            raise error


class DuckDBDatasource(SQLDatasource):
    """DuckDB over files below one directory: Parquet, CSV and JSON Lines.

    Attributes:
        path: the directory, relative to the project and not to the working directory; or an address of an object store,
            `s3://bucket/extracts`. May hold `${VAR}` and `${VAR:-default}`, which are read when the data is.
        kwargs: arguments of SQLAlchemy's `create_engine`, such as `connect_args: {config: {threads: 2}}`.
    """

    asset_types: ClassVar[list[builtins.type[DataAsset[Any, Any]]]] = [
        ParquetAsset,
        CsvAsset,
        JsonAsset,
        TableAsset,
        DuckDBQueryAsset,
    ]

    engine_name: ClassVar[str] = "duckdb"

    type: Literal["duckdb_parquet"] = "duckdb_parquet"  # type: ignore[assignment]
    connection_string: Literal["duckdb:///:memory:"] = "duckdb:///:memory:"
    path: str = "."
    assets: list[ParquetAsset | CsvAsset | JsonAsset | TableAsset | DuckDBQueryAsset] = []  # type: ignore[assignment]

    _own_engine: DuckDBParquetEngine | None = pydantic_v1.PrivateAttr(None)

    @property
    def execution_engine_type(self) -> builtins.type[DuckDBParquetEngine]:
        """The class of the engine."""
        return DuckDBParquetEngine

    def get_execution_engine(self) -> DuckDBParquetEngine:
        """Return the engine. It is made once and kept, because it has the views and the plans."""
        if self._own_engine is None:
            self._own_engine = DuckDBParquetEngine(name=self.name, kwargs=self.kwargs)
        self._own_engine.tables = self.viewable_assets
        return self._own_engine

    def get_engine(self) -> sa.Engine:
        """Return SQLAlchemy's engine of the same connection."""
        return self.get_execution_engine().engine

    def test_connection(self, test_assets: bool = True) -> None:
        """Test nothing: DuckDB in memory always answers, and files are looked up when they are read."""

    def add_parquet_asset(self, name: str, glob: str | list[str], where: str | None = None) -> ParquetAsset:
        """Add a table made of Parquet files.

        Args:
            name: the name of the asset.
            glob: one or several patterns, relative to the data source's path.
            where: a condition that its rows meet, in DuckDB's SQL.
        """
        asset: ParquetAsset = internals.add_asset(self, ParquetAsset(name=name, glob=glob, where=where))
        return asset

    def add_csv_asset(
        self,
        name: str,
        glob: str | list[str],
        where: str | None = None,
        format: dict[str, Any] | None = None,
        types: dict[str, str] | None = None,
    ) -> CsvAsset:
        """Add a table made of CSV files.

        Args:
            name: the name of the asset.
            glob: one or several patterns, relative to the data source's path.
            where: a condition that its rows meet, in DuckDB's SQL.
            format: delimiter, quote, escape, encoding and header, where they are not those of RFC 4180 in UTF-8.
            types: of columns, by name; all others are text.
        """
        made = CsvAsset(name=name, glob=glob, where=where, format=format or {}, types=types or {})
        asset: CsvAsset = internals.add_asset(self, made)
        return asset

    def add_json_asset(
        self,
        name: str,
        glob: str | list[str],
        where: str | None = None,
        format: dict[str, Any] | None = None,
        types: dict[str, str] | None = None,
    ) -> JsonAsset:
        """Add a table made of files of JSON Lines.

        Args:
            name: the name of the asset.
            glob: one or several patterns, relative to the data source's path.
            where: a condition that its rows meet, in DuckDB's SQL.
            format: the encoding, if it is not UTF-8.
            types: of columns, by name; all others are text.
        """
        made = JsonAsset(name=name, glob=glob, where=where, format=format or {}, types=types or {})
        asset: JsonAsset = internals.add_asset(self, made)
        return asset

    def add_query_asset(self, name: str, query: str, batch_metadata: dict[str, Any] | None = None) -> DuckDBQueryAsset:
        """Add a query, which may name the assets of this data source as tables.

        Args:
            name: the name of the asset.
            query: a SELECT, in DuckDB's SQL.
            batch_metadata: for Great Expectations to keep with each batch.
        """
        made = DuckDBQueryAsset(name=name, query=query, batch_metadata=batch_metadata or {})
        asset: DuckDBQueryAsset = internals.add_asset(self, made)
        return asset

    def viewable_assets(self) -> Iterator[ViewableTable]:
        """Yield the assets that are files or queries."""
        yield from (asset for asset in self.assets if isinstance(asset, FileAsset | DuckDBQueryAsset))

    def base(self) -> str:
        """Return where globs start: a directory, or an address of an object store.

        Raises:
            UnreadableTableError: a variable in the path is not set, or the path is relative to no project.
        """
        path = with_variables(self.path)
        return path if is_address(path) else str(base_directory(self.name, path, self.data_context))
