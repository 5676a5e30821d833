"""The engines that cases run on: each turns small typed tables into the adapter of a batch.

An engine is cheap to create and starts at first use, when its driver is imported; `close` ends it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from synth_expectations.engine.dialects.registry import built_in_dialects, by_name
from synth_expectations.testing.csv_gaps import CSV_GAPS
from synth_expectations.testing.engines.base import BATCH_NAME, Engine
from synth_expectations.testing.engines.csv_files import CsvEngine, write_field
from synth_expectations.testing.engines.duckdb import DuckdbEngine
from synth_expectations.testing.engines.pandas import PandasEngine, build_frame
from synth_expectations.testing.engines.postgresql import PostgresqlEngine
from synth_expectations.testing.engines.spark import SparkEngine

__all__ = [
    "BATCH_NAME",
    "ENGINES",
    "CsvEngine",
    "DuckdbEngine",
    "Engine",
    "PandasEngine",
    "PostgresqlEngine",
    "SparkEngine",
    "build_frame",
    "find_gaps",
    "write_field",
]

ENGINES: dict[str, Callable[[], Engine]] = {
    engine.name: engine for engine in (DuckdbEngine, PandasEngine, PostgresqlEngine, SparkEngine, CsvEngine)
}
"""All engines, by name."""


def find_gaps(engine: str) -> Mapping[str, str]:
    """Return the cases that an engine cannot do yet, each with its reason; of frames and CSV, DuckDB's too."""
    gaps = by_name(engine if engine in built_in_dialects() else DuckdbEngine.name).gaps
    return {**gaps, **CSV_GAPS} if engine == CsvEngine.name else gaps
