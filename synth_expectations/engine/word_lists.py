"""Values compared with lists of words of the policy, by the type of the value."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from sqlglot import exp

from synth_expectations.engine import text
from synth_expectations.engine.dialects.base import Dialect
from synth_expectations.rules.expressions import literal

_NUMBER = re.compile("-?[0-9]+([.][0-9]+)?$")
_MAY_BE_TIME = re.compile("-?(infinity|[0-9]+-[0-9]+-[0-9]+)")


def equals_any(value: exp.Expr, values: list[exp.Expr]) -> exp.Expr:
    """Return whether a value equals one of several; false for none."""
    if not values:
        return exp.false()
    return exp.EQ(this=value, expression=values[0]) if len(values) == 1 else exp.In(this=value, expressions=values)


def read_booleans(words: Iterable[str]) -> list[exp.Expr]:
    """Return the words that are true or false, as that, true first."""
    booleans = {"true": exp.true(), "false": exp.false()}
    known = set(words)
    return [value for word, value in booleans.items() if word in known]


def read_numbers(words: Iterable[str]) -> list[exp.Expr]:
    """Return the words that are numbers as literals, `1.0` and `1` once."""
    numbers = {Decimal(word).normalize() for word in words if _NUMBER.match(word)}
    return [exp.Literal.number(f"{number:f}") for number in sorted(numbers)]


def find_times(words: Iterable[str]) -> list[str]:
    """Return the words that can be a time."""
    return [word for word in words if _MAY_BE_TIME.match(word)]


def fold_words(words: Iterable[str], dialect: Dialect) -> list[exp.Expr]:
    """Return the words that the database's encoding can hold; the engine folds what is not ASCII, as it folds values."""
    held = [word for word in words if dialect.encode(word) == word]
    return [literal(word) if word.isascii() else text.fold(literal(word), dialect) for word in held]
