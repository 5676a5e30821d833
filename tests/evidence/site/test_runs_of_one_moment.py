"""Runs that evaluate for the same moment, as with a fixed `--as-of`, are told from each other on every page."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from synth_expectations.evidence.findings.comparison import compare_records
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.records.run import RunRecord
from synth_expectations.evidence.site.builder import write_site
from synth_expectations.rules.verdict import Verdict
from tests.evidence.cycle.cycle_project import append_run, make_ledger, set_clock, write_policy
from tests.evidence.site.pages import read_pages
from tests.evidence.site.records import SampleProject

MOMENT = datetime(2026, 12, 31, tzinfo=UTC)


def test_a_run_is_named_by_its_day_and_the_day_for_which_it_evaluated(tmp_path: Path) -> None:
    project = SampleProject(tmp_path)
    verdicts = (Verdict.FAILED, Verdict.PASSED, Verdict.FAILED)
    for verdict in verdicts:
        record = project.make_record(as_of=MOMENT)
        results = tuple(
            result.model_copy(update={"verdict": verdict, "broken": 3 if verdict is Verdict.FAILED else 0})
            for result in record.results
        )
        project.add_run(record.model_copy(update={"results": results}))
    write_site(project.ledger, tmp_path / "site")
    pages = read_pages(tmp_path / "site")
    headings = re.findall(r"<h2><a [^>]*>([^<]+)</a>, as of ([^<]+)</h2>", pages["changes.html"].html)
    assert headings == [
        ("2026-09-03 04:30:00 UTC", "2026-12-31 00:00:00 UTC"),
        ("2026-09-02 04:30:00 UTC", "2026-12-31 00:00:00 UTC"),
    ]
    assert "2026-09-01 , as of 2026-12-31 2026-09-03 , as of 2026-12-31 3" in pages["policy.html"].text


def test_deadlines_follow_the_clock_and_not_the_time_that_runs_evaluate_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = write_policy(tmp_path)
    ledger = make_ledger(tmp_path, datetime(2026, 12, 1, tzinfo=UTC))
    append = ledger.append

    def append_of_one_moment(kind: EntryKind, body: RunRecord) -> object:
        return append(kind, body.model_copy(update={"as_of": MOMENT}))

    with monkeypatch.context() as patch:
        patch.setattr(ledger, "append", append_of_one_moment)
        for day in (1, 4):
            append_run(ledger, datetime(2026, 12, day, 3, tzinfo=UTC), policy)
    set_clock(ledger, datetime(2026, 12, 4, 12, tzinfo=UTC))
    append(EntryKind.GAP_EXPLAINED, {"reason": "none"})
    write_site(ledger, tmp_path / "site")
    pages = read_pages(tmp_path / "site")
    assert "2 days from 2026-12-02 to 2026-12-03: no run started" in pages["cycle.html"].text
    assert "2 deadlines of the schedule missed without an explanation" in pages["index.html"].text


def test_the_result_before_is_named_by_its_place_if_it_was_for_the_same_moment() -> None:
    change = compare_records(MOMENT, (1, {"a"}), (2, {"a", "b"}))
    assert change.format(MOMENT) == "1 of them new since the run before"
    assert change.format(MOMENT + timedelta(hours=6)) == "1 of them new since 00:00 UTC the same day"
    same = compare_records(MOMENT, (1, {"a"}), (1, {"a"}))
    assert same.format(MOMENT) == "the same as the run before"
    fewer = compare_records(MOMENT, (90, {"a"}), (80, {"b"}))
    assert fewer.format(MOMENT) == "10 fewer than the run before; which of them are new is not known"
