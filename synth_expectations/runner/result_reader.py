"""Reads Great Expectations' results into a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from great_expectations.core import ExpectationSuiteValidationResult, ExpectationValidationResult
from great_expectations.expectations.registry import list_registered_expectation_implementations

from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.gx.data_docs.renderers import exception_message
from synth_expectations.gx.guard import compiled_otherwise
from synth_expectations.report.model import SEVERITIES, ExpectationReport, KeySample, RuleCount, Severity
from synth_expectations.rules.verdict import Verdict


def expectations(
    stored: Mapping[str, Any], result: ExpectationSuiteValidationResult, steps: Mapping[str, str]
) -> Iterator[ExpectationReport]:
    """A report for every expectation that was stored: also for those that were not evaluated.

    Args:
        stored: the suite as it lies in the store.
        result: of its validation.
        steps: what to do about an error, by the start of its message.
    """
    for each, found in matched(stored.get("expectations", []), list(result.results)):
        report = _report(each, found)
        step = next((step for start, step in steps.items() if step and report.error.startswith(start)), "")
        yield replace(report, next_step=step) if step else report


def matched(
    stored: list[Mapping[str, Any]], results: list[ExpectationValidationResult]
) -> Iterator[tuple[Mapping[str, Any], ExpectationValidationResult | None]]:
    """Each stored expectation with its result, which comes in another order.

    By its id. In a suite that was written by hand it may have none, or that of another one: then by its type and
    arguments. Where these do not tell either, there is no result: errored, and not the verdict of another one.
    """
    ids = Counter(each.get("id") for each in stored)
    left = [each for each in results if each.expectation_config]
    for each in stored:
        own = each.get("id") and ids[each["id"]] == 1
        found = next((result for result in left if (_has_id if own else _has_arguments)(result, each)), None)
        if found:
            left.remove(found)
        yield each, found


def _has_id(result: ExpectationValidationResult, stored: Mapping[str, Any]) -> bool:
    return bool(result.expectation_config.id == stored["id"])


def _has_arguments(result: ExpectationValidationResult, stored: Mapping[str, Any]) -> bool:
    config = result.expectation_config
    given = {name: value for name, value in config.kwargs.items() if name != "batch_id"}
    return bool(config.type == stored["type"] and given == stored.get("kwargs", {}))


def unevaluated(stored: Mapping[str, Any], reason: str) -> Iterator[ExpectationReport]:
    """A report for every expectation of a suite that could not be run."""
    for each in stored.get("expectations", []):
        yield _errored(each, reason)


def records(reports: tuple[ExpectationReport, ...]) -> dict[str, int]:
    """What the batch is made of, as far as an expectation counted it: all, synthetic, real, untagged."""
    found: dict[str, int] = {}
    for each in reports:
        for name, count in each.details.get("census", {}).items():
            found.setdefault(name, count)
    return found


def _report(stored: Mapping[str, Any], result: ExpectationValidationResult | None) -> ExpectationReport:
    if result is None:
        return _errored(stored, f"It was not evaluated: {_why_not(stored)}")
    if (raised := exception_message(result.exception_info)) or (raised := compiled_otherwise(dict(stored))):
        return _errored(stored, raised)
    found = result.result or {}
    details = found.get("details") or {}
    details = details if isinstance(details, dict) and "verdict" in details else {}
    sample = details.get("sample") or {}
    return ExpectationReport(
        id=str(stored.get("id") or ""),
        type=stored["type"],
        sentence=details.get("sentence") or _sentence(stored),
        severity=_severity(stored),
        verdict=Verdict(details["verdict"]) if details else Verdict.PASSED if result.success else Verdict.FAILED,
        element_count=found.get("element_count"),
        unexpected_count=found.get("unexpected_count"),
        unexpected_percent=found.get("unexpected_percent"),
        rules=tuple(RuleCount(each["name"], each["count"], each["judged"]) for each in details.get("rules", ())),
        sample=KeySample(sample["key"], tuple(sample["values"]), sample["more"]) if sample.get("values") else None,
        reason=details.get("reason", ""),
        details=details,
    )


def _why_not(stored: Mapping[str, Any]) -> str:
    if stored["type"] not in list_registered_expectation_implementations():
        return "its package was not imported."
    return "it was dropped, or cannot be told from another one: give each an id of its own."


def _errored(stored: Mapping[str, Any], reason: str) -> ExpectationReport:
    return ExpectationReport(
        id=str(stored.get("id") or ""),
        type=stored["type"],
        sentence=_sentence(stored),
        severity=_severity(stored),
        verdict=Verdict.ERRORED,
        error=reason,
    )


def _severity(stored: Mapping[str, Any]) -> Severity:
    said = stored.get("severity")
    return said if said in SEVERITIES else "critical"


def _sentence(stored: Mapping[str, Any]) -> str:
    """Of ours its own; of Great Expectations' own, its name in words and the column."""
    governed = all_expectations().get(stored["type"])
    if governed:
        return governed.summary()
    words = str(stored["type"]).replace("_", " ").capitalize()
    columns = [str(value) for name, value in stored.get("kwargs", {}).items() if name.startswith("column")]
    return f"{words} ({', '.join(columns)})" if columns else words
