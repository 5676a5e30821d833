"""One canonical form: of conditions for digests, of values for comparison, of patterns for every regex engine."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from sqlglot import exp

from synth_expectations.rules.folding import fold, trim

Scalar = bool | int | float | str


@lru_cache(maxsize=16384)
def canonicalize(condition: exp.Expr) -> str:
    """Return a condition as text in DuckDB's dialect, our expressions as functions: equal conditions, equal text."""
    return parenthesize(condition).sql(dialect="duckdb", copy=False)


def parenthesize(condition: exp.Expr) -> exp.Expr:
    """Return a condition with parentheses wherever and, or and not meet: sqlglot omits those of `a & b & (c | d)`."""
    tree = condition.copy()
    _parenthesize(tree)
    return tree


def _parenthesize(node: exp.Expr) -> None:
    for part in list(node.iter_expressions()):
        _parenthesize(part)
        if (
            isinstance(part, exp.Connector)
            and isinstance(node, exp.Connector | exp.Not)
            and type(part) is not type(node)
        ):
            paren = exp.Paren()
            part.replace(paren)
            paren.set("this", part)


def spellings(value: Scalar) -> set[str]:
    """Return the texts that mean a value: `{"true", "1", "1.0"}` for `True`, 1 and `" TRUE "` alike."""
    text = _number_text(value) if isinstance(value, float) else fold(str(value))
    for same in ({"true", "1", "1.0"}, {"false", "0", "0.0"}):  # 1.0: how a CSV spells a number that has gaps
        if text in same:
            return same
    return {text} if text.isascii() and str(value).isascii() else _cases(str(value))


def _cases(word: str) -> set[str]:
    """Return a word with letters beyond ASCII as data may hold it, whichever of them an engine's LOWER knows.

    PostgreSQL's LOWER follows the database: in the locale C it leaves `\u00c9` as it is. Spark, Snowflake and Redshift do
    not compose letters and accents. Python makes two characters of the small `\u0130`, other engines one.
    """
    trimmed = unicodedata.normalize("NFC", trim(word))
    small, folded = trimmed.lower(), fold(word)
    greek = folded.upper().lower()  # with the final sigma in its place
    cased = {trimmed, small, folded}
    others = (greek, trimmed.upper(), small.capitalize(), small.title(), folded.upper())
    cased |= {case for case in others if len(case) == len(trimmed)}  # "SS" is another word than "\u00df"
    if any(letter in word for letter in ("\u0130", "\u0131", "i\u0307")):
        cased |= {folded.replace("i", letter) for letter in ("\u0130", "\u0131", "i\u0307")}
    return cased | {unicodedata.normalize("NFD", case) for case in cased}


def require_portable(pattern: str) -> None:
    """Refuse a pattern that regex engines read differently.

    Raises:
        ValueError: the pattern has a backslash, a look-around or a non-capturing group.
    """
    for token, substitute in (("\\", "[.] for a dot, [0-9] for a digit"), ("(?", "a plain group"), ("[[:", "a range")):
        if token in pattern:
            raise ValueError(
                f"The pattern {pattern!r} has {token!r}, which engines read differently: use {substitute}."
            )


def _number_text(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)
