"""How the tables of a policy lead from a record to others: by its key, by a key that it holds, or by its identifiers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from synth_expectations.policy.load.loader import Policy
from synth_expectations.policy.table_entry import TableEntry

LinkKind = Literal["key", "forward", "twins"]

_KEY_COLUMNS = {"held": "frozen_record", "personas": "accessed"}
"""By the word of a reference, the word of the column that holds the key, where it is another one."""

_SAME_KEYS = frozenset({"snapshot", "corrections"})
"""References to tables whose rows have the keys of the records themselves."""

_FORWARD_COLUMNS = {"sync_runs": "sync_run_id", "registry": "dataset_id", "holds": "hold"}
"""By the word of a reference, the word of the column that holds the key of a row there."""


@dataclass(frozen=True)
class TableLink:
    """A way from the traced table to another.

    Attributes:
        table: where it leads.
        kind: by the key of the record (`key`), by a key that the record holds (`forward`), or by identifiers (`twins`).
        column: that is compared: of the other table, or of the traced one for `forward`; empty for `twins`.
        why: what of the policy says so.
    """

    table: str
    kind: LinkKind
    column: str
    why: str


@dataclass(frozen=True)
class UnlinkedTable:
    """A table that is not searched, and why."""

    table: str
    reason: str


def find_links(policy: Policy, table: str) -> list[TableLink | UnlinkedTable]:
    """Return how each table of a policy is reached from a record of a table, in the order of the policy."""
    links: list[TableLink | UnlinkedTable] = []
    for name in policy.tables:
        found = list(dict.fromkeys(_find_links(policy, table, name)))
        links += found or [UnlinkedTable(name, f"nothing in the policy says how its records refer to {table}")]
    return links


def _find_links(policy: Policy, table: str, other: str) -> Iterator[TableLink | UnlinkedTable]:
    here, there = policy.tables[table], policy.tables[other]
    if other == table:
        yield TableLink(table, "key", (here.columns or {}).get("key") or "", "its own key")
    for word, references in (there.references or {}).items():
        for reference in references if other != table else ():
            column = (there.columns or {}).get(word) or (there.columns or {}).get(_KEY_COLUMNS.get(word, ""))
            if reference.table != table or not column:
                continue
            if reference.field == "key":
                yield TableLink(other, "key", column, f"references.{word} of {other}")
            else:
                yield UnlinkedTable(
                    other, f"references.{word} leads to {reference.field} of {table}, and not to its key"
                )
    for word, references in (here.references or {}).items():
        for reference in references if other != table else ():
            if reference.table == other:
                yield from _find_forward(here, there, other, word)
    if "registry" in (there.role or ()) and (column := (here.columns or {}).get("dataset_id")):
        yield TableLink(other, "forward", column, "dataset_id")
    if here.identifiers and there.identifiers:
        yield TableLink(other, "twins", "", "identifiers of both tables")


def _find_forward(here: TableEntry, there: TableEntry, other: str, word: str) -> Iterator[TableLink]:
    key, columns = (there.columns or {}).get("key"), here.columns or {}
    if not key:
        return
    if word in _SAME_KEYS:
        yield TableLink(other, "key", key, f"references.{word}")
    elif column := columns.get(_FORWARD_COLUMNS.get(word, word)):
        yield TableLink(other, "forward", column, f"references.{word}")
