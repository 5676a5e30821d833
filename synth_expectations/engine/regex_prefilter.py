"""Prefilters: patterns for a text as it is stored, so that only likely matches are trimmed and matched exactly."""

from __future__ import annotations

import re
from collections.abc import Iterable

from synth_expectations.rules.folding import WHITE_SPACE_CLASS

_BELOW = "@(.*[.])?"
_SIGN = "[@.]"
_SIGNS = re.compile(r"\[([@._]+)\](?![?*+{])")
_ANYTHING = re.compile(r"^[.][*+](?![?*+{])")
"""Matches a beginning of a pattern that matches anything: a text is searched for the rest."""
_CLASS, _GROUP = re.compile(r"\[\^?\]?[^\]]*\]"), re.compile(r"\([^()]*\)")
_CAPITAL = re.compile(r"\[A-Z\](?![?*{])")
_SPACES = f"[{WHITE_SPACE_CLASS}]*"
_NOT_ASCII = f"[^{chr(1)}-{chr(127)}]"
_LISTED = re.compile(r"\[[^^\]][^\]]*\]")
_COUNTED = re.compile(r"[^\x00-\x7f]|[;`]|[.](?![*+])|\[\^[^\]]*([A-Za-z<=>][^\]]*\]|\](?![*+]))")
"""Matches what a letter and its accent may match as one sign, but not as two."""
_OPEN = re.compile(r"[.\])}][*+]$|\)[?]$")
"""Matches the end of a pattern that does not say how a text ends."""
_SMALL_I = re.compile(r"\[\^?\]?[^\]]*\]|i")
_DOTTED = "\u0130"


def match_whole(patterns: Iterable[str]) -> str:
    """Return the pattern of a text that as a whole matches one of some patterns."""
    alternatives = list(patterns)
    if len(alternatives) == 1:
        return f"^({alternatives[0]})$"
    return f"^({'|'.join(f'({pattern})' for pattern in alternatives)})$"


def divide_by_ending(patterns: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the patterns that say how a text ends, and the others."""
    divided: tuple[list[str], list[str]] = ([], [])
    for pattern in patterns:
        divided[bool(_OPEN.search(pattern))].append(pattern)
    return divided


def begin_with_capitals(patterns: Iterable[str]) -> bool:
    """Return whether each pattern begins with a capital letter of ASCII: no text that begins with a small one matches."""
    return all(_CAPITAL.match(pattern) and not _has_bare_bar(pattern) for pattern in patterns)


def build_prefilter(
    patterns: Iterable[str],
    in_any_case: bool = False,
    is_backtracking: bool = False,
    knows_letters: bool = True,
    reads_endings: bool = False,
) -> str:
    """Return a pattern that matches every text that, trimmed, matches one of some patterns as a whole; and few others.

    Where all patterns begin with anything, the prefilter does not say how a text begins: engines then search from its
    end.

    Args:
        patterns: the patterns; in lower case if the comparison ignores case.
        in_any_case: whether the text is compared in lower case, with its letters and accents composed.
        is_backtracking: whether the engine tries one alternative after the other, as Java does: it reads to the end of
            the text and back for each that begins with anything, so these are searched for, and only others anchored.
        knows_letters: whether the engine ignores the case of letters beyond ASCII too; else every text that has some
            matches.
        reads_endings: whether how a text begins is left out where one pattern begins with anything, and not only where
            all do: for patterns that say how a text ends.
    """
    alternatives = list(patterns)
    if in_any_case and is_backtracking:
        return f"(?iu){_build_for_backtracking(alternatives)}"
    if is_backtracking:
        return _build_for_backtracking(alternatives)
    if not in_any_case:
        return _build(alternatives, reads_endings)
    if not knows_letters or any(_COUNTED.search(_LISTED.sub("", pattern)) for pattern in alternatives):
        return f"(?i)({_build(alternatives, reads_endings)})|{_NOT_ASCII}"
    return f"(?i){_build([_SMALL_I.sub(_add_dotted, pattern) for pattern in alternatives], reads_endings)}"


def _build_for_backtracking(alternatives: list[str]) -> str:
    searched = [pattern for pattern in alternatives if _ANYTHING.match(pattern)]
    anchored = [pattern for pattern in alternatives if pattern not in searched]
    if not searched:
        return _build(anchored)
    endings = _factor_out([_ending(_ANYTHING.sub("", pattern)) for pattern in searched])
    branches = [*([f"^{_SPACES}({'|'.join(anchored)})"] if anchored else []), *endings]
    return f"({'|'.join(branches)}){_SPACES}$"


def _factor_out(endings: list[str]) -> list[str]:
    """Return endings, of several that begin with a sign one: each place of a text is then tested once for all signs."""
    signs = {ending: sign for ending in endings if not _has_bare_bar(ending) and (sign := _SIGNS.match(ending))}
    if len(signs) < 2:
        return endings
    every_sign = "".join(sorted(set().union(*(sign[1] for sign in signs.values()))))
    rests = "|".join(ending[sign.end() :] for ending, sign in signs.items())
    return [f"[{every_sign}]({rests})", *(ending for ending in endings if ending not in signs)]


def _has_bare_bar(pattern: str) -> bool:
    """Return whether a pattern has alternatives that no parentheses hold."""
    bare, count = _CLASS.sub("", pattern), 1
    while count:
        bare, count = _GROUP.subn("", bare)
    return "|" in bare


def _build(alternatives: list[str], reads_endings: bool = False) -> str:
    are_enough = any if reads_endings else all
    if are_enough(pattern.startswith(".*") for pattern in alternatives):
        return f"({'|'.join(map(_ending, alternatives))}){_SPACES}$"
    return f"^{_SPACES}({'|'.join(alternatives)}){_SPACES}$"


def _add_dotted(letter: re.Match[str]) -> str:
    """Return a letter or a class that matches the capital `I` with a dot where it matches an `i`: it becomes one."""
    if letter[0] == "i":
        return f"[i{_DOTTED}]"
    is_among = letter[0][1] != "^" and re.fullmatch(letter[0], "i")
    return f"{letter[0][:-1]}{_DOTTED}]" if is_among else letter[0]


def _ending(pattern: str) -> str:
    """Return how a text with a pattern ends; the dot before a name below a domain stands for anything, which is costly."""
    ending = pattern.removeprefix(".*")
    return f"{_SIGN}{ending.removeprefix(_BELOW)}" if ending.startswith(_BELOW) else ending
