"""A schedule says what was missed, whoever ran what: by days of its zone, and on days that clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from pydantic import ValidationError

from synth_expectations.evidence.cycle.deadlines import (
    Deadline,
    Outcome,
    ScheduledSubject,
    ScheduleSpan,
    judge_deadlines,
)
from synth_expectations.evidence.cycle.gap_explanations import GapExplanation
from synth_expectations.evidence.cycle.run_history import LoggedRun
from synth_expectations.evidence.cycle.schedule_history import PolicyVersion, find_spans
from synth_expectations.policy.schedule import Cycle, Schedule

NIGHTLY, CONTACT = ScheduledSubject("checkpoint", "nightly"), ScheduledSubject("table", "contact")
START = datetime(2026, 10, 1, tzinfo=UTC)


def make_schedule(**words: str) -> Schedule:
    return Schedule.model_validate({"every": "P1D", "by": "06:00", "zone": "UTC", "grace": "PT2H", **words})


def run(end: str, minutes: int = 30, **words: object) -> LoggedRun:
    """A run of October 2026, by the day and time of its end, such as `02 05:00`."""
    finished = datetime.strptime(f"2026-10-{end}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
    fields: dict[str, object] = {
        "run_id": end, "checkpoint": "nightly", "started_at": finished - timedelta(minutes=minutes),
        "finished_at": finished, "is_errored": False, "is_partial": False, "tables": {"contact": "", "order": ""},
    }  # fmt: skip
    return LoggedRun(**{**fields, **words})  # type: ignore[arg-type]


def judge(
    *runs: LoggedRun, now: str, subject: ScheduledSubject = NIGHTLY, schedule: Schedule | None = None, until: str = ""
) -> list[Deadline]:
    def parse(text: str) -> datetime:
        return datetime.strptime(f"2026-10-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)

    span = ScheduleSpan(schedule or make_schedule(), START, parse(until) if until else None)
    return judge_deadlines(subject, [span], runs, {}, parse(now))


def list_outcomes(deadlines: list[Deadline]) -> list[str]:
    return [f"{deadline.day.day} {deadline.outcome}" for deadline in deadlines]


def test_each_deadline_has_an_outcome() -> None:
    """A run belongs to the nearest deadline, so a late one of today is none of tomorrow."""
    runs = (
        run("01 05:00"), run("02 07:59"), run("03 08:01"), run("05 04:00", finished_at=None),
        run("06 05:00", is_errored=True), run("07 05:00", is_partial=True), run("08 04:00"), run("08 05:00"),
        run("08 22:00"),
    )  # fmt: skip
    deadlines = judge(*runs, now="09 12:00")
    assert list_outcomes(deadlines) == [
        "1 done", "2 done", "3 late", "4 missed", "5 missed", "6 missed", "7 missed", "8 done", "9 done", "10 due",
    ]  # fmt: skip
    whys = [deadline.why for deadline in deadlines]
    assert whys[3] == "no run started"
    for why, words in zip(whys[4:7], ("never ended", "was errored", "a part of the checkpoint"), strict=True):
        assert words in why
    assert [deadline.repeated for deadline in deadlines] == [0, 0, 0, 0, 0, 0, 0, 1, 0, 0]


def test_only_the_last_deadline_is_overdue_and_only_behind_its_grace() -> None:
    assert list_outcomes(judge(now="02 08:00")) == ["1 overdue", "2 due", "3 due"]
    assert list_outcomes(judge(now="02 08:01")) == ["1 missed", "2 overdue", "3 due"]
    assert list_outcomes(judge(run("02 19:00"), now="02 20:00")) == ["1 missed", "2 missed", "3 done"]


def test_a_table_is_checked_by_any_run_that_evaluates_all_of_it() -> None:
    selected = run("01 05:00", is_partial=True, tables={"contact": "", "order": "the run left out checks on it"})
    errored = run("02 05:00", is_errored=True, tables={"contact": "it was errored", "order": ""})
    other = run("03 05:00", checkpoint="weekly", tables={"order": ""})
    assert list_outcomes(judge(selected, errored, other, now="03 06:00", subject=CONTACT))[:2] == [
        "1 done",
        "2 overdue",
    ]
    order = ScheduledSubject("table", "order")
    assert list_outcomes(judge(selected, errored, other, now="03 06:00", subject=order)) == [
        "1 missed", "2 done", "3 done", "4 due",
    ]  # fmt: skip


def test_days_on_which_clocks_change_have_one_deadline_each() -> None:
    """In Berlin 02:30 of 29 March 2026 does not exist, and 25 October has it twice: the later one counts."""
    schedule = make_schedule(by="02:30", zone="Europe/Berlin", grace="PT0S")
    times = {}
    for day in (date(2026, 3, 28), date(2026, 3, 29), date(2026, 3, 30), date(2026, 10, 25), date(2026, 10, 26)):
        number = schedule.find_number(datetime.combine(day, datetime.max.time(), UTC) - timedelta(hours=3))
        found, at = schedule.find_deadline(number)
        assert found == day
        assert schedule.find_number(at) == number and schedule.find_number(at - timedelta(seconds=1)) == number - 1
        times[f"{day:%m-%d}"] = f"{at.astimezone(UTC):%H:%M}"
    assert times == {"03-28": "01:30", "03-29": "01:30", "03-30": "00:30", "10-25": "01:30", "10-26": "01:30"}


def test_weeks_months_and_a_first_day() -> None:
    weekly = make_schedule(every="P7D")
    assert weekly.find_deadline(weekly.find_number(datetime(2026, 11, 29, tzinfo=UTC)))[0].strftime("%a") == "Mon"
    monthly = make_schedule(every="P1M", **{"from": "2026-01-31"})
    days = [monthly.find_deadline(number)[0].isoformat() for number in range(4)]
    assert days == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]
    assert monthly.find_number(datetime(2025, 1, 1, tzinfo=UTC)) == -1
    assert monthly.find_number(datetime(2026, 4, 30, 5, tzinfo=UTC)) == 2


def test_a_schedule_ends_with_the_policy_that_has_it() -> None:
    """A table that left the policy is not due any more; what it missed before stays missed."""
    daily, hourly = make_schedule(), make_schedule(by="12:00")
    versions = [
        PolicyVersion(START, "a"), PolicyVersion(START + timedelta(days=2), "a"),
        PolicyVersion(START + timedelta(days=3), "b"), PolicyVersion(START + timedelta(days=5), "c"),
    ]  # fmt: skip
    spans = find_spans(versions, {"a": {CONTACT: daily, NIGHTLY: daily}, "b": {CONTACT: hourly, NIGHTLY: daily}})
    assert [(span.schedule.by, span.since.day, span.until and span.until.day) for span in spans[CONTACT]] == [
        ("06:00", 1, 4), ("12:00", 4, 6),
    ]  # fmt: skip
    assert [(span.since.day, span.until and span.until.day) for span in spans[NIGHTLY]] == [(1, 6)]
    deadlines = judge(now="20 00:00", until="03 00:00")
    assert list_outcomes(deadlines) == ["1 missed", "2 missed"]


def test_an_explanation_is_of_its_days_and_its_subject_alone() -> None:
    explained = GapExplanation(
        subject="checkpoint", name="nightly", first=date(2026, 10, 1), last=date(2026, 10, 2), reason="Moved", by="ann"
    )
    span, now = ScheduleSpan(make_schedule(), START), datetime(2026, 10, 3, 12, tzinfo=UTC)
    deadlines = judge_deadlines(NIGHTLY, [span], [], {7: explained}, now)
    assert list_outcomes(deadlines) == ["1 explained", "2 explained", "3 overdue", "4 due"]
    assert (deadlines[0].explained_by, deadlines[0].why) == (7, "no run started; explained by ann: Moved")
    assert list_outcomes(judge_deadlines(CONTACT, [span], [], {7: explained}, now))[0] == "1 missed"
    met = judge_deadlines(NIGHTLY, [span], [run("01 05:00")], {7: explained}, now)
    assert met[0].outcome is Outcome.DONE


@pytest.mark.parametrize(
    "words",
    [
        {"every": "PT6H"}, {"every": "P1M1D"}, {"every": "P0D"}, {"every": "-P1D"}, {"every": "P0.5D"}, {"every": "often"},
        {"by": "6:00"}, {"by": "24:00"}, {"by": "06:00:00"}, {"by": 6}, {"zone": "Europe/Berln"}, {"zone": "Europe"},
        {"zone": "../../etc/passwd"}, {"zone": "\0"}, {"grace": "P1M"}, {"from": "2026-02-30"}, {"at": "06:00"},
    ],
)  # fmt: skip
def test_a_schedule_that_makes_no_sense_is_refused(words: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Schedule.model_validate({"every": "P1D", "by": "06:00", **words})


@pytest.mark.parametrize(
    "words", [{"every": "P7D"}, {"every": "P2M"}, {"closes": "P1M"}, {"signers": []}, {"signers": ["dpo", "DPO"]}]
)
def test_a_cycle_that_makes_no_sense_is_refused(words: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Cycle.model_validate({"signers": ["compliance"], **words})
