"""What Great Expectations stores of a check: the numbers, the counts by rule, sample keys, and how to check them again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import synth_expectations
from synth_expectations.engine.count_query import MISSING_KEY
from synth_expectations.engine.result import CheckResult
from synth_expectations.errors import SynthError
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.redaction import format_crash
from synth_expectations.rules.model import SchemaCheck
from synth_expectations.rules.verdict import Verdict
from synth_expectations.validation.counted_batch import CountedBatch, ViolationIndex
from synth_expectations.validation.result_detail import VERDICT_META, ResultDetail

SAMPLE = 20
"""How many record keys a result shows in all."""


def evaluate(
    make: Callable[[], SyntheticDataExpectation], counted: CountedBatch, result_format: object
) -> dict[str, Any]:
    """Return what Great Expectations stores of an expectation: `success`, `result` and `meta`.

    Args:
        make: gives the expectation with its arguments.
        counted: gives what the plan of the batch counted for it.
        result_format: how much the result holds, in the words of Great Expectations.

    Raises:
        SynthError: it could not be evaluated, whatever was wrong.
    """
    try:
        expectation, detail = make(), ResultDetail.of(result_format)
        result = counted.read_result(expectation, with_keys=detail.has_keys) or _uncounted(expectation)
        verdict, reason = _judge(expectation, result)
        index = None
        if detail.has_all_keys or detail.has_query:
            has_records = verdict is not Verdict.NOTHING_TO_CHECK
            index = counted.read_index(expectation) if has_records else ViolationIndex([], "")
        return _format(expectation, verdict, result, reason, detail, index)
    except SynthError:
        raise
    except Exception as error:  # noqa: BLE001 - a rule may be anyone's
        raise SynthError(f"It could not be evaluated: {format_crash(error)}.", "This is a bug: report it.") from None


def _judge(expectation: SyntheticDataExpectation, result: CheckResult) -> tuple[Verdict, str]:
    """Return the verdict, and why there was nothing to check."""
    if error := result.error or expectation.explain_unaccounted(result.census):
        raise type(error)(error.message, error.hint)
    reason = expectation.idle_reason or ("" if result.records else "The population has no records.")
    if reason and expectation.require_records:
        raise SynthError(f"There is nothing to check: {reason}", "require_records asks for at least one record.")
    if reason:
        return Verdict.NOTHING_TO_CHECK, reason
    if result.findings:
        return Verdict.FAILED, ""
    share = (result.records - result.violating) / result.records
    return Verdict.PASSED if share >= expectation.mostly else Verdict.FAILED, ""


def _uncounted(expectation: SyntheticDataExpectation) -> CheckResult:
    message = f"It was not evaluated: its {len(expectation.planned_check.rules)} rules were not counted."
    return CheckResult(error=SynthError(message, "This is a bug: report it."))


def _format(
    expectation: SyntheticDataExpectation,
    verdict: Verdict,
    result: CheckResult,
    reason: str,
    detail: ResultDetail,
    index: ViolationIndex | None,
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if detail.has_numbers:
        records = 0 if expectation.idle_reason else result.records
        found["element_count"] = records
        found["unexpected_count"] = result.violating
        found["unexpected_percent"] = 100 * result.violating / records if records else None
        found["details"] = _details(expectation, verdict, result, reason, detail)
    if detail.has_keys and detail.partial_count and (index or expectation.record_key):
        some = index.records if index else _sampled_records(expectation, result)
        found["partial_unexpected_index_list"] = some[: detail.partial_count]
    if index and detail.has_all_keys:
        found["unexpected_index_list"] = index.records
    if index and index.query and detail.has_query:
        found["unexpected_index_query"] = index.query
    meta = {} if detail.has_numbers else {VERDICT_META: {"verdict": verdict.value}}
    return {"success": verdict is not Verdict.FAILED, "result": found, "meta": meta}


def _details(
    expectation: SyntheticDataExpectation, verdict: Verdict, result: CheckResult, reason: str, detail: ResultDetail
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
    if result.sql and detail.has_keys:
        details["condition"] = {"dialect": result.dialect, "sql": result.sql}
        if result.query:
            details["condition"]["query"] = result.query  # shows what the names of lookups stand for
    if result.figures:
        details["figures"] = result.figures
    if result.shares:
        details["shares"] = [asdict(share) for share in result.shares]
    if result.census:
        details["census"] = result.census
    if result.rows:
        details["rows"] = asdict(result.rows)
    if result.lookups:
        details["lookups"] = [asdict(counts) for counts in result.lookups]
    if expectation.judges_time() and result.as_of:
        details["as_of"] = result.as_of.isoformat().replace("+00:00", "Z")
    if result.violating and detail.has_keys:
        details["sample"] = _sample(expectation, result)
    return details


def _rules(expectation: SyntheticDataExpectation, result: CheckResult) -> list[dict[str, Any]]:
    if not result.violations:
        return []
    counts = zip(expectation.check.all_rules, result.violations, strict=True)
    return [{"name": rule.name, "count": count, "judged": rule.judged} for rule, count in counts]


def _sampled_records(expectation: SyntheticDataExpectation, result: CheckResult) -> list[dict[str, str | None]]:
    """Return the keys of the sample in the form of Great Expectations' index lists; names of columns are not records."""
    key = expectation.record_key
    if key is None or not result.violating or isinstance(expectation.check, SchemaCheck):
        return []
    keys = [None if name == MISSING_KEY else name for name in _sample(expectation, result)["values"]]
    return [{key: name} for name in sorted(keys, key=lambda name: (name is None, name))]


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
