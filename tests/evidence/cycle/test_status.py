"""The status of a project: from its ledger, its policy and the time, also if nobody ever ran anything."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from synth_expectations.evidence.cycle.gap_explanations import GapExplanation
from synth_expectations.evidence.cycle.status import StatusError, read_status
from synth_expectations.evidence.cycle.status_text import format_status
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.errors import LedgerError
from synth_expectations.rules.verdict import Verdict
from tests.evidence.cycle.cycle_project import POLICY, append_run, make_ledger, set_clock, write_policy

NOON = datetime(2026, 10, 5, 12, tzinfo=UTC)


def test_a_project_in_which_nobody_ran_anything_is_overdue(tmp_path: Path) -> None:
    policy = write_policy(tmp_path)
    status = read_status(make_ledger(tmp_path, NOON), policy, NOON)
    assert [(deadline.day.isoformat(), deadline.why) for deadline in status.overdue] == [
        ("2026-10-05", "no run started")
    ]
    assert status.is_overdue and not status.periods
    text = "\n".join(format_status(status))
    assert "overdue  Mon 2026-10-05: no run started" in text
    assert "due      Tue 2026-10-06 by 2026-10-06 04:00 UTC, in time until 2026-10-06 06:00" in text


def test_a_policy_without_a_schedule_tells_nothing(tmp_path: Path) -> None:
    plain = "\n".join(line for line in POLICY.splitlines() if "cycle:" not in line and "schedule:" not in line)
    with pytest.raises(StatusError, match="no schedule"):
        read_status(make_ledger(tmp_path, NOON), write_policy(tmp_path, plain), NOON)


def test_a_cycle_without_runs_and_schedule_tells_nothing(tmp_path: Path) -> None:
    """The ledger may be the wrong one: that nothing is overdue, nobody knows."""
    cycle = "\n".join(line for line in POLICY.splitlines() if "schedule:" not in line)
    with pytest.raises(StatusError, match="The ledger has no run"):
        read_status(make_ledger(tmp_path, NOON), write_policy(tmp_path, cycle), NOON)


def test_a_clock_that_was_set_back_is_said(tmp_path: Path) -> None:
    policy, ledger = write_policy(tmp_path), make_ledger(tmp_path, NOON)
    append_run(ledger, NOON, policy)
    with pytest.raises(
        StatusError, match=r"Entry 3 of the ledger is of 2026-10-05 12:00:04 UTC, and it is 2026-10-05 11"
    ):
        read_status(ledger, policy, NOON - timedelta(hours=1))


def test_killed_and_errored_runs_meet_no_deadline_and_show(tmp_path: Path) -> None:
    policy, ledger = write_policy(tmp_path), make_ledger(tmp_path, NOON)
    first = datetime(2026, 10, 1, 3, tzinfo=UTC)
    append_run(ledger, first, policy)
    killed = append_run(ledger, first + timedelta(days=1), policy, finished_at=None, verdict=None, exit_code=None)
    append_run(ledger, first + timedelta(days=2), policy, verdict=Verdict.ERRORED, exit_code=2)
    status = read_status(ledger, policy, first + timedelta(days=3))
    outcomes = [f"{deadline.outcome}" for deadlines in status.deadlines.values() for deadline in deadlines]
    assert outcomes == ["done", "missed", "overdue", "due"]
    assert f"never ended: {killed.run_id}" in "\n".join(format_status(status))
    body = GapExplanation(
        subject="checkpoint", name="crm_nightly", first="2026-10-02", last="2026-10-03", reason="<b>Moved</b>", by="ann"  # type: ignore[arg-type]
    )  # fmt: skip
    ledger.append(EntryKind.GAP_EXPLAINED, body)
    ledger.append(EntryKind.GAP_EXPLAINED, {"reason": "none"})
    status = read_status(ledger, policy, first + timedelta(days=3))
    assert (status.gaps, status.is_overdue) == ([], False)
    assert "2 explained" in "\n".join(format_status(status))


def test_a_schedule_is_that_of_its_time(tmp_path: Path) -> None:
    """Later policies change nothing of earlier days, and the policy as it is now counts from the last run on."""
    plain = POLICY.replace("    schedule:", "    fail_on: critical  # schedule:")
    ledger = make_ledger(tmp_path, NOON)
    first = datetime(2026, 10, 1, 3, tzinfo=UTC)
    append_run(ledger, first, write_policy(tmp_path))
    append_run(ledger, first + timedelta(days=2), write_policy(tmp_path, plain))
    status = read_status(ledger, write_policy(tmp_path, plain), first + timedelta(days=9))
    [deadlines] = status.deadlines.values()
    assert [f"{deadline.outcome}" for deadline in deadlines] == ["done", "missed"]
    assert status.gone == set(status.deadlines) and not status.is_overdue
    assert "it has no schedule any more" in "\n".join(format_status(status))
    later = read_status(ledger, write_policy(tmp_path), first + timedelta(days=4))
    assert [f"{deadline.outcome}" for deadline in later.overdue] == ["overdue"]


def test_a_period_that_is_not_closed_in_time_is_overdue(tmp_path: Path) -> None:
    policy, ledger = write_policy(tmp_path), make_ledger(tmp_path, NOON)
    for day in (30, 31):
        append_run(ledger, datetime(2026, 12, day, 3, tzinfo=UTC), policy)
    january = datetime(2027, 1, 10, 12, tzinfo=UTC)
    for day in range(1, 11):
        append_run(ledger, datetime(2027, 1, day, 3, tzinfo=UTC), policy)
    status = read_status(ledger, policy, january)
    assert [(period.period.period.name, period.is_overdue) for period in status.periods] == [
        ("2026Q4", False), ("2027Q1", False),
    ]  # fmt: skip
    assert not status.is_overdue
    set_clock(ledger, january)
    late = read_status(ledger, policy, datetime(2027, 1, 16, 1, tzinfo=UTC))
    assert late.periods[0].is_overdue
    assert "period 2026Q4: over and not closed, overdue, to be closed by 2027-01-16 00:00 UTC" in "\n".join(
        format_status(late)
    )


def test_periods_without_a_run_are_overdue_from_when_the_ledger_began(tmp_path: Path) -> None:
    policy, ledger = write_policy(tmp_path), make_ledger(tmp_path, NOON)
    ledger.open_project()
    status = read_status(ledger, policy, datetime(2027, 4, 5, tzinfo=UTC))
    assert [(period.period.period.name, period.is_overdue) for period in status.periods] == [
        ("2026Q4", True), ("2027Q1", False), ("2027Q2", False),
    ]  # fmt: skip


def test_a_ledger_that_cannot_be_read_tells_nothing(tmp_path: Path) -> None:
    policy, ledger = write_policy(tmp_path), make_ledger(tmp_path, NOON)
    append_run(ledger, NOON, policy)
    entry = ledger.read_entry(3)
    assert entry
    (tmp_path / "evidence" / "objects" / entry.header.body_sha256).unlink()
    with pytest.raises(LedgerError, match="is missing from the ledger"):
        read_status(ledger, policy, NOON + timedelta(hours=1))


def test_five_hundred_runs_are_judged_in_half_a_second(tmp_path: Path) -> None:
    """The records are of 38 kB, as those of 20 tables with 8 checks are; the limit leaves room for a slow machine."""
    policy, ledger = write_policy(tmp_path), make_ledger(tmp_path, NOON)
    sample = append_run(ledger, NOON, policy)
    large = {"plan": sample.plan * 10, "results": sample.results * 10}
    ledger.store.check_writable = lambda: None  # type: ignore[method-assign]
    ledger.store.create = _create_unsynced(tmp_path / "evidence")  # type: ignore[method-assign]
    for day in range(500):
        append_run(ledger, NOON + timedelta(days=day + 1), policy, **large)
    now = NOON + timedelta(days=500, hours=1)
    started = time.process_time()
    status = read_status(ledger, policy, now)
    took = time.process_time() - started
    assert len(status.runs) == 501
    assert took < 2


def _create_unsynced(directory: Path):  # type: ignore[no-untyped-def]
    """Return what creates a file without waiting for the disk: the test is about reading."""

    def create(name: str, content: bytes) -> bool:
        path = directory / name
        if path.exists():
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return True

    return create


def test_a_ledger_that_lacks_an_entry_tells_no_status(tmp_path: Path) -> None:
    """A run that was errored, or never ended, may be what is missing."""
    policy = write_policy(tmp_path)
    ledger = make_ledger(tmp_path, NOON)
    append_run(ledger, NOON - timedelta(hours=9), policy)
    assert not read_status(ledger, policy, NOON).is_overdue
    [*_, entry, _] = sorted(path for path in tmp_path.rglob("ledger/0*.json"))
    entry.unlink()
    with pytest.raises(
        LedgerError, match=f"Entry {int(entry.stem)} of the ledger is missing, so it is unknown which runs"
    ):
        read_status(ledger, policy, NOON)
