"""Values of columns by their type: read, written as text, as a timestamp or a number."""

from __future__ import annotations

from sqlglot import exp

from synth_expectations.engine import normalize, regex_prefilter, timestamps
from synth_expectations.engine.dialects.base import Dialect
from synth_expectations.engine.schema import Column, Family
from synth_expectations.engine.trees import choose
from synth_expectations.rules.expressions import literal

_HOLLOW = r"""[\[{(]([\[\]{}(), ]|null|NULL|''|""|'[^']*': ?|"[^"]*": ?%s)*[\]})]"""
"""Matches `{'a': NULL}` (DuckDB), `(,)` (PostgreSQL), `{null, null}` (Spark), `{"a": ""}` (JSON) and the like, whole; with
the pattern of a key of a map, maps too."""


def read_column(column: Column, dialect: Dialect) -> exp.Expr:
    """Return the value of a column: text, also where the engine stores it as another type."""
    value = exp.column(column.name, quoted=True)
    match column.family:
        case Family.TEXT:
            return dialect.binary(value)
        case Family.BINARY:
            return dialect.binary(dialect.decode(value))
        case Family.WRITTEN:
            # an array of users' types has a number of its own, and is written like this where it is empty
            written = exp.Nullif(this=exp.cast(value, "TEXT"), expression=literal("{}"))
            return dialect.binary(written)
        case Family.NOTHING:
            return exp.cast(exp.Null(), "TEXT")
    return value


def write_text(value: exp.Expr, family: Family, dialect: Dialect) -> exp.Expr:
    """Return a value as text, NULL for NaN."""
    if family is Family.TEXT:
        return value
    if family in (Family.FLOAT, Family.DECIMAL):
        nan = dialect.is_nan(value) if family is Family.FLOAT else None
        return normalize.write_number(value, nan)
    return exp.cast(value.copy(), "TEXT")


def read_timestamp(value: exp.Expr, family: Family, dialect: Dialect) -> exp.Expr | None:
    """Return a value as a timestamp in UTC; None if values of its type are none."""
    match family:
        case Family.ZONED:
            return dialect.from_zoned(value)
        case Family.NAIVE:
            return dialect.from_naive(value)
        case Family.DATE:
            return dialect.from_date(value)
        case Family.TEXT:
            return timestamps.read(value, dialect)
    return None


def read_number(value: exp.Expr, family: Family, dialect: Dialect) -> exp.Expr:
    """Return a number as a floating-point number, NULL for NaN."""
    double = exp.cast(value.copy(), "DOUBLE")
    return choose((dialect.is_nan(value), exp.Null()), otherwise=double) if family is Family.FLOAT else double


def is_hollow(trimmed: exp.Expr, dialect: Dialect) -> exp.Expr:
    """Return whether a list, a struct, a row or a document holds nothing but missing values and empty texts.

    Args:
        trimmed: the value as it is written.
        dialect: the dialect, which knows how a map is written.
    """
    hollow = _HOLLOW % (f"|[A-Za-z0-9_]+{dialect.map_sign}" if dialect.map_sign else "")
    return exp.RegexpLike(this=trimmed, expression=literal(regex_prefilter.match_whole([hollow])))
