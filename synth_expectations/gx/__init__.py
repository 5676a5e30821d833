"""Great Expectations' side: its classes, metric, data source, store and guard. Importing it registers all of them."""

from __future__ import annotations

from typing import Any

from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.gx import references
from synth_expectations.gx.data_docs.action import DocsAction, IndexBuilder
from synth_expectations.gx.data_docs.evidence_site import EvidenceSiteBuilder
from synth_expectations.gx.datasources.duckdb.datasource import DuckDBDatasource
from synth_expectations.gx.datasources.duckdb.short_name import register_short_name
from synth_expectations.gx.datasources.spark.datasource import SparkParquetDatasource
from synth_expectations.gx.expectation_classes import make_gx_class
from synth_expectations.gx.guard import GuardAction
from synth_expectations.gx.stores import ExpectationsStore, ValidationResultsStore

register_short_name()

EXPECTATIONS = {gx_class.__name__: gx_class for gx_class in map(make_gx_class, all_expectations().values())}
"""The Great Expectations class of each expectation of this package, by name."""

globals().update(EXPECTATIONS)

__all__ = [
    "EXPECTATIONS",
    "DocsAction",
    "DuckDBDatasource",
    "EvidenceSiteBuilder",
    "ExpectationsStore",
    "GuardAction",
    "IndexBuilder",
    "SparkParquetDatasource",
    "ValidationResultsStore",
    "references",
]


def __getattr__(name: str) -> Any:
    raise AttributeError(f"There is no {name} in synth_expectations; see: synth-expectations list.")
