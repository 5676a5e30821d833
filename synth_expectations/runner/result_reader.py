"""Read the results of a table's expectations into reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from synth_expectations.engine.row_account import RowAccount
from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.report.expectation_report import SEVERITIES, ExpectationReport, KeySample, RuleCount, Severity
from synth_expectations.rules.verdict import Verdict
from synth_expectations.validation.compiled_rules import check_digest
from synth_expectations.validation.evaluated_expectation import EvaluatedExpectation

if TYPE_CHECKING:
    from synth_expectations.runner.project import Project


def match_results(
    stored: Sequence[Mapping[str, Any]], results: Sequence[EvaluatedExpectation]
) -> Iterator[tuple[Mapping[str, Any], EvaluatedExpectation | None]]:
    """Yield each stored expectation with its result; Great Expectations returns results in another order.

    They are matched by id. In a suite that was written by hand an expectation may have no id, or that of another one:
    then by type and arguments. If these do not tell them apart either, there is no result: the expectation is errored,
    and does not get the verdict of another one.
    """
    ids = Counter(expectation.get("id") for expectation in stored)
    left = list(results)
    for expectation in stored:
        is_same = _has_id if expectation.get("id") and ids[expectation["id"]] == 1 else _has_arguments
        result = next((result for result in left if is_same(result, expectation)), None)
        if result:
            left.remove(result)
        yield expectation, result


def read_report(project: Project, stored: Mapping[str, Any], result: EvaluatedExpectation | None) -> ExpectationReport:
    """Return the report of a stored expectation, also of one that was not evaluated.

    Args:
        project: that it belongs to.
        stored: the expectation as it is stored.
        result: None if it has none.
    """
    if result is None:
        return _errored(stored, f"It was not evaluated: {_reason_without_result(project, stored)}")
    if error := result.error or check_digest(stored):
        return _errored(stored, error)
    details = result.result.get("details") or {}
    details = details if isinstance(details, dict) and "verdict" in details else {}
    sample = details.get("sample") or {}
    return ExpectationReport(
        id=str(stored.get("id") or ""),
        type=stored["type"],
        sentence=details.get("sentence") or _sentence(stored),
        severity=_severity(stored),
        verdict=_verdict(result, details),
        element_count=result.result.get("element_count"),
        unexpected_count=result.result.get("unexpected_count"),
        unexpected_percent=result.result.get("unexpected_percent"),
        rules=tuple(RuleCount(rule["name"], rule["count"], rule["judged"]) for rule in details.get("rules", ())),
        sample=KeySample(sample["key"], tuple(sample["values"]), sample["more"]) if sample.get("values") else None,
        reason=details.get("reason", ""),
        details=details,
    )


def report_unevaluated(suite: Mapping[str, Any], reason: str) -> tuple[ExpectationReport, ...]:
    """Return an errored report for every expectation of a suite that could not be run."""
    return tuple(_errored(expectation, reason) for expectation in suite.get("expectations", []))


def count_records(reports: Sequence[ExpectationReport]) -> dict[str, int]:
    """Return what the batch is made of, by kind (see `rules.census`)."""
    counts: dict[str, int] = {}
    for report in reports:
        for name, count in report.details.get("census", {}).items():
            counts.setdefault(name, count)
    return counts


def _verdict(result: EvaluatedExpectation, details: Mapping[str, Any]) -> Verdict:
    """Return the verdict, also of a result that its `result_format` leaves empty."""
    if kept := details.get("verdict") or result.verdict:
        return Verdict(kept)
    return Verdict.PASSED if result.success else Verdict.FAILED


def read_row_account(reports: Sequence[ExpectationReport]) -> RowAccount | None:
    """Return what becomes of each row of the table; None if no expectation counted them."""
    accounts = (report.details.get("rows") for report in reports)
    return next((RowAccount(**account) for account in accounts if account), None)


def _has_id(result: EvaluatedExpectation, stored: Mapping[str, Any]) -> bool:
    return bool(result.id == stored["id"])


def _has_arguments(result: EvaluatedExpectation, stored: Mapping[str, Any]) -> bool:
    return bool(result.type == stored["type"] and result.kwargs == stored.get("kwargs", {}))


def _reason_without_result(project: Project, stored: Mapping[str, Any]) -> str:
    if not project.is_registered(stored["type"]):
        return "its package was not imported."
    return "it was dropped, or cannot be distinguished from another one: give each an id of its own."


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
    severity = stored.get("severity")
    return severity if severity in SEVERITIES else "critical"


def _sentence(stored: Mapping[str, Any]) -> str:
    """Return the summary of an expectation; for one of Great Expectations, its name in words and its columns."""
    expectation_class = all_expectations().get(stored["type"])
    if expectation_class:
        return expectation_class.summary()
    words = str(stored["type"]).replace("_", " ").capitalize()
    columns = [str(value) for name, value in stored.get("kwargs", {}).items() if name.startswith("column")]
    return f"{words} ({', '.join(columns)})" if columns else words
