"""The table of coverage: what was checked how often, and what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from synth_expectations.evidence.pack.period_entries import PackedRun
from synth_expectations.evidence.pack.scope import PackScope
from synth_expectations.evidence.pack.tables.planned_check import CheckHistory
from synth_expectations.evidence.pack.tables.table import PackTable, list_columns
from synth_expectations.evidence.records.inputs import InputRecord
from synth_expectations.rules.verdict import Verdict

_COLUMNS = list_columns(
    ("kind", "planned: a check of the checkpoint; excluded: the policy leaves it out, or narrows it; "
     "not covered: the policy does not say enough for it; reference: a table that is only looked up"),
    ("table", "the table"),
    ("scope", "whether a batch of the table is checked, or all of it"),
    ("check", "the type of the expectation"),
    ("expectation_id", "its id in the suite"),
    ("runs", "runs of the period that planned it; of other kinds, runs that name it"),
    ("passed", "of these, runs in which it found no violation"),
    ("failed", "runs in which it found violations"),
    ("errored", "runs in which it could not be evaluated"),
    ("nothing_to_check", "runs in which its population had no record"),
    ("not_selected", "runs that were limited to other tables, owners or tags"),
    ("aborted", "runs that have no end"),
    ("no_result", "runs that ended, were to evaluate it, and have no result of it"),
    ("latest_run", "the latest run with a result of it; of other kinds, that names it"),
    ("latest_as_of", "the time for which that run evaluated"),
    ("population_latest", "records that it was about in that run"),
    ("rows_latest", "rows that the latest run that read the table counted in it"),
    ("source_rows_latest", "rows in the source, as it states; empty if it does not"),
    ("difference_latest", "rows that were read, less those of the source"),
    ("reconciled", "runs in which the two were equal"),
    ("not_reconciled", "runs in which they were not"),
    ("reconciliation_not_shown", "runs that had nothing to compare with"),
    ("not_read", "runs in which no query reached the table"),
    ("not_fresh", "runs in which the table was older than the policy allows"),
    ("identified_by", "by what the input of the latest run can be recognised: the SHA-256 of whole files, or of their "
     "footers alone, which does not show that a page inside was changed; a snapshot of the database; or none"),
    ("reason", "why it is excluded, narrowed, or not covered; why there was nothing to check; the error"),
    ("approved_by", "who approved the exclusion or the narrowing"),
    ("until", "its last day"),
)  # fmt: skip
WHOLE_FILES, FOOTERS = "whole files", "footers of files"


def make_coverage_table(histories: Sequence[CheckHistory], runs: Sequence[PackedRun], scope: PackScope) -> PackTable:
    """Return the table of coverage: planned checks first, then what is excluded, not covered, and only looked up."""
    rows = [
        *(_make_planned(history, runs) for history in histories),
        *_make_omissions("excluded", runs, scope),
        *_make_omissions("not covered", runs, scope),
        *_make_references(runs),
    ]
    about = "A line for each planned check and table, and for each check that the policy leaves out."
    return PackTable("coverage", about, _COLUMNS, rows)


def _make_planned(history: CheckHistory, runs: Sequence[PackedRun]) -> dict[str, Any]:
    verdicts = Counter(result.verdict for result in history.evaluated)
    missing = [planned for planned in history.results if not planned.result]
    selected = [planned for planned in missing if planned.plan.selected]
    latest = next((planned for planned in reversed(history.results) if planned.result), None)
    result = latest.result if latest else None
    narrowed = result.narrowed if result else None
    return {
        "kind": "planned",
        "table": history.table,
        "scope": history.scope,
        "check": history.type,
        "expectation_id": history.expectation_id,
        "runs": len(history.results),
        **{verdict.value: verdicts[verdict] for verdict in Verdict},
        "not_selected": len(missing) - len(selected),
        "aborted": sum(not planned.run.finished for planned in selected),
        "no_result": sum(planned.run.finished is not None for planned in selected),
        "latest_run": latest and latest.run.record.run_id,
        "latest_as_of": latest and latest.run.record.as_of,
        "population_latest": result and result.population,
        "reason": [
            *([f"narrowed by {narrowed.by}: {narrowed.reason}"] if narrowed else []),
            *([result.error or result.reason] if result and (result.error or result.reason) else []),
        ],
        "approved_by": narrowed and narrowed.approved_by,
        "until": narrowed and narrowed.until,
        **_describe_input(history.table, runs, "judged"),
    }


def _describe_input(table: str, runs: Sequence[PackedRun], role: str) -> dict[str, Any]:
    sources = [source for run in runs for source in run.record.inputs if (source.table, source.role) == (table, role)]
    latest: InputRecord | None = next((source for source in reversed(sources) if source.read), None)
    reconciled = Counter(source.reconciled for source in sources)
    return {
        "rows_latest": latest and latest.rows,
        "source_rows_latest": latest and latest.source_rows,
        "difference_latest": latest and latest.difference,
        "reconciled": reconciled["yes"],
        "not_reconciled": reconciled["no"],
        "reconciliation_not_shown": reconciled["not shown"],
        "not_read": sum(not source.read for source in sources),
        "not_fresh": sum(source.fresh == "no" for source in sources),
        "identified_by": latest and describe_identity(latest),
    }


def describe_identity(source: InputRecord) -> str:
    """Return by what an input can be recognised afterwards."""
    if source.identity.kind == "files":
        is_whole = all(file.sha256 for file in source.identity.files)
        return WHOLE_FILES if is_whole else FOOTERS
    return source.identity.kind


def _make_omissions(kind: str, runs: Sequence[PackedRun], scope: PackScope) -> Iterator[dict[str, Any]]:
    """Yield a line for each check that the policy leaves out, and each reason that it ever had."""
    rows: dict[tuple[str, str, str, str, str], dict[str, Any]] = {}
    for run in runs:
        omissions = run.record.excluded if kind == "excluded" else run.record.not_covered
        for omission in omissions:
            if not scope.has_table(omission.table):
                continue
            approved_by = getattr(omission, "approved_by", "")
            until = getattr(omission, "until", None)
            key = (omission.table, omission.type, omission.reason, approved_by, str(until or ""))
            row = rows.setdefault(
                key,
                {
                    "kind": kind, "table": omission.table, "check": omission.type, "reason": omission.reason,
                    "approved_by": approved_by, "until": until, "runs": 0,
                },
            )  # fmt: skip
            row["runs"] += 1
            row["latest_run"], row["latest_as_of"] = run.record.run_id, run.record.as_of
    yield from (rows[key] for key in sorted(rows))


def _make_references(runs: Sequence[PackedRun]) -> Iterator[dict[str, Any]]:
    tables = {source.table for run in runs for source in run.record.inputs if source.role == "reference"}
    for table in sorted(tables):
        reading = [run for run in runs if any(_is_reference(source, table) for source in run.record.inputs)]
        latest = reading[-1].record
        yield {
            "kind": "reference",
            "table": table,
            "runs": len(reading),
            "latest_run": latest.run_id,
            "latest_as_of": latest.as_of,
            **_describe_input(table, runs, "reference"),
        }


def _is_reference(source: InputRecord, table: str) -> bool:
    return (source.table, source.role) == (table, "reference")
