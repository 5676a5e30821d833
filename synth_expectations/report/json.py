"""A run as one JSON document: the same keys at every exit code."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any
from urllib.parse import unquote, urlsplit

from synth_expectations.errors import SynthError
from synth_expectations.report.model import EXIT_CODES, ExpectationReport, Quarantined, RunReport, TableReport
from synth_expectations.rules.verdict import Verdict

SCHEMA = 1
"""The version of the document: it grows when a key changes its meaning or goes."""


def to_json(run: RunReport) -> str:
    """The document of a run."""
    return json.dumps(document(run), indent=2, ensure_ascii=False, sort_keys=False)


def error_json(error: SynthError) -> str:
    """The document of a run that never began."""
    nothing = dict.fromkeys(Verdict, 0)
    return json.dumps(
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
            "notes": [],
            "runbook": None,
            "docs": None,
            "results": [],
            "quarantine": None,
            "next": [error.hint] if error.hint else [],
            "error": {"code": type(error).__name__, "message": error.message, "hint": error.hint,
                      "file": error.file, "line": error.line},
        },
        indent=2,
        ensure_ascii=False,
    )  # fmt: skip


def document(run: RunReport) -> dict[str, Any]:
    """The document of a run as plain data."""
    return {
        "schema": SCHEMA,
        "verdict": run.verdict.value,
        "exit_code": run.exit_code,
        "fail_on": run.fail_on,
        "message": run.message(),
        "run": {
            "id": run.id,
            "checkpoint": run.checkpoint,
            "started_at": _time(run.started_at),
            "finished_at": _time(run.finished_at),
            "as_of": _time(run.as_of),
            "as_of_from": run.as_of_from,
            "batch": run.batch,
            "versions": run.versions,
            "compiled_by": run.compiled_by,
            "policy": run.policy,
        },
        "counts": {
            "tables": {each.value: run.table_counts()[each] for each in Verdict},
            "expectations": {each.value: run.expectation_counts()[each] for each in Verdict},
            "queries": run.queries,
            "seconds": round(run.seconds, 3),
        },
        "tables": [_table(run, table) for table in run.tables],
        "excluded": [
            {"table": each.table, "type": each.type, "reason": each.reason, "approved_by": each.approved_by,
             "until": each.until, "expired": each.expired}
            for each in run.excluded
        ],
        "notes": list(run.notes),
        "runbook": run.runbook or None,
        "docs": {"url": run.docs_path, "path": _path(run.docs_path)} if run.docs_path else None,
        "results": list(run.results),
        "quarantine": {"directory": run.quarantine, "files": [each.file for each in run.quarantined],
                       "rows": sum(each.rows for each in run.quarantined)}
        if run.quarantine
        else None,
        "next": _next(run),
        "error": {"code": "NotEvaluated", "message": "; ".join(run.errors), "hint": "", "file": None, "line": None}
        if run.errors
        else None,
    }  # fmt: skip


def _path(url: str) -> str | None:
    parts = urlsplit(url)
    return unquote(parts.path) if parts.scheme == "file" else None


def _next(run: RunReport) -> list[str]:
    """What to do, each once."""
    return list(dict.fromkeys(each.next_step for table in run.tables for each in table.expectations if each.next_step))


def _table(run: RunReport, table: TableReport) -> dict[str, Any]:
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
        "scope": {
            "kind": "all_records" if table.unnarrowed else table.scope,
            "batch": table.batch if table.scope == "batch" else None,
        },
        "records": table.records,
        "quarantine": _quarantine(table.quarantined),
        "expectations": [_expectation(each) for each in table.expectations],
    }


def _quarantine(found: Quarantined | None) -> dict[str, Any] | None:
    return {"file": found.file or None, "rows": found.rows, "error": found.error or None} if found else None


def _expectation(each: ExpectationReport) -> dict[str, Any]:
    kept = ("parameters", "condition", "rules_sha256", "does_not_show", "as_of")
    return {
        "id": each.id,
        "type": each.type,
        "sentence": each.sentence,
        "severity": each.severity,
        "verdict": each.verdict.value,
        "element_count": each.element_count,
        "unexpected_count": each.unexpected_count,
        "unexpected_percent": each.unexpected_percent,
        "rules": [{"name": rule.name, "count": rule.count, "judged": rule.judged} for rule in each.rules],
        "sample": {"key": each.sample.key, "values": list(each.sample.values), "more": each.sample.more}
        if each.sample
        else None,
        **{name: each.details.get(name) for name in kept},
        "reference": _references(each),
        "controls": [asdict(control) for control in each.controls],
        "reason": each.reason or None,
        "error": each.error or None,
        "next": each.next_step or None,
    }


def _references(each: ExpectationReport) -> list[str]:
    """The tables that it looked records up in."""
    return list(each.details.get("references") or ())


def _time(moment: Any) -> str:
    return str(moment.isoformat(timespec="seconds")).replace("+00:00", "Z")
