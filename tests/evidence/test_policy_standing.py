"""Where a policy stands: only the ledger has approvals, and only of the policy that there was."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from synth_expectations.evidence.approvals import (
    ApprovalTerms,
    PolicyApproval,
    find_approval,
    record_approval,
    revoke_approval,
)
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.store import DirectoryStore
from synth_expectations.evidence.recorder.policy import judge_policy
from synth_expectations.policy.claims import judge_standing
from synth_expectations.policy.compile.compiler import compile_policy
from synth_expectations.policy.load.loader import load_policy
from synth_expectations.policy.standing import PolicyStanding
from tests.cli.project import POLICY
from tests.policy.conftest import change

NOW = datetime(2026, 10, 1, 8, 30, tzinfo=UTC)
DAY = date(2026, 11, 1)
APPROVED = 'approved: {by: dpo@retailer.example, on: "2026-10-01", ticket: GRC-412}\n'


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    """A policy that compiles."""
    file = tmp_path / "great_expectations" / "policy.yml"
    file.parent.mkdir()
    file.write_text(POLICY)
    return file


def _open(policy: Path, now: datetime = NOW) -> EvidenceLedger:
    directory = policy.parents[1] / "evidence"
    directory.mkdir(exist_ok=True)
    ledger = EvidenceLedger(DirectoryStore(directory), now=lambda: now)
    ledger.open_project()
    return ledger


def _record(policy: Path, now: datetime = NOW, **terms: object) -> PolicyApproval:
    """Record an approval of the policy as it is."""
    usual = {"by": "dpo@retailer.example", "role": "dpo", "ticket": "GRC-412", **terms}
    digest = load_policy(policy).sha256
    return record_approval(_open(policy, now), ApprovalTerms.model_validate({"policy_sha256": digest, **usual}))


def _approve(policy: Path, line: str = APPROVED, **terms: object) -> None:
    change(policy, "version: 1\n", f"version: 1\n{line}")
    _record(policy, **terms)


def _judge(policy: Path, day: date = DAY) -> PolicyStanding:
    """Return where a policy stands at the end of a day, after it was compiled."""
    compile_policy(policy).write(force=True)
    loaded = load_policy(policy)
    at = datetime.combine(day, time.max, UTC)
    return judge_policy(_open(policy, at), loaded, judge_standing(loaded, day), at).standing


def test_an_approval_on_record(policy: Path) -> None:
    _approve(policy)
    found = _judge(policy)
    assert (found.state, found.approved_by, found.ticket) == ("approved", "dpo@retailer.example", "GRC-412")
    assert (found.recorded_at, found.by_owner) == (NOW, False)
    assert [*found.list_notes(), *found.list_doubts()] == []


def test_a_policy_that_nobody_approved(policy: Path) -> None:
    found = _judge(policy)
    assert (found.state, found.approved_by) == ("unapproved", "")
    assert list(found.list_doubts()) == ["unapproved policy: nobody approved the policy"]


def test_a_line_in_the_policy_approves_nothing(policy: Path) -> None:
    change(policy, "version: 1\n", f"version: 1\n{APPROVED}")
    found = _judge(policy)
    assert found.state == "unverified"
    assert list(found.list_notes()) == [
        "The policy says that dpo@retailer.example approved it on 2026-10-01, but that is not on record."
        " Whoever approves it runs: synth-expectations audit approve"
    ]


def _remove_and_restore(policy: Path) -> None:
    change(policy, APPROVED, "")
    _judge(policy)
    change(policy, "version: 1\n", f"version: 1\n{APPROVED}")


def _compile_twice(policy: Path) -> None:
    _judge(policy)
    _judge(policy)


def _remove_the_lock(policy: Path) -> None:
    _judge(policy)
    (policy.parent / "policy.lock.json").unlink()


def _date_it_anew(policy: Path) -> None:
    change(policy, 'on: "2026-10-01"', 'on: "2026-10-20"')


def _give_it_an_end(policy: Path) -> None:
    change(policy, "ticket: GRC-412}", 'ticket: GRC-412, until: "2027-10-01"}')


@pytest.mark.parametrize(
    ("trick", "state"),
    [
        (_compile_twice, "changed"),
        (_remove_and_restore, "changed"),
        (_remove_the_lock, "changed"),
        (_date_it_anew, "changed"),
        (_give_it_an_end, "changed"),
    ],
)
def test_no_compiling_blesses_a_changed_policy(trick: Callable[[Path], None], state: str, policy: Path) -> None:
    """Removing the line, compiling, restoring it, compiling made the approval of any policy before."""
    _approve(policy)
    change(policy, "max: P90D", "max: P900D")
    trick(policy)
    found = _judge(policy)
    assert found.state == state
    assert found.recorded_at is None
    assert list(found.list_doubts())


def test_what_was_approved_once_is_on_record_until_it_is_revoked(policy: Path) -> None:
    _approve(policy)
    change(policy, "max: P90D", "max: P900D")
    _record(policy, datetime(2026, 10, 20, tzinfo=UTC))
    assert _judge(policy).state == "approved"
    change(policy, "max: P900D", "max: P90D")
    assert _judge(policy).state == "approved"
    ledger = _open(policy, datetime(2026, 10, 21, tzinfo=UTC))
    approval = find_approval(ledger, load_policy(policy).sha256, ledger.now())
    assert approval
    revoke_approval(ledger, approval, "dpo@retailer.example", "The purpose changed.")
    assert _judge(policy).state == "changed"
    assert _judge(policy, date(2026, 10, 20)).state == "approved", "it was in force then"


def test_an_approval_that_is_revoked_leaves_a_claim(policy: Path) -> None:
    change(policy, "version: 1\n", f"version: 1\n{APPROVED}")
    revoke_approval(_open(policy), _record(policy), "dpo@retailer.example", "By mistake.")
    assert _judge(policy).state == "unverified"


def test_an_approval_to_come_approves_nothing_yet(policy: Path) -> None:
    _record(policy, datetime(2026, 11, 2, tzinfo=UTC))
    assert _judge(policy).state == "unapproved"
    assert _judge(policy, date(2026, 11, 2)).state == "approved"


def test_an_approval_ends(policy: Path) -> None:
    _approve(policy, valid_until="2026-11-01")
    assert _judge(policy).state == "approved"
    found = _judge(policy, date(2026, 11, 2))
    assert found.state == "expired"
    assert list(found.list_notes()) == ["The approval of the policy by dpo@retailer.example ended on 2026-11-01."]
    assert list(found.list_doubts()) == ["unapproved policy: the approval ended on 2026-11-01"]


def test_an_approval_by_the_owner_is_named(policy: Path) -> None:
    _approve(policy, by="CRM-data@retailer.example")
    assert list(_judge(policy).list_notes()) == [
        "The policy is approved by CRM-data@retailer.example, who owns it or a table of it."
    ]


@pytest.mark.parametrize(
    ("review", "day", "state", "review_by"),
    [
        ("", DAY, "not asked", None),
        ('review: {every: P1M, last: "2026-10-01"}\n', DAY, "due", date(2026, 11, 1)),
        ('review: {every: P1M, last: "2026-10-01"}\n', date(2026, 11, 2), "overdue", date(2026, 11, 1)),
        ('review: {every: P1M, last: "2026-01-31"}\n', date(2026, 2, 28), "due", date(2026, 2, 28)),
        ("review: {every: P1M}\n", DAY, "due", date(2026, 11, 1)),
        ("review: {every: P9999Y}\n", DAY, "due", date.max),
    ],
)
def test_a_review(review: str, day: date, state: str, review_by: date | None, policy: Path) -> None:
    """Without a day of the last one, the approval counts as one."""
    _approve(policy, APPROVED + review)
    found = _judge(policy, day)
    assert (found.review, found.review_by) == (state, review_by)
    assert any("The review of the policy was due" in note for note in found.list_notes()) is (state == "overdue")
    assert not [doubt for doubt in found.list_doubts() if "review" in doubt]


def test_an_overdue_review_may_decide(policy: Path) -> None:
    _approve(policy, f'{APPROVED}review: {{every: P1M, last: "2026-09-01", overdue: inconclusive}}\n')
    found = _judge(policy)
    assert list(found.list_doubts()) == ["overdue review: the policy was to be reviewed by 2026-10-01"]


def test_a_policy_that_was_never_reviewed(policy: Path) -> None:
    change(policy, "version: 1\n", "version: 1\nreview: {every: P1M}\n")
    found = _judge(policy)
    assert (found.review, found.review_by) == ("overdue", None)
    assert "The review of the policy never took place." in next(found.list_notes())


def test_assessments_and_what_is_not_covered(policy: Path) -> None:
    more = 'dpia: {D1: {reviewed: "2025-10-01", every: P1Y}, D2: {reviewed: "2026-10-01", every: P1Y}}\n'
    more += (
        'not_covered: [{what: backups, because: Others govern them.}, {what: logs, because: b, until: "2026-10-31"}]\n'
    )
    _approve(policy, APPROVED + more)
    found = _judge(policy)
    assert list(found.list_notes()) == [
        "The impact assessment D1 was to be reviewed by 2026-10-01.",
        "The policy does not cover logs, and the time for that ended on 2026-10-31.",
    ]
    document = json.loads(json.dumps(found.document()))
    assert document["dpia"][0] == {
        "name": "D1", "reviewed": "2025-10-01", "review_by": "2026-10-01", "overdue": True,
    }  # fmt: skip
    assert document["not_covered"][0] == {
        "what": "backups", "because": "Others govern them.", "until": None, "ended": False,
    }  # fmt: skip
    assert (document["ticket"], document["recorded_at"]) == ("GRC-412", "2026-10-01T08:30:00Z")


def test_an_as_of_of_the_past_hides_no_overdue_review(policy: Path) -> None:
    change(policy, "version: 1\n", 'version: 1\nreview: {every: P1M, last: "2026-08-15"}\n')
    loaded = load_policy(policy)
    past = judge_standing(loaded, date(2026, 9, 1))
    assert past.review == "due"
    states = [
        judge_policy(_open(policy), loaded, past, at).standing.review for at in (datetime(2026, 9, 2, tzinfo=UTC), NOW)
    ]
    assert states == ["due", "overdue"]
