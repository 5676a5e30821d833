"""The normal form of record keys: the spellings of one record become the same text, those of two records never do.

Systems write one key in several ways: Salesforce's reports with 15 letters and its API with 18, a database as type UUID
and an export in capitals, pandas an integer column with a gap as `42.0`. Where no kind is declared, the form follows
from the value alone, so both sides of a lookup agree whatever their types are.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from synth_expectations.engine.dialects.base import Dialect
from synth_expectations.engine.dialects.translations import call, concatenate
from synth_expectations.engine.normalize import shorten_number
from synth_expectations.engine.schema import NUMBERS, Family
from synth_expectations.engine.trees import Branch, choose, conjoin, disjoin, enclose, negate
from synth_expectations.engine.word_lists import is_within, put_between_bars
from synth_expectations.rules.expressions import literal
from synth_expectations.rules.key_kinds import CHECKSUM_LETTERS
from synth_expectations.rules.nothing import NOTHING


def _checked_group(capitals: int = 0, length: int = 0) -> str:
    """Return the pattern of five letters of a Salesforce id and their checksum, from a letter on."""
    if length == 5:
        return CHECKSUM_LETTERS[capitals]
    small = _checked_group(capitals, length + 1)
    return f"([a-z0-9]{small}|[A-Z]{_checked_group(capitals | 1 << length, length + 1)})"


_SALESFORCE_ID = f"^({_checked_group()}{{3}}|([A-Za-z0-9]{{5}}A){{3}})$"
"""Three groups of five letters, each before its checksum.

A checksum of `AAA` is taken without a look at the capitals: who makes an id up writes it, and a constant tells no two
records apart. Any other wrong checksum is part of a key that is none of Salesforce's, as in `ORDER0000000000001`.
"""

TYPES = frozenset({*NUMBERS, Family.UUID})
"""The types of keys that need not be read as text."""

_HEX = "[0-9A-Fa-f]"
_GROUPS = f"{_HEX}{{8}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{12}}"
_UUIDS = {36: f"^{_GROUPS}$", 32: f"^{_HEX}{{32}}$", 38: f"^[{{]{_GROUPS}[}}]$"}
"""By length, the pattern of a UUID: one pattern for all of them takes four times as long."""

BESIDE_NUMBERS = "beside_numbers"
"""The kind of a key that is text and undeclared, where the other side of the lookup is a column of decimal numbers."""

_WHOLE_NUMBER = "^(0|-?[1-9][0-9]*)[.]0+$"
_DECIMAL_NUMBER = "^(0|-?[1-9][0-9]*|-0)[.][0-9]+$"
_ANY_NUMBER = "^(0*[1-9][0-9]*|-[1-9][0-9]*)([.][0-9]*)?$"
_ANY_FRACTION = "^(-0|0+)[.][0-9]*[1-9][0-9]*$"
_ZERO = "^-?0+([.]0*)?$"
_NOT_ASCII = f"[^{chr(1)}-{chr(127)}]"
_DASH_BYTES = 3
"""Of the longest word for nothing that is not ASCII."""
_LONGEST_NOTHING = max(map(len, NOTHING))
WORDS = f"|{'|'.join(('', *NOTHING))}|"
"""The words for nothing, and nothing, each between two bars."""


def normalize_text_key(
    text: exp.Expr, kind: str, column: exp.Expr | None = None, dialect: Dialect | None = None
) -> exp.Expr:
    """Return the normal form of a key that is text; NULL for white space, words for nothing, and what is not of the kind.

    Args:
        text: the key without white space around it.
        kind: `salesforce_id`, `uuid`, `number` or `text`; empty or `BESIDE_NUMBERS` where none is declared.
        column: the key as it is written, where it is a column.
        dialect: of the engine, which may read a column faster than a trimmed text.
    """
    normalize = _FORMS[kind]
    if column is None or dialect is None or dialect.is_trimmed is None or not isinstance(text, exp.Trim):
        return normalize(text)
    branches = [(dialect.is_trimmed(column), normalize(column))]
    if not kind and dialect.is_plain_key:
        branches.insert(0, (dialect.is_plain_key(column, _LONGEST_NOTHING), column.copy()))
    of_untrimmed = dialect.compute_once(text, normalize) if dialect.compute_once else normalize(text)
    return choose(*branches, otherwise=of_untrimmed)


def normalize_typed_key(key: exp.Expr, family: Family, dialect: Dialect) -> exp.Expr:
    """Return the normal form of a key in a column of a type of `TYPES`; NULL where a number is not exact.

    Beyond 2^53 a double may be one of two integers, so it names no record: three quarters more make no difference to it,
    nor to infinity. An exact number differs.

    Args:
        key: the key.
        family: of the type of its column.
        dialect: of the engine.
    """
    as_text = exp.cast(key.copy(), "TEXT")
    if family is Family.UUID:
        return _normalize_hexadecimal(as_text)
    if family is Family.NUMBER:
        return as_text
    size = exp.Abs(this=key.copy())
    is_whole = exp.EQ(this=key.copy(), expression=exp.Floor(this=key.copy()))
    fits = exp.LT(this=size.copy(), expression=exp.Literal.number("1e18"))
    as_integer = exp.cast(exp.cast(key.copy(), "BIGINT"), "TEXT")
    branches: list[Branch] = [(fits & is_whole, as_integer)]
    if family is Family.FLOAT:
        more = enclose(exp.Add(this=size.copy(), expression=exp.Literal.number("0.75")))
        branches.insert(0, (dialect.is_nan(key.copy()) | exp.EQ(this=more, expression=size), exp.Null()))
    return choose(*branches, otherwise=shorten_number(as_text))


def _normalize(text: exp.Expr) -> exp.Expr:
    """Return a key by its form; lengths are compared first, since a pattern costs thirty times as much."""
    has_fraction = exp.Like(this=text.copy(), expression=literal("%.%0")) & _match(text, _WHOLE_NUMBER)
    return choose(
        (is_nothing(text), exp.Null()),
        (has_fraction, _without_fraction(text)),
        (_is_salesforce_id(text), _cut(text, 1, 15)),
        *_list_uuids(text),
        otherwise=text.copy(),
    )


def _normalize_text(text: exp.Expr) -> exp.Expr:
    return choose((is_nothing(text), exp.Null()), otherwise=text.copy())


def _normalize_uuid(text: exp.Expr) -> exp.Expr:
    return choose(*_list_uuids(text))


def _normalize_salesforce_id(text: exp.Expr) -> exp.Expr:
    return choose(
        (_has_length(text, 15) & _match(text, "^[A-Za-z0-9]{15}$"), text.copy()),
        (_has_length(text, 18) & _match(text, "^[A-Za-z0-9]{15}[A-Z0-5]{3}$"), _cut(text, 1, 15)),
    )


def _normalize_number(text: exp.Expr) -> exp.Expr:
    """Return a number without leading zeros, and without zeros at the end of its fraction."""
    digits = exp.RegexpReplace(this=shorten_number(text), expression=literal("^0+"), replacement=literal(""))
    is_negative = exp.Like(this=text.copy(), expression=literal("-%"))
    below_one = choose((is_negative, shorten_number(text)), otherwise=concatenate(literal("0"), digits.copy()))
    return choose(
        (_match(text, _ZERO), literal("0")),
        (_match(text, _ANY_NUMBER), digits),
        (_match(text, _ANY_FRACTION), below_one),
    )


def _normalize_beside_numbers(text: exp.Expr) -> exp.Expr:
    """Return a key by its form, and `10.50` as the number that the other side of the lookup writes as `10.5`."""
    has_zeros = exp.Like(this=text.copy(), expression=literal("%.%0")) & _match(text, _DECIMAL_NUMBER)
    return choose((has_zeros, shorten_number(text)), otherwise=_normalize(text))


_FORMS: dict[str, Callable[[exp.Expr], exp.Expr]] = {
    "": _normalize,
    BESIDE_NUMBERS: _normalize_beside_numbers,
    "text": _normalize_text,
    "number": _normalize_number,
    "uuid": _normalize_uuid,
    "salesforce_id": _normalize_salesforce_id,
}


def is_nothing(text: exp.Expr) -> exp.Expr:
    """Return whether a trimmed text is empty or a word for nothing.

    The words are searched in one text: of a list of words DuckDB makes a join. A bar in the text itself is doubled, so
    that `na|nan` is not found as two words. Few texts end as a word does, and only these get both bars. Where a letter
    beyond ASCII becomes one of ASCII, as the dotted capital I does on some engines, the text is no word.
    """
    # a small i first: some locales make another letter of the capital
    small = exp.Lower(this=call("REPLACE", text.copy(), literal("I"), literal("i")))
    end = concatenate(small.copy(), literal("|"))
    word = put_between_bars(small)
    is_short = exp.LTE(this=_count_bytes(text), expression=exp.Literal.number(_LONGEST_NOTHING))
    is_ascii = negate(_match(text, _NOT_ASCII))
    is_dash = exp.LTE(this=_count_bytes(text), expression=exp.Literal.number(_DASH_BYTES))
    return conjoin(is_short, *(is_within(literal(WORDS), part) for part in (end, word)), disjoin(is_dash, is_ascii))


def _normalize_hexadecimal(uuid: exp.Expr) -> exp.Expr:
    """Return a UUID in small letters, without hyphens."""
    return call("REPLACE", exp.Lower(this=uuid), literal("-"), literal(""))


def _list_uuids(text: exp.Expr) -> list[Branch]:
    """Return branches for the ways to write a UUID."""
    forms = {36: text.copy(), 32: text.copy(), 38: _cut(text, 2, 36)}
    return [
        (_has_length(text, length) & _match(text, pattern), _normalize_hexadecimal(forms[length]))
        for length, pattern in _UUIDS.items()
    ]


def _is_salesforce_id(text: exp.Expr) -> exp.Expr:
    """Return whether 18 letters are a Salesforce id: each letter of the checksum fits the five letters that it is about."""
    pieces = [_cut(text, *piece) for piece in ((1, 5), (16, 1), (6, 5), (17, 1), (11, 5), (18, 1))]
    return conjoin(_has_length(text, 18), _match(concatenate(*pieces), _SALESFORCE_ID))


def _without_fraction(text: exp.Expr) -> exp.Expr:
    """Return `42` for `42.`, `42.0` and `42.00`."""
    return exp.RegexpReplace(this=text.copy(), expression=literal("[.]0*$"), replacement=literal(""))


def _has_length(text: exp.Expr, length: int) -> exp.Expr:
    return exp.EQ(this=_count_bytes(text), expression=exp.Literal.number(length))


def _cut(text: exp.Expr, start: int, length: int) -> exp.Expr:
    return exp.Substring(this=text.copy(), start=exp.Literal.number(start), length=exp.Literal.number(length))


def _count_bytes(text: exp.Expr) -> exp.Expr:
    return exp.ByteLength(this=text.copy())


def _match(text: exp.Expr, pattern: str) -> exp.Expr:
    return exp.RegexpLike(this=text.copy(), expression=literal(pattern))
