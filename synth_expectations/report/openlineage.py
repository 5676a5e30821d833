"""A run as OpenLineage tells it: assertions at the tables, and the tests of the run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from synth_expectations.redaction import escape_invisible
from synth_expectations.report.expectation_report import SEVERITIES, ExpectationReport
from synth_expectations.report.model import RunReport, TableReport
from synth_expectations.rules.verdict import Verdict

_STATUS = {Verdict.PASSED: "pass", Verdict.FAILED: "fail", Verdict.ERRORED: "fail", Verdict.NOTHING_TO_CHECK: "skip"}
"""Errored is a failure: `skip` would let a consumer take what nobody knows for what nobody asked."""


@dataclass(frozen=True)
class LineageTest:
    """One expectation of a run, in the words of OpenLineage. It has counts of records, and no value of the data.

    Attributes:
        datasets: the table, by its names in a lineage graph.
        report: of the expectation.
        severity: `error` if a violation fails the run, else `warn`.
        name: of the test: its suite and its sentence.
        scope: batch or table.
    """

    datasets: tuple[tuple[str, str], ...]
    report: ExpectationReport
    severity: str
    name: str
    scope: str

    @property
    def status(self) -> str:
        """`pass`, `fail`, or `skip` where there was nothing to check."""
        return _STATUS[self.report.verdict]

    @property
    def expected(self) -> str | None:
        """How many records may break a rule; None for an expectation that counts none."""
        if self.report.element_count is None:
            return None
        mostly = (self.report.details.get("parameters") or {}).get("mostly")
        if isinstance(mostly, int | float) and mostly < 1:
            return f"at most {100 * (1 - mostly):g} % of {self.report.element_count} records break a rule"
        return "0 records break a rule"

    @property
    def actual(self) -> str | None:
        """How many records break a rule; None if they were not counted."""
        if self.report.verdict is Verdict.ERRORED:
            return "not evaluated"
        if self.report.element_count is None or self.report.unexpected_count is None:
            return None
        return f"{self.report.unexpected_count} of {self.report.element_count} records break a rule"

    @property
    def fields(self) -> dict[str, Any]:
        """What an assertion and a test have in common."""
        return {
            "name": self.name,
            "severity": self.severity,
            "description": escape_invisible(self.report.sentence),
            "expected": self.expected,
            "actual": self.actual,
            "params": {"id": self.report.id, "severity": self.report.severity, "scope": self.scope},
        }


def list_tests(runs: Sequence[RunReport]) -> Iterator[LineageTest]:
    """Yield each expectation of some runs."""
    for run in runs:
        for table in run.tables:
            for expectation in table.expectations:
                counts = SEVERITIES.index(expectation.severity) <= SEVERITIES.index(run.fail_on)
                yield LineageTest(
                    datasets=_name_datasets(table),
                    report=expectation,
                    severity="error" if counts else "warn",
                    name=escape_invisible(f"{table.suite}: {expectation.sentence}"),
                    scope=table.scope,
                )


def _name_datasets(table: TableReport) -> tuple[tuple[str, str], ...]:
    """Return the names of a table in a lineage graph; where they cannot be told, its name in the policy."""
    names = table.datasets or ((table.data_source or "unknown", table.table),)
    return tuple((escape_invisible(namespace), escape_invisible(name)) for namespace, name in names)


def build_inputs(runs: Sequence[RunReport]) -> list[Any]:
    """Return each table that was read once, with an assertion for each expectation that had something to check.

    What had nothing to check is not an assertion, because it would count as evidence: it is a test that was skipped.
    """
    from openlineage.client.event_v2 import InputDataset
    from openlineage.client.facet_v2 import data_quality_assertions_dataset as facet

    assertions: dict[tuple[str, str], list[Any]] = {}
    for run in runs:
        for table in run.tables:
            for name in _name_datasets(table):
                assertions.setdefault(name, [])
    for test in list_tests(runs):
        if test.status != "skip":
            for name in test.datasets:
                assertions[name].append(
                    facet.Assertion(assertion=test.report.type, success=test.status == "pass", **test.fields)
                )
    return [
        InputDataset(
            namespace=namespace,
            name=name,
            inputFacets={"dataQualityAssertions": facet.DataQualityAssertionsDatasetFacet(assertions=made)}
            if made
            else {},
        )
        for (namespace, name), made in assertions.items()
    ]


def build_run_facets(runs: Sequence[RunReport]) -> dict[str, Any]:
    """Return the facet `test` of a run: every expectation, also those with nothing to check."""
    from openlineage.client.facet_v2 import test_run

    tests = [
        test_run.TestExecution(status=test.status, type=test.report.type, **test.fields) for test in list_tests(runs)
    ]
    return {"test": test_run.TestRunFacet(tests=tests)}


def build_operator_lineage(runs: Sequence[RunReport]) -> Any:
    """Return what an Airflow operator says of its runs; None without Airflow's provider of OpenLineage."""
    try:
        from airflow.providers.openlineage.extractors import OperatorLineage
    except ImportError:
        return None
    return OperatorLineage(inputs=build_inputs(runs), run_facets=build_run_facets(runs))
