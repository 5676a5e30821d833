"""What counts when texts are compared, and what does not: the tables, for Python and for SQL.

A person calls two texts equal that differ in what `fold` removes:

1. Letters of full width become ASCII.
2. Marks of no width are dropped.
3. Letters become small, one by one.
4. A letter and its accent become one sign (NFC).
5. A letter becomes the one that shares its capital: a dotless `\u0131` an `i`, a final sigma a sigma; Greek vowels lose
   their tonos, which capitals go without. Any space is a space.
6. White space around the text is dropped.

Names are folded so. Of other text the engines trim, lower and compose (3, 4, 6), which costs ASCII text nothing; words of
the policy are spelled in every way that 5 makes equal.

Source: Unicode's CaseFolding.txt and SpecialCasing.txt; UAX 15 (NFC); general category Zs, Cf and the fillers.
"""

from __future__ import annotations

import unicodedata
from functools import cache

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0"
)
"""Marks that show nothing and take no space, as the inside of a character class: joiners, directions, the byte order
mark, selectors and fillers."""
SPACES = "\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""White space beyond ASCII, as the inside of a character class."""
ASCII_WHITE_SPACE = " \t\r\n\v\f\x1c\x1d\x1e\x1f"


def expand(characters: str) -> str:
    """Return each character of the inside of a character class."""
    first, *others = characters.split("-")
    expanded = first
    for other in others:
        expanded += "".join(map(chr, range(ord(expanded[-1]) + 1, ord(other[0])))) + other
    return expanded


WHITE_SPACE_CLASS = ASCII_WHITE_SPACE + SPACES + INVISIBLE
"""The same as `WHITE_SPACE`, as the inside of a character class."""
WHITE_SPACE = ASCII_WHITE_SPACE + expand(SPACES) + expand(INVISIBLE)
"""What counts as white space around a text, on every engine: their own `trim` functions disagree."""

FULL_WIDTH = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
"""By a letter, digit or sign of full width, the one of ASCII."""

_TONOS = dict(
    zip(
        "\u03ac\u03ad\u03ae\u03af\u03cc\u03cd\u03ce\u0390\u03b0",
        "\u03b1\u03b5\u03b7\u03b9\u03bf\u03c5\u03c9\u03ca\u03cb",
        strict=True,
    )
)
IOTA_BELOW = "\u0345"
"""A mark, though it shares its capital with a letter."""

LONGER = {"i\u0307": "i"}
"""By what is not as long as what it is equal to, that; in the order in which it is replaced."""

_PLAIN = str.maketrans({**FULL_WIDTH, **dict.fromkeys(expand(INVISIBLE), "")})


@cache
def twins() -> dict[str, str]:
    """Return, by a small letter, the small letter that shares its capital."""
    small = {sign: upper.lower() for sign in _list_signs() if (upper := sign.upper()) != sign}  # few have a capital
    return _TONOS | {
        sign: twin
        for sign, twin in small.items()
        if sign.lower() == sign != IOTA_BELOW and len(twin) == 1 and twin != sign
    }


@cache
def _list_signs() -> list[str]:
    """Return the signs beyond ASCII that may have another form: all but Chinese and Korean ones."""
    return [chr(code) for code in (*range(0x80, 0x3400), *range(0xA000, 0xAC00), *range(0xF900, 0x10000))]


@cache
def _map_equals() -> dict[int, str]:
    return str.maketrans({**twins(), **dict.fromkeys(expand(SPACES), " ")})


@cache
def small_letters() -> dict[str, str]:
    """Return the small letter of each capital beyond ASCII, for engines whose locale may not know it."""
    lowered = {sign: sign.lower() for sign in _list_signs() if sign not in FULL_WIDTH}
    return {sign: small for sign, small in lowered.items() if small != sign and len(small) == 1} | {"\u0130": "i"}


@cache
def compositions() -> tuple[tuple[str, str], ...]:
    """Return pairs of two signs and the small letter that they compose, in the order to replace them in.

    For engines without a function for it. Without Korean syllables, which are 11,172.
    """
    composed = [
        sign
        for sign in _list_signs()
        if unicodedata.decomposition(sign)
        and sign.lower() == sign
        and len(unicodedata.normalize("NFD", sign)) > 1
        and unicodedata.normalize("NFC", sign) == sign
    ]
    parts = {letter: unicodedata.normalize("NFD", letter) for letter in composed}
    pairs = {}
    for letter in sorted(composed, key=lambda letter: (len(parts[letter]), letter)):
        for mark in sorted(set(parts[letter][1:])):
            shorter = unicodedata.normalize("NFC", parts[letter][0] + parts[letter][1:].replace(mark, "", 1))
            if len(shorter) == 1 and unicodedata.normalize("NFC", shorter + mark) == letter:
                pairs[shorter + mark] = letter
    return tuple(pairs.items())


def trim(text: str) -> str:
    """Return a text without the white space around it."""
    return text.strip(WHITE_SPACE)


def fold(text: str) -> str:
    """Return a text in the form in which it is compared."""
    if text.isascii():
        return text.lower().strip(ASCII_WHITE_SPACE)
    composed = unicodedata.normalize("NFC", "".join(map(_lower, text.translate(_PLAIN))))
    folded = composed.translate(_map_equals())
    for written, equal in LONGER.items():
        folded = folded.replace(written, equal)
    return folded.strip(ASCII_WHITE_SPACE)


def _lower(letter: str) -> str:
    small = letter.lower()
    return small if len(small) == 1 else small[0]  # of the dotted capital I: Python writes its dot apart
