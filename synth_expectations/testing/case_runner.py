"""Run a case on an engine, and compare what it finds with what the case expects."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from pydantic import ValidationError

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.plan import Plan
from synth_expectations.engine.result import CheckResult
from synth_expectations.engine.violations import BrokenCheck, ViolationReader, explain_unlisted
from synth_expectations.errors import SynthError
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.expectations.catalogue import expectation_class
from synth_expectations.expectations.invalid_arguments import describe_invalid_arguments
from synth_expectations.testing.cases import Case
from synth_expectations.testing.engines import Engine


@dataclass(frozen=True)
class Found:
    """What an engine finds for a case.

    Attributes:
        outcome: the counts; None if the arguments were refused or leave nothing to check.
        rules: how many records break each rule, by name.
        samples: the keys of violating records, by judged rule that failed.
        listed: the keys that a listing of all violating records gives, by judged rule that failed; None if the records
            cannot be listed, or were not.
        error: the sentence of what went wrong, or None.
        reason: why there was nothing to check, or None.
    """

    outcome: CheckResult | None = None
    rules: dict[str, int] | None = None
    samples: dict[str, list[str]] | None = None
    listed: dict[str, list[str]] | None = None
    error: str | None = None
    reason: str | None = None


def expectation_of(case: Case) -> SyntheticDataExpectation:
    """Return the expectation of a case, with its arguments.

    Raises:
        SynthError: it refuses them.
    """
    governed = expectation_class(case.type_name)
    try:
        return governed(**case.arguments)
    except ValidationError as error:
        raise describe_invalid_arguments(governed, error) from None


def run(case: Case, engine: Engine, *, list_keys: bool = True) -> Found:
    """Run a case on an engine: count the violations, draw the samples, and list every violating record.

    Args:
        case: what to run.
        engine: where.
        list_keys: whether to list the violating records, as a quarantine does; takes as long again as the counts.
    """
    try:
        expectation = expectation_of(case)
    except SynthError as error:
        return Found(error=str(error))
    plan = Plan(lambda: engine.adapter(case.batch, case.references), case.as_of)
    as_of = getattr(expectation, "as_of", None) or case.as_of
    outcome = plan.result_with_keys(plan.add(expectation.planned_check, as_of))
    if unaccounted := outcome.error or expectation.explain_unaccounted(outcome.census):
        return Found(error=str(unaccounted))
    if reason := expectation.nothing_to_check():
        return Found(reason=reason)
    rules = dict(zip([rule.name for rule in expectation.check.all_rules], outcome.violations, strict=True))
    if not outcome.records:
        return Found(outcome, rules, {}, reason="The population has no records.")
    broken = frozenset(rule.name for rule in expectation.check.all_rules if rule.judged and rules[rule.name])
    broken_check = BrokenCheck(case.type_name, "critical", expectation.check, as_of, broken)
    assert plan.adapter is not None
    try:
        is_listed = list_keys and not explain_unlisted(broken_check)
        listed = _list_keys(plan.adapter, broken_check) if is_listed else None
    except SynthError as error:
        return Found(error=f"The violating records could not be listed: {error}")
    return Found(outcome, rules, dict(outcome.keys_by_rule) if outcome.violating else {}, listed)


def _list_keys(adapter: Adapter, check: BrokenCheck) -> dict[str, list[str]]:
    """Return the keys of all records that break each rule."""
    listed: dict[str, list[str]] = defaultdict(list)
    for piece in ViolationReader(adapter, "batch", {}).read([check]):
        for _, rule, flags in piece.breaks:
            listed[rule] += [
                "NULL" if key is None else key for key, flag in zip(piece.keys, flags, strict=True) if flag
            ]
    return listed


def differences(case: Case, found: Found) -> list[str]:
    """Return how the findings differ from what the case expects, as sentences; empty if they do not."""
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
    pairs.append(("shares beyond those of people", expected.shares, list(found.outcome.findings)))
    for rule, keys in expected.violations.items():
        if rule not in found.rules:
            return [f"no rule is called {rule!r}; there are {', '.join(map(repr, found.rules))}"]
        if isinstance(keys, list):
            pairs.append((f"keys that break {rule!r}", sorted(keys), sorted(found.samples.get(rule, []))))
            if found.listed is not None:
                pairs.append((f"listed keys that break {rule!r}", sorted(keys), sorted(found.listed.get(rule, []))))
        elif found.listed is not None:
            pairs.append((f"number of listed keys that break {rule!r}", keys, len(found.listed.get(rule, []))))
    counts = {name: keys if isinstance(keys, int) else len(keys) for name, keys in expected.violations.items()}
    counts |= expected.counted
    pairs += [(f"count of {rule!r}", counts.pop(rule, 0), count) for rule, count in found.rules.items()]
    pairs += [(f"count of {rule!r}", count, "no such rule") for rule, count in counts.items()]
    return [f"{name}: expected {wanted!r}, found {got!r}" for name, wanted, got in pairs if wanted != got]


def _differs(what: str, wanted: str | None, got: str | None) -> list[str]:
    if wanted is not None and got is not None and wanted in got:
        return []
    return [f"{what}: expected {wanted!r}, found {got!r}"]
