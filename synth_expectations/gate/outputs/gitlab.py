"""Results as a code quality report of GitLab: a list of issues, each with a fingerprint of its own."""

from __future__ import annotations

import json

from synth_expectations.gate.model import GateRun, Level
from synth_expectations.gate.outputs.addresses import show_path
from synth_expectations.redaction import escape_invisible

_SEVERITY = {Level.ERROR: "critical", Level.WARNING: "minor", Level.NOTE: "info"}


def format_gitlab(run: GateRun) -> str:
    """Return the results that count, files that were not read, and problems, as a code quality report.

    A report has no place for accepted results, so they are left out; GitLab itself compares it with that of the target.
    """
    issues = []
    for finding in run.counted():
        because = f" Bound for production: {finding.because}." if finding.because else ""
        places = finding.records.places
        issues.append(
            {
                "description": escape_invisible(f"{finding.message}{because}"),
                "check_name": finding.rule,
                "fingerprint": finding.fingerprint,
                "severity": _SEVERITY[finding.level],
                "location": {
                    "path": show_path(finding.path),
                    "lines": {"begin": (places[0].line if places else None) or 1},
                },
            }
        )
    for file in run.unread:
        issues.append(
            {
                "description": escape_invisible(f"Not read: {file.describe()}"),
                "check_name": "not-read",
                "fingerprint": f"not-read:{show_path(file.path)}",
                "severity": "blocker" if file.is_needed else "info",
                "location": {"path": show_path(file.path), "lines": {"begin": 1}},
            }
        )
    for number, problem in enumerate(run.problems):
        issues.append(
            {
                "description": escape_invisible(problem),
                "check_name": "errored",
                "fingerprint": f"errored:{number}",
                "severity": "blocker",
                "location": {"path": "policy.yml", "lines": {"begin": 1}},
            }
        )
    return json.dumps(issues, indent=1, ensure_ascii=True) + "\n"
