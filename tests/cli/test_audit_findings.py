"""`audit findings`, `audit accept` and `audit false-positive`, on the runs of a small project."""

from __future__ import annotations

import csv
import io
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from synth_expectations.evidence.findings.decisions import make_terms
from synth_expectations.evidence.findings.dispositions import DispositionKind, encode_disposition
from synth_expectations.evidence.findings.reader import read_findings
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.store import DirectoryStore
from tests.cli.project import GOOD, REAL, Project

BY = ("--by", "dpo@retailer.example", "--role", "dpo", "--reason", "GRC-7 fixes it.")


def find(project: Project, *keys: str) -> None:
    """Let records of some keys lack their method."""
    project.table("contact", [GOOD, REAL, *({**GOOD, "Id": key, "Method": None} for key in keys)])


def test_another_place_behind_a_variable_fixes_nothing(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    lake = project.root / "lake"
    other = project.root.parent / "other"
    monkeypatch.setenv("LAKE", str(lake))
    project.edit("path: ../lake", 'path: "${LAKE}"')
    project.compile()
    shutil.copytree(lake, other)  # without the record
    find(project, "planted-1")
    assert project.run().code == 1
    monkeypatch.setenv("LAKE", str(other))
    assert project.cli("run", "nightly", "--as-of", "2026-11-02").code == 0
    [listed] = project.cli("audit", "findings", "--json").json()["findings"]
    assert (listed["status"], listed["trend"]) == ("open", "not found, and not proven to be fixed")
    assert "another directory, address or database" in " ".join(listed["doubts"])
    monkeypatch.setenv("LAKE", str(lake))
    find(project)
    assert project.cli("run", "nightly", "--as-of", "2026-11-03").code == 0
    assert project.cli("audit", "findings", "--json").json()["findings"] == []
    assert str(other) not in "".join(file.read_text() for file in (project.root / "evidence/objects").iterdir())


def test_from_the_first_run_to_the_proof(compiled: Project) -> None:
    project, cli = compiled, compiled.cli
    assert cli("audit", "findings").code == 2, "there is no ledger yet"
    find(project, "planted-1", "planted-2")
    assert "new since" not in project.run().out
    find(project, "planted-2", "planted-3", "planted-4")
    ran = cli("run", "nightly", "--as-of", "2026-11-02")
    assert "2 of them new, 1 gone since yesterday; open since 2026-11-01" in " ".join(ran.out.split())
    [listed] = cli("audit", "findings", "--json").json()["findings"]
    assert (listed["records"], listed["new"], listed["due"]) == (3, 2, "2026-11-15")

    identity = listed["id"]
    refusals = {
        ("audit", "accept", "none", "--until", "2026-12-31", *BY): "has no finding none",
        ("audit", "accept", identity, *BY): "Until when",
        ("audit", "accept", identity, "--until", "soon", *BY): "is not a day",
        ("audit", "accept", identity, "--until", "2020-01-01", *BY): "would have ended",
        ("audit", "accept", identity, "--until", "2026-12-31", "--by", "CRM-DATA@retailer.example", *BY[2:]): "owns",
        ("audit", "false-positive", identity, *BY): "knows no cleared records",
        ("audit", "findings", "--json", "--csv"): "two formats",
    }
    for command, sentence in refusals.items():
        said = cli(*command)
        assert said.code == 2, command
        assert sentence in said.err, said.err

    until = str(date.today() + timedelta(days=60))
    assert cli("audit", "accept", identity[:4], "--until", until, *BY).code == 0
    ran = cli("run", "nightly", "--as-of", "2026-11-03", "--output", "json")
    assert ran.code == 1, "what is accepted never counts as passed"
    rules = [rule for table in ran.json()["tables"] for check in table["expectations"] for rule in check["rules"]]
    [finding] = [rule["finding"] for rule in rules if rule["finding"]]
    assert (finding["status"], finding["trend"]) == ("accepted", "still there")
    rows = list(csv.DictReader(io.StringIO(cli("audit", "findings", "--csv", "--state", "accepted").out)))
    assert [(row["id"], row["decided_by"]) for row in rows] == [(identity, "dpo@retailer.example")]
    assert "None." in cli("audit", "findings", "--table", "customer").out
    assert cli("audit", "accept", identity, "--revoke", "--by", "dpo@retailer.example", "--reason", "No.").code == 0

    ledger = EvidenceLedger(DirectoryStore(project.root / "evidence"))
    expired = make_terms(
        read_findings(ledger).findings[identity],
        DispositionKind.ACCEPTED,
        reason="r",
        by="dpo@retailer.example",
        role="dpo",
        until=date(2026, 1, 31),
    )
    ledger.append(EntryKind.FINDING_ACCEPTED, encode_disposition(expired, None))
    ran = cli("run", "nightly", "--as-of", "2026-11-04")
    assert ran.code == 2, "an acceptance that is over makes the run errored"
    assert "ended on 2026-01-31" in " ".join(ran.out.split())

    find(project)
    (project.root / "great_expectations" / "uncommitted" / "finding.key").unlink()
    assert cli("run", "nightly", "--as-of", "2026-11-05").code == 0
    [fixed] = cli("audit", "findings", "--state", "fixed", "--json").json()["findings"]
    assert fixed["status"] == "fixed"
    assert "None." in cli("audit", "findings").out
    assert not list(find_planted(project.root / "evidence")), "no entry and no record names a record"


def find_planted(evidence: Path) -> list[Path]:
    """Return the files of a ledger that name a planted record, without results, which may."""
    results = {
        digest
        for entry in EvidenceLedger(DirectoryStore(evidence)).read_entries()
        for digest in [entry.header.body_sha256]
    }
    bodies = [evidence / "objects" / digest for digest in results]
    return [path for path in (*bodies, evidence / ".findings.state") if b"planted-" in path.read_bytes()]
