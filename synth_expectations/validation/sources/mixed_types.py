"""Columns that have several types in the files of one table: each value is read as what it is, or the table is refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NoReturn

from synth_expectations.engine.schema import ALIKE, Column, Family
from synth_expectations.validation.sources.unreadable_table import UnreadableTableError


def find_mixed_columns(
    table: str, schemas: Iterable[Sequence[Column]], also_alike: Sequence[set[Family]] = ()
) -> set[str]:
    """Return the columns, folded, that must be read as text, because their types have no values in common.

    Args:
        table: its name, for errors.
        schemas: the columns of files.
        also_alike: type families that this engine can read as one of them.

    Raises:
        UnreadableTableError: such a column is a list, a map or a struct in some files; names its types.
    """
    families: dict[str, set[Family]] = {}
    names: dict[str, str] = {}
    for columns in schemas:
        for column in columns:
            name = column.name.casefold()
            names.setdefault(name, column.name)
            families.setdefault(name, set()).add(column.family)
    mixed = set()
    for name, of_column in families.items():
        of_column.discard(Family.NOTHING)
        if any(of_column <= alike for alike in (*ALIKE, *also_alike)):
            continue
        if Family.OTHER in of_column:
            refuse_types(table, names[name], [family.value for family in of_column])
        mixed.add(name)
    return mixed


def refuse_types(table: str, column: str, types: Iterable[str]) -> NoReturn:
    """Raise that a column has types that cannot be read as one.

    Raises:
        UnreadableTableError: always.
    """
    raise UnreadableTableError(
        f"{table} cannot be read: in its files, column {column} is {' and '.join(sorted(types))}.",
        "Write that column with one type in all files.",
    )
