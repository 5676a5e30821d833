"""Flags that may be the marker under another name: they are asked about, and never taken for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from synth_expectations.engine.schema import Family
from synth_expectations.policy.infer import names
from synth_expectations.policy.infer.codes import to_policy_value
from synth_expectations.policy.infer.model import Flag
from synth_expectations.policy.infer.scalars import format_scalar

_TRUE = frozenset({"true", "t", "yes", "y", "1"})
_FALSE = frozenset({"false", "f", "no", "n", "0"})
_MOST_ASKED = 3


def read_flag(family: Family, values: Iterable[Any]) -> Flag | None:
    """Return the flag that some values of a column are; None if the column holds anything else."""
    if family == Family.BOOLEAN:
        return Flag((True,), (False,))
    seen: dict[str, Any] = {}
    for value in values:
        if value is not None and str(value).strip():
            writing = to_policy_value(value.strip() if isinstance(value, str) else value)
            seen.setdefault(str(writing).lower(), writing)
    if not seen or not seen.keys() <= _TRUE | _FALSE:
        return None
    true, false = (tuple(value for text, value in seen.items() if text in side) for side in (_TRUE, _FALSE))
    return Flag(true or _opposite(false), false or _opposite(true))


def holds(name: str, family: Family, values: Sequence[Any]) -> sa.ColumnElement[bool]:
    """Return that a column has one of some values; text in any case, without spaces around it."""
    column: sa.ColumnElement[Any] = sa.column(name)
    if family == Family.BOOLEAN:
        return sa.or_(*[column == (sa.true() if value else sa.false()) for value in values])
    if family in {Family.NUMBER, Family.FLOAT}:
        return column.in_([value for value in values if not isinstance(value, str)])
    return sa.func.lower(sa.func.trim(column)).in_([str(value).strip().lower() for value in values])


def is_candidate(name: str) -> bool:
    """Return whether a flag of this name may mean that a record is synthetic."""
    words = set(names.split_words(name))
    data = names.load_data()
    return bool(words & set(data["telling"])) or not words & set(data["ordinary_flags"])


def list_questions(flags: Iterable[tuple[str, Flag | None]], rows: int) -> list[str]:
    """Return a question for each flag that is mostly false, as the line of the policy that would answer it.

    Args:
        flags: the columns of a table without a marker, and what they are.
        rows: how many records the table has.
    """
    telling = set(names.load_data()["telling"])
    asked = [
        (not telling & set(names.split_words(name)), flag.count, name, flag)
        for name, flag in flags
        if flag and 0 < 2 * flag.count < rows
    ]
    return [
        _format_question(name, flag, rows)
        for _, _, name, flag in sorted(asked, key=lambda question: question[:3])[:_MOST_ASKED]
    ]


def _format_question(name: str, flag: Flag, rows: int) -> str:
    marker = format_scalar({"column": name, "synthetic": list(flag.true), "real": list(flag.false)})
    return f"marker: {marker}  # a question: are the {flag.count:,} of {rows:,} records that have it synthetic?"


def _opposite(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the other writing of a flag of which only one side was seen."""
    [value] = values[:1]
    for pair in names.load_data()["opposites"]:
        if str(value) in pair:
            opposite = pair[1 - pair.index(str(value))]
            return (opposite if isinstance(value, str) else int(opposite),)
    return ()
