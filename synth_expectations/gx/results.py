"""What an expectation leaves behind: numbers, counts by rule, sample keys, and all it takes to check them again."""

from __future__ import annotations

from typing import Any

import synth_expectations
from synth_expectations.engine.result import CheckResult
from synth_expectations.errors import SynthError
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.rules.model import SchemaCheck
from synth_expectations.rules.verdict import Verdict

SAMPLE = 20
"""How many record keys a result shows in all."""


def result_of(governed: SyntheticDataExpectation, outcome: CheckResult | None) -> dict[str, Any]:
    """The result as Great Expectations keeps it.

    Args:
        governed: the expectation with its arguments.
        outcome: what the plan found; None where its arguments leave nothing to ask.

    Raises:
        SynthError: it could not be evaluated.
    """
    reason = governed.nothing_to_check()
    if reason is None and outcome is not None:
        if outcome.error is not None:
            raise type(outcome.error)(outcome.error.message, outcome.error.hint)
        if outcome.records == 0:
            reason = "The population has no records."
    if reason and governed.require_records:
        raise SynthError(f"There is nothing to check: {reason}", "require_records asks for at least one record.")
    if reason or outcome is None:
        return _result(governed, Verdict.NOTHING_TO_CHECK, outcome or CheckResult(), reason)
    held = (outcome.records - outcome.violating) / outcome.records
    verdict = Verdict.PASSED if held >= governed.mostly else Verdict.FAILED
    return _result(governed, verdict, outcome, None)


def _result(
    governed: SyntheticDataExpectation, verdict: Verdict, outcome: CheckResult, reason: str | None
) -> dict[str, Any]:
    details: dict[str, Any] = {
        "verdict": verdict.value,
        "sentence": governed.sentence(),
        "rules": _rules(governed, outcome),
        "parameters": governed.effective(),
        "rules_sha256": governed.rules_sha256(),
        "does_not_show": governed.does_not_show(),
        "references": governed.references(),
        "version": synth_expectations.__version__,
    }
    if isinstance(governed.check, SchemaCheck):
        details["of"] = "columns"  # what is counted; records where nothing is said
    if reason:
        details["reason"] = reason
    if outcome.sql:
        details["condition"] = {"dialect": outcome.dialect, "sql": outcome.sql}
        if outcome.query:
            details["condition"]["query"] = outcome.query  # says what the names of lookups stand for
    if outcome.figures:
        details["figures"] = outcome.figures
    if outcome.census:
        details["census"] = outcome.census
    if governed.judges_time() and outcome.as_of:
        details["as_of"] = outcome.as_of.isoformat().replace("+00:00", "Z")
    if outcome.violating:
        details["sample"] = _sample(governed, outcome)
    percent = 100 * outcome.violating / outcome.records if outcome.records else None
    return {
        "success": verdict is not Verdict.FAILED,
        "result": {
            "element_count": outcome.records,
            "unexpected_count": outcome.violating,
            "unexpected_percent": percent,
            "details": details,
        },
    }


def _rules(governed: SyntheticDataExpectation, outcome: CheckResult) -> list[dict[str, Any]]:
    if not outcome.violations:
        return []
    counted = zip(governed.check.all_rules, outcome.violations, strict=True)
    return [{"name": rule.name, "count": count, "judged": rule.judged} for rule, count in counted]


def _sample(governed: SyntheticDataExpectation, outcome: CheckResult) -> dict[str, Any]:
    """Record keys as they are, or names of columns; values of other columns never leave the engine."""
    by_rule = outcome.keys_by_rule
    keys = sorted({key for each in by_rule.values() for key in each})[:SAMPLE]
    return {
        "key": "column" if isinstance(governed.check, SchemaCheck) else governed.record_key,
        "values": keys,
        "more": max(outcome.violating - len(keys), 0),
        "by_rule": by_rule,
    }
