"""A run as one JSON document: the same keys at every exit code."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from urllib.parse import unquote, urlsplit

from synth_expectations.errors import SynthError
from synth_expectations.redaction import format_json
from synth_expectations.report.expectation_report import ExpectationReport, RuleFinding
from synth_expectations.report.model import EXIT_CODES, Quarantined, RunReport, TableReport
from synth_expectations.report.requirement_evidence import RequirementEvidence
from synth_expectations.rules.verdict import Verdict

SCHEMA = 1
"""The version of the document: it grows when a key changes its meaning or goes."""


def to_json(run: RunReport) -> str:
    """Return a run as JSON text."""
    return format_json(run_to_document(run))


def error_to_json(error: SynthError) -> str:
    """Return a run that never began as JSON text."""
    nothing = dict.fromkeys(Verdict, 0)
    return format_json(
        {
            "schema": SCHEMA,
            "verdict": Verdict.ERRORED.value,
            "exit_code": EXIT_CODES[Verdict.ERRORED],
            "fail_on": None,
            "message": error.message,
            "run": None,
            "counts": {"tables": nothing, "expectations": nothing, "queries": 0, "seconds": 0.0},
            "tables": [],
            "excluded": [],
            "not_covered": [],
            "not_run": [],
            "requirements": [],
            "notes": [],
            "runbook": None,
            "docs": None,
            "results": [],
            "evidence": None,
            "quarantine": None,
            "next": [error.hint] if error.hint else [],
            "error": {"code": type(error).__name__, "message": error.message, "hint": error.hint,
                      "file": error.file, "line": error.line},
        }
    )  # fmt: skip


def run_to_document(run: RunReport) -> dict[str, Any]:
    """Return a run as plain data."""
    return {
        "schema": SCHEMA,
        "verdict": run.verdict.value,
        "exit_code": run.exit_code,
        "fail_on": run.fail_on,
        "message": run.format_message(),
        "run": {
            "id": run.id,
            "checkpoint": run.checkpoint,
            "started_at": _format_time(run.started_at),
            "finished_at": _format_time(run.finished_at),
            "as_of": _format_time(run.as_of),
            "as_of_from": run.as_of_from,
            "batch": run.batch,
            "selection": asdict(run.selection),
            "versions": run.versions,
            "compiled_by": run.compiled_by,
            "policy": {**run.policy, **run.standing.document()},
        },
        "counts": {
            "tables": {verdict.value: run.count_tables()[verdict] for verdict in Verdict},
            "expectations": {verdict.value: run.count_expectations()[verdict] for verdict in Verdict},
            "queries": run.queries,
            "seconds": round(run.seconds, 3),
        },
        "tables": [_to_table(run, table) for table in run.tables],
        "excluded": [
            {"table": exclusion.table, "type": exclusion.type, "reason": exclusion.reason, "approved_by": exclusion.approved_by,
             "until": exclusion.until, "expired": exclusion.expired, "narrowed": exclusion.narrowed or None}
            for exclusion in run.excluded
        ],
        "not_covered": [uncovered.document() for uncovered in run.not_covered],
        "not_run": [
            {"table": planned.table, "type": planned.type, "scope": planned.scope, "suite": planned.suite or None,
             "id": planned.expectation_id or None, "status": planned.status, "why": planned.why}
            for planned in run.planned
            if planned.status
        ],
        "requirements": [_to_requirement(requirement) for requirement in run.requirements],
        "notes": list(run.notes),
        "runbook": run.runbook or None,
        "docs": {"url": run.docs_path, "path": _to_path(run.docs_path)} if run.docs_path else None,
        "results": list(run.results),
        "evidence": asdict(run.entry) if run.entry else None,
        "quarantine": {"directory": run.quarantine, "files": [listing.file for listing in run.quarantined],
                       "rows": sum(listing.rows for listing in run.quarantined)}
        if run.quarantine
        else None,
        "next": _list_next_steps(run),
        "error": {"code": "NotEvaluated", "message": "; ".join(run.errors), "hint": "", "file": None, "line": None}
        if run.errors
        else None,
    }  # fmt: skip


def _to_requirement(requirement: RequirementEvidence) -> dict[str, Any]:
    return {
        **asdict(requirement),
        "counts": requirement.counts.document(),
        "shown": requirement.counts.format(),
    }


def _to_path(url: str) -> str | None:
    parts = urlsplit(url)
    return unquote(parts.path) if parts.scheme == "file" else None


def _list_next_steps(run: RunReport) -> list[str]:
    """Return the next steps, without duplicates."""
    steps = (expectation.next_step for table in run.tables for expectation in table.expectations)
    return list(dict.fromkeys(filter(None, steps)))


def _to_table(run: RunReport, table: TableReport) -> dict[str, Any]:
    return {
        "table": table.table,
        "suite": table.suite,
        "role": list(table.roles),
        "owner": table.owner,
        "data_source": table.data_source,
        "engine": table.engine,
        "where": table.where,
        "verdict": table.verdict(run.fail_on).value,
        "queries": table.queries,
        "query_seconds": round(table.query_seconds, 3),
        "seconds": round(table.seconds, 3),
        "error": table.error or None,
        "great_expectations": table.detour or None,
        "scope": {
            "kind": "all_records" if table.unnarrowed else table.scope,
            "batch": table.batch if table.scope == "batch" else None,
        },
        "records": table.records,
        "rows": asdict(table.rows) if table.rows else None,
        "rows_of_no_day": table.no_day.count if table.no_day else None,
        "quarantine": _to_quarantine(table.quarantined),
        "expectations": [_to_expectation(expectation) for expectation in table.expectations],
    }


def _to_quarantine(listing: Quarantined | None) -> dict[str, Any] | None:
    return {"file": listing.file or None, "rows": listing.rows, "error": listing.error or None} if listing else None


def _to_expectation(expectation: ExpectationReport) -> dict[str, Any]:
    kept = ("parameters", "condition", "rules_sha256", "does_not_show", "as_of")
    return {
        "id": expectation.id,
        "type": expectation.type,
        "sentence": expectation.sentence,
        "severity": expectation.severity,
        "verdict": expectation.verdict.value,
        "element_count": expectation.element_count,
        "unexpected_count": expectation.unexpected_count,
        "unexpected_percent": expectation.unexpected_percent,
        "shares": list(expectation.details.get("shares", ())),
        "rules": [
            {
                "name": rule.name,
                "count": rule.count,
                "judged": rule.judged,
                "finding": _to_finding(rule.finding) if rule.finding else None,
            }
            for rule in expectation.rules
        ],
        "sample": {
            "key": expectation.sample.key,
            "values": list(expectation.sample.values),
            "more": expectation.sample.more,
        }
        if expectation.sample
        else None,
        **{name: expectation.details.get(name) for name in kept},
        "reference": _list_references(expectation),
        "lookups": list(expectation.details.get("lookups", ())),
        "controls": [asdict(control) for control in expectation.controls],
        "reason": expectation.reason or None,
        "error": expectation.error or None,
        "next": expectation.next_step or None,
    }


def _to_finding(finding: RuleFinding) -> dict[str, Any]:
    return {
        **asdict(finding),
        "opened": finding.opened.isoformat(),
        "due": finding.due.isoformat() if finding.due else None,
        "since": _format_time(finding.since) if finding.since else None,
    }


def _list_references(expectation: ExpectationReport) -> list[str]:
    """Return the tables that the expectation looked records up in."""
    return list(expectation.details.get("references") or ())


def _format_time(timestamp: Any) -> str:
    return str(timestamp.isoformat(timespec="seconds")).replace("+00:00", "Z")
