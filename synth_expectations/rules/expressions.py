"""The words that rules are written in.

A condition is a tree of `sqlglot` nodes: a few of SQL's own (and, or, not, comparisons) and those defined here.
Nothing in it knows an engine or the type of a column; `engines.lowering` turns it into SQL once both are known.

Every word that answers yes or no answers one of the two, never NULL: a comparison with something missing is false.
So `~` (not) is safe on all of them. Build values and names with these words only, never from text.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Literal

from sqlglot import exp

Condition = exp.Expr
"""A tree that answers true or false for a record, or gives a value of it."""

Scalar = bool | int | float | str


class Word(exp.Expression, exp.Func):
    """A node of ours: it means the same on every engine, and is lowered to what the engine has."""


class Blank(Word):
    """True where the value is NULL, NaN, or text of white space only."""

    arg_types = {"this": True}


class Among(Word):
    """True where the value equals one of the literals; booleans, numbers and text compare alike."""

    arg_types = {"this": True, "expressions": True}
    is_var_len_args = True


class Matches(Word):
    """True where the text, trimmed, matches one of the patterns as a whole."""

    arg_types = {"this": True, "expressions": True}
    is_var_len_args = True


class Holds(Word):
    """True where the comparison below it is true: false, not NULL, where a side of it is missing."""

    arg_types = {"this": True}


class Moment(Word):
    """The value as a moment in UTC; NULL where it is missing or cannot be read as one."""

    arg_types = {"this": True}


class AsOf(Word):
    """The moment for which time is judged, plus or minus an ISO 8601 duration (calendar arithmetic, in UTC)."""

    arg_types = {"this": False}


class Instant(Word):
    """A constant moment."""

    arg_types = {"this": True}


class Later(Word):
    """A moment plus an ISO 8601 duration (calendar arithmetic, in UTC)."""

    arg_types = {"this": True, "expression": True}


class Second(Word):
    """A moment cut to its second, as text to be compared."""

    arg_types = {"this": True}


class Trimmed(Word):
    """The text without white space around it."""

    arg_types = {"this": True}


class Lowered(Word):
    """The text, trimmed, in lower case."""

    arg_types = {"this": True}


class Normalised(Word):
    """The value in the form in which two writings of the same thing are equal text; NULL where nothing is left."""

    arg_types = {"this": True, "kind": True, "calling_code": False}


class Joined(Word):
    """Several texts as one, with nothing between them; NULL where any of them is."""

    arg_types = {"expressions": True}
    is_var_len_args = True


class Key(Word):
    """Several values as one text; NULL where any of them is."""

    arg_types = {"expressions": True}
    is_var_len_args = True


class Number(Word):
    """The value of a numeric column as a floating-point number; NULL where it is missing or NaN."""

    arg_types = {"this": True}


class Hashed(Word):
    """A text that tells nothing of its value and is the same on every engine: to put records in a random order."""

    arg_types = {"this": True, "salt": True}


class Looked(Word):
    """What a lookup found for the record: an attribute of it, false where the key was not found."""

    arg_types = {"this": True, "attribute": True}


class Lacks(Word):
    """True where the table has no such column, or one that holds something else: asked of the table, of no record."""

    arg_types = {"this": True, "kind": True}


def field(name: str) -> Condition:
    """The value of a column, by its name as the table has it."""
    return exp.column(name, quoted=True)


def literal(value: Scalar) -> Condition:
    """A constant."""
    if isinstance(value, bool):
        return exp.Boolean(this=value)
    if isinstance(value, int | float):
        return exp.Literal(this=repr(value), is_string=False)
    return exp.Literal.string(value)


def blank(value: Condition) -> Condition:
    """Whether a value is missing: NULL, NaN, `""` or white space."""
    return Blank(this=value.copy())


def given(value: Condition) -> Condition:
    """Whether a value is there: the opposite of `blank`."""
    return ~blank(value)


def one_of(value: Condition, values: Iterable[Scalar]) -> Condition:
    """Whether a value is in a list. Text is trimmed, any case; `true`, `1`, `"True"` and `" true "` are one."""
    texts = sorted({text for each in values for text in spellings(each)})
    return Among(this=value.copy(), expressions=[literal(text) for text in texts]) if texts else exp.false()


def matches(value: Condition, *patterns: str) -> Condition:
    r"""Whether a text, trimmed, matches a pattern as a whole. Case counts.

    Args:
        value: the text.
        patterns: any of them; within what RE2, Java, POSIX and PostgreSQL read alike: no look-around, no `\d`, no back
            reference.

    Raises:
        ValueError: a pattern holds something that they read differently.
    """
    for each in patterns:
        portable(each)
    return Matches(this=value.copy(), expressions=[literal(each) for each in patterns]) if patterns else exp.false()


def lower(value: Condition) -> Condition:
    """A text, trimmed, in lower case."""
    return Lowered(this=value.copy())


def moment(value: Condition) -> Condition:
    """A value as a moment in UTC. Naive ones are UTC; text is ISO 8601 (see `engines.moments`)."""
    return Moment(this=value.copy())


def unreadable(value: Condition) -> Condition:
    """Whether a value is there, but is no moment."""
    return given(value) & exp.Is(this=moment(value), expression=exp.Null())


def as_of(offset: str | None = None) -> Condition:
    """The moment for which time is judged, moved by an ISO 8601 duration such as `-P90D`."""
    return AsOf(this=literal(offset)) if offset else AsOf()


def instant(value: datetime) -> Condition:
    """A constant moment; without a zone, UTC."""
    in_utc = value if value.tzinfo is None else value.astimezone(UTC)
    return Instant(this=literal(moment_literal(in_utc)))


def readable(value: Condition) -> Condition:
    """Whether a value can be read as a moment."""
    return ~exp.Is(this=moment(value), expression=exp.Null())


def later(value: Condition, duration: str) -> Condition:
    """A value as a moment, plus an ISO 8601 duration such as `P6M`: the end of a window of each record's own."""
    return Later(this=moment(value), expression=literal(duration))


def second(value: Condition) -> Condition:
    """A value as a moment, cut to its second, as text to be compared."""
    return Second(this=moment(value))


def before(earlier: Condition, later: Condition) -> Condition:
    """Whether one moment is before another; false where either is missing."""
    return Holds(this=exp.LT(this=earlier.copy(), expression=later.copy()))


def more_than(value: Condition, limit: int) -> Condition:
    """Whether a number is above a limit; false where it is missing."""
    return Holds(this=exp.GT(this=value.copy(), expression=literal(limit)))


def equal(one: Condition, other: Condition) -> Condition:
    """Whether two values of one type are the same; false where either is missing."""
    return Holds(this=exp.EQ(this=one.copy(), expression=other.copy()))


def normalised(value: Condition, kind: str, calling_code: str | None = None) -> Condition:
    """A value in its comparable form.

    Args:
        value: the value of a column.
        kind: `exact` (trimmed only), `text`, `email`, `phone`, `name`, `postcode`, `digits` or `date` (see
            `engines.normalisers`).
        calling_code: for phones: the country calling code of national numbers, digits only.
    """
    code = literal(calling_code) if calling_code else None
    return Normalised(this=value.copy(), kind=literal(kind), calling_code=code)


def number(value: Condition) -> Condition:
    """The value of a numeric column as a floating-point number."""
    return Number(this=value.copy())


def hashed(text: Condition, salt: str) -> Condition:
    """A text as its hash, another one for another salt; NULL where it is missing."""
    return Hashed(this=text.copy(), salt=literal(salt))


def joined(*texts: Condition) -> Condition:
    """Several texts as one, with nothing between them."""
    return Joined(expressions=[text.copy() for text in texts]) if len(texts) > 1 else texts[0].copy()


def key(*parts: Condition) -> Condition:
    """Several comparable values as one key; NULL, so never equal to anything, where a part is missing."""
    return Key(expressions=[part.copy() for part in parts])


def looked_up(lookup: str, attribute: str = "found") -> Condition:
    """What the lookup of that name says of the record; false where its key was not found."""
    return Looked(this=literal(lookup), attribute=literal(attribute))


def lacks(column: str, kind: Literal["time", "text"] | None = None) -> Condition:
    """Whether the table has no column of that name, or one that holds no value of that kind; text may be a time."""
    return Lacks(this=literal(column), kind=literal(kind or ""))


def all_of(conditions: Iterable[Condition]) -> Condition:
    """True where all are; true for none."""
    return exp.and_(*conditions) if (conditions := list(conditions)) else exp.true()


def any_of(conditions: Iterable[Condition]) -> Condition:
    """True where one is; false for none."""
    return exp.or_(*conditions) if (conditions := list(conditions)) else exp.false()


@lru_cache(maxsize=16384)
def canonical(condition: Condition) -> str:
    """The condition as text, in DuckDB's dialect with our words as functions: the same for one that is equal."""
    return grouped(condition).sql(dialect="duckdb")


def grouped(condition: Condition) -> Condition:
    """The condition with brackets wherever and, or and not meet: sqlglot leaves those of `a & b & (c | d)` out."""
    tree = condition.copy()
    _bracket(tree)
    return tree


def _bracket(node: exp.Expr) -> None:
    for part in list(node.iter_expressions()):
        _bracket(part)
        if (
            isinstance(part, exp.Connector)
            and isinstance(node, exp.Connector | exp.Not)
            and type(part) is not type(node)
        ):
            part.replace(exp.Paren(this=part.copy()))


def spellings(value: Scalar) -> set[str]:
    """The texts that mean a value: `{"true", "1", "1.0"}` for `True`, 1 and `" TRUE "` alike."""
    text = _number_text(value) if isinstance(value, float) else str(value).strip(WHITE_SPACE).lower()
    for same in ({"true", "1", "1.0"}, {"false", "0", "0.0"}):  # 1.0: how a CSV spells a number that has gaps
        if text in same:
            return same
    return {text}


def portable(pattern: str) -> None:
    """Refuse what regex engines read differently.

    Raises:
        ValueError: the pattern has a backslash, a look-around or a non-capturing group.
    """
    for token, instead in (("\\", "[.] for a dot, [0-9] for a digit"), ("(?", "a plain group"), ("[[:", "a range")):
        if token in pattern:
            raise ValueError(f"The pattern {pattern!r} holds {token!r}, which engines read differently: use {instead}.")


def _number_text(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)


WHITE_SPACE = " \t\r\n\u00a0"
"""What counts as white space around a text, on every engine: their own `trim` functions disagree."""


def moment_literal(value: datetime) -> str:
    """A moment as text in UTC, without an offset: `2026-11-01 00:00:00`, with microseconds where it has some."""
    return value.replace(tzinfo=None).isoformat(sep=" ")


def names_in(condition: Condition) -> set[str]:
    """The columns that a condition reads."""
    return {column.name for column in words_in(condition, exp.Column)}


@lru_cache(maxsize=16384)
def words_in(condition: Condition, word: type[Any]) -> tuple[Any, ...]:
    """All nodes of one kind in a condition, or in one that is equal: the tables of a project are asked alike."""
    return tuple(condition.find_all(word))
