"""The table of findings: a line for each rule that records broke in the period."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from synth_expectations.evidence.pack.scope import PackScope
from synth_expectations.evidence.pack.tables.followed_findings import FOLLOWED_COLUMNS, FollowedTable
from synth_expectations.evidence.pack.tables.planned_check import CheckHistory, PlannedResult
from synth_expectations.evidence.pack.tables.table import PackTable, list_columns
from synth_expectations.evidence.records.results import ResultRecord
from synth_expectations.rules.verdict import Verdict

_COLUMNS = list_columns(
    ("table", "where it was found"),
    ("scope", "whether a batch of the table was checked, or all of it"),
    ("check", "the type of the expectation"),
    ("expectation_id", "its id in the suite"),
    ("rule", "the rule that records broke; empty if the check knows no rules"),
    ("judged", "whether violations of the rule fail the check, or are only reported"),
    ("severity", "of the expectation"),
    ("owner", "who answers for the table; empty if the policy does not say"),
    ("state", "whether the latest run that evaluated the check still found it"),
    ("first_run", "the first run of the period that found it"),
    ("first_as_of", "the time for which that run evaluated"),
    ("last_run", "the last run of the period that found it"),
    ("last_as_of", "the time for which that run evaluated"),
    ("runs_evaluated", "runs of the period that evaluated the check without an error"),
    ("runs_with_violations", "of these, runs that found it"),
    ("count_first", "records that broke the rule at first"),
    ("count_max", "the most"),
    ("count_latest", "in the latest run that evaluated the check"),
    ("population_latest", "records that the check was about in that run"),
    ("latest_run", "the latest run that evaluated the check"),
    ("latest_as_of", "the time for which that run evaluated"),
    ("runs_since", "later runs of the period that planned the check and did not evaluate it"),
    ("sentence", "what the check expects"),
    ("requirements", "the requirements to which it is mapped"),
    ("result_sha256", "the result of the last run that found it, in objects/ or pseudonymised/"),
)
FOUND, NOT_FOUND = "found in the latest evaluation", "not found in the latest evaluation"


def make_findings_table(histories: list[CheckHistory], scope: PackScope, followed: FollowedTable) -> PackTable:
    """Return the table of findings: those of the period in order of table, check and rule, then those from before.

    Args:
        histories: of the checks in the period.
        scope: of the pack.
        followed: what the whole ledger knows of findings.
    """
    rows = [
        {**row, **followed.describe(row["table"], row["scope"], row["expectation_id"], row["rule"])}
        for history in histories
        for row in _make_rows(history, scope)
    ]
    about = (
        "A line for each rule that records broke in a run of the period, and for each finding that is open from before."
    )
    return PackTable("findings", about, (*_COLUMNS, *FOLLOWED_COLUMNS), [*rows, *followed.list_others(scope)])


def _make_rows(history: CheckHistory, scope: PackScope) -> Iterator[dict[str, Any]]:
    evaluated = [
        planned
        for planned in history.results
        if planned.result and planned.result.verdict is not Verdict.ERRORED and scope.has_result(planned.result)
    ]
    counts: dict[str, list[tuple[PlannedResult, int]]] = {}
    for planned in evaluated:
        if planned.result:
            for rule, count in count_violations(planned.result).items():
                counts.setdefault(rule, []).append((planned, count))
    for rule in sorted(counts):
        if any(count for _, count in counts[rule]):
            yield _make_row(history, rule, counts[rule])


def count_violations(result: ResultRecord) -> dict[str, int]:
    """Return how many records break each rule; for a check that knows no rules, all of them, under an empty name."""
    if result.rules:
        return {rule.name: rule.count for rule in result.rules}
    return {"": (result.broken or 1) if result.verdict is Verdict.FAILED else result.broken or 0}


def _make_row(history: CheckHistory, rule: str, counts: list[tuple[PlannedResult, int]]) -> dict[str, Any]:
    found = [(planned, count) for planned, count in counts if count]
    (first, count_first), (last, _), (latest, count_latest) = found[0], found[-1], counts[-1]
    assert last.result and latest.result
    record = latest.run.record
    tables = [table for table in record.tables if (table.table, table.scope) == (history.table, history.scope)]
    judged = [named.judged for named in last.result.rules if named.name == rule]
    return {
        "table": history.table,
        "scope": history.scope,
        "check": history.type,
        "expectation_id": history.expectation_id,
        "rule": rule,
        "judged": judged[0] if judged else True,
        "severity": last.result.severity,
        "owner": tables[0].owner if tables else "",
        "state": FOUND if count_latest else NOT_FOUND,
        "first_run": first.run.record.run_id,
        "first_as_of": first.run.record.as_of,
        "last_run": last.run.record.run_id,
        "last_as_of": last.run.record.as_of,
        "runs_evaluated": len(counts),
        "runs_with_violations": len(found),
        "count_first": count_first,
        "count_max": max(count for _, count in counts),
        "count_latest": count_latest,
        "population_latest": latest.result.population,
        "latest_run": record.run_id,
        "latest_as_of": record.as_of,
        "runs_since": len(history.results) - 1 - history.results.index(latest),
        "sentence": last.result.sentence,
        "requirements": sorted({f"{evidence.regulation} {evidence.requirement}" for evidence in last.result.evidence}),
        "result_sha256": last.result.result_sha256,
    }
