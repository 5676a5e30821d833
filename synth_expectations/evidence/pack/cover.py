"""The cover of a pack: one page that says what was checked, found, excluded and not shown, and concludes nothing."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import jinja2
import markupsafe

from synth_expectations.controls.statuses import EvidenceCounts, EvidenceStatus
from synth_expectations.evidence.pack.manifest import PackManifest
from synth_expectations.evidence.pack.period_entries import PackedRun, PeriodEntries
from synth_expectations.evidence.pack.reservations import list_reservations
from synth_expectations.evidence.pack.tables.findings import FOUND
from synth_expectations.evidence.pack.tables.table import PackTable
from synth_expectations.redaction import escape_invisible

_TEMPLATES = Path(__file__).parent / "templates"
_LINES = 12
"""Lines of a table on the page; the others are in the CSV file."""


@dataclass(frozen=True)
class CoverTable:
    """A table of the cover; `more` says how many lines are left for the CSV file."""

    caption: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    more: str = ""


def render_cover(
    entries: PeriodEntries, manifest: PackManifest, tables: dict[str, PackTable], anchoring: str, *, is_signed: bool
) -> bytes:
    """Return cover.html: one file without a script, that loads nothing.

    Args:
        entries: of the pack.
        manifest: of the pack; of it, the files are not shown.
        tables: of the pack, by name.
        anchoring: up to which entry the ledger is anchored, as a sentence.
        is_signed: whether the pack comes with MANIFEST.dsse.json.
    """
    style = (_TEMPLATES / "cover.css").read_text(encoding="utf-8")
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: escape_invisible(value) if isinstance(value, str) and type(value) is str else value,
    )
    page = environment.get_template("cover.html.j2").render(
        manifest=manifest,
        style=markupsafe.Markup(style),  # noqa: S704 - a file of this package
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        head=entries.entries[-1],
        runs=_count_runs(entries),
        checks=_count_checks(tables["coverage"]),
        policies=_make_policies(entries.runs),
        inputs=_make_inputs(tables["coverage"]),
        findings=_make_findings(tables["findings"]),
        requirements=_make_requirements(tables["controls"]),
        left_out=_make_left_out(tables["coverage"]),
        reservations=list_reservations(entries, manifest, tables, is_signed=is_signed),
        anchoring=anchoring,
        is_signed=is_signed,
    )
    return (page.rstrip("\n") + "\n").encode("utf-8", "backslashreplace")


def _count_runs(entries: PeriodEntries) -> dict[str, Any]:
    days = sorted({run.record.started_at.date() for run in entries.runs})
    bounds = [entries.period.first - timedelta(days=1), *days, entries.period.last + timedelta(days=1)]
    gap, first, last = max(
        ((after - before).days - 1, before + timedelta(days=1), after - timedelta(days=1))
        for before, after in pairwise(bounds)
    )
    return {
        "started": len(entries.runs),
        "finished": sum(run.finished is not None for run in entries.runs),
        "aborted": sum(run.finished is None for run in entries.runs),
        "limited": sum(not all(check.selected for check in run.record.plan) for run in entries.runs),
        "verdicts": sorted(
            Counter(run.record.verdict.shown for run in entries.runs if run.finished and run.record.verdict).items()
        ),
        "days": (entries.period.last - entries.period.first).days + 1,
        "days_with_run": len(days),
        "gap": f"{gap} days, {first} to {last}" if gap > 0 else "none",
    }


def _count_checks(coverage: PackTable) -> dict[str, int]:
    planned = [row for row in coverage.rows if row["kind"] == "planned"]
    names = ("runs", "passed", "failed", "errored", "nothing_to_check", "not_selected", "aborted", "no_result")
    return {
        "checks": len(planned),
        "tables": len({row["table"] for row in planned}),
        **{name: sum(row[name] for row in planned) for name in names},
    }


def _make_policies(runs: Sequence[PackedRun]) -> CoverTable:
    counted: Counter[tuple[str, ...]] = Counter()
    for run in runs:
        policy = run.record.policy
        if policy is None:
            counted["no policy", "", "", "", "", ""] += 1
            continue
        entry = f"entry {policy.approval_entry}" if policy.approval_entry else "no entry"
        counted[
            policy.sha256[:12] + "…",
            policy.state,
            policy.approved_by or "nobody",
            str(policy.approved_on or ""),
            str(policy.valid_until or "not limited"),
            f"{entry}, {'signed' if policy.signed else 'asserted, not signed'}",
        ] += 1
    columns = ("Policy", "At the start of the runs", "Approved by", "On", "Valid until", "On record", "Runs")
    return CoverTable("Policies", columns, [(*key, count) for key, count in counted.items()])


def _make_inputs(coverage: PackTable) -> CoverTable:
    rows: dict[str, tuple[Any, ...]] = {}
    for row in coverage.rows:
        if row["kind"] == "planned":
            rows[row["table"]] = (
                row["table"],
                _format_count(row["rows_latest"]),
                _format_count(row["source_rows_latest"]),
                row["reconciled"],
                row["not_reconciled"],
                row["reconciliation_not_shown"],
                row["not_read"],
                row["not_fresh"],
                row["identified_by"] or "",
            )
    columns = (
        "Table", "Rows read", "Rows of its source", "Runs: equal", "not equal", "not shown", "not read", "too old",
        "Recognised by",
    )  # fmt: skip
    ordered = sorted(rows.values(), key=lambda row: not any(row[4:8]))  # what is open comes first
    more = f"and {len(ordered) - _LINES} more, in coverage.csv" if len(ordered) > _LINES else ""
    caption = "Extract against source; numbers of rows are of the latest run"
    return CoverTable(caption, columns, ordered[:_LINES], more)


def _make_findings(findings: PackTable) -> CoverTable:
    counted = [row for row in findings.rows if row["counted_in_period"]]
    counted.sort(key=lambda row: (row["state"] != FOUND, -row["count_latest"], -row["count_max"]))
    earlier = [row for row in findings.rows if not row["counted_in_period"]]
    rows = [
        (
            row["table"],
            row["rule"] or row["check"],
            row["first_run"] if row["counted_in_period"] else "before this period",
            f"{row['runs_with_violations']} of {row['runs_evaluated']}" if row["counted_in_period"] else "none",
            _format_count(row["count_max"] if row["counted_in_period"] else row["records"]),
            f"{_format_count(row['count_latest'])} in {row['latest_run']}"
            if row["counted_in_period"]
            else "not counted",
            _describe_outcome(row),
            row["owner"] or "nobody named",
        )
        for row in [*counted, *earlier][:_LINES]
    ]
    columns = (
        *("Table", "Rule", "First found in this period", "Runs that found it", "Most", "Latest"),
        *("Status", "Owner"),
    )
    others = len(counted) + len(earlier) - _LINES
    return CoverTable("Findings: numbers are records", columns, rows, f"and {others} more" if others > 0 else "")


def _describe_outcome(row: Mapping[str, Any]) -> str:
    """Return what became of a finding, who decided it, and whether it should have been fixed by now."""
    if not row.get("status"):
        return "only reported"
    decided = f" by {row['decided_by']}" if row["decision"] and not row["closed_by_run"] else ""
    until = f" until {row['decided_until']}" if decided and row["decided_until"] else ""
    overdue = f", overdue since {row['due']}" if row["is_overdue"] else ""
    unchecked = "" if row["is_checked"] or row["closed_by_run"] else ", no longer checked"
    return f"{row['status']}{decided}{until}{overdue}{unchecked}"


def _make_requirements(controls: PackTable) -> CoverTable:
    statuses: dict[str, list[EvidenceStatus]] = {}
    requirements: dict[str, set[str]] = {}
    contrary: dict[str, set[str]] = {}
    unweighed: Counter[str] = Counter()
    for row in controls.rows:
        regulation = row["regulation"]
        named = _to_list(row["status_latest"])
        unweighed[regulation] += not named
        statuses.setdefault(regulation, []).extend(map(EvidenceStatus, named))
        requirements.setdefault(regulation, set()).add(row["requirement"])
        if row.get("contrary"):
            contrary.setdefault(regulation, set()).add(row["requirement"])
    rows = [
        (
            regulation,
            len(requirements[regulation]),
            len(contrary.get(regulation, ())),
            EvidenceCounts.of(counted).format()
            + (f"; {unweighed[regulation]} that the run did not weigh" if unweighed[regulation] else ""),
        )
        for regulation, counted in statuses.items()
    ]
    columns = (
        "Regulation",
        "Requirements",
        "With a contrary check in the period",
        "Latest status of each check and table",
    )
    return CoverTable("Requirements", columns, rows)


def _make_left_out(coverage: PackTable) -> CoverTable:
    rows = list(_list_left_out(coverage))
    more = f"and {len(rows) - _LINES} more" if len(rows) > _LINES else ""
    return CoverTable("Left out", ("Table", "Check", "Why", "Approved by", "Until"), rows[:_LINES], more)


def _list_left_out(coverage: PackTable) -> Iterator[tuple[Any, ...]]:
    for row in coverage.rows:
        reasons = [reason for reason in _to_list(row.get("reason")) if reason.startswith("narrowed by ")]
        if row["kind"] in {"excluded", "not covered"}:
            why = f"{row['kind']}: {row['reason']}"
            if row["kind"] == "not covered":
                yield row["table"], row["check"], why, "", ""
                continue
        elif reasons:
            why = reasons[0]
        else:
            continue
        yield row["table"], row["check"], why, row.get("approved_by") or "nobody", row.get("until") or "not limited"


def _to_list(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []


def _format_count(count: int | None) -> str:
    return "not known" if count is None else f"{count:,}"
