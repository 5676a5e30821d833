"""A Great Expectations data source: Spark over Parquet files, for tables that one machine does not check in time.

The same assets as those of DuckDB over Parquet: a glob is one table, its files are looked up again for every batch, and
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

from synth_expectations.engine.adapters.spark_schema import read_columns
from synth_expectations.engine.adapters.spark_sizes import note_size
from synth_expectations.engine.date_ranges import compile_timestamp
from synth_expectations.engine.dialects.spark import DIALECT as SPARK
from synth_expectations.engine.object_addresses import is_address
from synth_expectations.gx import internals
from synth_expectations.gx.datasources.duckdb.file_assets import ParquetAsset
from synth_expectations.gx.datasources.spark.engine import SparkExecutionEngine
from synth_expectations.gx.datasources.spark.files import add_first_of, measure_files, read_files
from synth_expectations.gx.datasources.spark.session import is_stopped, session
from synth_expectations.gx.datasources.spark.where import filter_frame
from synth_expectations.validation.sources.date_partitions import PARTITION_PARTS
from synth_expectations.validation.sources.file_listing import split_glob
from synth_expectations.validation.sources.file_set import FileSet, FoundFile
from synth_expectations.validation.sources.files import base_directory, find_files, with_variables
from synth_expectations.validation.sources.unreadable_table import UnreadableTableError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_PERIODS = (ColumnPartitionerDaily, ColumnPartitionerMonthly, ColumnPartitionerYearly)


class SparkParquetAsset(ParquetAsset):
    """All files of a glob, as one table.

    Attributes:
        glob: one or several patterns, as for DuckDB; below an address (`s3a://…`) they are Hadoop's, without `**`.
        where: a condition that rows of the table meet, in Spark's SQL.
        first_of: columns to compute; each is the first of several columns that is not NULL.
    """

    def get_partitioner_implementation(self, abstract_partitioner: ColumnPartitioner) -> Any:
        """Return the partitioner of this package for years, months and days.

        Raises:
            UnreadableTableError: it is another partitioner.
        """
        if not isinstance(abstract_partitioner, _PERIODS):
            method = abstract_partitioner.method_name
            raise UnreadableTableError(f"{self.name} has no batches by {method}.", "Known are days, months and years.")
        return super().get_partitioner_implementation(abstract_partitioner)

    def find_files(self) -> FileSet:
        """Return the files that match now; below an address the patterns, which Spark looks up.

        Raises:
            UnreadableTableError: a pattern matches no file, a directory cannot be opened, or a variable is not set.
        """
        patterns = [self.glob] if isinstance(self.glob, str) else self.glob
        if not is_address(base := self.datasource.base()):
            return find_files(self.name, base, patterns)
        addresses = []
        for pattern in map(with_variables, patterns):
            fixed, parts = split_glob(pattern)
            root = "/".join([base.rstrip("/"), *fixed])
            addresses.append(FoundFile("/".join([root, *parts]), root, None))
            if "**" in pattern:
                raise UnreadableTableError(
                    f"{self.name}: ** in {addresses[-1].path} is not known to Spark.", "Write each level: */*"
                )
        return FileSet(tuple(addresses))

    def as_selectable(self) -> DataFrame:  # type: ignore[override]
        """Return the table as a DataFrame, with the files that are there now.

        Raises:
            UnreadableTableError: no file matches, or one cannot be read.
        """
        engine: SparkExecutionEngine = self.datasource.get_execution_engine()
        return engine.load_frame(self.name, self.find_files(), repr((self.where, self.first_of)), self._frame)

    def _frame(self, spark: SparkSession, files: FileSet) -> DataFrame:
        rows = add_first_of(read_files(spark, self.name, files), self.name, self.first_of)
        frame = filter_frame(rows, self.where, self.name) if self.where else rows
        if size := measure_files(files):
            note_size(frame, *size)
        return frame

    def list_partitions(self, method: str, column: str) -> list[dict[str, int]]:
        """Return the days, months or years that the table has rows of; this reads the column.

        Raises:
            ConditionError: the table cannot be read, or the column is missing or holds no time.
        """
        rows, parts = self.as_selectable(), PARTITION_PARTS[method]
        seconds = f"UNIX_SECONDS({compile_timestamp(read_columns(rows, self.name), SPARK, column)})"
        days = rows.selectExpr(f"CAST(FLOOR({seconds} / 86400) AS INT) AS days").where("days IS NOT NULL").distinct()
        numbers = [f"{part}(DATE_FROM_UNIX_DATE(days)) AS {part}" for part in parts]
        return [dict(zip(parts, row, strict=True)) for row in sorted(days.selectExpr(*numbers).distinct().collect())]

    def _create_batch_spec_kwargs(self) -> dict[str, Any]:
        try:
            self.as_selectable()
        except UnreadableTableError as error:
            self.datasource.get_execution_engine().mark_unreadable(self.name, error)
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
        """The class of the engine."""
        return SparkExecutionEngine

    def get_execution_engine(self) -> SparkExecutionEngine:
        """Return the engine. It is kept, because it has the plans, until its session is stopped.

        Raises:
            UnreadableTableError: pyspark is not installed, or Spark does not start.
        """
        if self._own_engine is None or is_stopped(self._own_engine.spark):
            self._own_engine = SparkExecutionEngine(name=self.name, spark=session())
        return self._own_engine

    def test_connection(self, test_assets: bool = True) -> None:
        """Test nothing: Spark starts when data is read, and files are looked up then."""

    def add_parquet_asset(self, name: str, glob: str | list[str], where: str | None = None) -> SparkParquetAsset:
        """Add a table made of Parquet files.

        Args:
            name: the name of the asset.
            glob: one or several patterns, relative to the data source's path.
            where: a condition that its rows meet, in Spark's SQL.
        """
        asset: SparkParquetAsset = internals.add_asset(self, SparkParquetAsset(name=name, glob=glob, where=where))
        return asset

    def base(self) -> str:
        """Return where globs start: a directory, or an address.

        Raises:
            UnreadableTableError: a variable in the path is not set, or the path is relative to no project.
        """
        path = with_variables(self.path)
        return path if is_address(path) else str(base_directory(self.name, path, self.data_context))
