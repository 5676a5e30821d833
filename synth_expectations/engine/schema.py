"""The columns of a table: their names, and the kind of value that each holds."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from copy import copy
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import chain, count

from synth_expectations.errors import ConditionError, MissingColumnError, build_missing_column_error


class Family(Enum):
    """The kind of value that a column holds, as far as rules care; the member's value names it in a sentence."""

    TEXT = "text"
    BOOLEAN = "true or false"
    NUMBER = "a number"
    DECIMAL = "a decimal number"
    FLOAT = "a floating-point number"
    DATE = "a date"
    NAIVE = "a time without zone"
    ZONED = "a time with zone"
    BINARY = "bytes"
    WRITTEN = "of a type that is written as text"
    NOTHING = "without a type"
    UUID = "a UUID"
    OTHER = "of another type"


@dataclass(frozen=True)
class Column:
    """A column as the engine reports it."""

    name: str
    family: Family


TEXTS = frozenset({Family.TEXT, Family.BINARY, Family.WRITTEN, Family.NOTHING})
"""What is read as text: bytes in UTF-8, enumerations and the like, and the column of an empty type, which is all NULL."""

NUMBERS = frozenset({Family.NUMBER, Family.DECIMAL, Family.FLOAT})

ALIKE = (*({family} for family in Family), NUMBERS, {Family.DATE, Family.NAIVE})
"""Type families that have values in common."""

_FITS = {
    "time": {Family.DATE, Family.NAIVE, Family.ZONED, *TEXTS},
    # of another type: what the engine can show as text
    "text": {*TEXTS, Family.OTHER, Family.UUID},
}


class Columns:
    """The columns of one table, found by the names that people write.

    Args:
        columns: the columns in the order of the table.
        table: the name of the table in sentences.
        folds: how the engine stores a name that was written without quotes: `upper`, `any` (it does not distinguish
            case), or None (as written).

    Raises:
        ConditionError: the engine does not distinguish case, and two columns differ only by case.
    """

    def __init__(self, columns: Iterable[Column], table: str, folds: str | None = None) -> None:
        self._by_name: dict[str, Column] = {}
        self._has_values: Callable[[Column], bool] | None = None
        self._asked: set[str] = set()
        self.table = table
        self._folds = folds
        self._twice: set[str] = set()
        self._folded: dict[str, str] = {}
        for column in columns:
            same = self._folded.setdefault(column.name.casefold(), column.name)
            if same != column.name and folds == "any":
                raise ConditionError(
                    f"Columns {same} and {column.name} of {table} differ only by case.",
                    "This engine cannot tell them apart: rename one of them.",
                )
            if column.name in self._by_name:
                self._twice.add(column.name)
            self._by_name[column.name] = column

    def asking(self, has_values: Callable[[Column], bool]) -> Columns:
        """Return the same columns, which can ask the table whether a column of numbers has any value."""
        asking = copy(self)
        asking._by_name = dict(self._by_name)
        asking._has_values, asking._asked = has_values, set()
        return asking

    def drop_type(self, name: str) -> bool:
        """Take a column of numbers for one without a type if it has no value; return whether it has none.

        A column without any value is often written as numbers, whatever it is meant to hold: pandas writes NaN. The table
        is asked once, and only where numbers would be an error.
        """
        column = self.find(name)
        if column.family in NUMBERS and self._has_values and column.name not in self._asked:
            self._asked.add(column.name)
            if not self._has_values(column):
                self._by_name[column.name] = Column(column.name, Family.NOTHING)
                self.__dict__.pop("signature", None)
        return self._by_name[column.name].family is Family.NOTHING

    @property
    def was_asked(self) -> bool:
        """Whether the table was asked for values, so that what is planned for it may not hold for others of its form."""
        return bool(self._asked)

    @property
    def form(self) -> Hashable:
        """Return what tables have in common on which every condition means the same, and whose columns are in one order."""
        return tuple(self._by_name.values()), frozenset(self._twice), self._folds

    @cached_property
    def signature(self) -> frozenset[Column]:
        """Return the columns without their order: a condition means the same on tables with the same signature."""
        return frozenset(self._by_name.values()) | {Column(name, Family.OTHER) for name in self._twice}

    @property
    def names(self) -> list[str]:
        """Return the names in the order of the table."""
        return list(self._by_name)

    def find(self, name: str) -> Column:
        """Return the column of a name, exactly, or as the engine folds a name written without quotes.

        Raises:
            ConditionError: the table has no such column (the error names the nearest), or two.
        """
        found = name if name in self._by_name else self._as_folded(name)
        if found is None:
            raise build_missing_column_error(name, self.names, self.table)
        if found in self._twice:
            raise ConditionError(f"{self.table} has two columns named {found}.", "Rename one of them.")
        return self._by_name[found]

    def free(self, name: str) -> str:
        """Return a name that no column has, in any case: the given one, or the given one and a number."""
        taken = {column.casefold() for column in self.names}
        candidates = chain([name], (f"{name}{number}" for number in count()))
        return next(candidate for candidate in candidates if candidate not in taken)

    def lacking(self, name: str, kind: str) -> str | None:
        """Return how a column falls short of holding `time` or `text` (or, for an empty kind, anything); None if it holds it.

        Raises:
            ConditionError: the name is ambiguous.
        """
        try:
            family = self.find(name).family
        except MissingColumnError:
            return "missing"
        return None if not kind or family in _FITS[kind] or self.drop_type(name) else family.value

    def _as_folded(self, name: str) -> str | None:
        if self._folds == "upper" and name == name.lower() and name.upper() in self._by_name:
            return name.upper()
        found = self._folded.get(name.casefold()) if self._folds == "any" else None
        if found and f"{name}_1" in self._by_name:
            # DuckDB reads a second column that differs by case as `name_1`: the first is not the one that was meant.
            raise ConditionError(
                f"{self.table} has {found} and {name}_1, which may be a {name} that DuckDB renamed.",
                "Write the name exactly, or rename one of them.",
            )
        return found
