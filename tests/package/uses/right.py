"""Uses of the package that a type checker accepts."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import assert_type

import great_expectations as gx
from great_expectations.core.expectation_suite import ExpectationSuite
from great_expectations.expectations.metadata_types import FailureSeverity

import synth_expectations as se
from synth_expectations.report.model import RunReport, TableReport
from synth_expectations.rules.verdict import Verdict
from synth_expectations.runner import Options, Selection, run
from synth_expectations.testing import Case, DuckdbEngine, differences, find_cases, read_cases
from synth_expectations.testing import run as run_case

suite = gx.ExpectationSuite(name="contacts")
tagged = suite.add_expectation(se.ExpectRecordsToBeTagged(marker_column="is_synthetic", record_key="id"))
assert_type(tagged, se.ExpectRecordsToBeTagged)
assert_type(tagged.marker_column, str | se.SuiteParameter | None)
assert_type(tagged.severity, FailureSeverity)

ExpectationSuite(
    name="more",
    expectations=[
        se.ExpectRecordsToBeTagged(marker_column="kind", synthetic_values="test", real_values=["real", 0, False]),
        se.ExpectRecordsToBeTagged(marker_column="kind", severity="warning", notes=["one", "two"], mostly=1),
        se.ExpectRecordsToBeTagged(all_records="real", severity=FailureSeverity.INFO, meta={"owner": "crm", "rank": 1}),
        se.ExpectRecordsToBeTagged(marker_column="kind", row_condition='col("a") > 1', condition_parser="spark"),
        se.ExpectRecordsToBeTagged(marker_column="kind", result_format={"result_format": "COMPLETE"}),
    ],
)

days: list[str] = ["P90D"]
owner: se.SuiteParameter = {"$PARAMETER": "owner"}
se.ExpectSyntheticRecordsToExpireOnTime(anchor="made_at", max_age=days[0], as_of=datetime.now(UTC))
se.ExpectSyntheticRecordsToExpireOnTime(anchor="made_at", max_ages={"test": "P1D"}, as_of="2026-11-01")
se.ExpectSyntheticRecordsToExpireOnTime(anchor=owner, max_age={"$PARAMETER": "age"})
se.ExpectSyntheticRecordsToHaveProvenance(fields="source")
se.ExpectSyntheticRecordsToHaveProvenance(fields=("source", "version"))
se.ExpectSyntheticRecordsToNotCopyRealRecords(
    reference="customers", match=[[{"columns": "email", "kind": "email"}], [{"columns": ["first", "last"]}]]
)


def make_checkpoint(definition: gx.ValidationDefinition) -> gx.Checkpoint:
    return gx.Checkpoint(
        name="nightly", validation_definitions=[definition], actions=[se.GuardAction(name="guard", fail_on="critical")]
    )


def print_table(table: TableReport) -> None:
    print(table.table)


options = Options(batch="2026-11-01", as_of=datetime.now(UTC), selection=Selection(tables="crm_*"), workers=2)
report = run("nightly", Path("great_expectations"), options, print_table)
assert_type(report, RunReport)
assert_type(report.verdict, Verdict)
assert_type(report.tables, tuple[TableReport, ...])
assert_type(report.exit_code, int)

cases = [*find_cases(Path("cases")), *read_cases(Path("cases/expect_records_to_be_tagged.yml"))]
assert_type(cases, list[Case])
assert_type(differences(cases[0], run_case(cases[0], DuckdbEngine())), list[str])

assert_type(se.__version__, str)
se.references.add("customers", [1])
