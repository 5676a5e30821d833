"""The types that a policy gives to columns of extracts: what a value must look like, and how DuckDB makes it one.

DuckDB's own casts are lax: they round `1.5` to a whole number, take `24:00` for the next day and `1e999` for infinity.
So a pattern decides first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from synth_expectations.errors import nearest

_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?"
_ZONE = "(Z|[+-][0-9]{2}:?[0-9]{2})"


@dataclass(frozen=True)
class ColumnType:
    """A type of a column.

    Attributes:
        name: as a policy writes it.
        sql: DuckDB's name of the type.
        pattern: what a value must match as a whole, in RE2's words; None for text.
        example: a value of the type, for errors.
    """

    name: str
    sql: str
    pattern: str | None
    example: str

    def cast(self, column: str) -> str:
        """Return the SQL of a column of text as this type, NULL where it is none; the session's time zone plays no part.

        Args:
            column: its quoted name.
        """
        if self.pattern is None:
            return column
        value = column
        if self.name == "timestamptz":
            value = f"CASE WHEN regexp_matches({column}, '{_ZONE}$') THEN {column} ELSE {self._with_zone(column)} END"
        cast = f"TRY_CAST({value} AS {self.sql})"
        if self.name == "number":
            cast = f"CASE WHEN isfinite({cast}) THEN {cast} END"
        return f"CASE WHEN regexp_full_match({column}, '{self.pattern}') THEN {cast} END"

    @staticmethod
    def _with_zone(column: str) -> str:
        """Return the SQL of a time without zone, which is in UTC; a day alone is its first moment."""
        return f"CASE WHEN length({column}) = 10 THEN {column} || ' 00:00:00Z' ELSE {column} || 'Z' END"


_TYPES = {
    kind.name: kind
    for kind in (
        ColumnType("text", "VARCHAR", None, "any text"),
        ColumnType("boolean", "BOOLEAN", "(?i)true|false", "true"),
        ColumnType("integer", "BIGINT", "-?[0-9]{1,19}", "42"),
        ColumnType("number", "DOUBLE", "-?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]{1,3})?", "4.2"),
        ColumnType("date", "DATE", _DAY, "2026-11-22"),
        ColumnType("timestamp", "TIMESTAMP", f"{_DAY}([T ]{_CLOCK})?", "2026-11-22T09:30:00"),
        ColumnType("timestamptz", "TIMESTAMPTZ", f"{_DAY}([T ]{_CLOCK}{_ZONE}?)?", "2026-11-22T09:30:00Z"),
    )
}
NAMES = (*_TYPES, "decimal(18,4)")
"""The types, with an example of the one that takes numbers."""


def parse_type(name: str) -> ColumnType:
    """Return the type of a name.

    Raises:
        ValueError: there is none.
    """
    folded = re.sub(r"\s", "", name.lower())
    if folded in _TYPES:
        return _TYPES[folded]
    match = re.fullmatch(r"decimal\(([0-9]{1,2}),([0-9]{1,2})\)", folded)
    if match and 0 <= (scale := int(match[2])) < (precision := int(match[1])) <= 38:
        whole = precision - scale
        fraction = f"([.][0-9]{{1,{scale}}})?" if scale else ""
        return ColumnType(folded, f"DECIMAL({precision}, {scale})", f"-?[0-9]{{1,{whole}}}{fraction}", "4.20")
    guess = nearest(folded, list(_TYPES))
    hint = f"did you mean {guess}?" if guess else f"there are {', '.join(NAMES)}"
    raise ValueError(f"{name!r} is not a type: {hint}")
