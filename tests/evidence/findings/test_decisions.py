"""Decisions about findings: who may make them, what they cover, and when they are over."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from synth_expectations.evidence.findings.decisions import (
    DispositionError,
    check_until,
    find_finding,
    make_terms,
    record_disposition,
    revoke_disposition,
)
from synth_expectations.evidence.findings.dispositions import DispositionKind, DispositionTerms
from synth_expectations.evidence.findings.model import FindingStatus
from synth_expectations.evidence.findings.reader import find_undisposed
from synth_expectations.evidence.keys.key_ring import add_key, revoke_key
from synth_expectations.evidence.keys.signing_key import SigningKey, make_key_file
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.persons import normalize_person
from synth_expectations.evidence.verification.ledger_verifier import verify_ledger
from tests.evidence.findings.runs import FollowedProject

LAST_DAY = date(2026, 12, 31)
LAST_MOMENT = datetime(2026, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
MIDNIGHT = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.fixture
def project(tmp_path: Path) -> FollowedProject:
    project = FollowedProject(tmp_path / "evidence")
    project.find(["a", "b"])
    return project


def accept(project: FollowedProject, **changes: Any) -> DispositionTerms:
    """Accept the finding of a project, as the command does."""
    fields = {"reason": "A migration fixes it.", "by": "dpo@shop.example", "role": "dpo", "until": LAST_DAY, **changes}
    terms = make_terms(project.finding, DispositionKind.ACCEPTED, **fields)
    record_disposition(project.ledger, project.finding, terms)
    return terms


def test_acceptance_ends_at_midnight_in_utc(project: FollowedProject) -> None:
    accept(project)
    assert project.finding.find_status(LAST_MOMENT) is FindingStatus.ACCEPTED
    assert project.finding.find_status(MIDNIGHT) is FindingStatus.EXPIRED
    assert not find_undisposed(project.ledger, LAST_MOMENT)
    assert find_undisposed(project.ledger, MIDNIGHT)


@pytest.mark.parametrize(
    "name",
    [
        "crm@shop.example",
        " CRM@Shop.Example ",
        "Crm Data <crm@shop.example>",
        "mailto:crm@shop.example",
        "c\u200brm@shop.example",
        "\uff43\uff52\uff4d@shop.example",
        "airflow@shop.example",
        "AIRFLOW@SHOP.EXAMPLE",
    ],
)
def test_owner_and_operator_cannot_accept(project: FollowedProject, name: str) -> None:
    with pytest.raises(DispositionError, match="would not count"):
        accept(project, by=name)
    project.decide(project.finding, by=name)  # written by hand
    finding = project.finding
    assert finding.dispositions[0].objection
    assert finding.find_status(MIDNIGHT) is FindingStatus.OPEN
    assert "does not count" in " ".join(found.message for found in verify_ledger(project.ledger.store).findings)


def test_names_that_differ_are_different() -> None:
    assert len({normalize_person(name) for name in ("dpo@shop.example", "dpo@shop.examples", "Dora <dora@x>", "")}) == 4


def test_acceptance_covers_what_was_known(project: FollowedProject) -> None:
    accept(project)
    project.find(["a"])
    assert project.finding.find_status(LAST_MOMENT) is FindingStatus.ACCEPTED
    project.find(["a", "z"])
    assert project.finding.find_status(LAST_MOMENT) is FindingStatus.EXCEEDED, "z was never accepted"
    project.find(["a", "b", "c"])
    assert project.finding.find_status(LAST_MOMENT) is FindingStatus.EXCEEDED
    accept(project, up_to=10)
    project.find(["x", "y", "z"], count=9)
    assert project.finding.find_status(LAST_MOMENT) is FindingStatus.ACCEPTED


def test_acceptance_ends_with_what_it_accepted(project: FollowedProject) -> None:
    accept(project)
    project.find([])
    with pytest.raises(DispositionError, match="fixed"):
        accept(project)
    project.find(["a"])
    assert project.finding.find_status(LAST_MOMENT) is FindingStatus.OPEN, "it was fixed, and came back"


def test_repeated_acceptance_is_refused_and_a_longer_one_extends(project: FollowedProject) -> None:
    accept(project)
    with pytest.raises(DispositionError, match="says the same"):
        accept(project, by="DPO@shop.example", reason="Again.")
    accept(project, until=date(2027, 1, 31))
    assert project.finding.find_status(MIDNIGHT) is FindingStatus.ACCEPTED
    revoke_disposition(project.ledger, project.finding, "dpo@shop.example", "It grew.")
    assert project.finding.find_status(LAST_MOMENT) is FindingStatus.OPEN
    with pytest.raises(DispositionError, match="No decision"):
        revoke_disposition(project.ledger, project.finding, "dpo@shop.example", "It grew.")


@pytest.mark.parametrize("text", ["ffffffffffff", "<script>", "x" * 10_000, "\u202e" * 4])
def test_finding_that_does_not_exist(project: FollowedProject, text: str) -> None:
    with pytest.raises(DispositionError, match="has no finding"):
        find_finding(project.read(), text)


@pytest.mark.parametrize("text", ["", "01", "\n", "\u202e"])
def test_an_id_of_less_than_four_digits_is_too_short(project: FollowedProject, text: str) -> None:
    """Also where a finding begins with them: another one may tomorrow."""
    for digits in (text, project.finding.id[:3]):
        with pytest.raises(DispositionError, match="is too short to name a finding: give the first 4 digits"):
            find_finding(project.read(), digits)


def test_decision_about_no_finding_counts_for_nothing(project: FollowedProject) -> None:
    project.decide(replace(project.finding, rule="another rule"))
    project.decide(replace(project.finding, table="another"))
    state = project.read()
    assert [item.objection for item in state.unknown_dispositions] == ["the ledger has no such finding"] * 2
    assert not project.finding.dispositions
    project.ledger.append(EntryKind.FINDING_ACCEPTED, b"rubbish")
    assert project.read().problems
    assert any(
        "not a decision about a finding" in found.message for found in verify_ledger(project.ledger.store).findings
    )


@pytest.mark.parametrize(
    ("until", "message"),
    [(date(2026, 9, 29), "would have ended"), (date(2026, 9, 30), ""), (date(2027, 10, 2), "more than a year")],
)
def test_until(until: date, message: str) -> None:
    now = datetime(2026, 9, 30, 23, 59, tzinfo=UTC)
    if message:
        with pytest.raises(DispositionError, match=message):
            check_until(until, now)
    else:
        check_until(until, now)


@pytest.mark.parametrize("missing", ["by", "role", "reason"])
def test_who_why_and_as_what(project: FollowedProject, missing: str) -> None:
    with pytest.raises(DispositionError, match="Who decides"):
        accept(project, **{missing: " \u200b"})


def test_false_positive_is_cleared_by_naming_its_records(project: FollowedProject) -> None:
    project.decide(project.finding, DispositionKind.FALSE_POSITIVE)
    assert project.finding.find_status(MIDNIGHT) is FindingStatus.FALSE_POSITIVE
    project.find([], result={"parameters": {"mostly": "0.99", "cleared": "cleared", "cleared_key": "id"}})
    assert project.finding.find_status(MIDNIGHT) is FindingStatus.CLEARED


def test_cleared_records_prove_nothing_without_a_decision(project: FollowedProject) -> None:
    project.find([], result={"parameters": {"mostly": "0.99", "cleared": "cleared", "cleared_key": "id"}})
    assert project.finding.closed is None


@pytest.fixture
def key(project: FollowedProject, tmp_path: Path) -> SigningKey:
    """A key of the DPO, in the ledger."""
    key = make_key_file(tmp_path / "dpo.key")
    add_key(project.ledger, key.public, "DPO@shop.example", "dpo", datetime(2026, 8, 1, tzinfo=UTC), None)
    return key


def test_signed_decision(project: FollowedProject, key: SigningKey) -> None:
    terms = make_terms(
        project.finding, DispositionKind.ACCEPTED, reason="r", by="dpo@shop.example", role="dpo", until=LAST_DAY
    )
    recorded = record_disposition(project.ledger, project.finding, terms, key)
    assert recorded.wording == "signed by the approver's key"
    assert project.finding.find_status(LAST_MOMENT) is FindingStatus.ACCEPTED
    assert project.read() == project.read(rebuild=True)
    revoke_key(project.ledger, key.keyid, datetime(2026, 8, 2, tzinfo=UTC), "stolen")
    assert project.finding.find_status(LAST_MOMENT) is FindingStatus.OPEN
    assert project.read() == project.read(rebuild=True)


def test_signature_of_somebody_else(project: FollowedProject, key: SigningKey, tmp_path: Path) -> None:
    finding = project.finding
    fields: Any = {"reason": "r", "role": "dpo", "until": LAST_DAY}
    for by, signing_key in (("ciso@shop.example", key), ("dpo@shop.example", make_key_file(tmp_path / "own.key"))):
        terms = make_terms(finding, DispositionKind.ACCEPTED, by=by, **fields)
        with pytest.raises(DispositionError):
            record_disposition(project.ledger, finding, terms, signing_key)
        project.decide(finding, key=signing_key, by=by)
    assert [bool(item.objection) for item in project.finding.dispositions] == [True, True]
    assert project.finding.find_status(LAST_MOMENT) is FindingStatus.OPEN


def test_statement_of_another_finding_is_no_decision(project: FollowedProject) -> None:
    entry = project.decide(project.finding)
    body = project.ledger.read_object(entry.header.body_sha256)
    project.ledger.append(EntryKind.FINDING_ACCEPTED, body.replace(b"reserved domain", b"domain"))
    project.ledger.append(EntryKind.FINDING_FALSE_POSITIVE, body)
    assert [disposition.entry for disposition in project.finding.dispositions] == [entry.header.seq]
    assert len(project.read().problems) == 2
