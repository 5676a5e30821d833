"""What Great Expectations stores of a check: the numbers, the counts by rule, sample keys, and how to check them again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import synth_expectations
from synth_expectations.engine.result import Outcome
from synth_expectations.errors import SynthError
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.redaction import format_crash
from synth_expectations.rules.verdict import Verdict

SAMPLE = 20
"""How many record keys a result shows in all."""


def evaluate(
    make: Callable[[], SyntheticDataExpectation],
    read_outcome: Callable[[SyntheticDataExpectation], Outcome | None],
) -> dict[str, Any]:
    """Return what Great Expectations stores of an expectation: `success` and `result`.

    Args:
        make: gives the expectation with its arguments.
        read_outcome: gives what the plan of the batch counted for it; None if the plan did not count it. It is not
            called where the arguments leave nothing to check.

    Raises:
        SynthError: it could not be evaluated, whatever was wrong.
    """
    try:
        expectation = make()
        if reason := expectation.nothing_to_check():
            return _nothing_to_check(expectation, Outcome(), reason)
        return _judge(expectation, read_outcome(expectation) or _uncounted(expectation))
    except SynthError:
        raise
    except Exception as error:  # noqa: BLE001 - a rule may be anyone's
        raise SynthError(f"It could not be evaluated: {format_crash(error)}.", "This is a bug: report it.") from None


def _judge(expectation: SyntheticDataExpectation, outcome: Outcome) -> dict[str, Any]:
    if outcome.error is not None:
        raise type(outcome.error)(outcome.error.message, outcome.error.hint)
    if outcome.records == 0:
        return _nothing_to_check(expectation, outcome, "The population has no records.")
    share = (outcome.records - outcome.violating) / outcome.records
    return _result(expectation, Verdict.PASSED if share >= expectation.mostly else Verdict.FAILED, outcome)


def _uncounted(expectation: SyntheticDataExpectation) -> Outcome:
    message = f"It was not evaluated: its {len(expectation.question.rules)} rules were not counted."
    return Outcome(error=SynthError(message, "This is a bug: report it."))


def _nothing_to_check(expectation: SyntheticDataExpectation, outcome: Outcome, reason: str) -> dict[str, Any]:
    if expectation.require_records:
        raise SynthError(f"There is nothing to check: {reason}", "require_records asks for at least one record.")
    return _result(expectation, Verdict.NOTHING_TO_CHECK, outcome, reason)


def _result(
    expectation: SyntheticDataExpectation, verdict: Verdict, outcome: Outcome, reason: str = ""
) -> dict[str, Any]:
    details: dict[str, Any] = {
        "verdict": verdict.value,
        "sentence": expectation.sentence(),
        "rules": _rules(expectation, outcome),
        "parameters": expectation.effective(),
        "rules_sha256": expectation.rules_sha256(),
        "does_not_show": expectation.does_not_show(),
        "references": expectation.references(),
        "version": synth_expectations.__version__,
    }
    if expectation.question.of_columns:
        details["of"] = "columns"  # what is counted; records where the key is absent
    if reason:
        details["reason"] = reason
    if outcome.sql:
        details["condition"] = {"dialect": outcome.dialect, "sql": outcome.sql}
        if outcome.query:
            details["condition"]["query"] = outcome.query  # shows what the names of lookups stand for
    if outcome.figures:
        details["figures"] = outcome.figures
    if outcome.census:
        details["census"] = outcome.census
    if expectation.judges_time() and outcome.as_of:
        details["as_of"] = outcome.as_of.isoformat().replace("+00:00", "Z")
    if outcome.violating:
        details["sample"] = _sample(expectation, outcome)
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


def _rules(expectation: SyntheticDataExpectation, outcome: Outcome) -> list[dict[str, Any]]:
    if not outcome.broken:
        return []
    counts = zip(expectation.question.all_rules, outcome.broken, strict=True)
    return [{"name": rule.name, "count": count, "judged": rule.judged} for rule, count in counts]


def _sample(expectation: SyntheticDataExpectation, outcome: Outcome) -> dict[str, Any]:
    """Return record keys as they are, or names of columns; values of other columns never leave the engine."""
    by_rule = outcome.samples()
    keys = sorted({key for keys_of_rule in by_rule.values() for key in keys_of_rule})[:SAMPLE]
    return {
        "key": "column" if expectation.question.of_columns else expectation.record_key,
        "values": keys,
        "more": max(outcome.violating - len(keys), 0),
        "by_rule": by_rule,
    }
