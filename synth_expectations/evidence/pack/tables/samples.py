"""The table of samples: a line for each draw whose entry is in the pack."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from synth_expectations.evidence.pack.period_entries import PeriodEntries
from synth_expectations.evidence.pack.scope import PackScope
from synth_expectations.evidence.pack.tables.table import PackTable, list_columns
from synth_expectations.evidence.sampling.samples import RecordSample, combine_samples

_COLUMNS = list_columns(
    ("draw", "the entry of the draw"),
    ("drawn_at", "when it was drawn, in UTC"),
    ("table", "the table"),
    ("stratum", "which of its records"),
    ("population", "records of the stratum that have a key"),
    ("without_key", "records of the stratum without one, which could not be drawn"),
    ("size", "records to be reviewed"),
    ("confidence", "in percent"),
    ("tolerable", "the rate of exceptions that the sample is to rule out, in percent"),
    ("nonce", "what the auditor gave; empty if nobody gave one"),
    ("head", "the entry whose digest is part of the seed"),
    ("drawn_by", "who drew, as they say"),
    ("state", "recorded, withdrawn, open or abandoned, when the pack ends"),
    ("recorded_at", "when the answers were recorded, in UTC"),
    ("reviewed", "records that were reviewed"),
    ("exceptions", "of these, records about which this package was wrong, or that nobody could judge"),
    ("gone", "records that were no longer there"),
    ("low", "the lower end of the exact interval of the rate of exceptions, from 0 to 1"),
    ("high", "the upper end of it"),
    ("at_most", "the one-sided upper bound of the rate"),
    ("reviewers", "who reviewed, as they say"),
    ("recorded_by", "who recorded the answers, as they say"),
    ("notes", "what a reader of the result should know"),
    ("withdrawn", "why the draw was given up"),
    ("entry_recorded", "the entry of the answers"),
    ("sheet_sha256", "the worksheet as it came back, in the ledger"),
)


def make_samples_table(entries: PeriodEntries, bodies: dict[str, bytes], scope: PackScope) -> PackTable:
    """Return the table of samples, in the order of the draws.

    Args:
        entries: of the pack.
        bodies: the files of the pack, by path.
        scope: which tables the pack is about.

    Raises:
        LedgerError: a body cannot be read.
    """
    read = (
        (entry, content)
        for entry in entries.entries
        if entry.header.seq in entries.with_body
        if (content := bodies.get(f"objects/{entry.header.body_sha256}")) is not None
    )
    samples = [sample for sample in combine_samples(read) if scope.has_table(sample.body.table)]
    return PackTable(
        "samples",
        "A line for each sample that was drawn, recorded or given up in the period.",
        _COLUMNS,
        list(_make_rows(samples, entries)),
    )


def _make_rows(samples: Iterable[RecordSample], entries: PeriodEntries) -> Iterable[dict[str, Any]]:
    # what nobody returned may still be: the period may not be over
    until = min(entries.period.end, entries.entries[-1].header.at)
    for sample in samples:
        body, answers = sample.body, sample.answers
        yield {
            "draw": sample.number,
            "drawn_at": sample.drawn.header.at,
            **{name: getattr(body, name) for name in ("table", "stratum", "population", "without_key", "size")},
            **{name: f"{getattr(body, name):g}" for name in ("confidence", "tolerable")},
            "nonce": body.nonce,
            "head": body.head,
            "drawn_by": body.by,
            "state": sample.name_state(until),
            "recorded_at": sample.recorded.header.at if sample.recorded else None,
            **(
                {
                    name: getattr(answers, name)
                    for name in ("reviewed", "exceptions", "gone", "low", "high", "at_most", "sheet_sha256")
                }
                if answers
                else {}
            ),
            "reviewers": sorted({answer.reviewer for answer in answers.answers}) if answers else [],
            "recorded_by": answers.by if answers else "",
            "notes": [*body.notes, *(answers.notes if answers else ())],
            "withdrawn": sample.withdrawal.reason if sample.withdrawal else "",
            "entry_recorded": sample.recorded.header.seq if sample.recorded else None,
        }
