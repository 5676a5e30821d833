"""Patterns that can be asked of a text as it is, before it is trimmed: most texts are no match, and need no trimming."""

from __future__ import annotations

from collections.abc import Iterable

from synth_expectations.conditions import WHITE_SPACE

_SPACES = f"[{WHITE_SPACE}]*"


def whole(patterns: Iterable[str]) -> str:
    """The pattern of a text that as a whole matches one of some."""
    several = list(patterns)
    return f"^({several[0] if len(several) == 1 else '|'.join(f'({each})' for each in several)})$"


def screen(patterns: Iterable[str]) -> str:
    """The pattern of every text that, trimmed, matches one of some as a whole; and of few others.

    Where all of them begin with anything, it does not say how a text begins: engines then read it from its end.
    """
    several = list(patterns)
    if all(each.startswith(".*") for each in several):
        return f"({'|'.join(each.removeprefix('.*') for each in several)}){_SPACES}$"
    return f"^{_SPACES}({'|'.join(several)}){_SPACES}$"
