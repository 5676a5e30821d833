"""A Great Expectations data source: DuckDB over Parquet files.

An asset is a glob, and all its files together are one table. The table is a view: nothing is copied, and DuckDB reads
only the columns, files and row groups that a query needs. Files are looked up again for every batch.

A table that cannot be read does not end the run: its batch is made, and every expectation on it is errored with the
reason. A day without records is a batch of zero rows.
"""

from __future__ import annotations

import builtins
from collections.abc import Collection, Iterator
from typing import Any, ClassVar, Literal, cast

import sqlalchemy as sa
from great_expectations.compatibility import pydantic as pydantic_v1
from great_expectations.core.batch_spec import SqlAlchemyDatasourceBatchSpec
from great_expectations.core.partitioners import (
    ColumnPartitioner,
    ColumnPartitionerDaily,
    ColumnPartitionerMonthly,
    ColumnPartitionerYearly,
)
from great_expectations.datasource.fluent.batch_request import BatchRequest
from great_expectations.datasource.fluent.interfaces import DataAsset
from great_expectations.datasource.fluent.sql_datasource import (
    QueryAsset,
    SQLDatasource,
    SqlPartitionerYear,
    SqlPartitionerYearAndMonth,
    SqlPartitionerYearAndMonthAndDay,
    TableAsset,
)

import synth_expectations.gx.datasources.duckdb.metrics
import synth_expectations.gx.datasources.duckdb.outliers  # registers them
import synth_expectations.gx.overrides.unique_counts  # noqa: F401 - as well
from synth_expectations.gx import internals
from synth_expectations.gx.datasources.date_partitions import PARTITION_PARTS, select_partitions
from synth_expectations.gx.datasources.duckdb.asset_views import ViewableAsset, find_named
from synth_expectations.gx.datasources.duckdb.engine import DuckDBParquetEngine
from synth_expectations.gx.datasources.file_set import FileSet
from synth_expectations.gx.datasources.files import base_directory, find_files, with_variables
from synth_expectations.gx.datasources.object_stores import is_address
from synth_expectations.gx.datasources.unreadable_table import UnreadableTableError
from synth_expectations.rules.partitions import PARTS


class _Year(SqlPartitionerYear):
    def param_defaults(self, sql_asset: Any) -> list[dict[str, Any]]:
        return cast(ParquetAsset, sql_asset).list_partitions(self.method_name, self.column_name)


class _Month(SqlPartitionerYearAndMonth):
    def param_defaults(self, sql_asset: Any) -> list[dict[str, Any]]:
        return cast(ParquetAsset, sql_asset).list_partitions(self.method_name, self.column_name)


class _Day(SqlPartitionerYearAndMonthAndDay):
    def param_defaults(self, sql_asset: Any) -> list[dict[str, Any]]:
        return cast(ParquetAsset, sql_asset).list_partitions(self.method_name, self.column_name)


_PARTITIONERS = {ColumnPartitionerYearly: _Year, ColumnPartitionerMonthly: _Month, ColumnPartitionerDaily: _Day}


class ParquetAsset(internals.SqlAsset):
    """All files of a glob, as one table.

    Attributes:
        glob: one or several patterns, relative to the data source's path; `**` and Hive partitions
            (`extract_date=*/`) are read, `${VAR}` and `${VAR:-default}` too. Each must match a file.
        where: a condition that rows of the table meet, in DuckDB's SQL.
        first_of: columns to compute; each is the first of several columns that is not NULL.
    """

    type: Literal["parquet"] = "parquet"
    glob: str | list[str]
    where: str | None = None
    first_of: dict[str, list[str]] = {}

    def test_connection(self) -> None:
        """Test nothing: a project must open before its extracts have arrived."""

    def validate_batch_definition(self, partitioner: ColumnPartitioner) -> None:
        """Validate nothing, for the same reason."""

    def get_partitioner_implementation(self, abstract_partitioner: ColumnPartitioner) -> Any:
        """Return a partitioner; the ones for years, months and days also read text and Hive partitions."""
        partitioner = _PARTITIONERS.get(type(abstract_partitioner))
        return (
            partitioner(**abstract_partitioner.dict())
            if partitioner
            else super().get_partitioner_implementation(abstract_partitioner)
        )

    def build_batch_request(
        self, options: Any = None, batch_slice: Any = None, partitioner: Any = None
    ) -> BatchRequest:
        """Return a request for a batch; a whole table ignores the day that a checkpoint names for other tables."""
        if partitioner is None and options:
            options = {name: value for name, value in options.items() if name not in PARTS["day"]}
        return super().build_batch_request(options, batch_slice, partitioner)

    def find_files(self) -> FileSet:
        """Return the files that match now.

        Raises:
            UnreadableTableError: a pattern matches no file, a directory cannot be opened, or a variable is not set.
        """
        patterns = [self.glob] if isinstance(self.glob, str) else self.glob
        return find_files(self.name, self.datasource.base(), patterns)

    def as_selectable(self) -> sa.TableClause:
        """Return the view of the files that are there now, on the connection of the data source.

        Raises:
            UnreadableTableError: no file matches, or one cannot be read.
        """
        self.datasource.refuse_same_name(self.name)
        engine: DuckDBParquetEngine = self.datasource.get_execution_engine()
        if self.where:  # it may look up another asset
            engine.view_assets(self.where, but={self.name})
        return engine.make_view(self.name, self.find_files(), self.where, self.first_of)

    def make_view(self) -> None:
        """Make the view of the files that are there now; raise `UnreadableTableError` if that is not possible."""
        self.as_selectable()

    def assets_read(self) -> Collection[str]:
        """Return no name: its records come from its files."""
        return ()

    def list_partitions(self, method: str, column: str) -> list[dict[str, int]]:
        """Return the days, months or years that the table has rows of; this reads the column.

        Raises:
            ConditionError: the table cannot be read, or the column is missing or holds no time.
        """
        view, parts = self.as_selectable(), PARTITION_PARTS[method]
        engine: DuckDBParquetEngine = self.datasource.get_execution_engine()
        rows = engine.execute_query(select_partitions(engine.columns_of(self.name), column, parts, view)).fetchall()
        return [dict(zip(parts, map(int, row), strict=True)) for row in sorted(rows)]

    @internals.overrides(internals.BATCH_REQUESTS)
    def _fully_specified_batch_requests(self, batch_request: BatchRequest) -> Any:
        """Take a day, month or year that is given in full as it is, and read no column to find it."""
        partitioner = batch_request.partitioner
        if partitioner is not None and type(partitioner) in _PARTITIONERS:
            wanted = self.get_partitioner_implementation(partitioner).param_names
            given = {part: value for part in wanted if (value := batch_request.options.get(part)) is not None}
            if len(given) == len(wanted):
                # "07" and 7 are one batch, with one id
                options = {part: int(value) if str(value).isdecimal() else value for part, value in given.items()}
                request = BatchRequest(
                    datasource_name=batch_request.datasource_name,
                    data_asset_name=batch_request.data_asset_name,
                    options={**batch_request.options, **options},
                    partitioner=partitioner,
                )
                # a request without partitioner is answered with itself, in the form that this version expects
                whole = super()._fully_specified_batch_requests(
                    BatchRequest(
                        datasource_name=batch_request.datasource_name, data_asset_name=batch_request.data_asset_name
                    )
                )
                return ([request], *whole[1:]) if isinstance(whole, tuple) else [request]
        return super()._fully_specified_batch_requests(batch_request)

    def _create_batch_spec_kwargs(self) -> dict[str, Any]:
        try:
            self.as_selectable()
        except UnreadableTableError as error:
            self.datasource.get_execution_engine().mark_unreadable(self.name, error)
        return {
            "type": "table",
            "data_asset_name": self.name,
            "table_name": self.name,
            "schema_name": None,
            "batch_identifiers": {},
        }

    def _create_batch_spec(self, batch_spec_kwargs: dict[str, Any]) -> SqlAlchemyDatasourceBatchSpec:
        return SqlAlchemyDatasourceBatchSpec(**batch_spec_kwargs)


class DuckDBQueryAsset(QueryAsset):
    """A query, which may name the Parquet assets of its data source as tables."""

    def as_selectable(self) -> Any:
        """Return the query, over the files that are there now.

        Raises:
            UnreadableTableError: a Parquet asset that the query names cannot be read.
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
        if error := self.datasource.get_execution_engine().view_assets(self.query, but={self.name}):
            raise error


class DuckDBDatasource(SQLDatasource):
    """DuckDB over Parquet files below one directory.

    Attributes:
        path: the directory, relative to the project and not to the working directory; or an address of an object store,
            `s3://bucket/extracts`. May hold `${VAR}` and `${VAR:-default}`, which are read when the data is.
        kwargs: arguments of SQLAlchemy's `create_engine`, such as `connect_args: {config: {threads: 2}}`.
    """

    asset_types: ClassVar[list[builtins.type[DataAsset[Any, Any]]]] = [ParquetAsset, TableAsset, DuckDBQueryAsset]

    engine_name: ClassVar[str] = "duckdb"

    type: Literal["duckdb_parquet"] = "duckdb_parquet"  # type: ignore[assignment]
    connection_string: Literal["duckdb:///:memory:"] = "duckdb:///:memory:"
    path: str = "."
    assets: list[ParquetAsset | TableAsset | DuckDBQueryAsset] = []  # type: ignore[assignment]

    _own_engine: DuckDBParquetEngine | None = pydantic_v1.PrivateAttr(None)

    @property
    def execution_engine_type(self) -> builtins.type[DuckDBParquetEngine]:
        """The class of the engine."""
        return DuckDBParquetEngine

    def get_execution_engine(self) -> DuckDBParquetEngine:
        """Return the engine. It is made once and kept, because it has the views and the plans."""
        if self._own_engine is None:
            self._own_engine = DuckDBParquetEngine(name=self.name, kwargs=self.kwargs)
        self._own_engine.assets = self.viewable_assets
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

    def add_query_asset(self, name: str, query: str, batch_metadata: dict[str, Any] | None = None) -> DuckDBQueryAsset:
        """Add a query, which may name the Parquet assets of this data source as tables.

        Args:
            name: the name of the asset.
            query: a SELECT, in DuckDB's SQL.
            batch_metadata: for Great Expectations to keep with each batch.
        """
        made = DuckDBQueryAsset(name=name, query=query, batch_metadata=batch_metadata or {})
        asset: DuckDBQueryAsset = internals.add_asset(self, made)
        return asset

    def viewable_assets(self) -> Iterator[ViewableAsset]:
        """Yield the assets that are files or queries."""
        yield from (asset for asset in self.assets if isinstance(asset, ParquetAsset | DuckDBQueryAsset))

    def refuse_same_name(self, name: str) -> None:
        """Refuse two assets whose names differ only by case: DuckDB would read one for the other.

        Raises:
            UnreadableTableError: there are two such assets; names both.
        """
        for asset in self.assets:
            if asset.name != name and asset.name.casefold() == name.casefold():
                raise UnreadableTableError(
                    f"The assets {name} and {asset.name} of {self.name} differ only by case.", "Rename one of them."
                )

    def base(self) -> str:
        """Return where globs start: a directory, or an address of an object store.

        Raises:
            UnreadableTableError: a variable in the path is not set, or the path is relative to no project.
        """
        path = with_variables(self.path)
        return path if is_address(path) else str(base_directory(self.name, path, self.data_context))
