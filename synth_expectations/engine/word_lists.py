"""Values compared with lists of words of the policy, by the type of the value."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from sqlglot import exp

from synth_expectations.engine import text
from synth_expectations.engine.dialects.base import Dialect
from synth_expectations.engine.dialects.translations import call, concatenate
from synth_expectations.engine.trees import disjoin, enclose
from synth_expectations.rules.expressions import literal

_BAR = "|"
_NUMBER = re.compile("-?[0-9]+([.][0-9]+)?$")
_MAY_BE_TIME = re.compile("-?(infinity|[0-9]+-[0-9]+-[0-9]+)")


def equals_any(value: exp.Expr, values: list[exp.Expr]) -> exp.Expr:
    """Return whether a value equals one of several; false for none."""
    if not values:
        return exp.false()
    return exp.EQ(this=value, expression=values[0]) if len(values) == 1 else exp.In(this=value, expressions=values)


def equals_any_word(value: exp.Expr, words: Iterable[str], repeats: bool, dialect: Dialect) -> exp.Expr:
    """Return whether a folded text equals one of several words.

    Args:
        value: the text.
        words: the words.
        repeats: whether there are few different texts, so that one may take longer to compare.
        dialect: the dialect, which may search many words in one text.
    """
    folded = fold_words(words, dialect)
    searched = list(filter(_is_searchable, folded))
    if not repeats or dialect.joins_words is None or len(searched) < dialect.joins_words:
        return equals_any(value, folded)
    listed = literal(_BAR.join(["", *(word.name for word in searched), ""]))
    is_found = is_within(listed, put_between_bars(value.copy()))
    others = [word for word in folded if not _is_searchable(word)]
    return enclose(disjoin(is_found, equals_any(value, others))) if others else is_found


def _is_searchable(word: exp.Expr) -> bool:
    """Return whether a word can be searched between bars: those that the engine folds are no literals."""
    return isinstance(word, exp.Literal) and word.name != "" and _BAR not in word.name


def put_between_bars(text: exp.Expr) -> exp.Expr:
    """Return a text between two bars. A bar in the text is doubled, so that `na|nan` is not found as two words."""
    return concatenate(literal(_BAR), call("REPLACE", text, literal(_BAR), literal(2 * _BAR)), literal(_BAR))


def is_within(listed: exp.Expr, part: exp.Expr) -> exp.Expr:
    """Return whether a text holds another."""
    return exp.GT(this=exp.StrPosition(this=listed, substr=part), expression=exp.Literal.number(0))


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
