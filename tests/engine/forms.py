"""Every node of an expression in each of its forms, as conditions on one small table.

`test_golden.py` holds their SQL in every dialect, `test_forms.py` the rows for which they are true on every engine.
"""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import md5, sha256

from sqlglot import exp

from synth_expectations.rules.expressions import (
    all_of,
    any_of,
    as_of,
    concatenate,
    field,
    hash_text,
    is_before,
    is_blank,
    is_equal,
    is_given,
    is_more_than,
    is_one_of,
    is_readable,
    is_unreadable,
    letter_at,
    literal,
    lower,
    make_key,
    matches,
    normalize,
    normalize_key,
    only_where,
    plus_duration,
    rank_record,
    text_after,
    timestamp_literal,
    to_number,
    to_second,
    to_timestamp,
)
from synth_expectations.rules.nodes import Condition
from synth_expectations.testing import Table

AS_OF = datetime(2026, 11, 22, 12, tzinfo=UTC)
KINDS = {
    "id": "integer",
    "text": "text",
    "other": "text",
    "time": "text",
    "flag": "boolean",
    "count": "integer",
    "amount": "decimal",
    "share": "float",
    "day": "date",
    "naive": "timestamp",
    "zoned": "timestamptz",
    'odd "name': "text",
}
NAN = float("nan")
ROWS = [
    {"id": 1},
    {"id": 2, "text": "", "other": " ", "time": "", "flag": True, "count": 0, "amount": 0, "share": NAN},
    {"id": 3, "text": "\t\u00a0\n", "other": "a", "time": "now", "flag": False, "count": 7, "amount": 7, "share": 7.0},
    {"id": 4, "text": " True ", "other": "A", "time": "2026-11-22", "count": 1, "amount": 1, "share": 1.0},
    {"id": 5, "text": "1", "other": "1", "time": "2026-11-22T12:00Z", "count": 1, "amount": 2.5, "share": 2.5},
    {"id": 6, "text": "true\n", "other": "true", "time": "2026-11-22 12:00:00.000001", "count": -3, "share": -3.0},
    {
        "id": 7,
        "text": "nottrue",
        "other": "2.5",
        "time": "2026-11-22T13:30:00+02:00",
        "day": "2026-11-22",
        "share": 1e30,
    },
    {"id": 8, "text": " Jo.Smith@Example.COM", "other": "jo.smith@example.com", "time": "2026-02-30"},
    {"id": 9, "text": "+44 (0)20 7946 0018 ext 3", "other": "0044 20 7946 0018", "time": "2026-11-22T12:00:00+0000"},
    {"id": 10, "text": "020 7946 0018", "other": "(212) 555-0187", "time": "2026-05-31", "day": "2026-05-31"},
    {"id": 11, "text": "Anne-Marie O'N\u00e9ill", "other": "annemarie oneill", "time": "0001-01-01"},
    {"id": 12, "text": "STRA\u00dfE", "other": "Strasse", "time": "9999-12-31"},
    {"id": 13, "text": "sw1a-1aa", "other": "SW1A 1AA", "time": "2026-11-22 12:00"},
    {"id": 14, "text": "4242 4242-4242", "other": "424242424242", "time": "2026-08-24T12:00:00Z"},
    {"id": 15, "text": "a\nb", "other": "a b", "time": "2026-08-24T23:59:59-05:00", "day": "2026-08-24"},
    {"id": 16, "text": "ab\n", "other": "ab", "time": " 2026-11-22"},
    {
        "id": 17,
        "text": "sw1a-1AA",
        "day": "2026-11-22",
        "naive": "2026-11-22T00:00:00",
        "zoned": "2026-11-22T00:00:01Z",
    },
    {"id": 18, "day": "2026-08-24", "naive": "2026-08-24T12:00:00", "zoned": "2026-08-24T12:00:00Z", 'odd "name': "x"},
    {"id": 19, "day": "2026-05-31", "naive": "2026-05-31T11:59:59", "zoned": "2026-05-31T11:59:59.5Z"},
    {
        "id": 20,
        "text": "${x}",
        "day": "2026-11-23",
        "naive": "2026-11-22T12:00:00.000001",
        "zoned": "2026-11-22T07:00:00-05:00",
    },
]
TABLE = Table.of(KINDS, ROWS)

TEXT, OTHER, TIME, FLAG, COUNT, AMOUNT, SHARE, DAY, NAIVE, ZONED, ODD = (field(name) for name in [*KINDS][1:])
YES, NO = is_one_of(TEXT, [True]), is_one_of(OTHER, ["a", "2.5", "ab"])
NOON = timestamp_literal(datetime(2026, 11, 22, 12, tzinfo=UTC))
TIMES = {"text": TIME, "date": DAY, "naive": NAIVE, "zoned": ZONED}
MAIL = "[a-z.]+@(.*[.])?example[.](com|net)"


def _is(value: Condition, text: str) -> Condition:
    return is_equal(value, literal(text))


def _forms() -> dict[str, Condition]:
    forms: dict[str, Condition] = {
        "nothing": exp.false(),
        "everything": exp.true(),
        "and": YES & NO,
        "or": YES | NO,
        "not": ~YES,
        "not and": ~(YES & NO),
        "not or": ~(YES | NO),
        "and of or": all_of([YES | NO, is_given(COUNT), ~NO]),
        "or of and": any_of([YES & NO, is_blank(COUNT), ~NO & YES]),
        "not not": ~~YES,
        "odd name": is_one_of(ODD, ["x"]),
        "blank text": is_blank(TEXT),
        "blank boolean": is_blank(FLAG),
        "blank number": is_blank(COUNT),
        "blank float": is_blank(SHARE),
        "blank time": is_blank(ZONED),
        "given text": is_given(TEXT),
        "given float": is_given(SHARE),
        "among one text": is_one_of(TEXT, ["ab"]),
        "among texts": is_one_of(TEXT, [True, "nottrue", "it's \\ %s"]),
        "among texts with a variable": is_one_of(TEXT, ["${x}"]),
        "not among texts": ~is_one_of(TEXT, [True, "nottrue"]),
        "among booleans": is_one_of(FLAG, [True, "x"]),
        "not among booleans": ~is_one_of(FLAG, [False]),
        "among numbers": is_one_of(COUNT, [True, "-3", "x", 7.0]),
        "not among numbers": ~is_one_of(COUNT, [1]),
        "among decimals": is_one_of(AMOUNT, [2.5, 7]),
        "among floats": is_one_of(SHARE, [2.5, 7]),
        "not among floats": ~is_one_of(SHARE, [2.5]),
        "among dates, no time": is_one_of(DAY, ["unknown"]),
        "among dates": is_one_of(DAY, ["2026-11-22"]),
        "matches": matches(TEXT, "tr?ue", "[a-z]+true"),
        "not matches": ~matches(TEXT, "ab", "[0-9]+"),
        "matches with a dot": matches(TEXT, "a.b"),
        "matches mail": matches(TEXT, "[^@]+@[A-Za-z]+[.]COM"),
        "matches in any case": matches(lower(TEXT), MAIL),
        "matches normalised mail": matches(normalize(TEXT, "email"), MAIL),
        "matches digits": matches(normalize(TEXT, "digits"), "42+.*"),
        "matches a number": matches(COUNT, "-?[0-9]"),
        "matches a float": matches(SHARE, "[0-9.]+"),
        "matches a decimal": matches(AMOUNT, "[0-9]"),
        "matches a date": matches(DAY, "2026-11-2."),
        "matches a boolean": matches(FLAG, "t.*"),
        "equal texts": is_equal(lower(TEXT), lower(OTHER)),
        "not equal texts": ~is_equal(lower(TEXT), lower(OTHER)),
        "more than": is_more_than(COUNT, 0),
        "not more than": ~is_more_than(COUNT, 0),
        "number": is_more_than(to_number(COUNT), 1),
        "number of decimal": is_more_than(to_number(AMOUNT), 2),
        "number of float": is_more_than(to_number(SHARE), 2),
        "normalised exact": _is(normalize(TEXT, "exact"), "True"),
        "normalised text": _is(normalize(TEXT, "text"), "true"),
        "normalised email": _is(normalize(TEXT, "email"), "jo.smith@example.com"),
        "normalised name": any_of(_is(normalize(TEXT, "name"), name) for name in ("annemarieoneill", "strasse", "ab")),
        "normalised letters": _is(normalize(OTHER, "letters"), "annemarieoneill"),
        "normalised postcode": _is(normalize(TEXT, "postcode"), "sw1a1aa"),
        "normalised digits": _is(normalize(TEXT, "digits"), "424242424242"),
        "normalised phone": _is(normalize(TEXT, "phone"), "+442079460018"),
        "normalised British phone": _is(normalize(TEXT, "phone", "44"), "+442079460018"),
        "normalised American phone": _is(normalize(OTHER, "phone", "1"), "+12125550187"),
        "normalised number": _is(normalize(COUNT, "text"), "7"),
        "normalised nothing": is_equal(normalize(OTHER, "exact"), normalize(OTHER, "exact")),
        "key": _is(make_key(OTHER, normalize(COUNT, "text")), "true\x1f-3"),
        "record key of text": _is(normalize_key(TEXT), "True"),
        "record key of a number": _is(normalize_key(COUNT), "7"),
        "joined": _is(concatenate(OTHER, normalize(COUNT, "text")), "true-3"),
        "ranked text": _is(rank_record(normalize_key(OTHER), "7|"), sha256(b"7|ab").hexdigest()),
        "ranked number": _is(rank_record(normalize_key(COUNT), "7|"), sha256(b"7|7").hexdigest()),
        "letter": _is(letter_at(OTHER, 2), "b"),
        "guarded": _is(only_where(NO, OTHER), "ab"),
        "remainder": _is(text_after(TEXT, OTHER, 1), "\n"),
        "hashed": _is(hash_text(OTHER, "7:"), md5(b"7:ab", usedforsecurity=False).hexdigest()),
        "readable": is_readable(NAIVE),
        "unreadable": is_unreadable(TIME),
        "as of": is_before(to_timestamp(ZONED), as_of()),
        "as of, later": is_before(as_of("-P1D"), to_timestamp(NAIVE)),
        "as of, earlier": is_before(to_timestamp(ZONED), as_of("-P90D")),
        "instant": is_before(
            to_timestamp(ZONED), timestamp_literal(datetime(2026, 5, 31, 11, 59, 59, 500_001, tzinfo=UTC))
        ),
        "later by months": is_before(plus_duration(DAY, "P3M"), NOON),
        "later by days": is_before(NOON, plus_duration(NAIVE, "P90D")),
        "later by both": is_before(plus_duration(ZONED, "P1Y2M3DT4H5M6S"), as_of("P2Y")),
        "second": is_equal(to_second(ZONED), to_second(NAIVE)),
        "not before": ~is_before(to_timestamp(NAIVE), NOON),
    }
    for family, time in TIMES.items():
        forms[f"before, {family}"] = is_before(to_timestamp(time), NOON)
        forms[f"day of {family}"] = is_equal(normalize(time, "date"), normalize(DAY, "date"))
    return forms


FORMS = _forms()
"""By name."""
