"""The nodes of expressions that SQL does not have, or that engines understand differently.

None of them knows an engine or the type of a column; `engine.compiler` translates them once both are known.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlglot import exp

Condition = exp.Expr
"""A tree that is true or false for a record, or gives a value of it."""


class PortableExpression(exp.Expression, exp.Func):
    """A node that means the same on every engine; the compiler translates it to what the engine has."""


class IsBlank(PortableExpression):
    """True where the value is NULL, NaN, or text of white space only."""

    arg_types = {"this": True}


class IsOneOf(PortableExpression):
    """True where the value equals one of the literals; booleans, numbers and text compare alike."""

    arg_types = {"this": True, "expressions": True}
    is_var_len_args = True


class MatchesAny(PortableExpression):
    """True where the trimmed text matches one of the patterns as a whole."""

    arg_types = {"this": True, "expressions": True}
    is_var_len_args = True


class IsTrue(PortableExpression):
    """True where the comparison below it is true; false, not NULL, where a side is missing."""

    arg_types = {"this": True}


class AsTimestamp(PortableExpression):
    """The value as a timestamp in UTC; NULL where it is missing or cannot be read as one."""

    arg_types = {"this": True}


class AsOf(PortableExpression):
    """The time for which checks are run, plus or minus an ISO 8601 duration (calendar arithmetic, in UTC)."""

    arg_types = {"this": False}


class TimestampLiteral(PortableExpression):
    """A constant timestamp."""

    arg_types = {"this": True}


class PlusDuration(PortableExpression):
    """A timestamp plus an ISO 8601 duration (calendar arithmetic, in UTC)."""

    arg_types = {"this": True, "expression": True}


class AsSecond(PortableExpression):
    """A timestamp truncated to its second, as text for comparison."""

    arg_types = {"this": True}


class TrimmedText(PortableExpression):
    """The text without white space around it."""

    arg_types = {"this": True}


class LoweredText(PortableExpression):
    """The trimmed text in lower case."""

    arg_types = {"this": True}


class Normalized(PortableExpression):
    """The value in the form in which two spellings of the same thing are equal text; NULL where nothing is left."""

    arg_types = {"this": True, "kind": True, "calling_code": False}


class RecordKey(PortableExpression):
    """The key of a record in the form in which its spellings are equal text; NULL where none can be read.

    Its kind is `salesforce_id`, `uuid`, `number` or `text`; empty where none is declared.
    """

    arg_types = {"this": True, "kind": True}


class Concatenation(PortableExpression):
    """Several texts as one, with nothing between them; NULL where any of them is."""

    arg_types = {"expressions": True}
    is_var_len_args = True


class Letter(PortableExpression):
    """The letter of a text at a place, from 1; an empty text where it has none, NULL where it is missing."""

    arg_types = {"this": True, "place": True}


class Guarded(PortableExpression):
    """The value where the condition is true, and NULL elsewhere: it is computed for no other record."""

    arg_types = {"this": True, "condition": True}

    @property
    def shows_condition(self) -> bool:
        """Return whether it is NULL exactly where the condition is not true: a value that has a pattern is never NULL."""
        condition = self.args["condition"]
        return isinstance(condition, MatchesAny) and condition.this == self.this


class Remainder(PortableExpression):
    """What follows in a text after a part that begins at a place, from 1; NULL where another part stands there."""

    arg_types = {"this": True, "expression": True, "place": True}


class CompositeKey(PortableExpression):
    """Several values as one text; NULL where any of them is."""

    arg_types = {"expressions": True}
    is_var_len_args = True


class AsNumber(PortableExpression):
    """The value of a numeric column as a floating-point number; NULL where it is missing or NaN."""

    arg_types = {"this": True}


class SaltedHash(PortableExpression):
    """A hash of a text, the same on every engine, that reveals nothing of it: to put records in a random order."""

    arg_types = {"this": True, "salt": True}


class KeyRank(PortableExpression):
    """The place of a record in a random order that anybody can compute again: SHA-256 of a prefix and its key in NFC."""

    arg_types = {"this": True, "prefix": True}


class LookupAttribute(PortableExpression):
    """An attribute of what a lookup found for the record; false where it found nothing."""

    arg_types = {"this": True, "attribute": True}


class LacksColumn(PortableExpression):
    """True where the table has no such column, or one of another kind; a property of the table, not of a record."""

    arg_types = {"this": True, "kind": True}


@lru_cache(maxsize=16384)
def find_columns(condition: Condition) -> frozenset[str]:
    """Return the names of the columns that a condition reads; cached as `find_expressions` is."""
    return frozenset(column.name for column in find_expressions(condition, exp.Column))


@lru_cache(maxsize=16384)
def find_expressions(condition: Condition, kind: type[Any]) -> tuple[Any, ...]:
    """Return all nodes of one kind in a condition; cached, since the tables of a project are checked alike."""
    return tuple(condition.find_all(kind))
