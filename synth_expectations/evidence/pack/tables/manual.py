"""The table of documents that people reviewed, for requirements that no check can judge."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from pydantic import ValidationError

from synth_expectations.evidence.cycle.document_reviews import parse_review
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.pack.period_entries import PeriodEntries
from synth_expectations.evidence.pack.tables.table import PackTable, list_columns
from synth_expectations.policy.governance import ManualReview

_COLUMNS = list_columns(
    ("requirement", "the regulation and the requirement"),
    ("document", "its address, its number, or its path from the policy"),
    ("sha256", "of what was reviewed; empty if not stated"),
    ("reviewed_by", "who reviewed it, as they or the policy say"),
    ("on", "the day of the review"),
    ("until", "the last day on which it counts; empty without one"),
    ("on_record", "the entry that records it, or the policies that have it"),
    ("counts_at_end", "whether it counts on the last day of the period; whether a file is still the same, runs say"),
)


def make_manual_table(entries: PeriodEntries, files: Mapping[str, bytes]) -> PackTable:
    """Return the table of reviews, in the order of requirement and day.

    Args:
        entries: of the pack.
        files: of the pack: bodies of entries, and policies.
    """
    about = "A line for each review of a document that an entry of the pack or a policy of its runs has."
    last = entries.period.last
    rows = [
        {
            "requirement": review.requirement,
            "document": review.document,
            "sha256": review.sha256,
            "reviewed_by": review.reviewed_by,
            "on": review.on,
            "until": review.until,
            "on_record": source,
            "counts_at_end": review.on <= last and (review.until is None or review.until >= last),
        }
        for review, source in _list_reviews(entries, files)
    ]
    return PackTable("manual", about, _COLUMNS, sorted(rows, key=_sort_key))


def _list_reviews(entries: PeriodEntries, files: Mapping[str, bytes]) -> Iterator[tuple[ManualReview, str]]:
    for entry in entries.entries:
        content = files.get(f"objects/{entry.header.body_sha256}")
        if entry.header.kind is EntryKind.MANUAL_DONE and content and (recorded := parse_review(entry, content)):
            yield recorded.body.to_review(), f"entry {recorded.seq}"
    by_review: dict[ManualReview, list[str]] = {}
    for digest in dict.fromkeys(run.record.policy.sha256 for run in entries.runs if run.record.policy):
        with suppress(ValueError, TypeError, AttributeError, ValidationError):
            for document in json.loads(files[f"policy/{digest}.yml"]).get("manual", ()):
                by_review.setdefault(ManualReview.model_validate(document), []).append(digest[:12])
    for review, digests in by_review.items():
        yield review, f"policy {', '.join(digests)}"


def _sort_key(row: Mapping[str, Any]) -> tuple[str, Any, str, str]:
    return row["requirement"], row["on"], row["document"], row["on_record"]
