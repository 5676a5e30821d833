"""A Great Expectations data source: Spark over Parquet files, for tables that one machine does not check in time.

The same assets as those of DuckDB over Parquet: a glob is one table, its files are looked up anew for every batch, and
a table that cannot be read errs its own expectations only.
"""

from __future__ import annotations

import builtins
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from great_expectations.compatibility import pydantic as pydantic_v1
from great_expectations.core.batch_spec import BatchSpec
from great_expectations.core.partitioners import (
    ColumnPartitioner,
    ColumnPartitionerDaily,
    ColumnPartitionerMonthly,
    ColumnPartitionerYearly,
)
from great_expectations.datasource.fluent.interfaces import DataAsset, Datasource

from synth_expectations.engine.adapters.spark import columns_of
from synth_expectations.engine.date_ranges import compile_timestamp
from synth_expectations.engine.dialects.spark import DIALECT as SPARK
from synth_expectations.gx.datasources.date_partitions import PERIODS
from synth_expectations.gx.datasources.duckdb.datasource import ParquetAsset
from synth_expectations.gx.datasources.files import base_directory, matching_files, with_variables
from synth_expectations.gx.datasources.object_stores import is_address
from synth_expectations.gx.datasources.spark.engine import SparkExecutionEngine
from synth_expectations.gx.datasources.spark.files import read, with_first_of
from synth_expectations.gx.datasources.spark.session import is_stopped, session
from synth_expectations.gx.datasources.spark.where import narrowed
from synth_expectations.gx.datasources.unreadable_table import UnreadableTableError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_PERIODS = (ColumnPartitionerDaily, ColumnPartitionerMonthly, ColumnPartitionerYearly)


class SparkParquetAsset(ParquetAsset):
    """All files of a glob as one table.

    Attributes:
        glob: one or several patterns, as for DuckDB; below an address (`s3a://…`) they are Hadoop's, without `**`.
        where: what narrows the table, in Spark's SQL.
        first_of: columns to compute, and those that each is the first of that is not NULL.
    """

    def get_partitioner_implementation(self, abstract_partitioner: ColumnPartitioner) -> Any:
        """Ours for years, months and days.

        Raises:
            UnreadableTableError: it is another one.
        """
        if not isinstance(abstract_partitioner, _PERIODS):
            method = abstract_partitioner.method_name
            raise UnreadableTableError(f"{self.name} has no batches by {method}.", "Known are days, months and years.")
        return super().get_partitioner_implementation(abstract_partitioner)

    def files(self) -> list[str]:
        """The files that match now, sorted; of an address its patterns, which Spark looks up.

        Raises:
            UnreadableTableError: a pattern matches none, or a variable is not set.
        """
        patterns = [self.glob] if isinstance(self.glob, str) else self.glob
        if not is_address(base := self.datasource.base()):
            return matching_files(self.name, base, patterns)
        found = [f"{base.rstrip('/')}/{with_variables(each)}" for each in patterns]
        for each in found:
            if "**" in each:
                raise UnreadableTableError(f"{self.name}: ** in {each} is not known to Spark.", "Write each level: */*")
        return found

    def as_selectable(self) -> DataFrame:  # type: ignore[override]
        """The table as a DataFrame, with the files that are there now.

        Raises:
            UnreadableTableError: no file matches, or one cannot be read.
        """
        engine: SparkExecutionEngine = self.datasource.get_execution_engine()
        return engine.frame(self.name, self.files(), repr((self.where, self.first_of)), self._frame)

    def _frame(self, spark: SparkSession, files: list[str]) -> DataFrame:
        rows = with_first_of(read(spark, self.name, files), self.name, self.first_of)
        return narrowed(rows, self.where, self.name) if self.where else rows

    def periods(self, method: str, column: str) -> list[dict[str, int]]:
        """The days, months or years that the table has rows of; scans the column.

        Raises:
            ConditionError: the table cannot be read, or the column is missing or holds no time.
        """
        rows, parts = self.as_selectable(), PERIODS[method]
        seconds = f"UNIX_SECONDS({compile_timestamp(columns_of(rows, self.name), SPARK, column)})"
        days = rows.selectExpr(f"CAST(FLOOR({seconds} / 86400) AS INT) AS days").where("days IS NOT NULL").distinct()
        numbers = [f"{part}(DATE_FROM_UNIX_DATE(days)) AS {part}" for part in parts]
        return [dict(zip(parts, row, strict=True)) for row in sorted(days.selectExpr(*numbers).distinct().collect())]

    def _create_batch_spec_kwargs(self) -> dict[str, Any]:
        try:
            self.as_selectable()
        except UnreadableTableError as error:
            self.datasource.get_execution_engine().unreadable(self.name, error)
        return {"data_asset_name": self.name, "table_name": self.name, "batch_identifiers": {}}

    def _create_batch_spec(self, batch_spec_kwargs: dict[str, Any]) -> BatchSpec:
        return BatchSpec(**batch_spec_kwargs)


class SparkParquetDatasource(Datasource):
    """Spark over Parquet files below one directory, which every worker sees, or below an address.

    Attributes:
        path: the directory, relative to the project's, or the address; may hold `${VAR}` and `${VAR:-default}`, which
            are read when the data is.
    """

    asset_types: ClassVar[list[builtins.type[DataAsset[Any, Any]]]] = [SparkParquetAsset]
    engine_name: ClassVar[str] = "spark"

    type: Literal["spark_parquet"] = "spark_parquet"
    path: str = "."
    assets: list[SparkParquetAsset] = []

    _own_engine: SparkExecutionEngine | None = pydantic_v1.PrivateAttr(None)

    @property
    def execution_engine_type(self) -> builtins.type[SparkExecutionEngine]:
        """Ours."""
        return SparkExecutionEngine

    def get_execution_engine(self) -> SparkExecutionEngine:
        """The engine, made at first use and kept, because plans live on it; another one if its session was stopped.

        Raises:
            UnreadableTableError: pyspark is not installed, or Spark does not start.
        """
        if self._own_engine is None or is_stopped(self._own_engine.spark):
            self._own_engine = SparkExecutionEngine(name=self.name, spark=session())
        return self._own_engine

    def test_connection(self, test_assets: bool = True) -> None:
        """Nothing: Spark starts when data is read, and whether files are there is asked then."""

    def add_parquet_asset(self, name: str, glob: str | list[str], where: str | None = None) -> SparkParquetAsset:
        """Add a table made of Parquet files.

        Args:
            name: of the asset.
            glob: one or several patterns, relative to the data source's path.
            where: what narrows it, in Spark's SQL.
        """
        return self._add_asset(SparkParquetAsset(name=name, glob=glob, where=where))  # type: ignore[no-any-return]

    def base(self) -> str:
        """Where globs start: a directory, or an address.

        Raises:
            UnreadableTableError: a variable in the path is not set, or the path is relative to no project.
        """
        path = with_variables(self.path)
        return path if is_address(path) else str(base_directory(self.name, path, self.data_context))
