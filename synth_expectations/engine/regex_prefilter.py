"""Prefilters: patterns for a text as it is stored, so that only likely matches are trimmed and matched exactly."""

from __future__ import annotations

from collections.abc import Iterable

from synth_expectations.rules.folding import WHITE_SPACE_CLASS

_BELOW = "@(.*[.])?"
_SPACES = f"[{WHITE_SPACE_CLASS}]*"


def match_whole(patterns: Iterable[str]) -> str:
    """Return the pattern of a text that as a whole matches one of some patterns."""
    alternatives = list(patterns)
    if len(alternatives) == 1:
        return f"^({alternatives[0]})$"
    return f"^({'|'.join(f'({pattern})' for pattern in alternatives)})$"


def build_prefilter(patterns: Iterable[str], in_any_case: bool = False, is_backtracking: bool = False) -> str:
    """Return a pattern that matches every text that, trimmed, matches one of some patterns as a whole; and few others.

    Where all patterns begin with anything, the prefilter does not say how a text begins: engines then search from its
    end.

    Args:
        patterns: the patterns; in lower case if the comparison ignores case.
        in_any_case: whether the text is compared in lower case. The Turkish capital I with a dot does then not match
            an i: engines disagree on its lower case.
        is_backtracking: whether the engine tries one alternative after the other, as Java does: it reads to the end of
            the text and back for each that begins with anything, so these are searched for, and only others anchored.
    """
    if in_any_case:
        return f"{'(?iu)' if is_backtracking else '(?i)'}{build_prefilter(patterns, is_backtracking=is_backtracking)}"
    alternatives = list(patterns)
    anchored = [pattern for pattern in alternatives if not pattern.startswith(".*")]
    if is_backtracking and 0 < len(anchored) < len(alternatives):
        endings = [_ending(pattern) for pattern in alternatives if pattern not in anchored]
        return f"(^{_SPACES}({'|'.join(anchored)})|{'|'.join(endings)}){_SPACES}$"
    if all(pattern.startswith(".*") for pattern in alternatives):
        return f"({'|'.join(map(_ending, alternatives))}){_SPACES}$"
    return f"^{_SPACES}({'|'.join(alternatives)}){_SPACES}$"


def _ending(pattern: str) -> str:
    """Return how a text with a pattern ends; the dot before a name below a domain stands for anything, which is costly."""
    ending = pattern.removeprefix(".*")
    return f"[@.]{ending.removeprefix(_BELOW)}" if ending.startswith(_BELOW) else ending
