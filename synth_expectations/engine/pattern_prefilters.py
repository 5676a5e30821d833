"""Conditions that most texts fail before they are trimmed and matched with a pattern, which costs more."""

from __future__ import annotations

from sqlglot import exp

from synth_expectations.engine import regex_prefilter, required_words
from synth_expectations.engine.dialects.base import Dialect
from synth_expectations.engine.trees import choose, disjoin, enclose
from synth_expectations.rules.expressions import literal

_MOST_WORDS_BEFORE_ENDINGS = 4
"""How many words are searched rather than patterns: each costs a tenth of reading a text for patterns."""


def prefilter(
    matching: exp.Expr, column: exp.Expr, patterns: list[str], in_any_case: bool, dialect: Dialect
) -> exp.Expr:
    """Return whether a text matches a pattern, tested only of texts that may.

    Args:
        matching: whether the text of a column, as it is compared, matches one of the patterns.
        column: the column.
        patterns: the patterns.
        in_any_case: whether the text is compared in lower case.
        dialect: the dialect, which says what is worth testing.
    """
    if dialect.prefilter != "none" and (dialect.prefilter != "words" or in_any_case):
        may_match = _build_prefilter(column, patterns, in_any_case, dialect)
        matching = choose((may_match, matching), otherwise=exp.false())  # an `and` may ask for both
    if dialect.begins_small and not in_any_case and regex_prefilter.begin_with_capitals(patterns):
        return choose((dialect.begins_small(column), exp.false()), otherwise=matching)
    return matching


def _build_prefilter(column: exp.Expr, patterns: list[str], in_any_case: bool, dialect: Dialect) -> exp.Expr:
    if dialect.prefilter == "words" and (words_of_patterns := required_words.find_words(patterns)):
        capitals = required_words.find_other_capitals(words_of_patterns)
        searched = [*words_of_patterns, *(letter for letter in capitals if dialect.encode(letter) == letter)]
        held = exp.Array(expressions=[literal(f"%{word}%") for word in searched])
        return exp.Like(this=exp.Lower(this=column), expression=exp.Any(this=enclose(held)))
    if dialect.prefilter == "all" and (tests := _test_endings_and_words(column, patterns, in_any_case)):
        return tests
    is_backtracking = dialect.prefilter == "endings"
    knows_letters = dialect.prefilter != "words"
    pattern = regex_prefilter.build_prefilter(patterns, in_any_case, is_backtracking, knows_letters)
    return exp.RegexpLike(this=column, expression=literal(pattern))


def _test_endings_and_words(column: exp.Expr, patterns: list[str], in_any_case: bool) -> exp.Expr | None:
    """Return a prefilter by how a text ends, and by words for the patterns that do not say that; None without words.

    A pattern for endings alone reads a few characters of most texts, one for other patterns too reads them whole.
    """
    ended, others = regex_prefilter.divide_by_ending(patterns)
    words = required_words.find_words(others) if others else []
    if not ended or (others and not 0 < len(words) <= _MOST_WORDS_BEFORE_ENDINGS):
        return None
    texts = (exp.Lower(this=column) if in_any_case and word.upper() != word else column for word in words)
    tests = [exp.Like(this=text, expression=literal(f"%{word}%")) for text, word in zip(texts, words, strict=True)]
    pattern = regex_prefilter.build_prefilter(ended, in_any_case, reads_endings=True)
    return disjoin(*tests, exp.RegexpLike(this=column, expression=literal(pattern)))
