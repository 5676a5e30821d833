"""What Great Expectations stores of a check: the numbers, the counts by rule, sample keys, and how to check them again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

import synth_expectations
from synth_expectations.engine.result import CheckResult
from synth_expectations.errors import SynthError
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.redaction import format_crash
from synth_expectations.rules.model import SchemaCheck
from synth_expectations.rules.verdict import Verdict

SAMPLE = 20
"""How many record keys a result shows in all."""


def evaluate(
    make: Callable[[], SyntheticDataExpectation],
    read_result: Callable[[SyntheticDataExpectation], CheckResult | None],
) -> dict[str, Any]:
    """Return what Great Expectations stores of an expectation: `success` and `result`.

    Args:
        make: gives the expectation with its arguments.
        read_result: gives what the plan of the batch counted for it; None if the plan did not count it.

    Raises:
        SynthError: it could not be evaluated, whatever was wrong.
    """
    try:
        expectation = make()
        return _judge(expectation, read_result(expectation) or _uncounted(expectation))
    except SynthError:
        raise
    except Exception as error:  # noqa: BLE001 - a rule may be anyone's
        raise SynthError(f"It could not be evaluated: {format_crash(error)}.", "This is a bug: report it.") from None


def _judge(expectation: SyntheticDataExpectation, result: CheckResult) -> dict[str, Any]:
    if error := result.error or expectation.explain_unaccounted(result.census):
        raise type(error)(error.message, error.hint)
    if reason := expectation.nothing_to_check():
        return _nothing_to_check(expectation, replace(result, records=0), reason)
    if result.records == 0:
        return _nothing_to_check(expectation, result, "The population has no records.")
    share = (result.records - result.violating) / result.records
    return _format(expectation, Verdict.PASSED if share >= expectation.mostly else Verdict.FAILED, result)


def _uncounted(expectation: SyntheticDataExpectation) -> CheckResult:
    message = f"It was not evaluated: its {len(expectation.planned_check.rules)} rules were not counted."
    return CheckResult(error=SynthError(message, "This is a bug: report it."))


def _nothing_to_check(expectation: SyntheticDataExpectation, result: CheckResult, reason: str) -> dict[str, Any]:
    if expectation.require_records:
        raise SynthError(f"There is nothing to check: {reason}", "require_records asks for at least one record.")
    return _format(expectation, Verdict.NOTHING_TO_CHECK, result, reason)


def _format(
    expectation: SyntheticDataExpectation, verdict: Verdict, result: CheckResult, reason: str = ""
) -> dict[str, Any]:
    details: dict[str, Any] = {
        "verdict": verdict.value,
        "sentence": expectation.sentence(),
        "rules": _rules(expectation, result),
        "parameters": expectation.effective(),
        "rules_sha256": expectation.rules_sha256(),
        "does_not_show": expectation.does_not_show(),
        "references": expectation.references(),
        "version": synth_expectations.__version__,
    }
    if isinstance(expectation.check, SchemaCheck):
        details["of"] = "columns"  # what is counted; records where the key is absent
    if reason:
        details["reason"] = reason
    if result.sql:
        details["condition"] = {"dialect": result.dialect, "sql": result.sql}
        if result.query:
            details["condition"]["query"] = result.query  # shows what the names of lookups stand for
    if result.figures:
        details["figures"] = result.figures
    if result.census:
        details["census"] = result.census
    if result.lookups:
        details["lookups"] = [asdict(counts) for counts in result.lookups]
    if expectation.judges_time() and result.as_of:
        details["as_of"] = result.as_of.isoformat().replace("+00:00", "Z")
    if result.violating:
        details["sample"] = _sample(expectation, result)
    percent = 100 * result.violating / result.records if result.records else None
    return {
        "success": verdict is not Verdict.FAILED,
        "result": {
            "element_count": result.records,
            "unexpected_count": result.violating,
            "unexpected_percent": percent,
            "details": details,
        },
    }


def _rules(expectation: SyntheticDataExpectation, result: CheckResult) -> list[dict[str, Any]]:
    if not result.violations:
        return []
    counts = zip(expectation.check.all_rules, result.violations, strict=True)
    return [{"name": rule.name, "count": count, "judged": rule.judged} for rule, count in counts]


def _sample(expectation: SyntheticDataExpectation, result: CheckResult) -> dict[str, Any]:
    """Return record keys as they are, or names of columns; values of other columns never leave the engine."""
    by_rule = result.keys_by_rule
    keys = sorted({key for keys_of_rule in by_rule.values() for key in keys_of_rule})[:SAMPLE]
    return {
        "key": "column" if isinstance(expectation.check, SchemaCheck) else expectation.record_key,
        "values": keys,
        "more": max(result.violating - len(keys), 0),
        "by_rule": by_rule,
    }
