"""The OpenLineage facets of a run: a data-quality assertion for each expectation, at its table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from synth_expectations.redaction import escape_invisible
from synth_expectations.report.model import RunReport, TableReport
from synth_expectations.rules.verdict import Verdict


def build_lineage(runs: Sequence[RunReport]) -> Any:
    """Return the tables as inputs of a job, each with its assertions; None without OpenLineage installed.

    A table is named as in the policy, in the namespace of its data source: addresses of databases may hold secrets. What
    had nothing to check is no assertion: it would count as evidence.
    """
    try:
        from airflow.providers.openlineage.extractors import OperatorLineage
        from openlineage.client.event_v2 import InputDataset
        from openlineage.client.facet_v2 import data_quality_assertions_dataset as facet
    except ImportError:
        return None
    return OperatorLineage(
        inputs=[
            InputDataset(
                namespace=escape_invisible(table.data_source or "unknown"),
                name=escape_invisible(table.table),
                inputFacets={
                    "dataQualityAssertions": facet.DataQualityAssertionsDatasetFacet(
                        assertions=[facet.Assertion(assertion=name, success=success) for name, success in asserted]
                    )
                },
            )
            for run in runs
            for table in run.tables
            if (asserted := list(list_assertions(table)))
        ]
    )


def list_assertions(table: TableReport) -> Iterator[tuple[str, bool]]:
    """Yield the type of each expectation that had something to check, and whether it passed."""
    for expectation in table.expectations:
        if expectation.verdict is not Verdict.NOTHING_TO_CHECK:
            yield expectation.type, expectation.verdict is Verdict.PASSED
