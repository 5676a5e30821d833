"""The header of a table: which row names the fields, and what the columns hold where no row does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any

from synth_expectations.gate.fields import PERSONAL, FieldKind, classify
from synth_expectations.gate.formats.repeated_keys import combine

MOST_BEFORE = 20
"""Rows among which the header is looked for, and by which columns without a name are told."""
_EMAIL = re.compile(r"<?[^\s@,;<>\"]{1,100}@[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63}){1,8}>?", re.IGNORECASE)
_PHONE = re.compile(r"\+[0-9][0-9 ().\-/]{6,20}[0-9]|(1[ .-])?\(?[0-9]{3}\)?[ .-][0-9]{3}[ .-][0-9]{4}")
_MAIL = frozenset({FieldKind.EMAIL, FieldKind.ROLE_EMAIL})
_MAX_NAME = 80
"""Characters of a field's name."""


def names_a_person(cells: Iterable[str]) -> bool:
    """Return whether a row names a field of a person, as a header does."""
    return any(len(cell) <= _MAX_NAME and classify(cell) in PERSONAL for cell in cells)


def infer_names(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return names for the columns of rows without a header, by their values; an empty list if no column is of a person.

    A column of e-mail addresses makes the rows people, and then phones are told too; other columns get their number. The
    first row must have an address itself: else it is a header.
    """
    if not rows or not any(_EMAIL.fullmatch(cell.strip()) for cell in rows[0]):
        return []
    names = _tell_columns(rows, [f"column_{number}" for number in range(1, len(rows[0]) + 1)])
    return names if any(map(classify, names)) else []


def tell_unnamed(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the names of a header, with `email` for columns of addresses if none of it is called like an e-mail.

    Headers in other languages, and such as `To`, say nothing of what they name.
    """
    if any(len(cell) <= _MAX_NAME and classify(cell) in _MAIL for cell in header):
        return list(header)
    return _tell_columns(rows, header)


def _tell_columns(rows: Sequence[Sequence[str]], names: Sequence[str]) -> list[str]:
    """Return names of columns, with `email` and `phone` for those whose values are such; phones only beside an e-mail."""
    columns = [
        [row[number].strip() for row in rows if number < len(row) and row[number].strip()]
        for number in range(len(names))
    ]
    if not any(_fits(values, _EMAIL) for values in columns):
        return list(names)
    told: list[str] = []
    for number, (name, values) in enumerate(zip(names, columns, strict=True), 1):
        kind = next((kind for kind, form in (("email", _EMAIL), ("phone", _PHONE)) if _fits(values, form)), "")
        told.append(
            name if not kind or classify(name[:_MAX_NAME]) else kind if kind not in told else f"{kind}_{number}"
        )
    return told


def name_values(names: Sequence[str], row: Sequence[Any]) -> dict[str, Any]:
    """Return the values of a row by their columns; of a name that the header has twice, all values count."""
    named = dict(zip(names, row, strict=False))
    if len(named) == len(names) or len(named) == len(row):
        return named
    return combine((name, value) for name, value in zip(names, row, strict=False) if name)


def _fits(values: Sequence[str], form: re.Pattern[str]) -> bool:
    return bool(values) and all(map(form.fullmatch, values))


def name_rows(rows: Iterable[tuple[Sequence[Any], int]]) -> Iterator[tuple[dict[str, Any], int]]:
    """Yield the rows of a table with its header among them as records, with their lines.

    Args:
        rows: values, with the line of each.
    """
    rows = iter(rows)
    first = list(islice(rows, MOST_BEFORE))
    texts = [["" if value is None else str(value) for value in row] for row, _ in first]
    at = next((number for number, row in enumerate(texts) if names_a_person(row)), None)
    if at is None:
        at = next((number for number, row in enumerate(texts) if any(cell.strip() for cell in row)), 0)
        if names := infer_names([row for row in texts[at:] if any(row)]):
            at -= 1
    else:
        names = []
    names = names or tell_unnamed([cell.strip() for cell in (texts[at] if texts else ())], texts[at + 1 :])
    for row, line in chain(first[at + 1 :], rows):
        if any(value is not None and value != "" for value in row):
            yield name_values(names, row), line
