"""Approvals of a policy: only a command makes them, and only for the policy that there is."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from synth_expectations.policy.approvals import NAME, judge_standing, read_approvals, record_approval
from synth_expectations.policy.compile.compiler import compile_policy
from synth_expectations.policy.errors import PolicyError
from synth_expectations.policy.load.loader import load_policy
from synth_expectations.policy.standing import PolicyStanding
from tests.policy.conftest import change

NOW = datetime(2026, 10, 2, 8, 30, tzinfo=UTC)
DAY = date(2026, 11, 1)
APPROVED = 'approved: {by: dpo@retailer.example, on: "2026-10-01", ticket: GRC-412}\n'


def _approve(policy: Path, line: str = APPROVED) -> None:
    change(policy, "version: 1\n", f"version: 1\n{line}")
    record_approval(load_policy(policy), NOW)


def _judge(policy: Path, day: date = DAY) -> PolicyStanding:
    """Return where a policy stands after it was compiled."""
    compile_policy(policy).write(force=True)
    loaded = load_policy(policy)
    return judge_standing(loaded, loaded.sha256, read_approvals(policy.parent), day)


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
        "The policy says that dpo@retailer.example approved it on 2026-10-01, and that is not on record."
        " Whoever approves it runs: synth-expectations approve"
    ]
    assert not (policy.parent / NAME).exists()


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
        (_date_it_anew, "unverified"),
        (_give_it_an_end, "unverified"),
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


def test_a_changed_policy_needs_another_approval_than_the_old_one(policy: Path) -> None:
    _approve(policy)
    change(policy, "max: P90D", "max: P900D")
    with pytest.raises(PolicyError, match="approved it on 2026-10-01: approve it anew"):
        record_approval(load_policy(policy), NOW)
    _date_it_anew(policy)
    record_approval(load_policy(policy), datetime(2026, 10, 20, tzinfo=UTC))
    assert _judge(policy).state == "approved"
    change(policy, "max: P900D", "max: P90D")
    change(policy, 'on: "2026-10-20"', 'on: "2026-10-01"')
    assert _judge(policy).state == "approved", "what was approved once is on record"


def test_an_approval_is_recorded_once(policy: Path) -> None:
    _approve(policy)
    before = (policy.parent / NAME).read_bytes()
    record_approval(load_policy(policy), datetime(2027, 1, 1, tzinfo=UTC))
    assert (policy.parent / NAME).read_bytes() == before


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("", "Nobody approved the policy: approved is missing."),
        ('approved: {by: dpo, on: "2026-10-03"}\n', "approved.on: 2026-10-03 is a day to come."),
        ('approved: {by: dpo, on: "2026-09-01", until: "2026-10-01"}\n', "the approval ended on 2026-10-01."),
        ('approved: {by: dpo, on: "2026-09-01", until: "2026-08-01"}\n', "it ends on 2026-08-01, before it begins on "),
    ],
)
def test_what_cannot_be_recorded(line: str, sentence: str, policy: Path) -> None:
    with pytest.raises(PolicyError) as raised:
        _approve(policy, line)
    assert sentence in str(raised.value)
    assert not (policy.parent / NAME).exists()


@pytest.mark.parametrize("content", ["", "[]", '{"schema": 2}', '{"schema": 1, "approvals": [{}]}', "[" * 100_000])
def test_a_spoiled_record_is_an_error(content: str, policy: Path) -> None:
    (policy.parent / NAME).write_text(content)
    with pytest.raises(PolicyError, match="Restore it from version control"):
        read_approvals(policy.parent)


def test_an_approval_ends(policy: Path) -> None:
    _approve(policy, APPROVED.replace("}", ', until: "2026-11-01"}'))
    assert _judge(policy).state == "approved"
    found = _judge(policy, date(2026, 11, 2))
    assert found.state == "expired"
    assert list(found.list_notes()) == ["The approval of the policy by dpo@retailer.example ended on 2026-11-01."]
    assert list(found.list_doubts()) == ["unapproved policy: the approval ended on 2026-11-01"]


def test_an_approval_by_the_owner_is_named(policy: Path) -> None:
    _approve(policy, APPROVED.replace("dpo@", "CRM-data@"))
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
    assert list(found.list_doubts()) == []


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
    assert (document["ticket"], document["recorded_at"]) == ("GRC-412", "2026-10-02T08:30:00Z")
