"""The checks with stock Great Expectations on a Spark frame, counts only: one suite on the contacts.

An expectation reads one table, so two of the three joins cannot be expressed; see `benchmarks.peers.ways.gx_pandas`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import great_expectations as gx

from benchmarks.peers.checks import CHECKS, CONTACT_COLUMNS
from benchmarks.peers.sql import SYNTHETIC
from benchmarks.peers.ways.gx_pandas import list_expectations
from benchmarks.spark.session import report

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def ask(data: Path, session: SparkSession) -> dict[str, int | None]:
    """Validate the contacts as one batch."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    datasets = [row[0] for row in session.read.parquet(str(data / "dataset")).select("dataset_id").collect()]
    named = list(list_expectations(datasets, _select_purpose))
    for name, expectation in named:
        expectation.meta = {"check": name}
    suite = gx.ExpectationSuite("contact", expectations=[expectation for _, expectation in named])
    asset = context.data_sources.add_spark("crm").add_dataframe_asset("contact")
    frame = session.read.parquet(str(data / "contact")).select(*CONTACT_COLUMNS)
    batch = asset.add_batch_definition_whole_dataframe("all").get_batch(batch_parameters={"dataframe": frame})
    result = batch.validate(suite, result_format={"result_format": "BASIC", "partial_unexpected_count": 0})
    counts: dict[str, int | None] = dict.fromkeys(CHECKS)
    for result_of_check in result.results:
        if result_of_check.exception_info.get("raised_exception", True):
            raise SystemExit(f"{result_of_check.expectation_config.meta}: {result_of_check.exception_info}")
        name = result_of_check.expectation_config.meta["check"]
        counts[name] = (counts[name] or 0) + result_of_check.result["unexpected_count"]
    return counts


def _select_purpose(purpose: str) -> str:
    return f"{SYNTHETIC} and lower(trim(SyntheticPurpose__c)) = '{purpose}'"


if __name__ == "__main__":
    report(ask)
