"""Evidence statuses, and the counts of a requirement."""

from __future__ import annotations

import pytest

from synth_expectations.controls import EvidenceCounts, EvidenceStatus


def _count(text: str) -> EvidenceCounts:
    """Return the counts of a text such as `supports 3, not run 1`."""
    parts = [part.rpartition(" ") for part in text.split(", ")]
    return EvidenceCounts.of(EvidenceStatus(status) for status, _, count in parts for _ in range(int(count)))


@pytest.mark.parametrize(
    ("items", "text", "weakest", "summary"),
    [
        ("supports 4", "supports 4 of 4", "supports", "supports"),
        ("not run 1, supports 3", "supports 3 of 4, not run 1", "not run", "supports in part"),
        ("nothing to check 9, supports 1", "supports 1 of 10, nothing to check 9", "nothing to check", "supports in part"),
        ("nothing to check 2", "supports 0 of 2, nothing to check 2", "nothing to check", "nothing to check"),
        ("contrary 1, supports 99", "supports 99 of 100, contrary 1", "contrary", "contrary"),
        ("inconclusive 1, supports 1", "supports 1 of 2, inconclusive 1", "inconclusive", "inconclusive"),
        ("supports in part 2", "supports 0 of 2, supports in part 2", "supports in part", "supports in part"),
        ("supports 1, manual done 1", "supports 1 of 2, manual done 1", "manual done", "supports"),
        ("supports 1, manual open 1", "supports 1 of 2, manual open 1", "manual open", "supports in part"),
        ("manual done 1", "manual done 1 of 1", "manual done", "manual done"),
        ("excluded 1, not read 1", "supports 0 of 2, excluded 1, not read 1", "not read", "not read"),
    ],
)  # fmt: skip
def test_counts(items: str, text: str, weakest: str, summary: str) -> None:
    counts = _count(items)
    assert (counts.format(), counts.weakest, counts.summary) == (text, weakest, summary)
    assert EvidenceCounts.read(counts.document()) == counts
    assert EvidenceCounts() + counts == counts


def test_counts_of_nothing_are_no_support() -> None:
    assert (EvidenceCounts().format(), EvidenceCounts().weakest) == ("nothing planned", EvidenceStatus.NOT_RUN)


def test_nothing_becomes_support_by_what_is_beside_it() -> None:
    """Whatever is added to an item that does not support, the whole is never *supports*."""
    for status in set(EvidenceStatus) - {EvidenceStatus.SUPPORTS, EvidenceStatus.MANUAL_DONE}:
        for other in EvidenceStatus:
            assert EvidenceCounts.of([status, other, EvidenceStatus.SUPPORTS]).summary is not EvidenceStatus.SUPPORTS


def test_what_may_be_counted() -> None:
    assert {status.value for status in EvidenceStatus if status.is_evidence} == {
        "supports", "supports in part", "contrary", "manual done",
    }  # fmt: skip
    assert all(status.meaning.endswith(".") for status in EvidenceStatus)


def test_no_word_is_a_legal_conclusion() -> None:
    assert not {"met", "violated", "compliant", "satisfied"} & {status.value for status in EvidenceStatus}
