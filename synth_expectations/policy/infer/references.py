"""The columns of tables that point into other tables: by foreign keys, by names, and by the keys that they hold."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from synth_expectations.engine.schema import TEXTS, Family
from synth_expectations.policy.infer import names
from synth_expectations.policy.infer.model import TODO, ColumnProfile, Proposal, ProposedValue, TableProfile
from synth_expectations.policy.roles import ROLES
from synth_expectations.policy.vocabulary import column_words

_CONTAINED = 0.9
"""The share of keys that a table must hold to be the one that a column points into; the others point at nothing."""
_FEWEST = 3
"""Fewer keys than that say nothing without a name: any table with a record 1 holds them."""
_SUBJECT = "subject"
_REGISTRY = "registry"
_SNAPSHOT = "snapshot"

CountKnown = Callable[[str, Collection[object]], int]
"""How many of some keys a column of a table has."""


@dataclass(frozen=True)
class ProfiledTable:
    """A table that was read, and what was proposed for it.

    Attributes:
        profile: what was read.
        proposal: its name in the policy is final.
        count_known: asks the table how many of some keys a column of it has.
        files: of a table of files.
    """

    profile: TableProfile
    proposal: Proposal
    count_known: CountKnown
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Target:
    table: ProfiledTable
    why: str


def add_references(tables: Sequence[ProfiledTable], copies: Collection[str] = ()) -> list[Proposal]:
    """Return the proposals with the references that were found among the tables.

    Args:
        tables: those of one call.
        copies: the names of tables that are another one again; nothing points into them.

    Raises:
        ProposalError: a table cannot be read any more.
    """
    targets = [table for table in tables if table.proposal.table not in copies]
    return [_add_references(table, [target for target in targets if target is not table]) for table in tables]


def _add_references(table: ProfiledTable, others: Sequence[ProfiledTable]) -> Proposal:
    proposal, profile = table.proposal, table.profile
    columns = proposal.entry["columns"]
    assert isinstance(columns, dict)
    named, references, notes = dict(columns), dict(proposal.references), list(proposal.notes)
    roles = proposal.roles
    assigned = {line.value: word for word, line in columns.items() if isinstance(line.value, str)}
    for column in profile.columns:
        word = assigned.get(column.name)
        if word not in {None, _SUBJECT, "dataset_id"} or (word is None and "production" not in roles):
            continue
        if word == "dataset_id":
            candidates = [other for other in others if _REGISTRY in other.proposal.roles]
        else:
            candidates = [other for other in others if any(ROLES[role].has_marker for role in other.proposal.roles)]
        target = _find_target(table, column, candidates, notes, word)
        if target is None:
            continue
        reference = {None: "", "dataset_id": _REGISTRY, _SUBJECT: _SUBJECT}[word]
        if not reference:
            reference = _name_word(column.name, {*named, *references})
            named[reference] = ProposedValue(column.name, f"points into {target.table.proposal.table}")
        references[reference] = ProposedValue({"table": target.table.proposal.table}, target.why)
    if "mixed" in roles and (snapshot := _find_snapshot(table, others)):
        references[_SNAPSHOT] = snapshot
    entry = {**proposal.entry, "columns": named}
    return replace(proposal, entry=entry, references=references, notes=tuple(notes))


def _find_snapshot(table: ProfiledTable, others: Sequence[ProfiledTable]) -> ProposedValue | None:
    """Return the table that is what a table was before: named after it, with the same key and the same columns."""
    words = set(names.load_data()["snapshot_tables"])
    called = set(names.to_singular(table.profile.name).split(" "))
    columns = {column.name for column in table.profile.columns}
    for other in others:
        before = set(names.to_singular(other.profile.name).split(" "))
        has_columns = columns <= {column.name for column in other.profile.columns}
        same_key = _find_key(other.proposal) == _find_key(table.proposal) != ""
        if called < before and before - called <= words and has_columns and same_key:
            return ProposedValue({"table": other.proposal.table}, "its name, and the same columns")
    return None


def _find_target(
    table: ProfiledTable,
    column: ColumnProfile,
    candidates: Sequence[ProfiledTable],
    notes: list[str],
    word: str | None,
) -> _Target | None:
    """Return the table that a column points into; None if there is none, or if several hold its keys."""
    for candidate in candidates:
        if _find_key(candidate.proposal) and (column.name, candidate.profile.location) in table.profile.foreign_keys:
            return _Target(candidate, "foreign key")
    if column.sample is None:
        return None
    # a dataset that is not in the registry is to be found, so one that is there is enough
    enough = 1 if word == "dataset_id" else _CONTAINED * len(column.sample)
    called = _list_called(column.name)
    fitting = [candidate for candidate in candidates if _fits(column, candidate)]
    for candidate in fitting:
        if _is_named_after(candidate, called):
            known = _count_known(candidate, column)
            if known >= enough or not column.sample:
                why = f"name; {_format_known(known, column)}" if column.sample else "name; it is empty"
                return _Target(candidate, why)
            told = f"{column.name} is named like {candidate.proposal.table}, but {_format_known(known, column)}"
            notes.append(f"{told}: no reference")
            return None
    is_person = word == _SUBJECT or bool(called and called[-1] in names.load_data()["persons"])
    if (word is None and not is_person) or len(column.sample) < (_FEWEST if is_person else 1):
        return None
    if word is None:
        fitting = [candidate for candidate in fitting if candidate.proposal.entry.get("identifiers")]
    holding = [(candidate, known) for candidate in fitting if (known := _count_known(candidate, column)) >= enough]
    if len(holding) > 1:
        tables = ", ".join(candidate.proposal.table for candidate, _ in holding)
        notes.append(f"{column.name} may point into any of {tables}: each has its keys")
    return _Target(holding[0][0], _format_known(holding[0][1], column)) if len(holding) == 1 else None


def _count_known(candidate: ProfiledTable, column: ColumnProfile) -> int:
    key = _find_key(candidate.proposal)
    return candidate.count_known(key, column.sample) if key and column.sample else 0


def _format_known(known: int, column: ColumnProfile) -> str:
    return f"{known:,} of {len(column.sample or ()):,} of its keys are there"


def _fits(column: ColumnProfile, candidate: ProfiledTable) -> bool:
    """Return whether a column may hold keys of a table at all, by type."""
    key = _find_key(candidate.proposal)
    families = {known.name: known.family for known in candidate.profile.columns}
    if key not in families:
        return False
    return _to_side(column.family) is not None and _to_side(column.family) == _to_side(families[key])


def _to_side(family: Family) -> str | None:
    return "text" if family in {*TEXTS, Family.UUID} else "number" if family == Family.NUMBER else None


def _find_key(proposal: Proposal) -> str:
    """Return the key's column of a proposal; nothing if it is a TODO."""
    columns = proposal.entry["columns"]
    value = columns["key"].value if isinstance(columns, dict) else TODO
    return str(value["name"]) if isinstance(value, dict) else "" if value is TODO else str(value)


def _list_called(column: str) -> list[str]:
    return [part for part in names.split_words(column) if part not in names.load_data()["pointing"]]


def _is_named_after(candidate: ProfiledTable, called: Sequence[str]) -> bool:
    """Return whether a column is called after a table: `contact` for `ContactId` and `billing_contact_id`."""
    for name in (candidate.proposal.table, candidate.profile.name):
        words = names.to_singular(name).split(" ")
        if called and list(called[-len(words) :]) == words:
            return True
    return False


def list_pointing(columns: Sequence[tuple[str, Family]]) -> list[str]:
    """Return the columns that are named like keys of other tables, and those of subjects and datasets.

    Any custom field of Salesforce may be a lookup: `Primary_Contact__c`.
    """
    pointing = set(names.load_data()["pointing"])
    known = {name for word in ("subject", "dataset_id") for name in names.find_columns(word, columns, weak=True)}
    return [
        name
        for name, family in columns
        if _to_side(family)
        and (name in known or names.is_custom_field(name) or (names.split_words(name) or ("",))[-1] in pointing)
    ]


def _name_word(column: str, taken: Collection[str]) -> str:
    """Return the policy's word for a column that points into a table: `contact_id` for `ContactId`."""
    word = "_".join(names.split_words(column)) or "pointer"
    free = _list_words(word)
    return next(candidate for candidate in free if candidate not in taken and candidate not in column_words())


def _list_words(word: str) -> Iterator[str]:
    yield word
    number = 2
    while True:
        yield f"{word}_{number}"
        number += 1
