"""Patterns that can be asked of a text as it is, before it is trimmed: most texts are no match, and need no trimming."""

from __future__ import annotations

import re
from collections.abc import Iterable

from synth_expectations.rules.expressions import WHITE_SPACE

MOST_WORDS = 8
"""Each is looked for by itself: a pattern with more costs less than they do."""

_BELOW = "@(.*[.])?"
_SPACES = f"[{WHITE_SPACE}]*"
_WORDS = re.compile(r"(?:\(([a-z0-9-]+(?:[|][a-z0-9-]+)*)\)|([a-z0-9-]+))(?![*+?{])")


def whole(patterns: Iterable[str]) -> str:
    """The pattern of a text that as a whole matches one of some."""
    several = list(patterns)
    return f"^({several[0] if len(several) == 1 else '|'.join(f'({each})' for each in several)})$"


def screen(patterns: Iterable[str], in_any_case: bool = False) -> str:
    """The pattern of every text that, trimmed, matches one of some as a whole; and of few others.

    Where all of them begin with anything, it does not say how a text begins: engines then read it from its end.

    Args:
        patterns: of which a text must match one; in lower case if it is compared in any.
        in_any_case: whether the text is in lower case only once it is trimmed. The Turkish capital with a dot is then
            no i: engines disagree on what its lower case is.
    """
    if in_any_case:
        return f"(?i){screen(patterns)}"
    several = list(patterns)
    if all(each.startswith(".*") for each in several):
        return f"({'|'.join(map(_ending, several))}){_SPACES}$"
    return f"^{_SPACES}({'|'.join(several)}){_SPACES}$"


def words(patterns: Iterable[str]) -> list[str]:
    """Words of which every text holds one that matches one of some patterns of what is below a domain.

    Empty if this is not plain to see, or if they are more than is worth it.
    """
    found: set[str] = set()
    for each in patterns:
        ending = each.removeprefix(f".*{_BELOW}")
        begins = _WORDS.match(ending)
        if ending == each or begins is None or "|" in re.sub(r"\([^()]*\)", "", ending):
            return []
        found |= set((begins[1] or begins[2]).split("|"))
    return sorted(found) if len(found) <= MOST_WORDS else []


def _ending(pattern: str) -> str:
    """How a text ends that has a pattern; a name below a domain is told by the dot before it: anything is costly."""
    ending = pattern.removeprefix(".*")
    return f"[@.]{ending.removeprefix(_BELOW)}" if ending.startswith(_BELOW) else ending
