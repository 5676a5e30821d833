"""The table of controls: a line for each requirement, check and table, with the evidence statuses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from synth_expectations.controls.coverage import NOT_PLANNED, Applies
from synth_expectations.controls.model import Mapping, Regulation, Requirement
from synth_expectations.controls.statuses import EvidenceStatus
from synth_expectations.evidence.pack.period_entries import PeriodEntries
from synth_expectations.evidence.pack.scope import PackScope
from synth_expectations.evidence.pack.tables.planned_check import CheckHistory, PlannedResult
from synth_expectations.evidence.pack.tables.table import PackTable, list_columns
from synth_expectations.evidence.records.results import EvidenceRecord

STATUSES = tuple(status.value for status in EvidenceStatus)
_COLUMNS = list_columns(
    ("regulation", "the id of the regulation; its file is in controls/"),
    ("requirement", "the article, section or action, as the source names it"),
    ("title", "of the requirement"),
    ("in_force", "whether it was in force on the day of the latest run"),
    ("source_checked", "how the paraphrase in controls/ was checked against the source, and when"),
    ("strength", "how much the check shows: direct, partial or supporting"),
    ("check", "the type of the expectation; empty where a person must judge"),
    ("table", "the table; empty where no run planned the check on one"),
    ("scope", "whether a batch of the table is checked, or all of it"),
    ("expectation_id", "its id in the suite"),
    ("status_latest", "what the latest run of the period that planned it says"),
    ("why_latest", "the reasons for the status"),
    ("latest_run", "that run"),
    ("latest_as_of", "the time for which that run evaluated"),
    ("status_latest_result", "what the latest run with a result of it says"),
    ("latest_result_run", "that run"),
    ("runs", "runs of the period that planned it; the statuses below count them"),
    *((status.value.replace(" ", "_"), f"runs that say: {status.value}") for status in EvidenceStatus),
    ("because", "why the check is evidence"),
    ("does_not_show", "what of the requirement stays open when the check finds nothing"),
    ("needs", "what the parameters of the check must be for a run to count"),
)


def make_controls_table(
    regulations: Sequence[Regulation],
    histories: Sequence[CheckHistory],
    entries: PeriodEntries,
    scope: PackScope,
) -> PackTable:
    """Return the table of controls, in the order of the regulations' files."""
    day, runs = entries.day, entries.runs
    excluded = Counter(
        (exclusion.type, exclusion.table, exclusion.reason)
        for run in runs
        for exclusion in run.record.excluded
        if scope.has_table(exclusion.table)
    )
    rows: list[dict[str, Any]] = []
    mapped: set[tuple[str, str, str]] = set()
    for regulation in regulations:
        for requirement in regulation.requirements:
            shared = _describe_requirement(regulation, requirement, day)
            if not requirement.mappings:
                rows.append({**shared, **_make_manual(requirement)})
            for mapping in requirement.mappings or ():
                mapped.add((regulation.id, requirement.id, mapping.expectation))
                described = {**shared, **_describe_mapping(regulation, mapping)}
                lines = list(_make_lines(mapping.expectation, regulation.id, requirement.id, histories, excluded))
                rows.extend({**described, **line} for line in lines)
    known = {
        (regulation.id, requirement.id): _describe_requirement(regulation, requirement, day)
        for regulation in regulations
        for requirement in regulation.requirements
    }
    rows += [
        {**known.get((row["regulation"], row["requirement"]), {}), **row}
        for row in _make_unmapped(mapped, histories, scope)
    ]
    about = "A line for each requirement, check and table. Only supports, supports in part, contrary and manual done "
    return PackTable("controls", about + "may be counted as evidence.", _COLUMNS, rows)


def _describe_requirement(regulation: Regulation, requirement: Requirement, day: date) -> dict[str, Any]:
    applies = Applies.YES
    if day < requirement.applies_from:
        applies = Applies.NOT_YET
    elif requirement.until and day > requirement.until:
        applies = Applies.NO_LONGER
    return {
        "regulation": regulation.id,
        "requirement": requirement.id,
        "title": requirement.title,
        "in_force": {Applies.YES: "yes", Applies.NOT_YET: "not yet", Applies.NO_LONGER: "no longer"}[applies],
        "source_checked": requirement.sure + (f", {requirement.read_on}" if requirement.read_on else ""),
    }


def _describe_mapping(regulation: Regulation, mapping: Mapping) -> dict[str, Any]:
    return {
        "strength": mapping.strength,
        "check": mapping.expectation,
        "because": mapping.because,
        "does_not_show": mapping.does_not_show,
        "needs": [f"{name} {limit.describe()}" for name, limit in regulation.find_limits(mapping).items()],
    }


def _make_manual(requirement: Requirement) -> dict[str, Any]:
    return {
        "status_latest": EvidenceStatus.MANUAL_OPEN.value,
        "why_latest": requirement.manual,
        "runs": 0,
        "manual_open": 1,
    }


def _make_lines(
    expectation: str,
    regulation: str,
    requirement: str,
    histories: Sequence[CheckHistory],
    excluded: Counter[tuple[str, str, str]],
) -> Iterator[dict[str, Any]]:
    planned = [history for history in histories if history.type == expectation]
    for history in planned:
        yield _make_line(history, regulation, requirement)
    left_out = sorted(key for key in excluded if key[0] == expectation)
    for _, table, reason in left_out:
        if all(history.table != table for history in planned):
            status = EvidenceStatus.EXCLUDED.value
            runs = excluded[expectation, table, reason]
            yield {"table": table, "status_latest": status, "why_latest": reason, "runs": runs, status: runs}
    if not planned and not left_out:
        yield {"status_latest": EvidenceStatus.NOT_RUN.value, "why_latest": NOT_PLANNED, "runs": 0, "not_run": 1}


def _make_line(history: CheckHistory, regulation: str, requirement: str) -> dict[str, Any]:
    counts: Counter[str] = Counter()
    for planned in history.results:
        counts.update(status.value for status, _ in _weigh(planned, regulation, requirement))
    latest = history.results[-1]
    evaluated = next((planned for planned in reversed(history.results) if planned.result), None)
    weighed = _weigh(latest, regulation, requirement)
    return {
        "table": history.table,
        "scope": history.scope,
        "expectation_id": history.expectation_id,
        "status_latest": [status.value for status, _ in weighed],
        "why_latest": [reason for _, why in weighed for reason in why] if weighed else "the run did not weigh it",
        "latest_run": latest.run.record.run_id,
        "latest_as_of": latest.run.record.as_of,
        "status_latest_result": [status.value for status, _ in _weigh(evaluated, regulation, requirement)]
        if evaluated
        else "",
        "latest_result_run": evaluated and evaluated.run.record.run_id,
        "runs": len(history.results),
        **{status.replace(" ", "_"): counts[status] for status in STATUSES},
    }


def _weigh(planned: PlannedResult, regulation: str, requirement: str) -> list[tuple[EvidenceStatus, tuple[str, ...]]]:
    """Return what a run says of a requirement by a check: statuses with reasons; none if it was not mapped at the time."""
    if planned.result is None:
        return [(planned.status, (planned.why_missing,))]
    return [
        (evidence.status, evidence.why)
        for evidence in planned.result.evidence
        if (evidence.regulation, evidence.requirement) == (regulation, requirement)
    ]


def _make_unmapped(
    mapped: set[tuple[str, str, str]], histories: Sequence[CheckHistory], scope: PackScope
) -> Iterator[dict[str, Any]]:
    """Yield lines for evidence that runs recorded, and whose mapping the files of controls no longer have."""
    for history in histories:
        evidence: dict[tuple[str, str], EvidenceRecord] = {}
        for result in history.evaluated:
            for named in result.evidence:
                key = (named.regulation, named.requirement)
                if (*key, history.type) not in mapped and scope.has_regulation(named.regulation):
                    evidence[key] = named
        for (regulation, requirement), named in sorted(evidence.items()):
            yield {
                "regulation": regulation,
                "requirement": requirement,
                "strength": named.strength,
                "check": history.type,
                "because": "Mapped when the runs were made; the file of controls in this pack does not map it.",
                **_make_line(history, regulation, requirement),
            }
