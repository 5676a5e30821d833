"""Several checkpoints in one process, and what is told of them: what every integration shares."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from synth_expectations.report.openlineage import build_operator_lineage, list_tests
from synth_expectations.runner.checkpoints import run_checkpoints
from synth_expectations.runner.data_interval import choose_as_of
from tests.cli.project import AS_OF, GOOD, Project

END, DUE = datetime(2026, 11, 2, 3, tzinfo=UTC), datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("run_type", "end", "moment"),
    [
        ("scheduled", END, END),
        ("backfill", END, END),  # long after: as of then
        ("manual", END, DUE),
        ("asset_triggered", None, DUE),
        ("scheduled", None, DUE),
    ],
)
def test_the_moment_that_a_run_judges(run_type: str, end: datetime | None, moment: datetime) -> None:
    assert choose_as_of(run_type, end, DUE) == moment


def ran(project: Project, *names: str, **options: Any) -> Any:
    told: list[str] = []
    root = str(project.root / "great_expectations")
    reports, summary = run_checkpoints(names, root, **{"as_of": AS_OF, "tell": told.append, **options})
    assert json.loads(json.dumps(summary)) == summary
    return reports, summary, told


def test_a_run_that_passes(compiled: Project) -> None:
    [report], summary, told = ran(compiled, "nightly")
    assert (summary["verdict"], summary["exit_code"], summary["as_of"]) == ("passed", 0, "2026-11-01T00:00:00+00:00")
    assert summary["message"] == f"nightly: {report.format_message()}"
    assert told[-1] == report.format_message()
    [run] = summary["runs"]
    assert run["controls"]["gdpr Article 25"]["inconclusive"] > 0, "nobody approved the policy"
    assert sum(run["counts"]["tables"].values()) == len(run["tables"]) == 3


def test_no_value_of_the_data_is_told(compiled: Project) -> None:
    compiled.table("contact", [{**GOOD, "IsSynthetic": None, "Email": "someone@firm.example"}])
    _, summary, _ = ran(compiled, "nightly")
    assert summary["exit_code"] == 2  # no record has a known marker
    assert GOOD["Id"] not in json.dumps(summary)
    assert "someone" not in json.dumps(summary)


def test_one_that_cannot_be_run_does_not_keep_the_others_from_it(compiled: Project) -> None:
    reports, summary, told = ran(compiled, "nigthly", "nightly")
    assert [report.checkpoint for report in reports] == ["nightly"]
    assert summary["verdict"] == "errored"
    assert [run["verdict"] for run in summary["runs"]] == ["errored", "passed"]
    assert told[0].startswith("There is no checkpoint nigthly.")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"as_of": "noon"}, "as_of: noon is not a time."),
        ({"batch_parameters": {"hour": 3}}, "batch_parameters: there is no hour."),
        ({"batch_parameters": {"day": "2026-13-01"}}, "2026-13-01 is not a batch."),
        ({"fail_on": "all"}, "fail_on: all is not a severity."),
        ({"tables": "nothing"}, "The checkpoint nightly has no table that is called like nothing."),
    ],
)
def test_wrong_options_are_errors_and_no_traceback(compiled: Project, options: dict[str, Any], sentence: str) -> None:
    reports, summary, _ = ran(compiled, "nightly", **options)
    assert reports == []
    assert (summary["verdict"], summary["runs"][0]["message"]) == ("errored", sentence)


def test_tests_for_openlineage(compiled: Project) -> None:
    compiled.table("contact", [{**GOOD, "IsSynthetic": None}])
    [report], *_ = ran(compiled, "nightly")
    statuses = {(table.table, test.type): test.verdict.value for table in report.tables for test in table.expectations}
    assert statuses["contact", "expect_records_to_be_tagged"] == "failed"
    assert statuses["send", "expect_table_to_contain_no_synthetic_records"] == "passed"
    said = [test.status for test in list_tests([report])]
    as_openlineage = {"failed": "fail", "errored": "fail", "passed": "pass", "nothing_to_check": "skip"}
    assert said == [as_openlineage[verdict] for verdict in statuses.values()]
    assert build_operator_lineage([report]) is None  # without its package, which `make test-airflow` has
