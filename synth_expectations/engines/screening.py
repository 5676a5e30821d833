"""Patterns that can be asked of a text as it is, before it is trimmed: most texts are no match, and need no trimming."""

from __future__ import annotations

import re
from collections.abc import Iterable

from synth_expectations.conditions import WHITE_SPACE

_TOKEN = re.compile(r"(?P<class>\[\^?\]?[^\]]*)\]|i")
_DOTTED_I = "\u0130"
"""The one letter outside of ASCII whose lower case is in it, and which RE2 does not take for it in any case."""
_BELOW = "@(.*[.])?"
_SPACES = f"[{WHITE_SPACE}]*"


def whole(patterns: Iterable[str]) -> str:
    """The pattern of a text that as a whole matches one of some."""
    several = list(patterns)
    return f"^({several[0] if len(several) == 1 else '|'.join(f'({each})' for each in several)})$"


def screen(patterns: Iterable[str], in_any_case: bool = False) -> str:
    """The pattern of every text that, trimmed, matches one of some as a whole; and of few others.

    Where all of them begin with anything, it does not say how a text begins: engines then read it from its end.

    Args:
        patterns: of which a text must match one.
        in_any_case: whether the text is in lower case only once it is trimmed.
    """
    if in_any_case:
        return "(?i)" + screen(_TOKEN.sub(_with_dotted_i, each) for each in patterns)
    several = list(patterns)
    if all(each.startswith(".*") for each in several):
        return f"({'|'.join(map(_ending, several))}){_SPACES}$"
    return f"^{_SPACES}({'|'.join(several)}){_SPACES}$"


def _ending(pattern: str) -> str:
    """How a text ends that has a pattern; a name below a domain is told by the dot before it: anything is costly."""
    ending = pattern.removeprefix(".*")
    return f"[@.]{ending.removeprefix(_BELOW)}" if ending.startswith(_BELOW) else ending


def _with_dotted_i(token: re.Match[str]) -> str:
    one = token["class"]
    if one is None:
        return f"[i{_DOTTED_I}]"
    return f"{one}{_DOTTED_I}]" if re.fullmatch(f"{one}]", "i") else token[0]
