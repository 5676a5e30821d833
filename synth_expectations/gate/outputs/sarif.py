"""Results as SARIF 2.1.0, which GitHub's code scanning and Azure DevOps read."""

from __future__ import annotations

import inspect
import json
from typing import Any

from synth_expectations.gate.model import GateFinding, GateRun, Level, RecordPlace
from synth_expectations.gate.outputs.addresses import build_uri
from synth_expectations.gate.outputs.text import format_place
from synth_expectations.gate.rules.base import GateRule, all_rules
from synth_expectations.redaction import escape_invisible

MAX_RESULTS = 5_000
"""Results of a run that GitHub shows; it refuses a file with more than 25,000."""
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def format_sarif(run: GateRun, version: str) -> str:
    """Return the results of a run as SARIF.

    Args:
        run: the results.
        version: of this package.
    """
    rules = all_rules()
    index = {rule.id: number for number, rule in enumerate(rules)}
    ranked = sorted(run.findings, key=lambda finding: (not finding.counts, list(Level).index(finding.level)))
    document = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "synth-gate",
                        "semanticVersion": version,
                        "rules": [_describe_rule(rule) for rule in rules],
                    }
                },
                "automationDetails": {"id": "synth-gate/"},
                "properties": {"asOf": run.as_of.isoformat()},
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {"ROOT": {"description": {"text": "The root of the repository."}}},
                "results": [_describe_result(finding, index[finding.rule]) for finding in ranked[:MAX_RESULTS]],
                "invocations": [_describe_invocation(run, len(ranked) - MAX_RESULTS)],
            }
        ],
    }
    return json.dumps(document, indent=1, ensure_ascii=True) + "\n"


def _describe_rule(rule: GateRule) -> dict[str, Any]:
    doc = inspect.cleandoc(rule.__doc__ or "")
    first, _, rest = doc.partition("\n\n")
    markdown = f"{doc}\n\n**How to fix it.** {rule.fix}\n\n**Never found.** {rule.never}"
    return {
        "id": rule.id,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": first},
        "fullDescription": {"text": " ".join(rest.split()) or first},
        "help": {"text": f"{' '.join(doc.split())} {rule.fix}", "markdown": markdown},
        "defaultConfiguration": {"level": rule.level.value},
        "properties": {"tags": ["synthetic-data", "governance"]},
    }


def _describe_result(finding: GateFinding, index: int) -> dict[str, Any]:
    because = f" Bound for production: {finding.because}." if finding.because else ""
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": finding.level.value,
        "message": {"text": escape_invisible(f"{finding.message}{because}")},
        "locations": [_locate(finding.path, finding.records.places[0] if finding.records.places else None)],
        "partialFingerprints": {"synthGate/v1": finding.fingerprint},
        "occurrenceCount": max(1, finding.records.count),
    }
    if len(finding.records.places) > 1:
        result["relatedLocations"] = [
            {
                "id": number,
                "message": {"text": escape_invisible(format_place(place))},
                **_locate(finding.path, place),
            }
            for number, place in enumerate(finding.records.places)
        ]
    if finding.accepted is not None:
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": escape_invisible(finding.accepted)}
        ]
    if finding.is_known:
        result["baselineState"] = "unchanged"
    return result


def _locate(path: str, place: RecordPlace | None) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": build_uri(path), "uriBaseId": "ROOT"}}
    physical["region"] = {"startLine": place.line if place and place.line else 1}
    return {"physicalLocation": physical}


def _describe_invocation(run: GateRun, left_out: int) -> dict[str, Any]:
    messages: list[tuple[str, str, str | None]] = [
        (f"Not read: {file.path}: {file.describe()}", "error" if file.is_needed else "warning", file.path)
        for file in run.unread
    ]
    messages += [(f"{note.path}: {note.text}", "note", note.path) for note in run.notes]
    messages += [(problem, "error", None) for problem in run.problems]
    if left_out > 0:
        messages.append((f"{left_out:,} more results are left out.", "warning", None))
    return {
        "executionSuccessful": not run.problems and not any(file.is_needed for file in run.unread),
        "toolExecutionNotifications": [
            {
                "level": level,
                "message": {"text": escape_invisible(text)},
                **(
                    {
                        "locations": [
                            {"physicalLocation": {"artifactLocation": {"uri": build_uri(path), "uriBaseId": "ROOT"}}}
                        ]
                    }
                    if path
                    else {}
                ),
            }
            for text, level, path in messages[:MAX_RESULTS]
        ],
    }
