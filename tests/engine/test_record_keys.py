"""The normal form of record keys: what is one key, what are two, and in which types."""

from __future__ import annotations

import random
import string
from datetime import UTC, datetime
from typing import Any

import duckdb
import pytest

from synth_expectations.demo.people import make_salesforce_id
from synth_expectations.engine.compiler import Compiler
from synth_expectations.engine.dialects.duckdb import DIALECT
from synth_expectations.engine.schema import Column, Columns
from synth_expectations.rules.expressions import field, normalize_key
from synth_expectations.rules.nothing import NOTHING

UUID = "cc78a2f0-49af-4ae8-b8b2-edac4e528388"


def _forms(values: list[Any], kind: str = "VARCHAR") -> list[str | None]:
    """Return the normal form of each value in a column of a type of DuckDB's."""
    columns = Columns([Column("id", DIALECT.type_family(kind))], "contact")
    form = Compiler(columns, DIALECT, datetime(2026, 11, 22, tzinfo=UTC)).compile(normalize_key(field("id")))
    with duckdb.connect() as connection:
        connection.execute(f'CREATE TABLE contact (place INTEGER, "id" {kind})')
        connection.executemany("INSERT INTO contact VALUES (?, ?)", list(enumerate(values)))
        return [row[0] for row in connection.execute(f"SELECT {form} FROM contact ORDER BY place").fetchall()]


def test_salesforce_ids_of_18_letters_are_their_first_15() -> None:
    ids = [make_salesforce_id("003", number, seed=number) for number in range(1000)]
    assert _forms(ids) == [key[:15] for key in ids]


def test_another_checksum_makes_no_salesforce_id() -> None:
    draw, wrong = random.Random(7), []
    for number in range(500):
        key = make_salesforce_id("003", number, seed=number)
        place = draw.choice([15, 16, 17])
        letter = draw.choice([other for other in string.ascii_uppercase + "012345" if other != key[place]])
        wrong.append(key[:place] + letter + key[place + 1 :])
    assert _forms(wrong) == [key[:15] if key.endswith("AAA") else key for key in wrong]


@pytest.mark.parametrize(
    "spelling",
    [UUID, UUID.upper(), UUID.replace("-", ""), f"{{{UUID}}}", f" {UUID.upper()}\n", UUID.replace("-", "").upper()],
)
def test_a_uuid_in_text(spelling: str) -> None:
    assert _forms([spelling]) == [UUID.replace("-", "")]


def test_a_uuid_of_that_type() -> None:
    assert _forms([UUID.upper()], "UUID") == [UUID.replace("-", "")]


@pytest.mark.parametrize("kind", ["INTEGER", "BIGINT", "HUGEINT", "DOUBLE", "DECIMAL(18, 4)", "DECIMAL(38, 2)"])
def test_a_whole_number_is_one_key_in_every_type(kind: str) -> None:
    assert _forms([42, -7, 0, 123456789], kind) == _forms(["42.0", " -7", "0.00", "123456789.0"])


def test_exact_numbers_beyond_a_double() -> None:
    large = ["9007199254740993", "1234567890123456789012345"]
    assert _forms(large, "DECIMAL(38, 4)") == _forms(large)
    assert _forms(large[:1], "BIGINT") == large[:1]


def test_a_number_with_a_fraction_is_one_key_in_every_type() -> None:
    for kind in ("DOUBLE", "DECIMAL(18, 4)", "DECIMAL(38, 2)"):
        assert _forms(["10.50", "-0.25", "0.50", "7.00"], kind) == ["10.5", "-0.25", "0.5", "7"]
    assert _forms(["100000000000000000000.50", "100000000000000000000.00"], "DECIMAL(38, 2)") == [
        "100000000000000000000.5",
        "100000000000000000000",
    ]


def test_a_double_that_may_be_one_of_two_integers_is_no_key() -> None:
    limit = 2.0**53
    assert _forms([limit - 1, 1 - limit, limit, -limit, limit + 2, 1e300, float("inf"), float("nan")], "DOUBLE") == [
        "9007199254740991",
        "-9007199254740991",
        *[None] * 6,
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ORDER0000000000001", "ORDER0000000000002"),
        ("GIRO00000012345EUR", "GIRO00000012345GBP"),
        ("0035g00000Abc12", "0035g00000abc12"),
        ("42", "042"),
        ("42", "420"),
        ("1.5", "1.50"),
        ("v1.0", "v1"),
        (UUID.replace("c", "x"), UUID.replace("c", "X")),
    ],
)
def test_two_keys_stay_two(one: str, other: str) -> None:
    first, second = _forms([one, other])
    assert first != second


def test_nothing_is_no_key() -> None:
    assert _forms([None, "", " \t"]) == [None] * 3


def test_words_for_nothing_are_no_key() -> None:
    words = [*NOTHING, *(word.upper() for word in NOTHING), *(f" {word.title()}\t" for word in NOTHING)]
    assert _forms(words) == [None] * len(words)
    plain = ["0", "naN1", "none-1", "--1", "unknown_person", "ds-7", "n/a0", "nil_", "x"]
    others = [*plain, "n\u0130l", "un\u212anown"]
    assert _forms(others) == others


def test_no_word_for_nothing_begins_or_ends_with_a_digit() -> None:
    assert [word for word in NOTHING if word[0].isdigit() or word[-1].isdigit()] == []


@pytest.mark.parametrize("key", ["na|nan", "|", "||", "-|--", "|-", "-|", "|nan|", "n/a|n.a."])
def test_words_for_nothing_in_a_longer_key_are_a_key(key: str) -> None:
    assert _forms([key]) == [key]
