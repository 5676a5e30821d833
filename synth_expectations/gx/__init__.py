"""Great Expectations' side: its classes, metric, data source, store and guard. Importing it registers all of them."""

from __future__ import annotations

from typing import Any

from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.gx import references
from synth_expectations.gx.data_docs.action import DocsAction, IndexBuilder
from synth_expectations.gx.datasources.duckdb.datasource import DuckDBDatasource
from synth_expectations.gx.datasources.spark.datasource import SparkParquetDatasource
from synth_expectations.gx.expectation_classes import made_from
from synth_expectations.gx.guard import GuardAction
from synth_expectations.gx.stores import ExpectationsStore, ValidationResultsStore

EXPECTATIONS = {made.__name__: made for made in map(made_from, all_expectations().values())}
"""Great Expectations' class of each of ours, by name."""

globals().update(EXPECTATIONS)

__all__ = [
    "EXPECTATIONS",
    "DocsAction",
    "DuckDBDatasource",
    "ExpectationsStore",
    "GuardAction",
    "IndexBuilder",
    "SparkParquetDatasource",
    "ValidationResultsStore",
    "references",
]


def __getattr__(name: str) -> Any:
    raise AttributeError(f"There is no {name} in synth_expectations; see: synth-expectations list.")
