"""Prefilters: patterns for a text as it is stored, so that only likely matches are trimmed and matched exactly."""

from __future__ import annotations

import re
from collections.abc import Iterable

from synth_expectations.rules.folding import WHITE_SPACE_CLASS

MOST_WORDS = 8
"""The largest number of words worth searching for one by one; a pattern with more costs less than they do."""

_BELOW = "@(.*[.])?"
_SPACES = f"[{WHITE_SPACE_CLASS}]*"
_WORDS = re.compile(r"(?:\(([a-z0-9-]+(?:[|][a-z0-9-]+)*)\)|([a-z0-9-]+))(?![*+?{])")


def match_whole(patterns: Iterable[str]) -> str:
    """Return the pattern of a text that as a whole matches one of some patterns."""
    alternatives = list(patterns)
    if len(alternatives) == 1:
        return f"^({alternatives[0]})$"
    return f"^({'|'.join(f'({pattern})' for pattern in alternatives)})$"


def build_prefilter(patterns: Iterable[str], in_any_case: bool = False) -> str:
    """Return a pattern that matches every text that, trimmed, matches one of some patterns as a whole; and few others.

    Where all patterns begin with anything, the prefilter does not say how a text begins: engines then search from its
    end.

    Args:
        patterns: the patterns; in lower case if the comparison ignores case.
        in_any_case: whether the text is compared in lower case. The Turkish capital I with a dot does then not match
            an i: engines disagree on its lower case.
    """
    if in_any_case:
        return f"(?i){build_prefilter(patterns)}"
    alternatives = list(patterns)
    if all(pattern.startswith(".*") for pattern in alternatives):
        return f"({'|'.join(map(_ending, alternatives))}){_SPACES}$"
    return f"^{_SPACES}({'|'.join(alternatives)}){_SPACES}$"


def find_words(patterns: Iterable[str]) -> list[str]:
    """Return words of which every text has one that matches one of some patterns of addresses below a domain.

    Returns:
        The words; none if the patterns do not show them plainly, or if they are too many to be worth it.
    """
    words: set[str] = set()
    for pattern in patterns:
        ending = pattern.removeprefix(f".*{_BELOW}")
        begins = _WORDS.match(ending)
        if ending == pattern or begins is None or "|" in re.sub(r"\([^()]*\)", "", ending):
            return []
        words |= set((begins[1] or begins[2]).split("|"))
    return sorted(words) if len(words) <= MOST_WORDS else []


def _ending(pattern: str) -> str:
    """Return how a text with a pattern ends; the dot before a name below a domain stands for anything, which is costly."""
    ending = pattern.removeprefix(".*")
    return f"[@.]{ending.removeprefix(_BELOW)}" if ending.startswith(_BELOW) else ending
