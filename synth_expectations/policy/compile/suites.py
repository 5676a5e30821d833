"""Which expectations each table gets, in which suite, with which arguments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.policy.compile.arguments import fill_arguments, missing_error, reference_errors
from synth_expectations.policy.compile.coverage import (
    Need,
    asked_by_roles,
    is_refused,
    may_be_excluded,
    needs_of,
    uncovered_roles,
)
from synth_expectations.policy.compile.stock_arguments import stock_argument_errors
from synth_expectations.policy.compile.table_checks import (
    IDENTIFIER_HINT,
    identifier_message,
    is_identifier,
    source_of,
    table_errors,
)
from synth_expectations.policy.errors import PolicyError, combine_errors
from synth_expectations.policy.load.loader import Policy
from synth_expectations.policy.load.plain_yaml import Address
from synth_expectations.policy.load.yaml import format_address
from synth_expectations.policy.table_entry import TableEntry
from synth_expectations.policy.tuning import Tuning
from synth_expectations.policy.types import format_unknown
from synth_expectations.policy.uncovered_expectation import UncoveredExpectation
from synth_expectations.policy.vocabulary import gx_expectations

Part = Literal["", "__table", "__all_rows"]
"""What a suite evaluates: the table or its batch; all of a table that has batches; also what `where` leaves out."""


@dataclass(frozen=True)
class SuiteExpectation:
    """One expectation of a suite.

    Attributes:
        type: its snake-case type.
        arguments: what the policy gives it, as plain JSON.
        tuning: what the policy says of the expectation itself.
        because: who asks for it: `role mixed`, or `expectations`.
        at: where the policy asks for it.
        expectation: with all its arguments; None for one of Great Expectations' own.
    """

    type: str
    arguments: dict[str, Any]
    tuning: Tuning
    because: str
    at: Address
    expectation: SyntheticDataExpectation | None = None


@dataclass(frozen=True)
class Suite:
    """The expectations of one part of a table."""

    table: str
    part: Part
    expectations: tuple[SuiteExpectation, ...] = ()

    @property
    def name(self) -> str:
        """Its name in Great Expectations."""
        return self.table + self.part


@dataclass(frozen=True)
class OmittedExpectation:
    """An expectation that the policy excludes from a table, or narrows."""

    table: str
    type: str
    reason: str
    approved_by: str
    until: str
    narrowed: str = ""


@dataclass(frozen=True)
class PlannedSuites:
    """What a policy compiles to, as suites.

    Attributes:
        suites: in the order of the policy's tables.
        uncovered: what roles ask for and the policy does not say enough for.
    """

    suites: tuple[Suite, ...]
    uncovered: tuple[UncoveredExpectation, ...]


def plan_suites(policy: Policy, errors: list[PolicyError]) -> PlannedSuites:
    """Return all suites of a policy; what is wrong is appended to the errors."""
    suites: list[Suite] = []
    uncovered: list[UncoveredExpectation] = []
    for name, entry in policy.tables.items():
        wrong = [*table_errors(policy, name, entry), *reference_errors(policy, name)]
        errors += wrong
        if wrong:
            continue
        missing = _uncovered(policy, name, entry, errors)
        uncovered += missing
        left_out = {expectation.type for expectation in missing if not expectation.in_part}
        expectations = list(_expectations(policy, name, entry, left_out, errors))
        for part in ("", "__table", "__all_rows"):
            chosen = [expectation for expectation in expectations if _part(entry, expectation) == part]
            if chosen:
                suites.append(Suite(name, part, tuple(sorted(chosen, key=lambda expectation: expectation.type))))
    return PlannedSuites(tuple(suites), tuple(uncovered))


def omissions(policy: Policy, table: str) -> list[OmittedExpectation]:
    """Return what the policy excludes from a table's expectations, or narrows."""
    entry = policy.tables[table]
    excluded = [
        OmittedExpectation(table, name, reasoned.reason, reasoned.approved_by, reasoned.until.isoformat())
        for name, reasoned in (entry.exclude or {}).items()
    ]
    narrowed = [
        OmittedExpectation(
            table,
            name,
            tuning.reason or "",
            tuning.approved_by or "",
            tuning.until.isoformat() if tuning.until else "",
            _format_narrowing(tuning),
        )
        for name, tunings in (entry.expectations or {}).items()
        for tuning in tunings
        if tuning.is_filtered or (tuning.is_tolerant and (tuning.reason or name in all_expectations()))
    ]
    accepted = {
        "row_level_security": entry.row_level_security.accepted if entry.row_level_security else None,
        "batch.no_day": entry.batch.no_day.allowed if entry.batch and entry.batch.no_day else None,
    }
    return [
        *excluded,
        *narrowed,
        *(
            OmittedExpectation(table, word, reasoned.reason, reasoned.approved_by, reasoned.until.isoformat())
            for word, reasoned in accepted.items()
            if reasoned
        ),
    ]


def _format_narrowing(tuning: Tuning) -> str:
    mostly = f"mostly {tuning.mostly}" if (tuning.mostly or 1) < 1 else ""
    condition = f"only where {tuning.row_condition}" if tuning.row_condition else ""
    empty = ", ".join(tuning.arguments.get("empty_references", ()))
    accepted = f"nothing to find in {empty} is accepted" if empty else ""
    return ", ".join(part for part in (mostly, condition, accepted) if part)


def _part(entry: TableEntry, planned: SuiteExpectation) -> Part:
    if planned.expectation and entry.where and planned.expectation.sees_all_rows:
        return "__all_rows"
    return "__table" if entry.batch and planned.expectation and planned.expectation.scope == "table" else ""


def _uncovered(policy: Policy, name: str, entry: TableEntry, errors: list[PolicyError]) -> list[UncoveredExpectation]:
    """Return what a table's roles ask for without the policy saying what it needs.

    It is an error where the expectation is essential, or where a role would get nothing of what it asks for.
    """
    excluded, tuned = entry.exclude or {}, entry.expectations or {}
    asked = dict(asked_by_roles(entry))
    needs = {
        type_name: found
        for type_name in asked
        if type_name not in excluded and type_name not in tuned and (found := needs_of(policy, name, type_name))
    }
    refused = {type_name for type_name in needs if is_refused(entry, type_name)}
    whole = {type_name for type_name, missing in needs.items() if not all(need.in_part for need in missing)}
    for role in uncovered_roles(entry, set(excluded), whole):
        refused |= {type_name for type_name, asking in asked_by_roles(entry) if asking == role and type_name in whole}
    errors += [
        missing_error(policy, name, type_name, need, ("tables", name, "role"))
        for type_name in sorted(refused)
        for need in needs[type_name]
    ]
    return [
        UncoveredExpectation(name, type_name, f"role {asked[type_name]}", _places(missing), type_name not in whole)
        for type_name, missing in sorted(needs.items())
    ]


def _places(needs: list[Need]) -> tuple[str, ...]:
    return tuple(need.place for need in needs)


def _expectations(
    policy: Policy, name: str, entry: TableEntry, uncovered: set[str], errors: list[PolicyError]
) -> Iterator[SuiteExpectation]:
    tuned, excluded = entry.expectations or {}, entry.exclude or {}
    asked = {type_name: f"role {role}" for type_name, role in asked_by_roles(entry)}
    for unused in excluded.keys() - may_be_excluded(entry):
        message = format_unknown("expectation to leave out", unused, asked)
        errors.append(policy.error(("tables", name, "exclude", unused), f"{name}: {message}"))
    known = all_expectations().keys() | gx_expectations().keys()
    for type_name, because in {**dict.fromkeys(tuned, "expectations"), **asked}.items():
        if type_name in excluded or type_name in uncovered or type_name not in known:
            continue  # `table_errors` reports unknown types of `expectations`
        at: Address = ("tables", name, "expectations", type_name) if type_name in tuned else ("tables", name, "role")
        tunings = tuned.get(type_name, (Tuning(),))
        for number, tuning in enumerate(tunings):
            try:
                place = (*at, number) if len(tunings) > 1 else at
                yield _suite_expectation(policy, name, type_name, tuning, because, place)
            except PolicyError as error:
                errors.extend(error.errors)


def _suite_expectation(
    policy: Policy, name: str, type_name: str, tuning: Tuning, because: str, at: Address
) -> SuiteExpectation:
    kind = all_expectations().get(type_name)
    if kind is None:
        if error := combine_errors(stock_argument_errors(policy, name, type_name, tuning, at)):
            raise error
        return SuiteExpectation(type_name, tuning.arguments, tuning, because, at)
    if tuning.is_tolerant and (sentence := tuning.find_missing_reason()):
        raise policy.error(at, f"{format_address(at)}: {sentence}.")
    filled = fill_arguments(policy, name, kind, tuning, at)
    key = tuning.arguments.get("record_key")
    if isinstance(key, str) and is_identifier(policy.tables[name], key):
        raise policy.error((*at, "record_key"), f"{name}: {type_name}: {identifier_message(key)}", IDENTIFIER_HINT)
    for reference in filled.expectation.references():
        _refuse_elsewhere(policy, name, type_name, reference, at)
    return SuiteExpectation(type_name, filled.given, tuning, because, at, filled.expectation)


def _refuse_elsewhere(policy: Policy, name: str, type_name: str, reference: str, at: Address) -> None:
    """Refuse a reference that is not in the policy, or lies in another data source: one query reads both tables."""
    if reference not in policy.tables:
        raise policy.error(at, f"{name}: {type_name}: {format_unknown('table', reference, policy.tables)}")
    here, there = source_of(policy.tables[name]), source_of(policy.tables[reference])
    if here != there:
        raise policy.error(
            at,
            f"{name}: {type_name} looks records up in {reference}, which lies in {there}, not in {here}.",
            f"Bring {reference} into {here} (load it there, or extract both), or exclude the expectation with a reason.",
        )
