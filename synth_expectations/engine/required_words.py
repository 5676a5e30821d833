"""Words that a text must hold to match a pattern: to search for one costs an engine a thirtieth of matching the pattern."""

from __future__ import annotations

import re
from collections.abc import Iterable

MOST_WORDS = 40
"""The largest number of words worth searching for one by one: PostgreSQL needs 0.03 µs for each, and for a pattern of
two dozen alternatives six."""
_SHORTEST = 2

_ATOM = re.compile(
    r"\[(?P<only>[^\]\\^])\]|(?P<class>\[\^?\]?[^\]]*\])|(?P<letter>[^()|\[\]\\.^$*+?{}])|(?P<any>[.^$])"
)
_QUANTIFIER = re.compile(r"(?P<may_be_missing>[*?]|\{0?,[^}]*\}|\{0\})|[+]|\{[^}]*\}")
_USABLE = re.compile(rf"[a-z0-9@.&-]{{{_SHORTEST},}}")
"""Words of small letters that LIKE takes as they are."""

_Words = frozenset[str]


_OTHER_CAPITALS = {"i": "\u0130", "k": "\u212a"}
"""By a small letter of ASCII, its capital beyond ASCII, which the lower case of collation C leaves as it is."""


def find_words(patterns: Iterable[str]) -> list[str]:
    """Return words of which every text has one that, in lower case, matches one of some patterns as a whole.

    Returns:
        The words; none if a pattern does not show them plainly, or if they are too many to be worth it.
    """
    words: set[str] = set()
    for pattern in patterns:
        found, end = _read_alternatives(pattern, 0)
        if found is None or end < len(pattern):
            return []
        words |= found
    # a text that holds a word holds every part of it
    shortest = [word for word in words if not any(part in word for part in words - {word})]
    return sorted(shortest) if len(shortest) <= MOST_WORDS else []


def find_other_capitals(words: Iterable[str]) -> list[str]:
    """Return the capitals beyond ASCII of letters of some words: a text that holds one may hold a word unseen."""
    return [capital for small, capital in _OTHER_CAPITALS.items() if any(small in word for word in words)]


def _read_alternatives(pattern: str, start: int) -> tuple[_Words | None, int]:
    """Return the words of alternatives, and where they end: one of them is in every text; None if there are none."""
    words: _Words | None = frozenset()
    while True:
        found, start = _read_sequence(pattern, start)
        words = None if words is None or found is None else words | found
        if pattern[start : start + 1] != "|":
            return words, start
        start += 1


def _read_sequence(pattern: str, start: int) -> tuple[_Words | None, int]:
    """Return the words of the most telling part of a sequence, and where it ends."""
    parts: list[_Words] = []
    run = ""
    while start < len(pattern) and pattern[start] not in "|)":
        words, letter = None, ""
        if pattern[start] == "(":
            words, start = _read_alternatives(pattern, start + 1)
            start += 1  # the bracket that closes
        elif atom := _ATOM.match(pattern, start):
            letter, start = atom["only"] or atom["letter"] or "", atom.end()
        else:
            return None, len(pattern) + 1  # an escape, or what no portable pattern has
        quantifier = _QUANTIFIER.match(pattern, start)
        start = quantifier.end() if quantifier else start
        is_there = not (quantifier and quantifier["may_be_missing"])
        run += letter if is_there else ""
        if quantifier or not letter:
            parts.append(_shorten(run))
            run = ""
        if words and is_there:
            parts.append(words)
    usable = [part for part in [*parts, _shorten(run)] if all(map(_USABLE.fullmatch, part))]
    return max(usable, key=lambda part: (min(map(len, part)), -len(part)), default=None), start


def _shorten(run: str) -> _Words:
    """Return letters that follow each other as a word: of an address the domain, which many addresses share."""
    return frozenset([run[run.rindex("@") :] if "@" in run[:-_SHORTEST] else run])
