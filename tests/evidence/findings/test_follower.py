"""A finding from the first run that saw it to the run that proves it fixed: and every run that does not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from synth_expectations.evidence.findings.model import FindingStatus, FindingTrend
from synth_expectations.evidence.findings.reader import find_undisposed, read_findings
from synth_expectations.evidence.records.results import NarrowingRecord
from synth_expectations.evidence.records.run import PlannedCheck
from synth_expectations.rules.verdict import Verdict
from tests.evidence.findings.runs import RULE, TABLE, FollowedProject

LATER = datetime(2026, 9, 30, tzinfo=UTC)


@pytest.fixture
def project(tmp_path: Path) -> FollowedProject:
    return FollowedProject(tmp_path / "evidence")


def test_life(project: FollowedProject) -> None:
    trends = []
    for records in (["a", "b"], ["a", "b", "c"], ["a", "c"], ["a", "d"], [], [], ["a"]):
        project.find(records)
        trends.append(project.finding.trend)
    assert trends == [
        FindingTrend.OPENED,
        FindingTrend.MORE,
        FindingTrend.FEWER,
        FindingTrend.SAME,
        FindingTrend.FIXED,
        FindingTrend.FIXED,
        FindingTrend.BACK,
    ]
    finding = project.finding
    assert (finding.times_opened, finding.times_seen, finding.count) == (2, 5, 1)
    assert [point.count for point in finding.counts] == [2, 3, 2, 2, 0, 1]
    assert finding.first.at.date() == date(2026, 9, 1)
    assert finding.opened.at.date() == date(2026, 9, 7)
    assert finding.due == date(2026, 9, 21), "two weeks after it came back, since the check is critical"


@pytest.mark.parametrize(
    ("before", "now", "sentence"),
    [
        ((["a", "b"], None), (["b", "c", "d"], None), "2 of them new, 1 gone since yesterday"),
        ((["a", "b"], None), (["a", "b"], None), "the same as yesterday"),
        ((["a", "b"], None), (["a"], None), "none of them new, 1 gone since yesterday"),
        ((["a", "b"], 40), (["a", "c"], 57), "at least 17 of them new since yesterday, which are not all known"),
        ((["a", "b"], 40), (["a", "c"], 40), "as many as yesterday; which of them are new is not known"),
        ((["a", "b"], 40), ([], 33), "7 fewer than yesterday; which of them are new is not known"),
        ((["a"], None), (["b", "c"], 5), "at least 4 of them new since yesterday, which are not all known"),
    ],
)
def test_new_records(project: FollowedProject, before: Any, now: Any, sentence: str) -> None:
    for records, count in (before, now):
        last = project.find(records, count=count)
    change = project.finding.change
    assert change is not None
    assert change.format(last.as_of) == sentence


def test_another_key_of_digests_tells_counts_alone(project: FollowedProject) -> None:
    project.find(["a", "b"])
    project.find(["c", "d"], digest_key="b" * 16)
    change = project.finding.change
    assert change is not None
    assert not change.is_exact
    assert (change.new, change.why_not) == (0, "the key of the digests is another one")


NO_PROOF: dict[str, dict[str, Any]] = {
    "errored": {"result": {"verdict": Verdict.ERRORED, "rules": (), "error": "No footer."}},
    "nothing to check": {"result": {"verdict": Verdict.NOTHING_TO_CHECK, "population": 0}},
    "narrowed": {"result": {"narrowed": NarrowingRecord(by="row_condition", reason="Only shops of Europe.")}},
    "looser arguments": {"result": {"parameters": {"mostly": "0.99", "reference": "other"}}},
    "another place": {"input": {"locator": "extracts/empty/*.parquet"}},
    "not all rows": {"input": {"reconciled": "no"}},
    "stale": {"input": {"fresh": "no"}},
    "no input": {"inputs": ()},
    "not read": {"input": {"read": False}},
    "no record": {"result": {"population": 0}},
    "of an earlier day": {"as_of": datetime(2026, 8, 1, tzinfo=UTC)},
    "without the rule": {"result": {"rules": ()}},
    "not selected": {"results": ()},
}


@pytest.mark.parametrize("changes", NO_PROOF.values(), ids=NO_PROOF.keys())
def test_no_proof(project: FollowedProject, changes: dict[str, Any]) -> None:
    project.find(["a"])
    project.find([], **changes)
    finding = project.finding
    assert finding.closed is None
    assert finding.count == 1
    assert finding.find_status(LATER) is FindingStatus.OPEN
    assert finding.doubts or "results" in changes or finding.is_rule_gone, "a person reads why it is still open"
    project.find([])
    assert project.finding.closed is not None


@pytest.mark.parametrize("place", ["2" * 16, None], ids=["another", "unknown"])
def test_no_other_place_proves_anything(project: FollowedProject, place: str | None) -> None:
    project.find(["a"], input={"place_digest": "1" * 16})
    project.find([], input={"place_digest": place})
    assert project.finding.closed is None
    [doubt] = project.finding.doubts
    assert "directory, address or database" in doubt
    project.find([], input={"place_digest": "1" * 16})
    assert project.finding.closed is not None


def test_killed_run_proves_nothing(project: FollowedProject) -> None:
    project.find(["a"])
    project.add_start()
    assert project.finding.closed is None


@pytest.mark.parametrize(
    ("before", "now", "proves"),
    [
        ({"max_ages": '{"testing": "P90D"}'}, {"max_ages": '{"testing": "P900D"}'}, False),
        ({"max_ages": '{"testing": "P90D"}'}, {"max_ages": '{"testing": "P30D"}'}, True),
        ({"max_ages": '{"testing": "P90D"}'}, {}, False),
        ({"methods": '["ctgan", "rules"]'}, {"methods": '["ctgan"]'}, True),
        ({"methods": '["ctgan"]'}, {"methods": '["ctgan", "rules"]'}, False),
        ({"methods": '["ctgan"]'}, {"methods": "[]"}, False),
        ({"mostly": "1.0"}, {"mostly": "0.2"}, True),
        ({"grace": "P1M"}, {"grace": "P30D"}, False),
        ({"grace": "rubbish"}, {"grace": "P30D"}, False),
        ({}, {"row_condition": "country = 'DE'"}, False),
    ],
)
def test_arguments(project: FollowedProject, before: dict[str, str], now: dict[str, str], proves: bool) -> None:
    project.find(["a"], result={"parameters": before})
    project.find([], result={"parameters": now})
    finding = project.finding
    assert (finding.closed is not None) is proves
    if not proves:
        assert next(iter({*before, *now})) in " ".join(finding.doubts)


def test_renamed_table_leaves_the_old_finding_open(project: FollowedProject) -> None:
    project.find(["a"])
    record = project.make_record()
    plan = tuple(check.model_copy(update={"table": "person"}) for check in record.plan if check.table == TABLE)
    project.add_run(record.model_copy(update={"plan": plan, "results": (), "inputs": ()}))
    finding = project.finding
    assert finding.closed is None
    assert not finding.is_checked


def test_batch_is_fixed_by_the_same_batch_alone(project: FollowedProject) -> None:
    def find(records: list[str], batch: str) -> None:
        project.find(records, result={"scope": "batch", "batch": batch})

    find(["a"], "2026-09-01")
    find(["b", "c"], "2026-09-02")
    find([], "2026-09-03")
    assert project.finding.count == 3
    find([], "2026-09-02")
    assert project.finding.count == 1
    find([], "2026-09-01")
    assert project.finding.closed is not None


def test_check_twice_in_a_run_is_not_fixed_by_its_better_half(project: FollowedProject) -> None:
    project.find(["a"])
    for order in (1, -1):
        record = project.make_record()
        clean, dirty = (
            record.results[0],
            record.results[0].model_copy(
                update={
                    "broken": 1,
                    "verdict": Verdict.FAILED,
                    "rules": (record.results[0].rules[0].model_copy(update={"count": 1}),),
                }
            ),
        )
        project.add_run(record.model_copy(update={"results": (clean, dirty)[::order]}))
        assert project.finding.closed is None


def test_check_without_counts_is_a_finding(project: FollowedProject) -> None:
    project.find([], result={"verdict": Verdict.FAILED, "rules": (), "broken": None})
    assert (project.finding.rule, project.finding.count) == ("any rule", 1)
    project.find([], result={"rules": ()})
    assert project.finding.closed is not None


def test_share_of_the_table_is_a_finding(project: FollowedProject) -> None:
    project.find([], result={"verdict": Verdict.FAILED})
    assert project.finding.rule == "the table as a whole"
    project.find([])
    assert project.finding.closed is not None


def test_hostile_names_are_names(project: FollowedProject) -> None:
    name = "<script>=cmd()\n\u202e" + "x" * 10_000
    record = project.make_record()
    result = record.results[0].model_copy(update={"table": name, "verdict": Verdict.FAILED, "broken": 1, "rules": ()})
    plan = (PlannedCheck(table=name, suite="s", scope="table", expectation_id=result.expectation_id, type=result.type),)
    project.add_run(record.model_copy(update={"results": (result,), "plan": plan}))
    assert project.finding.table == name
    assert project.finding.id.isalnum()


def test_state_is_made_anew_if_it_is_damaged(project: FollowedProject) -> None:
    for records in (["a"], ["a", "b"]):
        project.find(records)
        kept = project.read()
    state = project.directory / ".findings.state"
    assert kept == project.read(rebuild=True)
    for content in (b"", b"rubbish\n{}", state.read_bytes().replace(b'"count":2', b'"count":0'), None):
        state.unlink() if content is None else state.write_bytes(content)
        assert project.read() == kept
    assert RULE in state.read_text()


def test_findings_of_a_time(project: FollowedProject) -> None:
    project.find(["a"])
    at = project.clock.time + timedelta(minutes=1)
    project.find([])
    assert [finding.rule for finding in find_undisposed(project.ledger, at)] == [RULE]
    assert not find_undisposed(project.ledger, at + timedelta(days=3))


def test_missing_entries_are_named(project: FollowedProject) -> None:
    """Nobody knows what they said: perhaps that a finding is fixed, or that there are others."""
    for records in (["a"], ["a"], ["a"]):
        project.find(records)
    for seq in (3, 5, 6):
        (project.directory / "ledger" / f"{seq:08d}.json").unlink()
    assert read_findings(project.ledger).problems == [
        "Entry 3 of the ledger is missing: what it said is not followed.",
        "Entries 5 to 6 of the ledger are missing: what they said is not followed.",
    ]
