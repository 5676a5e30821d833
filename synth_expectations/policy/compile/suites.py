"""Which expectations each table gets, in which suite, with which arguments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.policy.compile.argument_values import pointers
from synth_expectations.policy.compile.arguments import Filled, checked_references, filled
from synth_expectations.policy.compile.table_checks import OTHER_KEY, is_identifier, problems, shown_key, source_of
from synth_expectations.policy.errors import PolicyError
from synth_expectations.policy.load.loader import Policy
from synth_expectations.policy.load.yaml import Address
from synth_expectations.policy.roles import POINTERS, ROLES, SEES_ALL_ROWS
from synth_expectations.policy.schema import TableEntry, Tuning
from synth_expectations.policy.types import format_unknown
from synth_expectations.policy.vocabulary import of_great_expectations

Part = Literal["", "__table", "__all_rows"]
"""What is judged: the table (or its batch); all of a table that has batches; also what `where` leaves out."""


@dataclass(frozen=True)
class Asked:
    """One expectation of a table.

    Attributes:
        type: its snake-case type.
        arguments: that the policy gives it, as plain JSON.
        tuning: what the policy says of it itself.
        because: why it is asked: `role mixed`, or `expectations`.
        governed: ours with all its arguments; None for one of Great Expectations' own.
    """

    type: str
    arguments: dict[str, Any]
    tuning: Tuning
    because: str
    governed: SyntheticDataExpectation | None = None


@dataclass(frozen=True)
class Suite:
    """What is asked of one part of a table."""

    table: str
    part: Part
    asked: tuple[Asked, ...] = ()

    @property
    def name(self) -> str:
        """As Great Expectations calls it."""
        return self.table + self.part


@dataclass(frozen=True)
class LeftOut:
    """A check that the policy leaves out, or narrows."""

    table: str
    type: str
    reason: str
    approved_by: str
    until: str
    narrowed: str = field(default="")


def suites_of(policy: Policy, errors: list[PolicyError]) -> list[Suite]:
    """All suites of a policy, in the order of its tables; what is wrong is added to the errors."""
    found: list[Suite] = []
    for name, entry in policy.tables.items():
        wrong = [*problems(policy, name, entry), *checked_references(policy, name)]
        errors += wrong
        if wrong:
            continue
        asked = list(_asked(policy, name, entry, errors))
        for part in ("", "__table", "__all_rows"):
            chosen = tuple(sorted((each for each in asked if _part(entry, each) == part), key=lambda each: each.type))
            if chosen:
                found.append(Suite(name, part, chosen))
    return found


def left_out(policy: Policy, table: str) -> list[LeftOut]:
    """What the policy leaves out of a table's checks, or narrows."""
    entry = policy.tables[table]
    excluded = [
        LeftOut(table, name, each.reason, each.approved_by, each.until.isoformat())
        for name, each in (entry.exclude or {}).items()
    ]
    narrowed = [
        LeftOut(
            table,
            name,
            each.reason or "",
            each.approved_by or "",
            each.until.isoformat() if each.until else "",
            _narrowed(each),
        )
        for name, several in (entry.expectations or {}).items()
        for each in several
        if each.narrows
    ]
    return excluded + narrowed


def _narrowed(tuning: Tuning) -> str:
    mostly = f"mostly {tuning.mostly}" if (tuning.mostly or 1) < 1 else ""
    return ", ".join(
        part for part in (mostly, f"only where {tuning.row_condition}" if tuning.row_condition else "") if part
    )


def _part(entry: TableEntry, asked: Asked) -> Part:
    if asked.governed and entry.where and asked.governed.family() in SEES_ALL_ROWS:
        return "__all_rows"
    return "__table" if entry.batch and asked.governed and asked.governed.scope == "table" else ""


def _asked(policy: Policy, name: str, entry: TableEntry, errors: list[PolicyError]) -> Iterator[Asked]:
    tuned, excluded = entry.expectations or {}, entry.exclude or {}
    picked = dict(_picked(entry))
    # what a role would ask for, were its reference named, may be left out too: the reason is on record then
    may_be_left_out = {*picked, *tuned, *(kind for role in entry.role or () for kind in ROLES[role].picks)}
    for unused in excluded.keys() - may_be_left_out:
        said = format_unknown("expectation to leave out", unused, picked)
        errors.append(policy.error(("tables", name, "exclude", unused), f"{name}: {said}"))
    for kind, because in {**dict.fromkeys(tuned, "expectations"), **picked}.items():
        if kind in excluded or kind not in {**all_expectations(), **dict.fromkeys(of_great_expectations())}:
            continue  # unknown types of `expectations` are reported by problems()
        at: Address = ("tables", name, "expectations", kind) if kind in tuned else ("tables", name, "role")
        several = tuned.get(kind, (Tuning(),))
        for number, tuning in enumerate(several):
            try:
                here = (*at, number) if len(several) > 1 else at
                yield _one(policy, name, kind, tuning, because, here)
            except PolicyError as error:
                errors.extend(error.errors)


def _one(policy: Policy, name: str, kind: str, tuning: Tuning, because: str, at: Address) -> Asked:
    governed = all_expectations().get(kind)
    if governed is None:
        return Asked(kind, tuning.arguments, tuning, because)
    done: Filled = filled(policy, name, governed, tuning, at)
    key = tuning.arguments.get("record_key")
    if isinstance(key, str) and is_identifier(policy.tables[name], key):
        raise policy.error((*at, "record_key"), f"{name}: {kind}: {shown_key(key)}", OTHER_KEY)
    for reference in done.governed.references():
        _refuse_elsewhere(policy, name, kind, reference, at)
    return Asked(kind, done.given, tuning, because, done.governed)


def _refuse_elsewhere(policy: Policy, name: str, kind: str, reference: str, at: Address) -> None:
    """A reference must be a table of the policy, in the same data source: one query reads both."""
    if reference not in policy.tables:
        raise policy.error(at, f"{name}: {kind}: {format_unknown('table', reference, policy.tables)}")
    here, there = source_of(policy.tables[name]), source_of(policy.tables[reference])
    if here != there:
        raise policy.error(
            at,
            f"{name}: {kind} looks records up in {reference}, which lies in {there}, not in {here}.",
            f"Bring {reference} into {here} (load it there, or extract both), or exclude the expectation with a reason.",
        )


def _picked(entry: TableEntry) -> Iterator[tuple[str, str]]:
    """The expectations that its roles ask for, as far as they are installed, and which role asks."""
    references = entry.references or {}
    for role in entry.role or ():
        for kind, needed in ROLES[role].picks.items():
            there = bool(pointers(entry)) if needed == POINTERS else needed is None or needed in references
            if kind in all_expectations() and there:
                yield kind, f"role {role}"
