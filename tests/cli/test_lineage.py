"""`run --openlineage` sends what a run found, through the client of OpenLineage; the verdict stays whatever comes of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from synth_expectations.runner import lineage_events
from tests.cli.project import GOOD, REAL, Project, Said

UNTAGGED = {**GOOD, "Id": "key-of-a-record", "IsSynthetic": None}


@pytest.fixture
def events(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file into which the client writes; the home has no configuration."""
    file = tmp_path / "events.jsonl"
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("OPENLINEAGE__TRANSPORT__TYPE", "file")
    monkeypatch.setenv("OPENLINEAGE__TRANSPORT__LOG_FILE_PATH", str(file))
    monkeypatch.setenv("OPENLINEAGE__TRANSPORT__APPEND", "true")
    return file


def read(events: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in events.read_text().splitlines()]


def notes(said: Said) -> list[str]:
    return [note for note in said.json()["notes"] if "lineage" in note]


def test_a_run_is_sent(compiled: Project, events: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled.table("contact", [GOOD, REAL, UNTAGGED])
    monkeypatch.setenv("OPENLINEAGE_NAMESPACE", "crm")
    parent = "019aca7e-5c1e-7b9e-8f47-0d5c2c7b9a11"
    monkeypatch.setenv("OPENLINEAGE_PARENT_ID", f"airflow/crm_nightly.check/{parent}")
    assert compiled.run().code == 1
    assert not events.exists(), "nothing is sent unless it is asked for"

    said = compiled.run("--openlineage", "--output", "json")
    assert (said.code, notes(said), said.err) == (1, [], "")
    start, end = read(events)
    assert (start["eventType"], end["eventType"]) == ("START", "FAIL")
    assert start["run"]["runId"] == end["run"]["runId"]
    for event in (start, end):
        assert (event["job"]["namespace"], event["job"]["name"]) == ("crm", "synth_expectations.nightly")
        assert event["run"]["facets"]["parent"]["run"]["runId"] == parent
        assert event["run"]["facets"]["parent"]["job"]["name"] == "crm_nightly.check"
    lake = compiled.root.resolve() / "lake"
    inputs = {entry["name"]: entry for entry in end["inputs"]}
    assert {entry["namespace"] for entry in end["inputs"]} == {"file"}
    assert sorted(inputs) == [str(lake / "contact"), str(lake / "customer"), str(lake / "send")]
    assert [entry["name"] for entry in start["inputs"]] == list(inputs)
    by_type = {
        entry["assertion"]: entry
        for entry in inputs[str(lake / "contact")]["inputFacets"]["dataQualityAssertions"]["assertions"]
    }
    tagged = by_type["expect_records_to_be_tagged"]
    assert (tagged["success"], tagged["severity"]) == (False, "error")
    assert tagged["actual"] == "1 of 3 records break a rule"
    statuses = {test["status"] for test in end["run"]["facets"]["test"]["tests"]}
    assert statuses == {"pass", "fail", "skip"}
    assert "key-of-a-record" not in events.read_text()


@pytest.mark.usefixtures("events")
def test_what_cannot_be_sent_is_said(compiled: Project, monkeypatch: pytest.MonkeyPatch, closed_port: int) -> None:
    monkeypatch.setattr(lineage_events.send_lineage, "__defaults__", (3.0,))
    monkeypatch.setenv("OPENLINEAGE__TRANSPORT__TYPE", "http")
    monkeypatch.setenv("OPENLINEAGE__TRANSPORT__URL", f"http://127.0.0.1:{closed_port}/made-up-secret")
    monkeypatch.setenv("OPENLINEAGE__TRANSPORT__RETRY__TOTAL", "0")
    monkeypatch.setenv("OPENLINEAGE_PARENT_ID", "no parent")
    said = compiled.run("--openlineage", "--output", "json")
    assert said.code == 0
    first, second = notes(said)
    assert first.startswith("The lineage was not sent: ")
    assert second == "OPENLINEAGE_PARENT_ID is not NAMESPACE/JOB/RUN, so the lineage names no parent."
    assert "made-up-secret" not in said.out + said.err


def test_a_client_without_configuration_is_refused_before_the_run(
    compiled: Project, events: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TYPE", "LOG_FILE_PATH", "APPEND"):
        monkeypatch.delenv(f"OPENLINEAGE__TRANSPORT__{name}")
    said = compiled.run("--openlineage")
    assert said.code == 2
    assert "OpenLineage is not configured, so nobody would get the lineage." in said.err
    monkeypatch.setenv("OPENLINEAGE__TRANSPORT__TYPE", "pigeon")
    said = compiled.run("--openlineage")
    assert (said.code, said.out) == (2, "")
    assert "OpenLineage is not configured well" in said.err
    assert not list(compiled.root.rglob("validations/**/*.json"))


def test_a_client_that_is_not_installed(compiled: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "openlineage.client", None)
    said = compiled.run("--openlineage")
    assert said.code == 2
    assert "Install synth-expectations with the extra openlineage." in said.err
