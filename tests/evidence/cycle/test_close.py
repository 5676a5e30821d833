"""A period is closed once, over what is open: each way around that is refused."""

from __future__ import annotations

import csv
import json
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from trestle.oscal.assessment_results import AssessmentResults

from synth_expectations.errors import SynthError
from synth_expectations.evidence.cycle import sources
from synth_expectations.evidence.cycle.closing import ClosingBody, ClosingError, read_closings
from synth_expectations.evidence.cycle.document_reviews import DocumentReview
from synth_expectations.evidence.cycle.gap_explanations import GapExplanation
from synth_expectations.evidence.cycle.period_close import (
    check_same_pack,
    close_period,
    find_closable_period,
    list_open_items,
)
from synth_expectations.evidence.cycle.sign_off import read_sign_offs
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.errors import RedactedError
from synth_expectations.evidence.pack.builder import build_pack
from synth_expectations.evidence.pack.period_entries import PackError
from synth_expectations.evidence.redactions import redact_result
from synth_expectations.evidence.verification.pack_verifier import verify_pack
from synth_expectations.evidence.verification.report import Weight
from tests.evidence.cycle.cycle_project import append_run, set_clock
from tests.evidence.cycle.quarter import JANUARY, CycleProject
from tests.evidence.pack.sample_pack import verify_with_bash, verify_with_python


@pytest.mark.parametrize(
    ("period", "at", "sentence"),
    [
        ("2027Q1", JANUARY, "2027Q1 is not over yet: its last day is 2027-03-31"),
        ("2026-11", JANUARY, "2026-11 is not a period of the cycle"),
        ("2026", JANUARY, "not a period of the cycle"),
        ("Q4", JANUARY, "is not a period"),
        ("2026Q4", datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC), "not over yet"),
    ],
)
def test_a_period_that_cannot_be_closed(project: CycleProject, period: str, at: datetime, sentence: str) -> None:
    with pytest.raises(SynthError, match=sentence):
        find_closable_period(project.policy, period, at)


def test_a_period_before_the_first_entry_is_not_closed(project: CycleProject) -> None:
    state = replace(project.make_state(), period=find_closable_period(project.policy, "2026Q3", JANUARY))
    with pytest.raises(PackError, match="No run started in 2026Q3"):
        close_period(state, [], project.pseudonyms, project.directory / "Q3.zip", "ann")
    assert not (project.directory / "Q3.zip").exists()
    assert read_closings(project.ledger) == {}


def test_a_period_without_a_run_is_closed_over_that(project: CycleProject) -> None:
    """Its pack says that nothing was checked, both verifiers read it, and its sign-off concludes nothing."""
    april = datetime(2027, 4, 5, 9, tzinfo=UTC)
    project.close()
    set_clock(project.ledger, april)
    state = replace(project.make_state(), period=find_closable_period(project.policy, "2027Q1", april), at=april)
    opened = list_open_items(state, sources.SOURCES)
    assert [item.sentence for item in opened[0].items] == ["No run started in 2027Q1: nothing was checked in it."]
    assert list(sources.list_missing_runs(project.make_state())) == []
    closing, pack = close_period(state, opened, project.pseudonyms, project.directory / "Q1.zip", "ann")
    cover = " ".join(pack.files["cover.html"].decode().split())
    assert "No run started in 2027Q1: nothing was checked in it." in cover
    assert "a period without a run" in cover
    assert (closing.body.run, closing.body.requirements, pack.manifest.runs) == ("", (), {})
    check_same_pack(closing, build_pack(project.ledger, state.period, project.pseudonyms, closing=closing.body.terms))
    with pytest.raises(PackError, match="No run started in 2027Q1"):
        build_pack(project.ledger, state.period, project.pseudonyms)
    directory = project.directory / "Q1"
    with zipfile.ZipFile(project.directory / "Q1.zip") as archive:
        archive.extractall(directory)
    for run in (verify_with_bash, verify_with_python):
        done = run(directory, "--manifest", pack.manifest_sha256)
        assert (done.returncode, done.stderr) == (0, ""), done
        (directory / "site" / "index.html").write_bytes(b"All is well.")
        assert run(directory, "--manifest", pack.manifest_sha256).returncode == 1
        (directory / "site" / "index.html").write_bytes(pack.files["site/index.html"])
    assert [
        finding.message for finding in verify_pack(directory, None).findings if finding.weight is Weight.ALTERED
    ] == []
    oscal = json.loads(pack.files["oscal/assessment-results.json"])["assessment-results"]
    oscal["metadata"]["oscal-version"] = "1.2.1"
    assert AssessmentResults.model_validate(oscal).results[0].observations is None
    key = project.add_key("dora", "dpo")
    project.sign(closing, key)
    [signed] = read_sign_offs(project.ledger)
    assert (signed.objection, signed.terms.conclusions) == ("", ())
    assert project.list_altered() == []
    with pytest.raises(ClosingError, match="a period is closed once"):
        close_period(state, opened, project.pseudonyms, project.directory / "Q1-again.zip", "ann")


def test_the_pack_of_a_closed_period_is_the_same_whatever_comes_later(project: CycleProject) -> None:
    closing, pack = project.close("1 sample is <open>.", "57 findings.")
    cover = pack.files["cover.html"].decode()
    assert "1 sample is &lt;open&gt;." in cover and "Looked for were: samples." in cover
    assert closing.body.terms.reservations == ("1 sample is <open>.", "57 findings.")
    written = (project.directory / "Q4.zip").read_bytes()
    append_run(project.ledger, JANUARY + timedelta(days=1), project.policy)
    project.ledger.append(EntryKind.GAP_EXPLAINED, {"reason": "later"})
    period = project.make_state().period
    again = build_pack(project.ledger, period, project.pseudonyms, closing=closing.body.terms)
    check_same_pack(closing, again)
    signed = build_pack(
        project.ledger, period, project.pseudonyms, sign=lambda content: content, closing=closing.body.terms
    )
    check_same_pack(closing, signed)
    assert {path for path in signed.files if signed.files[path] != again.files.get(path)} == {"MANIFEST.dsse.json"}
    assert (project.directory / "Q4.zip").read_bytes() == written
    with pytest.raises(ClosingError, match="this one differs"):
        check_same_pack(closing, build_pack(project.ledger, period, project.pseudonyms))
    digest = next(iter(again.entries.runs)).record.results[0].result_sha256
    redact_result(project.ledger, str(digest), "GDPR 17")
    with pytest.raises(RedactedError):
        build_pack(project.ledger, period, project.pseudonyms, closing=closing.body.terms)


def test_a_period_is_closed_once(project: CycleProject, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two people at the same time the first entry counts, and the other's pack is removed."""
    from synth_expectations.evidence.cycle import period_close

    with monkeypatch.context() as patch:
        patch.setattr(
            period_close, "check_not_closed", lambda *_: project.ledger.append(EntryKind.PERIOD_CLOSED, other)
        )
        other = _make_other_close(project)
        with pytest.raises(ClosingError, match="was closed by bob on 2027-01-04 09:00 UTC, by entry 6"):
            project.close()
    assert not (project.directory / "Q4.zip").exists()
    assert read_closings(project.ledger)["2026Q4"].header.seq == 6
    with pytest.raises(ClosingError, match="a period is closed once"):
        project.close()
    assert project.list_altered() == []


def _make_other_close(project: CycleProject) -> ClosingBody:
    head = project.ledger.read_head()
    return ClosingBody.model_validate(
        {
            "terms": {
                "period": "2026Q4", "head": head.seq, "head_sha256": head.digest, "looked_at": (), "closed_by": "bob",
            },
            "run": "", "requirements": (), "manifest_sha256": "0" * 64,
        }
    )  # fmt: skip


def test_the_tables_of_a_pack_have_deadlines_and_reviews(project: CycleProject) -> None:
    """What was decided after the period and before its close is in the pack of the period."""
    body = DocumentReview(
        requirement="gdpr/Article 35(7)", document="=cmd()", sha256="0" * 64, reviewed_by="dora", on=date(2027, 1, 2)
    )
    project.ledger.append(EntryKind.MANUAL_DONE, body)
    explanation = GapExplanation(
        subject="checkpoint", name="crm_nightly", first=date(2026, 12, 30), last=date(2026, 12, 30), reason="Moved", by="ops"
    )  # fmt: skip
    seq = project.ledger.append(EntryKind.GAP_EXPLAINED, explanation).header.seq
    _, pack = project.close()
    deadlines = list(csv.DictReader(pack.files["tables/schedule.csv"].decode().splitlines()))
    assert [(row["day"], row["outcome"], row["explained_by_entry"]) for row in deadlines] == [
        ("2026-12-29", "done", ""), ("2026-12-30", "explained", str(seq)), ("2026-12-31", "done", ""),
    ]  # fmt: skip
    [review] = csv.DictReader(pack.files["tables/manual.csv"].decode().splitlines())
    assert (review["document"], review["on_record"], review["counts_at_end"]) == ("'=cmd()", f"entry {seq - 1}", "no")
    assert "Missed, with an explanation in schedule.csv: 1 of 3 deadlines" in pack.files["cover.html"].decode()
    readme = pack.files["README.txt"].decode()
    assert "tables/schedule.csv" in readme and "tables/manual.csv" in readme
