"""What a trace reads of a row: what the policy names, and no identifier; and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.adapters.match_queries import BOUND, MatchQuery
from synth_expectations.engine.compiler import Compiler
from synth_expectations.engine.count_query import format_key
from synth_expectations.engine.schema import Column, Columns, Family
from synth_expectations.policy.table_entry import Identifiers, TableEntry
from synth_expectations.rules.expressions import (
    as_of,
    concatenate,
    is_before,
    is_blank,
    is_one_of,
    make_key,
    normalize,
    normalize_key,
    only_where,
    to_timestamp,
)
from synth_expectations.rules.expressions import field as column_of
from synth_expectations.rules.nodes import Condition
from synth_expectations.rules.nothing import NOTHING
from synth_expectations.runner.policy_tables import PolicyTables

MOST_ROWS = 200
"""Rows of a table that a trace lists; it says if there are more."""


@dataclass(frozen=True)
class FoundRow:
    """A row of a table.

    Attributes:
        values: what it says, by the word of the policy and the column; None for nothing.
        states: what follows from it, such as `active hold`.
    """

    values: dict[str, str | None]
    states: tuple[str, ...] = ()


class RowReader:
    """Reads of a row what the policy names, and no identifier."""

    def __init__(self, tables: PolicyTables, table: str, adapter: Adapter, at: datetime) -> None:
        self._entry = tables.find(table)
        self._kinds = tables.list_kinds(table, adapter.columns())
        self._at = at
        self._dialect = adapter.dialect
        self._compiler = Compiler(adapter.columns(), adapter.dialect, at)
        known = {name.casefold() for name in adapter.columns().names}
        identifiers = {
            name.casefold() for name in (self._entry.identifiers.columns() if self._entry.identifiers else ())
        }
        columns = {
            f"{word} {column}": column
            for word, column in (self._entry.columns or {}).items()
            if column and column.casefold() not in identifiers and column.casefold() in known
        }
        self._labels = list(columns)
        self._states = _list_states(tables, self._entry)
        self.sql = [
            *(self._compiler.compile_text(column) for column in columns.values()),
            *(_as_flag(self._compiler.compile(condition)) for _, condition in self._kinds),
            *(_as_flag(self._compiler.compile(condition)) for _, condition in self._states),
        ]

    def match(self, column: str, bound: Sequence[str], kind: str, read: Sequence[str] | None = None) -> MatchQuery:
        """Return the query of the rows whose column is one of some keys."""
        text = Compiler(Columns([Column(BOUND, Family.TEXT)], "the key"), self._dialect, self._at)
        return MatchQuery(
            value=self._compiler.compile(normalize_key(column_of(column), kind)),
            bound=bound,
            bound_form=text.compile(normalize_key(column_of(BOUND), kind)),
            read=self.sql if read is None else read,
            most=MOST_ROWS + 1,
        )

    def read(self, row: Sequence[Any]) -> FoundRow:
        """Return what a row says."""
        count, kinds = len(self._labels), len(self._kinds)
        texts = [None if value is None else format_key(value) for value in row[:count]]
        values = dict(zip(self._labels, texts, strict=True))
        flags = row[count : count + kinds]
        told = [kind for (kind, _), flag in zip(self._kinds, flags, strict=True) if flag]
        states = [state for (state, _), flag in zip(self._states, row[count + kinds :], strict=True) if flag]
        return FoundRow(values, (*told, *states))


def list_identifiers(identifiers: Identifiers) -> dict[str, Condition]:
    """Return what names a person in a table, in the form in which two spellings are equal: by its name."""
    listed: dict[str, Condition] = {}
    if identifiers.email:
        listed["e-mail address"] = _unless_nothing(identifiers.email, normalize(column_of(identifiers.email), "email"))
    if identifiers.phone:
        number = normalize(column_of(identifiers.phone), "phone", identifiers.calling_code)
        listed["telephone number"] = _unless_nothing(identifiers.phone, number)
    if identifiers.name and identifiers.birth_date and identifiers.postcode:
        name = concatenate(*[normalize(column_of(part), "name") for part in identifiers.name])
        born = normalize(column_of(identifiers.birth_date), "date")
        listed["name, birth date and postcode"] = make_key(
            name, born, normalize(column_of(identifiers.postcode), "postcode")
        )
    return listed


def _unless_nothing(column: str, value: Condition) -> Condition:
    return only_where(~is_one_of(column_of(column), NOTHING), value)


def _list_states(tables: PolicyTables, entry: TableEntry) -> list[tuple[str, Condition]]:
    """Return what follows from a row at the time of the trace: an active hold, an age beyond its limit."""
    columns = entry.columns or {}
    states: list[tuple[str, Condition]] = []
    placed, released = columns.get("placed_at"), columns.get("released_at")
    if placed and released:
        ended = column_of(released)
        still = is_blank(ended) | is_before(as_of(), to_timestamp(ended))
        states.append(("active hold", still & ~is_before(as_of(), to_timestamp(column_of(placed)))))
    retention = tables.policy.words.retention
    kind, anchor = (retention and columns.get(retention.class_)), columns.get("generated_at")
    if retention and kind and anchor:
        born = to_timestamp(column_of(anchor))
        for name, limits in sorted(retention.classes.items()):
            of_class = is_one_of(column_of(kind), [name])
            states.append((f"kept at most {limits.max} ({name})", of_class))
            states.append((f"older than {limits.max}", of_class & is_before(born, as_of(f"-{limits.max}"))))
            if limits.min:
                young = of_class & ~is_before(born, as_of(f"-{limits.min}"))
                states.append((f"to be kept at least {limits.min}", young))
    return states


def _as_flag(sql: str) -> str:
    return f"CASE WHEN {sql} THEN 1 ELSE 0 END"
