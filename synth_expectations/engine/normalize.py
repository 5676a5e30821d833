"""Normal forms: two spellings of the same thing become the same text.

Each function takes a value as text and returns a tree of SQL. An empty result becomes NULL, which equals nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping

from sqlglot import exp

from synth_expectations.engine import text
from synth_expectations.engine.dialects.base import Dialect
from synth_expectations.engine.dialects.translations import call
from synth_expectations.engine.trees import Branch, choose, conjoin
from synth_expectations.rules.expressions import literal
from synth_expectations.rules.phone_plans import NORTH_AMERICA, PhonePlan, load_phone_plans

_PUNCTUATION = (
    " \t\r\n\u00a0.,;:'\u2019\u2018`\u00b4\"()/-\u2010\u2011\u2013\u2014_\u00b7\u02bb\u02bc\u30fb\u3001\u3002"
)
_LETTERS = [chr(code) for code in (*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00))]
_LINK = "mailto:"
_LIGATURES = {"\u00df": "ss", "\u00e6": "ae", "\u0153": "oe"}
_STROKES = {"\u00f8": "o", "\u0142": "l", "\u0111": "d"}


def _accents() -> dict[str, str]:
    """Return the small letters with an accent, each with that without it: a table for SQL's `translate`."""
    small = [letter for letter in _LETTERS if letter not in _LIGATURES and letter.lower() == letter]
    plain = {letter: _STROKES.get(letter) or unicodedata.normalize("NFD", letter)[0] for letter in small}
    return {letter: base for letter, base in plain.items() if base.isascii() and base.isalpha()}


_COMBINING = "".join(chr(code) for code in range(0x0300, 0x0315)) + "\u0323\u0327\u0328"
_PLAIN = {**_accents(), **dict.fromkeys(_COMBINING + _PUNCTUATION, "")}
"""By a letter with an accent, the one without; marks and punctuation, which have no counterpart, are dropped."""
_ASCII_PUNCTUATION = dict.fromkeys(filter(str.isascii, _PUNCTUATION), "")


def _without(value: exp.Expr, pattern: str, substitute: str = "") -> exp.Expr:
    return exp.RegexpReplace(this=value, expression=literal(pattern), replacement=literal(substitute))


def _without_separators(value: exp.Expr, otherwise: exp.Expr, pattern: str, dialect: Dialect) -> exp.Expr:
    """Return a number without what stands between its digits.

    Nearly all have nothing but spaces, hyphens, brackets and points there: plain replacement takes DuckDB a third of the time
    of a pattern. Only if more is left is `otherwise` stripped of all that the pattern matches.
    """
    if not dialect.replaces_before_patterns:
        return _without(otherwise, pattern)
    for separator in " -().":
        value = call("REPLACE", value, literal(separator), literal(""))
    has_more = exp.RegexpLike(this=value, expression=literal(pattern))
    return choose((has_more, _without(otherwise, pattern)), otherwise=value.copy())


def _prefixed(value: exp.Expr, prefixes: Mapping[str, str]) -> exp.Expr:
    """Return a number with the prefix of the first pattern that it matches; the value is the smaller for being one CASE."""
    branches = [
        (
            exp.RegexpLike(this=value.copy(), expression=literal(pattern)),
            exp.DPipe(this=literal(prefix), expression=value.copy()),
        )
        for pattern, prefix in prefixes.items()
    ]
    return choose(*branches, otherwise=value)


def normalize_name(value: exp.Expr, dialect: Dialect) -> exp.Expr:
    """Return a name without case, accents, spaces and punctuation: `Anne-Marie O'Néill` is `annemarieoneill`."""
    # ASCII is the usual case: a long translation table costs DuckDB thirty times as much.
    plain = exp.Lower(this=text.translate(value.copy(), _ASCII_PUNCTUATION, dialect))
    accented = text.fold_any(value, dialect)
    for ligature, letters in text.encodable(_LIGATURES, dialect).items():
        accented = call("REPLACE", accented, literal(ligature), literal(letters))
    return choose((text.is_ascii(value, dialect), plain), otherwise=text.translate(accented, _PLAIN, dialect))


def normalize_phone(folded: exp.Expr, calling_code: str | None, dialect: Dialect) -> exp.Expr:
    """Return a phone number's digits, with `+` where it is international; fewer than seven digits are not a number.

    `+44 (0)20 7946 0018 ext 3`, `0044 20 7946 0018` and, with calling code 44, `020 7946 0018` are one. A national number
    that its country does not write so keeps its digits without a plus: it is not compared, and counted as unread.
    """
    plan = load_phone_plans().get(calling_code or "")
    # where numbers begin with a zero and nothing is dialled before them, as in Italy, the zero in brackets is dialled too
    zero = literal("0" if calling_code == "39" else "")
    without_extension = call("REPLACE", _without(folded.copy(), "(ext|x|#|;).*$"), literal("(0)"), zero.copy())
    digits = _without_separators(call("REPLACE", folded, literal("(0)"), zero), without_extension, "[^0-9+]", dialect)
    digits = _without(digits, "^00", "+")
    if calling_code == NORTH_AMERICA:  # an area begins with 2 to 9
        digits = _prefixed(digits, {"^[2-9][0-9]{9}$": "+1", "^1[2-9][0-9]{9}$": "+"})
    elif plan and calling_code:
        digits = _read_national(digits, calling_code, plan)
    length = exp.Length(this=call("REPLACE", digits.copy(), literal("+"), literal("")))
    return choose((exp.GT(this=length, expression=literal(6)), digits))


def _read_national(digits: exp.Expr, code: str, plan: PhonePlan) -> exp.Expr:
    """Return a national number in international form, written as its country writes it."""
    if plan.prefixes == ("0",) and not plan.bare_lengths:
        return _without(digits, "^0", f"+{code}")
    for prefix in plan.prefixes:  # a number may itself begin with an 8: its length tells
        whole = exp.RegexpLike(this=digits.copy(), expression=literal(f"^{prefix}{_digits(plan.lengths)}$"))
        digits = choose((whole, _without(digits.copy(), f"^{prefix}", f"+{code}")), otherwise=digits)
    if not plan.bare_lengths:
        return digits
    prefixes = {f"^{_digits(plan.bare_lengths)}$": f"+{code}"}
    if len(code) + min(plan.bare_lengths) > max(plan.bare_lengths):  # else it may be a whole number of the country
        prefixes[f"^{code}{_digits(plan.bare_lengths)}$"] = "+"
    return _prefixed(digits, prefixes)


def _digits(lengths: tuple[int, ...]) -> str:
    """Return a pattern of so many digits; lengths between the shortest and the longest are rare enough to be read too."""
    bounds = str(lengths[0]) if len(lengths) == 1 else f"{lengths[0]},{lengths[-1]}"
    return f"[0-9]{{{bounds}}}"


def keep_letters(value: exp.Expr, dialect: Dialect) -> exp.Expr:
    """Return a name without case, spaces, apostrophes, hyphens and full stops, in a tenth of the time of `normalize_name`."""
    for mark in " '-.":
        value = call("REPLACE", value, literal(mark), literal(""))
    return dialect.lower(value)


def to_lower(value: exp.Expr, dialect: Dialect) -> exp.Expr:
    """Return a text in lower case, with the white space around it."""
    return dialect.lower(value)


def normalize_email(folded: exp.Expr) -> exp.Expr:
    """Return a folded address without the scheme of a link: `mailto:ann@shop.example` is `ann@shop.example`."""
    is_link = exp.Like(this=folded.copy(), expression=literal(f"{_LINK}%"))
    address = exp.Substring(this=folded.copy(), start=exp.Literal.number(len(_LINK) + 1))
    return choose((is_link, address), otherwise=folded.copy())


def normalize_postcode(value: exp.Expr, dialect: Dialect) -> exp.Expr:
    """Return a postcode without case, spaces and dashes."""
    return dialect.lower(text.translate(value, dict.fromkeys(" \t\r\n\u00a0-", ""), dialect))


def keep_digits(value: exp.Expr, dialect: Dialect) -> exp.Expr:
    """Return a number's digits without what stands between them."""
    return _without_separators(value, value.copy(), "[^0-9]", dialect)


WRITTEN_AS_NUMBER = "number"
"""The kind of a text that is compared with a column of decimal numbers."""

TEXT_NORMAL_FORMS: dict[str, Callable[[exp.Expr, Dialect], exp.Expr]] = {
    "name": normalize_name,
    "letters": keep_letters,
    "lowered": to_lower,
    "postcode": normalize_postcode,
    "digits": keep_digits,
}
"""By kind; `phone` and `date` need more than the text, and are handled in the compiler."""


def shorten_number(text: exp.Expr) -> exp.Expr:
    """Return a number in text without the zeros at the end of its fraction: `10.5` for `10.50`, and `42` for `42.0`.

    A number with an exponent is left as it is.
    """
    is_plain = exp.RegexpLike(this=text.copy(), expression=literal("^-?[0-9]+[.][0-9]*$"))
    return choose((is_plain, _without(text.copy(), "([.]|[.]?0+)$")), otherwise=text.copy())


def write_as_number(value: exp.Expr) -> exp.Expr:
    """Return a folded text; one that is a decimal number as a column of numbers writes it."""
    is_decimal = exp.RegexpLike(this=value.copy(), expression=literal("^-?(0|[1-9][0-9]*)[.][0-9]+$"))
    return choose((is_decimal, shorten_number(value)), otherwise=value.copy())


def empty_to_null(value: exp.Expr) -> exp.Expr:
    """Return NULL for an empty text, and any other text unchanged."""
    return exp.Nullif(this=value, expression=literal(""))


def write_number(number: exp.Expr, nan: exp.Expr | None) -> exp.Expr:
    """Return a number as text, alike whatever its type (`7`, never `7.0`; `10.5`, never `10.50`); NULL where `nan` is true."""
    fits = exp.LT(this=exp.Abs(this=number.copy()), expression=exp.Literal.number("1e18"))
    whole = exp.EQ(this=number.copy(), expression=exp.Floor(this=number.copy()))
    as_integer = exp.cast(exp.cast(number.copy(), "BIGINT"), "TEXT")
    branches: list[Branch] = [] if nan is None else [(nan, exp.Null())]
    shortened = shorten_number(exp.cast(number.copy(), "TEXT"))
    return choose(*branches, (conjoin(fits, whole), as_integer), otherwise=shortened)
