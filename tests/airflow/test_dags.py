"""The example DAGs, run by Airflow: states, XComs and asset events are read back from its database."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.airflow.conftest import Airflow
from tests.cli.project import Project

Make = Callable[[str], Project]


def test_a_check_that_passes_opens_the_gate(airflow: Airflow, project: Make) -> None:
    started = datetime.now(UTC)
    ended = airflow.test("crm_nightly", project("good"))
    assert ended.states == {"check": "success", "publish": "success"}, ended.log
    summary = ended.xcom["check"]
    assert (summary["verdict"], summary["exit_code"]) == ("passed", 0)
    # a manual run: whatever logical date it is given, it judges as of when it was due
    assert started <= datetime.fromisoformat(summary["as_of"]) <= datetime.now(UTC)
    [run] = summary["runs"]
    assert run["checkpoint"] == "nightly"
    assert run["counts"]["expectations"]["passed"] > 0
    assert run["counts"]["expectations"]["failed"] == 0
    assert run["docs"] is None  # nobody asked for Data Docs
    assert any(name.startswith("eu_ai_act") for name in run["controls"])
    assert ended.xcom["publish"].startswith("published: nightly: passed")
    assert [event["synth_expectations"] for event in ended.events] == [summary]


def test_violations_fail_at_once_and_close_the_gate(airflow: Airflow, project: Make) -> None:
    ended = airflow.test("crm_nightly", project("violated"))
    assert ended.states == {"check": "failed", "publish": "upstream_failed"}, ended.log  # failed, for all its retries
    assert ended.xcom["check"]["verdict"] == "failed"
    assert ended.xcom["check"]["runs"][0]["tables"]["contact (table)"] == "failed"
    assert "AirflowFailException" in ended.log
    assert "FAILED" in ended.log
    assert ended.events == []


@pytest.mark.parametrize(("kind", "verdict", "tries"), [("errored", "errored", 2), ("violated", "failed", 1)])
def test_only_what_was_not_evaluated_is_tried_again(
    airflow: Airflow, project: Make, kind: str, verdict: str, tries: int
) -> None:
    ended = airflow.test("crm_retried", project(kind))
    assert ended.states == {"check": "failed"}, ended.log
    assert ended.xcom["check"]["verdict"] == verdict
    assert ended.tries == {"check": tries}


def test_two_checkpoints_in_one_task_and_a_templated_as_of(airflow: Airflow, project: Make) -> None:
    ended = airflow.test("crm_two", project("good"))
    assert ended.states == {"check": "success"}, ended.log
    summary = ended.xcom["check"]
    before = datetime.now(UTC).date() - timedelta(days=1)
    assert summary["as_of"][:10] in {str(before - timedelta(days=1)), str(before)}  # begun before midnight, or after
    assert summary["as_of"].endswith("T12:00:00+00:00")
    assert [run["checkpoint"] for run in summary["runs"]] == ["nightly", "sends"]
    assert [len(run["tables"]) for run in summary["runs"]] == [3, 1]
    assert all(Path(run["docs"]["path"]).is_file() for run in summary["runs"])


def test_a_checkpoint_that_is_not_there(airflow: Airflow, project: Make) -> None:
    ended = airflow.test("crm_unknown", project("good"))
    assert ended.states == {"check": "failed"}, ended.log
    [run] = ended.xcom["check"]["runs"]
    assert (run["verdict"], run["message"]) == ("errored", "There is no checkpoint nigthly.")


@pytest.mark.parametrize("dag", ["crm_external_python", "crm_bash"])
def test_apart_from_airflow(airflow: Airflow, project: Make, dag: str) -> None:
    passed = airflow.test(dag, project("good"))
    assert passed.states == {"check": "success"}, passed.log
    if dag == "crm_external_python":
        assert passed.xcom["check"]["verdict"] == "passed"
    failed = airflow.test(dag, project("violated"))
    assert failed.states == {"check": "failed"}, failed.log


@pytest.mark.parametrize(("kind", "holds"), [("good", True), ("violated", False)])
def test_openlineage_is_told_what_holds(airflow: Airflow, project: Make, kind: str, holds: bool) -> None:
    airflow.lineage.unlink(missing_ok=True)
    airflow.test("crm_retried", project(kind))
    events = [json.loads(line) for line in airflow.lineage.read_text().splitlines()]
    [ended] = [each for each in events if each["eventType"] in {"COMPLETE", "FAIL"} and each["inputs"]][-1:]
    lake = project(kind).root / "lake"
    inputs = {each["name"]: each.get("inputFacets", {}) for each in ended["inputs"]}
    assert {each["namespace"] for each in ended["inputs"]} == {"file"}
    assert sorted(inputs) == [str(lake / "contact"), str(lake / "customer"), str(lake / "send")]
    by_type = {each["assertion"]: each for each in inputs[str(lake / "contact")]["dataQualityAssertions"]["assertions"]}
    assert by_type["expect_records_to_be_tagged"]["success"] is holds
    assert by_type["expect_records_to_be_tagged"]["severity"] == "error"
    tests = ended["run"]["facets"]["test"]["tests"]
    assert ("skip" in {each["status"] for each in tests}) and (("fail" in {each["status"] for each in tests}) != holds)


def test_parsing_imports_nothing_that_is_slow(airflow: Airflow) -> None:
    script = """
import runpy, sys, airflow.sdk, airflow.providers.standard.operators.bash
before = set(sys.modules)
for file in sys.argv[1:]: runpy.run_path(file)
slow = {"great_expectations", "pandas", "pyarrow", "duckdb", "sqlglot", "pyspark"}
print("slow:", sorted(slow & (set(sys.modules) - before)))
"""
    files = [str(each) for each in sorted(airflow.dags.glob("*.py"))]
    assert len(files) == 3
    done = subprocess.run(
        [sys.executable, "-c", script, *files], env=airflow.environment(), text=True, capture_output=True, check=False
    )
    assert "slow: []" in done.stdout, done.stderr
