"""Running a case on an engine, and saying how what came of it differs from what was expected."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import ValidationError

from synth_expectations.engine.plan import Plan
from synth_expectations.engine.result import CheckResult
from synth_expectations.errors import SynthError
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.expectations.catalogue import expectation_class
from synth_expectations.expectations.invalid_arguments import describe_invalid_arguments
from synth_expectations.testing.cases import Case
from synth_expectations.testing.engines import Engine


@dataclass(frozen=True)
class Found:
    """What came of a case.

    Attributes:
        outcome: the numbers; None if the arguments were refused or leave nothing to check.
        rules: how many records break each rule, by name.
        samples: the keys of violating records, by judged rule that failed.
        error: the sentence of what went wrong, or None.
        reason: why there was nothing to check, or None.
    """

    outcome: CheckResult | None = None
    rules: dict[str, int] | None = None
    samples: dict[str, list[str]] | None = None
    error: str | None = None
    reason: str | None = None


def expectation_of(case: Case) -> SyntheticDataExpectation:
    """The expectation of a case, with its arguments.

    Raises:
        SynthError: it refuses them.
    """
    governed = expectation_class(case.type_name)
    try:
        return governed(**case.arguments)
    except ValidationError as error:
        raise describe_invalid_arguments(governed, error) from None


def run(case: Case, engine: Engine) -> Found:
    """What comes of a case on an engine."""
    try:
        expectation = expectation_of(case)
    except SynthError as error:
        return Found(error=str(error))
    if reason := expectation.nothing_to_check():
        return Found(reason=reason)
    plan = Plan(lambda: engine.adapter(case.batch, case.references), case.as_of)
    outcome = plan.result_with_keys(plan.add(expectation.check, getattr(expectation, "as_of", None)))
    if outcome.error:
        return Found(error=str(outcome.error))
    rules = dict(zip([rule.name for rule in expectation.check.all_rules], outcome.violations, strict=True))
    reason = None if outcome.records else "The population has no records."
    return Found(outcome, rules, dict(outcome.keys_by_rule) if outcome.violating else {}, reason=reason)


def differences(case: Case, found: Found) -> list[str]:
    """How what came of a case differs from what was expected, as sentences; empty if it does not."""
    expected = case.expected
    if expected.error is not None or found.error is not None:
        return _differs("error", expected.error, found.error)
    if expected.nothing_to_check or found.reason is not None:
        wanted = "no records" if expected.nothing_to_check is True else expected.nothing_to_check or None
        return _differs("reason for nothing to check", wanted, found.reason)
    assert found.outcome is not None
    assert found.rules is not None
    assert found.samples is not None
    pairs: list[tuple[str, object, object]] = [
        ("records", expected.records, found.outcome.records),
        ("violating records", expected.all_violating(), found.outcome.violating),
    ]
    for rule, keys in expected.violations.items():
        if rule not in found.rules:
            return [f"no rule is called {rule!r}; there are {', '.join(map(repr, found.rules))}"]
        if isinstance(keys, list):
            pairs.append((f"keys that break {rule!r}", sorted(keys), sorted(found.samples.get(rule, []))))
    counts = {name: keys if isinstance(keys, int) else len(keys) for name, keys in expected.violations.items()}
    counts |= expected.counted
    pairs += [(f"count of {rule!r}", counts.pop(rule, 0), count) for rule, count in found.rules.items()]
    pairs += [(f"count of {rule!r}", count, "no such rule") for rule, count in counts.items()]
    return [f"{what}: expected {wanted!r}, found {got!r}" for what, wanted, got in pairs if wanted != got]


def _differs(what: str, wanted: str | None, got: str | None) -> list[str]:
    if wanted is not None and got is not None and wanted in got:
        return []
    return [f"{what}: expected {wanted!r}, found {got!r}"]
