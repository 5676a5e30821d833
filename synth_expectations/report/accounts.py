"""What a run accounts for, in sentences: untagged records, keys and numbers, comparisons, what was not checked and left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.report.model import RunReport, TableReport
from synth_expectations.rules.model import COMPARED_AS_WRITTEN, UNCOMPARED
from synth_expectations.rules.verdict import Verdict

_MOST_NAMES = 3
"""How many tables are named that share a reason; others are counted."""


def format_accounts(run: RunReport) -> Iterator[str]:
    """Yield a sentence for each number that is not zero or whole, and for each comparison, table by table."""
    for table in run.tables:
        if not table.error:
            yield from _format_rows(table)
            yield from _format_untagged(table)
            yield from _format_lookups(table)
            yield from _format_figures(table)
            yield from _format_uncompared(table)
            yield from _format_written(table)


def format_reasons(run: RunReport) -> Iterator[str]:
    """Yield why expectations had nothing to check: each reason once, with its tables and how many expectations it has."""
    reasons: dict[str, Counter[str]] = {}
    for table in run.tables:
        for expectation in table.expectations:
            if expectation.verdict is Verdict.NOTHING_TO_CHECK and not table.error:
                reasons.setdefault(expectation.reason or "no reason is stored.", Counter())[table.table] += 1
    for reason, tables in reasons.items():
        number = tables.total()
        times = f" ({number} expectations)" if number > len(tables) else ""
        yield f"{_format_names([*tables])}: {reason}{times}"


def format_left_out(run: RunReport) -> Iterator[str]:
    """Yield what the run was told not to check: by its options, and by the exclusions of its policy."""
    if options := run.selection.format_tables():
        skipped = [planned for planned in run.planned if planned.in_checkpoint and planned.suite and planned.status]
        tables = len({planned.table for planned in skipped})
        checks = f"{len(skipped):,} check{'' if len(skipped) == 1 else 's'}"
        yield f"{checks} of {tables:,} table{'' if tables == 1 else 's'}: not selected by {options}."
    for exclusion in run.excluded:
        if not exclusion.expired:
            kind = "is narrowed" if exclusion.narrowed else "is left out"
            kind = kind if exclusion.type in all_expectations() or exclusion.narrowed else "is accepted"
            yield (
                f"{exclusion.table}: {exclusion.type} {kind}: {exclusion.reason}; approved by {exclusion.approved_by}"
                f" until {exclusion.until}."
            )


def format_detours(run: RunReport) -> Iterator[str]:
    """Yield which tables Great Expectations evaluated, and why: each reason once."""
    tables: dict[str, list[str]] = {}
    for table in run.tables:
        if table.detour:
            tables.setdefault(table.detour, []).append(table.table)
    for reason, names in tables.items():
        yield f"Great Expectations evaluated {_format_names(names)}, because {reason}."


def _format_names(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_NAMES:,} more" if len(names) > _MOST_NAMES else ""
    return ", ".join(names[:_MOST_NAMES]) + more


def _format_rows(table: TableReport) -> Iterator[str]:
    if table.rows and (parts := table.rows.format_parts()):
        yield f"{table.table}: {table.rows.source:,} rows, {table.rows.judged:,} of them judged: {parts}."


def _format_untagged(table: TableReport) -> Iterator[str]:
    untagged, records = table.records.get("untagged", 0), table.records.get("all", 0)
    if untagged:
        yield f"{table.table}: {untagged:,} of {records:,} records {'is' if untagged == 1 else 'are'} untagged."


def _format_lookups(table: TableReport) -> Iterator[str]:
    """Yield a sentence for each reference and number of keys that cannot be looked up; several lookups may share one."""
    lookups = (lookup for expectation in table.expectations for lookup in expectation.details.get("lookups", ()))
    yield from dict.fromkeys(sentence for lookup in lookups if (sentence := _format_lookup(table.table, lookup)))


def _format_written(table: TableReport) -> Iterator[str]:
    """Yield a sentence for each kind of value of a reference that cannot be read, and is found only as it is."""
    lookups = (lookup for expectation in table.expectations for lookup in expectation.details.get("lookups", ()))
    yield from dict.fromkeys(
        f"{table.table}: in {count:,} row{'' if count == 1 else 's'} of {lookup['reference']}, the {reason}: it is found"
        " only where it is written alike."
        for lookup in lookups
        for reason, count in lookup.get("reference_as_written", {}).items()
    )


def _format_figures(table: TableReport) -> Iterator[str]:
    """Yield what expectations say of the records that they compared."""
    for expectation in table.expectations:
        for sentence in expectation.details.get("figures", {}).get("sentences", ()):
            yield f"{table.table}: {sentence}"


def _format_uncompared(table: TableReport) -> Iterator[str]:
    """Yield a sentence for each kind of value that a rule could not read, and so did not compare, or only as it is."""
    consequences = {
        UNCOMPARED: "it was not compared",
        COMPARED_AS_WRITTEN: "it was found only where it is written alike",
    }
    for expectation in table.expectations:
        for rule in expectation.rules:
            for ending, consequence in consequences.items():
                if rule.count and not rule.judged and rule.name.endswith(ending):
                    reason = rule.name.removesuffix(ending)
                    records = f"{rule.count:,} record{'' if rule.count == 1 else 's'}"
                    yield f"{table.table}: in {records}, the {reason}: {consequence}."


def _format_lookup(table: str, lookup: Mapping[str, Any]) -> str:
    reference = lookup["reference"]
    sides = {
        "records": (lookup["records"], lookup["usable"]),
        f"rows of {reference}": (lookup["reference_rows"], lookup["reference_usable"]),
    }
    if not lookup["incriminates"]:  # a key may be missing there: only what cannot be read is said
        unread = {"records": lookup["unreadable"], f"rows of {reference}": lookup["reference_unreadable"]}
        sides = {noun: (rows, rows - (unread[noun] or 0)) for noun, (rows, _) in sides.items() if rows}
    if between := lookup["between"]:
        sides[f"rows of {between['table']}"] = (between["rows"], between["rows"] - between["unreadable"])
    unusable = [
        f"{rows - usable:,} of {rows:,} {noun}" for noun, (rows, usable) in sides.items() if rows and rows != usable
    ]
    if not unusable:
        return ""
    return f"{table}, looked up in {reference}: {' and '.join(unusable)} have no key that can be read."
