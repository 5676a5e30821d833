"""Which expectations each table gets, in which suite, with which arguments."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from synth_expectations.catalogue import all_expectations
from synth_expectations.expectation import Kind, SyntheticDataExpectation
from synth_expectations.policy.arguments import Filled, checked_references, filled
from synth_expectations.policy.document import Address
from synth_expectations.policy.errors import PolicyError
from synth_expectations.policy.load import Policy
from synth_expectations.policy.model import TableEntry, Tuning, unknown
from synth_expectations.policy.roles import COLUMN_WORDS, OF_REFERENCE, REFERENCE, ROLES, SEES_ALL_ROWS

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
        problems = [*_problems(policy, name, entry), *checked_references(policy, name)]
        errors += problems
        if problems:
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
        said = unknown("expectation to leave out", unused, picked)
        errors.append(policy.error(("tables", name, "exclude", unused), f"{name}: {said}"))
    for kind, because in {**dict.fromkeys(tuned, "expectations"), **picked}.items():
        if kind in excluded or kind not in {**all_expectations(), **dict.fromkeys(_of_great_expectations())}:
            continue  # unknown types of `expectations` are reported by _problems
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
    if isinstance(key, str) and _is_identifier(policy.tables[name], key):
        raise policy.error((*at, "record_key"), f"{name}: {kind}: {_shown_key(key)}", _OTHER_KEY)
    for argument in governed.arguments_of_kind(Kind.REFERENCE):
        reference = getattr(done.governed, argument)
        if reference is not None:
            _refuse_elsewhere(policy, name, kind, reference, at)
    return Asked(kind, done.given, tuning, because, done.governed)


def _refuse_elsewhere(policy: Policy, name: str, kind: str, reference: str, at: Address) -> None:
    """A reference must be a table of the policy, in the same data source: one query reads both."""
    if reference not in policy.tables:
        raise policy.error(at, f"{name}: {kind}: {unknown('table', reference, policy.tables)}")
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
            if kind in all_expectations() and (needed is None or needed in references):
                yield kind, f"role {role}"


def source_of(entry: TableEntry) -> str:
    """The name of a table's data source."""
    return entry.parquet[0].partition("/")[0] if entry.parquet else entry.data_source or ""


def _problems(policy: Policy, name: str, entry: TableEntry) -> Iterator[PolicyError]:
    """What is wrong with a table, before its expectations are looked at."""
    here: Address = ("tables", name)
    twins = [each for each in policy.tables if each.casefold() == name.casefold()]
    if name != twins[0]:
        said = f"{name}: {twins[0]} differs from it only by case, and so would their files."
        yield policy.error(here, said, "Rename one of them.")
    if not entry.role:
        yield policy.error(here, f"{name} has no role.", f"There are {', '.join(ROLES)}.")
    yield from _of_source(policy, name, entry)
    yield from _of_marker(policy, name, entry)
    columns = {word: column for word, column in (entry.columns or {}).items() if column}
    for role in entry.role or ():
        for word in ROLES[role].columns:
            if word not in columns:
                hint = f"Add {word}: <its column>, or exclude what needs it by removing the role."
                yield policy.error(
                    (*here, "columns"), f"{name}: columns.{word} is missing, which role {role} needs.", hint
                )
    for word in columns.keys() - _words():
        yield policy.error((*here, "columns", word), f"{name}: {unknown('word of columns', word, _words())}")
    if _is_identifier(entry, columns.get("key")):
        yield policy.error((*here, "columns", "key"), f"{name}: {_shown_key(columns['key'])}", _OTHER_KEY)
    known = {*all_expectations(), *_of_great_expectations()}
    for block in ("expectations", "exclude"):
        for kind in (getattr(entry, block) or {}).keys() - known:
            later = any(kind in role.picks for role in ROLES.values())
            said = f"{kind} is not in this version." if later else unknown("expectation", kind, known)
            yield policy.error(
                (*here, block, kind), f"{name}: {said}", "" if later else "See: synth-expectations list."
            )
    known_references = {each for role in ROLES.values() for each in role.picks.values() if each}
    known_references |= set(REFERENCE.values()) | set(OF_REFERENCE) | _reference_arguments()
    for reference in (entry.references or {}).keys() - known_references:
        at = (*here, "references", reference)
        yield policy.error(at, f"{name}: {unknown('reference', reference, known_references)}")


def _of_source(policy: Policy, name: str, entry: TableEntry) -> Iterator[PolicyError]:
    here: Address = ("tables", name)
    if bool(entry.parquet) == bool(entry.table):
        yield policy.error(here, f"{name} needs either parquet: or table:.", "Say where its records lie.")
        return
    if entry.parquet and entry.data_source:
        yield policy.error(
            (*here, "data_source"), f"{name}: parquet: already names the data source.", "Remove data_source."
        )
    if entry.table and not entry.data_source:
        yield policy.error((*here, "table"), f"{name}: table: needs data_source.", "Name one of data_sources.")
        return
    sources = {each.partition("/")[0] for each in entry.parquet} if entry.parquet else {entry.data_source or ""}
    at = (*here, "parquet" if entry.parquet else "data_source")
    for each in entry.parquet or ():
        if not each.partition("/")[2]:
            source = each.rstrip("/")
            yield policy.error(at, f"{name}: {each} names no files.", f"Write {source}/*.parquet, or the like.")
    if len(sources) > 1:
        yield policy.error(at, f"{name}: its files lie in several data sources: {', '.join(sorted(sources))}.")
    for source in sorted(sources - policy.words.data_sources.keys()):
        yield policy.error(at, f"{name}: {unknown('data source', source, policy.words.data_sources)}")
    for source in sorted(sources & policy.words.data_sources.keys()):
        kind = policy.words.data_sources[source].type
        if kind and (kind == "parquet") != bool(entry.parquet):
            said = f"{source} is of type {kind}, which holds {'files' if kind == 'parquet' else 'tables'}."
            yield policy.error(at, f"{name}: {said}", f"Write {'parquet' if kind == 'parquet' else 'table'}: instead.")


def _of_marker(policy: Policy, name: str, entry: TableEntry) -> Iterator[PolicyError]:
    here: Address = ("tables", name)
    marked = [role for role in entry.role or () if ROLES[role].has_marker]
    if entry.marker == "none":
        if entry.all is None:
            yield policy.error((*here, "marker"), f"{name}: marker none needs all: real or all: synthetic.")
        if "mixed" in marked:
            said = f"{name}: a mixed table needs a marker: nothing else says which records are synthetic."
            yield policy.error((*here, "marker"), said, "Name its column, or give the table another role.")
    elif marked and not (entry.marker and entry.marker.column):
        said = f"{name}: marker.column is missing, which role {marked[0]} needs."
        yield policy.error(here, said, "Name it, or write marker: none with all: real or all: synthetic.")
    elif entry.all is not None and entry.marker:
        yield policy.error((*here, "all"), f"{name}: all: is for tables with marker: none.", "Remove one of them.")


_OTHER_KEY = "Name a column that says nothing of the person."


def _shown_key(key: str) -> str:
    return f"the key {key} is an identifier, and keys are shown in results."


def _is_identifier(entry: TableEntry, column: str | None) -> bool:
    """Whether a column names a person; engines that fold names read `email` for `Email`."""
    if column is None or entry.identifiers is None:
        return False
    return column.casefold() in {each.casefold() for each in entry.identifiers.columns()}


@cache
def _words() -> frozenset[str]:
    """The words that `columns` may have."""
    arguments = {word for kind in all_expectations().values() for word in _words_of(kind)}
    of_roles = {word for role in ROLES.values() for word in role.columns}
    not_words = {each for each in arguments if each.endswith(("_key", "_column"))} | {"anchor", "key"}
    return frozenset((arguments - not_words) | of_roles | set(COLUMN_WORDS))


def _words_of(kind: type[SyntheticDataExpectation]) -> Iterator[str]:
    """The arguments that are columns; those of a reference as that table calls them."""
    references = kind.arguments_of_kind(Kind.REFERENCE)
    for name in kind.arguments_of_kind(Kind.COLUMN):
        of = next((each for each in references if name.startswith(f"{each}_")), None)
        yield name.removeprefix(f"{of}_") if of else name


@cache
def _reference_arguments() -> frozenset[str]:
    kinds = all_expectations().values()
    return frozenset(each for kind in kinds for each in kind.arguments_of_kind(Kind.REFERENCE)) - {"reference"}


_ABSTRACT = frozenset({"expect_multicolumn_values_to_be_unique"})
"""Exported by Great Expectations, but not registered: a suite that names it loses it without a word."""

_EXPORTED = re.compile(r"^from [\w.]*\.((?:expect|unexpected)_\w+) import", re.MULTILINE)


@cache
def _of_great_expectations() -> frozenset[str]:
    """The types of Great Expectations' own expectations, as its source exports them: importing it takes seconds."""
    spec = importlib.util.find_spec("great_expectations")
    roots = spec.submodule_search_locations if spec else None
    exports = [Path(root, "expectations", "core", "__init__.py") for root in roots or ()]
    named = (name for file in exports for name in _EXPORTED.findall(file.read_text(encoding="utf-8")))
    return frozenset(named) - _ABSTRACT
