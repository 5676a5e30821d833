"""A suite that is asked directly leaves what Great Expectations' own run of it leaves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from synth_expectations.gx import fast_path, validation
from tests.cli.conftest import cli, project  # noqa: F401 - fixtures
from tests.cli.project import GOOD, Project


def stored(project: Project) -> dict[str, Any]:  # noqa: F811
    """The results of the last run, by suite, without what differs between two runs of anything."""
    folder = project.root / "great_expectations" / "uncommitted" / "validations"
    found = {}
    for file in sorted(folder.rglob("*.json"), key=lambda each: each.stat().st_mtime):
        result = json.loads(file.read_text())
        meta = result["meta"]
        for name in ("run_id", "validation_time", "batch_markers"):
            assert meta.pop(name)
        for each in result["results"]:
            each["exception_info"].pop("exception_traceback", None)
            each["exception_info"] = (
                next(iter(each["exception_info"].values()), None) if _nested(each) else each["exception_info"]
            )
        result["results"].sort(key=lambda each: each["expectation_config"]["id"])
        found[result["suite_name"]] = result
    return found


THROUGH = "--through-great-expectations"
"""Without it, a run asks Great Expectations nothing about these tables."""


def _nested(result: dict[str, Any]) -> bool:
    return "raised_exception" not in result["exception_info"]


@pytest.fixture
def mixed(project: Project) -> Project:  # noqa: F811
    """Tables that pass, that break rules, that have nothing to check, and one whose column is missing."""
    rows = [GOOD, {**GOOD, "Id": "s2", "IsSynthetic": None}, {**GOOD, "Id": "s3", "Source": "n/a"}]
    project.table("contact", rows)
    project.table("send", [{"SendId": "m1", "Other": "false"}])
    project.compile()
    return project


def test_what_is_stored_is_the_same(mixed: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    made = fast_path.read_fast_validation

    def noted(*given: Any) -> Any:
        asked.append(made(*given))
        return asked[-1]

    monkeypatch.setattr(validation, "read_fast_validation", noted)
    directly = mixed.run("--output", "json", THROUGH)
    assert len(asked) == 3
    assert all(asked)
    ours = stored(mixed)
    monkeypatch.setattr(validation, "read_fast_validation", lambda *_: None)
    by_great_expectations = mixed.run("--output", "json", THROUGH)
    assert directly.code == by_great_expectations.code == 2
    assert ours == stored(mixed)
    assert _plain(directly.json()) == _plain(by_great_expectations.json())


def _plain(document: dict[str, Any]) -> list[dict[str, Any]]:
    tables = [{**table, "seconds": 0, "query_seconds": 0} for table in document["tables"]]
    for expectation in (expectation for table in tables for expectation in table["expectations"]):
        # the second run finds again what the first one opened
        expectation["rules"] = [{**rule, "finding": None} for rule in expectation["rules"]]
    return tables


def test_others_are_run_by_great_expectations(mixed: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    mixed.edit("  send:\n", "  send:\n    expectations: {expect_column_values_to_not_be_null: {column: SendId}}\n")
    mixed.compile()
    found: dict[str, bool] = {}
    made = fast_path.read_fast_validation

    def noted(context: Any, definition: Any, suite: Any) -> Any:
        result = made(context, definition, suite)
        found[suite["name"]] = result is not None
        return result

    monkeypatch.setattr(validation, "read_fast_validation", noted)
    said = mixed.run("--table", "send", "--output", "json", THROUGH)
    assert found == {"send": False}
    types = {each["type"]: each["verdict"] for each in said.json()["tables"][0]["expectations"]}
    assert types["expect_column_values_to_not_be_null"] == "passed"


def test_results_are_an_expectation_a_line(mixed: Project) -> None:
    mixed.run()
    [file] = Path(mixed.root).rglob("validations/send/**/*.json")
    text = file.read_text()
    assert len(text.splitlines()) == 3 + len(json.loads(text)["results"])
