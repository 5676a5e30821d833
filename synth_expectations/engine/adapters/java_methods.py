"""Let Spark write a query into several Java methods.

Java compiles no method of more than 8,000 bytes: the whole scan would be interpreted, in four times the time. What holds
a function of an array Spark writes into several methods, so one value or flag of many is made to hold one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from synth_expectations.engine.adapters.value_queries import KeyQuery
from synth_expectations.engine.count_query import CountQuery

_MOST_VALUES, _MOST_FLAGS = 8, 12
"""How many values, and how many flags, Spark may write into one method."""


def divide_values(values: Mapping[str, str], columns: Sequence[str]) -> Mapping[str, str]:
    """Return computed values (SQL, by alias), of many the first beside a function of an array.

    Beside, not within: Spark interprets what is within, and decodes the text of a pattern anew for each row.

    Args:
        values: that are computed.
        columns: that are read beside them, as SQL.
    """
    if len(values) <= _MOST_VALUES or not columns:
        return values
    alias, value = next(iter(values.items()))
    return {**values, alias: f"CASE WHEN {_write_one(columns[0])} = 1 THEN {value} END"}


def divide_flags(query: CountQuery, columns: Sequence[str]) -> dict[str, str]:
    """Return the flags of a query, of many the first with a function of an array: it is computed for violations alone."""
    flags = query.flags()
    if len(flags) > _MOST_FLAGS and columns:
        [first, *_] = query.conditions
        flags[f"c{query.conditions[first]}"] = f"CASE WHEN {first} THEN {_write_one(_quote(columns[0]))} END"
    return flags


def divide_condition(query: KeyQuery, condition: str, columns: Sequence[str]) -> str:
    """Return a condition; where it stands for many, with a function of an array, for the rows that meet it."""
    return (
        f"({condition}) AND {_write_one(_quote(columns[0]))} = 1"
        if len(query.conditions) > _MOST_FLAGS and columns
        else condition
    )


def _write_one(column: str) -> str:
    """Return the number 1 in an expression that Spark does not write into the same method as others."""
    return f"SIZE(TRANSFORM(ARRAY({column}), v -> 1))"


def _quote(column: str) -> str:
    return "`" + column.replace("`", "``") + "`"
