"""What keeps a period open is listed, until somebody decides it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from synth_expectations.evidence.anchors.anchor import AnchorBody
from synth_expectations.evidence.anchors.anchor_maker import make_anchors
from synth_expectations.evidence.cycle import sources
from synth_expectations.evidence.cycle.document_reviews import DocumentReview
from synth_expectations.evidence.cycle.open_items import OpenItem, OpenItemSource
from synth_expectations.evidence.cycle.period_close import find_closable_period, list_open_items
from synth_expectations.evidence.findings.open_items import OPEN_FINDINGS
from synth_expectations.evidence.ledger.entry import EntryKind
from tests.evidence.cycle.cycle_project import POLICY, append_run, write_policy
from tests.evidence.cycle.quarter import JANUARY, CycleProject


def test_all_that_is_open_is_listed(project: CycleProject, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the sources of the package, in their order; a source of another room is a line more."""
    other = OpenItemSource("findings", lambda state: [OpenItem(f"57 of {state.period.name}.", "decide")])
    monkeypatch.setattr(sources, "SOURCES", (*sources.SOURCES, other))
    opened = {
        kind.title: [item.sentence for item in kind.items]
        for kind in list_open_items(project.make_state(), sources.SOURCES)
    }
    assert opened["gaps of the schedule that nobody explained"] == [
        "checkpoint crm_nightly was due on 2026-12-30, and was not checked: no run started."
    ]
    assert len(opened["requirements that a person must judge"]) > 5
    assert (
        "gdpr/Article 35(7) is open: the policy has no review on record."
        in opened["requirements that a person must judge"]
    )
    assert opened["an overdue review of the policy"] == []
    [unanchored] = opened["entries that are not anchored"]
    assert unanchored.startswith("5 entries of the ledger are not anchored")
    assert opened["findings"] == ["57 of 2026Q4."]


def test_an_earlier_period_that_was_not_closed_is_open(project: CycleProject) -> None:
    """Closed in the other order, the pack of the later period would lack what the earlier one brought to light."""
    april = datetime(2027, 4, 2, tzinfo=UTC)
    project.ledger.append(EntryKind.MANUAL_DONE, {"reason": "none"})
    state = replace(project.make_state(april), period=find_closable_period(project.policy, "2027Q1", april))
    assert [item.sentence for item in sources.list_earlier_periods(state)] == [
        "2026Q4 is before 2027Q1, and was not closed."
    ]
    assert list(sources.list_earlier_periods(project.make_state())) == []
    project.close()
    assert list(sources.list_earlier_periods(state)) == []


def test_an_entry_that_cannot_be_read_is_open(project: CycleProject) -> None:
    """What it says of findings nobody knows: it may be a run that found some."""
    seq = project.ledger.append(EntryKind.RUN_FINISHED, {"run_id": "20261231T030000Z-zzzz"}).header.seq
    first, *_ = OPEN_FINDINGS.list_open(project.make_state())
    assert first.sentence == f"Entry {seq} (run_finished) cannot be read: what it says is not followed."


def test_a_deadline_within_its_grace_is_open(project: CycleProject) -> None:
    """The last one of a quarter may be met after its end: a close in between does not know."""
    late = write_policy(project.directory, POLICY.replace('"06:00"', '"23:30"').replace("PT2H", "PT6H"))
    append_run(project.ledger, datetime(2026, 12, 30, 22, tzinfo=UTC), late)
    at = datetime(2027, 1, 1, 1, tzinfo=UTC)
    state = replace(project.make_state(at), policy=late)
    assert [item.sentence for item in sources.list_gaps(state)][-1] == (
        "checkpoint crm_nightly was due on 2026-12-31, and was not checked yet: it is in time until 2027-01-01 04:30 UTC."
    )


def test_a_review_on_record_closes_its_item_until_it_ends(project: CycleProject) -> None:
    name = "gdpr/Article 35(7)"

    def is_open(at: datetime = JANUARY) -> bool:
        return any(item.sentence.startswith(name) for item in sources.list_manual_items(project.make_state(at)))

    body = DocumentReview(
        requirement=name, document="DPIA-4", sha256="0" * 64, reviewed_by="dora", on=date(2026, 12, 1), until=date(2027, 1, 31)
    )  # fmt: skip
    assert is_open()
    project.ledger.append(EntryKind.MANUAL_DONE, {"requirement": name})
    project.ledger.append(EntryKind.MANUAL_DONE, body.model_copy(update={"document": "/etc/passwd"}))
    assert is_open()
    project.ledger.append(EntryKind.MANUAL_DONE, body.model_copy(update={"document": "https://wiki.example/DPIA-4"}))
    assert not is_open()
    assert is_open(datetime(2027, 2, 1, tzinfo=UTC))


def test_an_anchor_that_only_the_ledger_claims_counts_for_nothing(project: CycleProject) -> None:
    """Its owner can append any entry; the store that the policy names has no copy until it was asked."""
    head = project.ledger.read_head()
    project.ledger.append(EntryKind.ANCHOR, AnchorBody(kind="store", target="copies", seq=head.seq, head=head.digest))
    [item] = sources.list_unanchored(project.make_state())
    assert "of the ledger are not anchored" in item.sentence
    targets, directory = project.policy.words.evidence.anchor, project.policy.directory
    [outcome] = make_anchors(project.ledger, targets, directory)
    assert outcome.problem == ""
    assert list(sources.list_unanchored(project.make_state())) == []
    [again] = make_anchors(project.ledger, targets, directory)
    assert again.anchor == outcome.anchor
