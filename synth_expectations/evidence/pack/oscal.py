"""The results of a pack as an OSCAL document: assessment results of version 1.1.3 (NIST)."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from synth_expectations import __version__
from synth_expectations.controls.statuses import EvidenceStatus
from synth_expectations.evidence.pack.period_entries import PeriodEntries
from synth_expectations.evidence.pack.tables.planned_check import CheckHistory
from synth_expectations.evidence.pack.tables.table import PackTable
from synth_expectations.redaction import escape_invisible

_NAMESPACE = "https://synth-expectations.invalid/ns/oscal"
"""Of our properties; OSCAL asks for an address, and it needs none that answers."""
_ID = uuid.UUID("6f1c1f0e-5a0f-5d0e-9a4b-3d0d7a5e8c11")
"""Of the names from which ids are made, with the head of the ledger."""
_NO_PLAN = (
    "There is no assessment plan. What was planned is the policy, in policy/, and the plan in the record of each run, in "
    "objects/."
)


class OscalDocument:
    """Assessment results of a period.

    Args:
        entries: of the pack.
        histories: the checks of its runs.
        controls: the table of controls.
    """

    def __init__(self, entries: PeriodEntries, histories: Sequence[CheckHistory], controls: PackTable) -> None:
        self.entries = entries
        self.histories = histories
        self.controls = controls

    def build(self) -> dict[str, Any]:
        """Return the document; a finding says not-satisfied where a check is contrary, and nothing says satisfied."""
        entries = self.entries
        findings = list(self._find_contrary())
        policies = {run.record.policy.sha256 for run in entries.runs if run.record.policy}
        links = [{"href": f"../policy/{digest}.yml"} for digest in sorted(policies)]
        components = [self._make_component(table) for table in sorted({history.table for history in self.histories})]
        observations = [self._make_observation(history) for history in self.histories]
        result = {
            "uuid": self._make_id("result"),
            "title": f"Checks of synthetic records, {entries.period.first} to {entries.period.last}",
            "description": (
                "Observations of automatic checks of data. They conclude nothing: what a check does not show is in "
                "tables/controls.csv."
            ),
            **self._find_span(),
            **({"local-definitions": {"components": components}} if components else {}),
            "reviewed-controls": {"control-selections": [{"include-all": {}}], "remarks": "See tables/controls.csv."},
            **({"observations": observations} if observations else {}),
            **({"findings": findings} if findings else {}),
        }
        return {
            "assessment-results": {
                "uuid": self._make_id("document"),
                "metadata": {
                    "title": f"Assessment results of project {entries.project_uuid}",
                    "last-modified": _format_time(entries.entries[-1].header.at),
                    "version": f"entry {entries.head.seq}",
                    "oscal-version": "1.1.3",
                    "props": [_make_property("made-by", f"synth_expectations {__version__}")],
                },
                "import-ap": {"href": f"#{self._make_id('plan')}", "remarks": _NO_PLAN},
                "results": [result],
                "back-matter": {
                    "resources": [
                        {
                            "uuid": self._make_id("plan"),
                            "title": "No assessment plan",
                            "description": _NO_PLAN,
                            **({"rlinks": links} if links else {}),
                        }
                    ]
                },
            }
        }

    def _find_span(self) -> dict[str, str]:
        """Return from when to when runs took place; without a run, the days of the period."""
        runs, period = self.entries.runs, self.entries.period
        if not runs:
            return {"start": _format_time(period.start), "end": _format_time(period.end)}
        first, last = runs[0].record, runs[-1].record
        return {"start": _format_time(first.started_at), "end": _format_time(last.finished_at or last.started_at)}

    def _make_id(self, *names: str) -> str:
        return str(uuid.uuid5(_ID, "\n".join((self.entries.head.digest, *names))))

    def _make_component(self, table: str) -> dict[str, Any]:
        return {
            "uuid": self._make_id("table", table),
            "type": "software",
            "title": _to_line(table),
            "description": f"The table {_to_line(table)} of the policy.",
            "status": {"state": "operational"},
        }

    def _make_observation(self, history: CheckHistory) -> dict[str, Any]:
        """Return what the runs of the period say of a check on a table."""
        latest = next((planned for planned in reversed(history.results) if planned.result), history.results[-1])
        record, result = latest.run.record, latest.result
        counts = {
            "runs-planned": len(history.results),
            "runs-evaluated": len(history.evaluated),
            **({"population": result.population, "broken": result.broken} if result else {}),
        }
        verdict = result.verdict.value.replace("_", "-") if result else latest.status.value.replace(" ", "-")
        return {
            "uuid": self._make_id("observation", history.table, history.scope, history.type, history.expectation_id),
            "title": _to_line(f"{history.type} on {history.table}"),
            "description": _to_line(result.sentence if result else latest.why_missing),
            "props": [
                _make_property("verdict", verdict),
                _make_property("run", record.run_id),
                _make_property("expectation-id", history.expectation_id),
                *(_make_property(name, str(count)) for name, count in counts.items() if count is not None),
            ],
            "methods": ["TEST"],
            "types": ["finding"],
            "subjects": [{"subject-uuid": self._make_id("table", history.table), "type": "component"}],
            "relevant-evidence": [
                {
                    "href": f"../objects/{latest.run.record_sha256}",
                    "description": f"The record of run {record.run_id}.",
                }
            ],
            "collected": _format_time(record.finished_at or record.started_at),
        }

    def _find_contrary(self) -> Iterable[dict[str, Any]]:
        """Yield a finding for each requirement of which a check was contrary in the period."""
        contrary: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
        for row in self.controls.rows:
            if row.get(EvidenceStatus.CONTRARY.value):
                contrary.setdefault((row["regulation"], row["requirement"]), []).append(row)
        for (regulation, requirement), rows in contrary.items():
            lines = (
                f"{row['check']} on {row['table']}: contrary in {row['contrary']} of {row['runs']} runs" for row in rows
            )
            described = "; ".join(map(_to_line, lines))
            yield {
                "uuid": self._make_id("finding", regulation, requirement),
                "title": _to_line(f"{regulation} {requirement}"),
                "description": f"Checks found violations in the period: {described}.",
                "target": {
                    "type": "objective-id",
                    "target-id": make_token(f"{regulation}_{requirement}"),
                    "description": _to_line(str(rows[0].get("title") or requirement)),
                    "status": {
                        "state": "not-satisfied",
                        "remarks": "A check is contrary. Whether the requirement is met is for a person to conclude.",
                    },
                },
                "related-observations": [
                    {
                        "observation-uuid": self._make_id(
                            "observation", row["table"], row["scope"], row["check"], row["expectation_id"]
                        )
                    }
                    for row in rows
                ],
            }


def make_token(text: str) -> str:
    """Return text as a token of OSCAL: letters, digits, dots, hyphens and underscores, with a letter first."""
    token = re.sub(r"[^\w.]+", "-", text).strip("-.")
    return token if re.match(r"[^\W\d]", token) else f"_{token}"


def _make_property(name: str, value: str) -> dict[str, str]:
    return {"name": name, "ns": _NAMESPACE, "value": _to_line(value)}


def _to_line(text: str) -> str:
    """Return text as OSCAL's strings are: one line, neither empty nor with white space at its ends."""
    return escape_invisible(text).strip() or "-"


def _format_time(time: datetime) -> str:
    return f"{time.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
