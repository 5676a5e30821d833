"""Results as one JSON document."""

from __future__ import annotations

import json
from typing import Any

from synth_expectations.gate.model import GateFinding, GateRun, Level
from synth_expectations.gate.outputs.addresses import show_path
from synth_expectations.redaction import escape_invisible


def format_document(run: GateRun, fail_on: Level) -> str:
    """Return the results of a run as JSON, each with the fingerprints that a baseline holds."""
    document = {
        "version": 1,
        "as_of": run.as_of.isoformat(),
        "exit_code": run.exit_code(fail_on),
        "files": run.files,
        "records": run.records,
        "results": [_describe(finding) for finding in run.findings],
        "not_read": [
            {
                "path": show_path(file.path),
                "reason": file.reason,
                "bound_for_production": file.bound or None,
                "decides_what_is_bound": file.decides,
            }
            for file in run.unread
        ],
        "notes": [{"path": show_path(note.path), "text": escape_invisible(note.text)} for note in run.notes],
        "errored": [escape_invisible(problem) for problem in run.problems],
    }
    return json.dumps(document, indent=2, ensure_ascii=True) + "\n"


def _describe(finding: GateFinding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "level": finding.level.value,
        "path": show_path(finding.path),
        "message": escape_invisible(finding.message),
        "bound_for_production": escape_invisible(finding.because) or None,
        "count": finding.records.count,
        "of": finding.total,
        "fingerprint": finding.fingerprint,
        "accepted": finding.accepted,
        "in_baseline": finding.is_known,
        "records": [
            {
                "object": escape_invisible(place.object),
                "reference": escape_invisible(place.reference),
                "line": place.line,
            }
            for place in finding.records.places
        ],
    }
