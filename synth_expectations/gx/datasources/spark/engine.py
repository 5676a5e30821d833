"""The execution engine of the Spark data source: a session, and the DataFrame of each table as it was read last."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from great_expectations.core.batch import BatchMarkers
from great_expectations.core.batch_spec import BatchSpec
from great_expectations.execution_engine import SparkDFExecutionEngine
from great_expectations.execution_engine.sparkdf_batch_data import SparkDFBatchData

from synth_expectations.engine.adapters.spark import columns_of
from synth_expectations.engine.date_ranges import compile_date_range
from synth_expectations.engine.dialects.spark import DIALECT as SPARK
from synth_expectations.errors import SynthError
from synth_expectations.gx.datasources.date_partitions import asked_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Stamp = tuple[tuple[str, int, int], ...]
"""What is asked, and files with their sizes and times: the same ones are not listed and opened again."""


class UnreadableBatch(SparkDFBatchData):
    """Stands for a table that cannot be read; whoever asks for its rows is told why.

    So a missing extract errs the expectations on its table, and no others of the same run.
    """

    def __init__(self, engine: SparkDFExecutionEngine, error: SynthError) -> None:
        super().__init__(engine, None)
        self._error = error

    @property
    def dataframe(self) -> DataFrame:
        """None.

        Raises:
            SynthError: always.
        """
        raise self._error


class SparkExecutionEngine(SparkDFExecutionEngine):
    """Runs in a Spark session that it neither sets nor stops, and keeps nothing in the memory of the cluster.

    Args:
        name: of the data source.
        spark: the session.
    """

    def __init__(self, name: str | None = None, spark: SparkSession | None = None, **_: Any) -> None:
        super().__init__(name=name, persist=False, spark=spark)
        self._frames: dict[str, tuple[Stamp, DataFrame]] = {}
        self._unreadable: dict[str, SynthError] = {}

    def frame(
        self, name: str, files: list[str], asked: str, make: Callable[[SparkSession, list[str]], DataFrame]
    ) -> DataFrame:
        """The DataFrame of a table; made anew where its files are others, or not the same as before.

        Args:
            name: of the table.
            files: of this machine, or addresses; what lies there is not known, so these are always read anew.
            asked: what is made of them besides, as text.
            make: reads them.
        """
        self._unreadable.pop(name, None)
        stamp = _stamp(files, asked)
        if stamp and name in self._frames and self._frames[name][0] == stamp:
            return self._frames[name][1]
        made = make(self.spark, files)
        self._frames[name] = stamp, made
        return made

    def unreadable(self, name: str, error: SynthError) -> None:
        """Let every batch of a table say why it cannot be read, until it is read."""
        self._unreadable[name] = error

    def get_batch_data_and_markers(self, batch_spec: BatchSpec) -> tuple[SparkDFBatchData, BatchMarkers]:
        """A whole table; or a day, month or year of it, as a range of its column."""
        markers = BatchMarkers({"ge_load_time": datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")})
        name = batch_spec.get("table_name")
        if name is None:  # an asset of Great Expectations' own
            return super().get_batch_data_and_markers(batch_spec)  # type: ignore[no-any-return]
        try:
            if name in self._unreadable:
                raise self._unreadable[name]
            return SparkDFBatchData(self, self._batch(name, batch_spec)), markers
        except SynthError as error:
            return UnreadableBatch(self, error), markers

    def _batch(self, name: str, batch_spec: BatchSpec) -> DataFrame:
        rows = self._frames[name][1]
        asked = asked_of(batch_spec)
        return rows.where(compile_date_range(columns_of(rows, name), SPARK, *asked)) if asked else rows


def _stamp(files: list[str], asked: str) -> Stamp:
    """Empty where it cannot be known."""
    try:
        stats = [(each, os.stat(each)) for each in files]
    except OSError:  # an address, or a file that has gone meanwhile
        return ()
    return ((asked, 0, 0), *((each, stat.st_size, stat.st_mtime_ns) for each, stat in stats))
