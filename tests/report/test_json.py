"""The JSON document of a run: the keys that the interface promises, at every exit code."""

from __future__ import annotations

import json
from typing import Any

import pytest

from synth_expectations.errors import SynthError
from synth_expectations.report.json import error_to_json, to_json
from synth_expectations.report.model import RunReport
from tests.report.runs import errored, excluded, expectation, failed, nightly, nothing, run, table, uncovered

TOP = {
    "schema",
    "verdict",
    "exit_code",
    "fail_on",
    "message",
    "run",
    "counts",
    "tables",
    "excluded",
    "not_covered",
    "not_run",
    "requirements",
    "docs",
    "results",
    "quarantine",
    "next",
    "error",
}
RUN = {
    "id",
    "checkpoint",
    "started_at",
    "finished_at",
    "as_of",
    "as_of_from",
    "batch",
    "selection",
    "versions",
    "compiled_by",
    "policy",
}
VERDICTS = {"passed", "failed", "errored", "nothing_to_check"}
TABLE = {
    "table", "suite", "role", "owner", "data_source", "engine", "where", "verdict", "queries", "query_seconds", "seconds",
    "error", "great_expectations",
    "scope", "records", "rows", "rows_of_no_day", "quarantine", "expectations",
}  # fmt: skip
EXPECTATION = {
    "id", "type", "sentence", "severity", "verdict", "element_count", "unexpected_count", "unexpected_percent",
    "rules", "sample", "parameters", "condition", "rules_sha256", "reference", "lookups", "shares", "controls", "does_not_show",
    "error",
}  # fmt: skip
BESIDES = {
    "top": {"notes", "runbook", "evidence"},
    "expectation": {"as_of", "reason", "next"},
    "excluded": {"expired", "narrowed"},
}
"""What the document says beyond the interface."""


def read(report: RunReport) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(to_json(report))
    return found


RUNS = {
    "nightly": nightly(),
    "passed": run(table(expectation())),
    "nothing": run(table(nothing())),
    "unreadable": run(table(error="It cannot be read."), docs_path=""),
    "edited": run(table(expectation()), errors=("a", "b"), excluded=(excluded(expired=True),)),
    "not covered": run(table(expectation()), not_covered=(uncovered(),)),
}


@pytest.mark.parametrize("report", RUNS.values(), ids=RUNS)
def test_the_same_keys_whatever_came_of_it(report: RunReport) -> None:
    found = read(report)
    assert set(found) == TOP | BESIDES["top"]
    assert set(found["run"]) == RUN
    assert set(found["counts"]) == {"tables", "expectations", "queries", "seconds"}
    assert set(found["counts"]["tables"]) == set(found["counts"]["expectations"]) == VERDICTS
    for one in found["tables"]:
        assert set(one) == TABLE
        assert set(one["scope"]) == {"kind", "batch"}
        for each in one["expectations"]:
            assert set(each) == EXPECTATION | BESIDES["expectation"]
    for missing in found["not_covered"]:
        assert set(missing) == {"table", "type", "because", "needs", "in_part"}
    for each in found["excluded"]:
        assert set(each) == {"table", "type", "reason", "approved_by", "until"} | BESIDES["excluded"]
    assert found["error"] is None or set(found["error"]) == {"code", "message", "hint", "file", "line"}
    assert found["docs"] is None or set(found["docs"]) == {"url", "path"}


def test_a_run_that_never_began_has_them_too() -> None:
    found = json.loads(
        error_to_json(SynthError("There is no checkpoint nigthly.", "Did you mean nightly?", "a.yml", 7))
    )
    assert set(found) == TOP | BESIDES["top"]
    assert (found["verdict"], found["exit_code"], found["run"], found["tables"]) == ("errored", 2, None, [])
    assert set(found["counts"]["tables"]) == set(found["counts"]["expectations"]) == VERDICTS
    assert found["error"] == {
        "code": "SynthError",
        "message": "There is no checkpoint nigthly.",
        "hint": "Did you mean nightly?",
        "file": "a.yml",
        "line": 7,
    }


def test_what_a_failure_holds() -> None:
    [one] = read(run(table(failed())))["tables"][0]["expectations"]
    assert one["rules"] == [
        {"name": "marker is missing", "count": 41, "judged": True, "finding": None},
        {"name": "marker is not one of true, false", "count": 16, "judged": True, "finding": None},
        {"name": "never broken", "count": 0, "judged": True, "finding": None},
    ]
    assert set(one["sample"]) == {"key", "values", "more"}
    assert (one["sample"]["key"], len(one["sample"]["values"]), one["sample"]["more"]) == ("Id", 4, 53)
    assert one["parameters"] == {"marker_column": "Synthetic__c", "mostly": 1.0}
    assert one["condition"] == {"dialect": "snowflake", "sql": {"marker is missing": '"Synthetic__c" IS NULL'}}
    assert (one["rules_sha256"], one["does_not_show"]) == ("0" * 64, "that the tag is true.")
    assert (one["error"], one["reason"], one["reference"]) == (None, None, [])


def test_the_tables_that_records_were_looked_up_in() -> None:
    [_, oversight] = read(nightly())["tables"][2]["expectations"]
    assert oversight["reference"] == ["staff"]


def test_counts_are_those_of_the_text() -> None:
    found = read(nightly())
    assert found["message"] == nightly().format_message()
    assert found["counts"]["expectations"] == {"errored": 1, "failed": 2, "passed": 11, "nothing_to_check": 3}
    assert found["counts"]["tables"] == {"errored": 1, "failed": 2, "passed": 1, "nothing_to_check": 1}
    assert (found["counts"]["queries"], found["counts"]["seconds"]) == (10, 48.0)
    assert found["next"] == ["edit policy.yml:75 (columns.approver), then synth-expectations compile"]


def test_times_and_places() -> None:
    found = read(nightly())
    assert (found["run"]["started_at"], found["run"]["as_of"]) == ("2026-11-23T03:04:12Z", "2026-11-23T00:00:00Z")
    assert found["docs"]["path"] == "/srv/crm/great expectations/uncommitted/docs/index.html"
    assert [each["scope"] for each in found["tables"]][:2] == [
        {"kind": "batch", "batch": "2026-11-22"},
        {"kind": "table", "batch": None},
    ]


def test_errors_of_the_run_and_of_tables() -> None:
    found = read(RUNS["edited"])
    assert found["error"]["message"] == "a; b"
    assert found["excluded"][0]["expired"] is True
    assert read(RUNS["unreadable"])["tables"][0]["error"] == "It cannot be read."
    assert read(run(table(errored())))["tables"][0]["expectations"][0]["next"].startswith("edit policy.yml:75")


def test_it_is_text_that_any_reader_takes() -> None:
    text = to_json(run(table(failed(sentence="Größe „é“"))))
    assert "Größe" in text
    assert json.loads(text)["tables"][0]["expectations"][0]["sentence"] == "Größe „é“"
