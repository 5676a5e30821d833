"""The execution engine of the Spark data source: a session, and the DataFrame of each table as it was read last."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from great_expectations.core.batch import BatchMarkers
from great_expectations.core.batch_spec import BatchSpec
from great_expectations.execution_engine import SparkDFExecutionEngine
from great_expectations.execution_engine.sparkdf_batch_data import SparkDFBatchData

from synth_expectations.engine.adapters.spark_schema import read_columns
from synth_expectations.engine.date_ranges import compile_date_range
from synth_expectations.engine.dialects.spark import DIALECT as SPARK
from synth_expectations.errors import SynthError
from synth_expectations.validation.sources.date_partitions import find_date_range_of
from synth_expectations.validation.sources.file_set import FileSet, FilesState

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Stamp = tuple[str, object]
"""The definition of a frame and the state of its files: a frame is made again only if they differ."""


class UnreadableBatch(SparkDFBatchData):
    """Stands for a table that cannot be read: reading its rows raises why.

    A missing extract errs the expectations on its table, and no others of the same run.
    """

    def __init__(self, engine: SparkDFExecutionEngine, error: SynthError) -> None:
        super().__init__(engine, None)
        self._error = error

    @property
    def dataframe(self) -> DataFrame:
        """Raise why the table cannot be read.

        Raises:
            SynthError: always.
        """
        raise self._error


class SparkExecutionEngine(SparkDFExecutionEngine):
    """Runs in a Spark session that it neither sets nor stops, and keeps nothing in the memory of the cluster.

    Args:
        name: the name of the data source.
        spark: the session.
    """

    def __init__(self, name: str | None = None, spark: SparkSession | None = None, **_: Any) -> None:
        super().__init__(name=name, persist=False, spark=spark)
        self.file_states: dict[str, FilesState] = {}
        self._frames: dict[str, tuple[Stamp | None, DataFrame]] = {}
        self._unreadable: dict[str, SynthError] = {}

    def load_frame(
        self, name: str, files: FileSet, definition: str, make: Callable[[SparkSession, FileSet], DataFrame]
    ) -> DataFrame:
        """Return the DataFrame of a table; it is made again if its files have changed.

        Args:
            name: the name of the table.
            files: local files; or addresses, whose state is not known: these are read each time.
            definition: what else the frame depends on, as text.
            make: reads the files.
        """
        self._unreadable.pop(name, None)
        stamp = (definition, files.state) if files.is_state_known else None
        if stamp and name in self._frames and self._frames[name][0] == stamp:
            return self._frames[name][1]
        self.file_states[name] = files.state
        made = make(self.spark, files)
        self._frames[name] = stamp, made
        return made

    def mark_unreadable(self, name: str, error: SynthError) -> None:
        """Let every batch of a table raise why it cannot be read, until it is read."""
        self._unreadable[name] = error

    def get_batch_data_and_markers(self, batch_spec: BatchSpec) -> tuple[SparkDFBatchData, BatchMarkers]:
        """Return a whole table; or its rows of one day, month or year, as a range of the column."""
        markers = BatchMarkers({"ge_load_time": datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")})
        name = batch_spec.get("table_name")
        if name is None:  # an asset of Great Expectations
            return super().get_batch_data_and_markers(batch_spec)  # type: ignore[no-any-return]
        try:
            if name in self._unreadable:
                raise self._unreadable[name]
            return SparkDFBatchData(self, self._batch(name, batch_spec)), markers
        except SynthError as error:
            return UnreadableBatch(self, error), markers

    def _batch(self, name: str, batch_spec: BatchSpec) -> DataFrame:
        rows = self._frames[name][1]
        date_range = find_date_range_of(batch_spec)
        return rows.where(compile_date_range(read_columns(rows, name), SPARK, *date_range)) if date_range else rows
