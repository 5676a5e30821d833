"""The same records are drawn on every engine, and by a few lines of Python."""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from unicodedata import normalize

import pytest

from synth_expectations.engine.adapters.draw_queries import DrawQuery
from synth_expectations.engine.compiler import Compiler
from synth_expectations.rules.as_of import current_as_of
from synth_expectations.rules.expressions import field, is_one_of, normalize_key, rank_record
from synth_expectations.testing import Engine
from synth_expectations.testing.tables import Kind, Table

PREFIX = "5eed|Contact|"
TEXTS = [
    *(f"k{number}" for number in range(40)),
    "  k1 ",
    "0015g00000AbCdEAAV",
    "a0B5g00000XyZqWEAV",
    "0A1B2C3D-1111-2222-3333-444455556666",
    "42.0",
    "Jose\u0301",
    "Jos\u00e9",
    "\uc815\uc218",
    "k|'\"\\%:${x}\n2",
    "x" * 10_000,
    None,
    "  ",
    "n/a",
]


def _draw(engine: Engine, kinds: dict[str, Kind], rows: list[list[Any]], kind: str = "", **options: Any) -> Any:
    adapter = engine.adapter(Table(kinds, rows), {})
    compiler = Compiler(adapter.columns(), adapter.dialect, current_as_of())
    key = normalize_key(field("Id"), kind)
    by = compiler.compile(field("run")) if options.get("by") else None
    where = compiler.compile(is_one_of(field("mark"), ["real"])) if options.get("real") else "1 = 1"
    values = [compiler.compile(field(name)) for name in options.get("values", ())]
    query = DrawQuery(
        compiler.compile(rank_record(key, PREFIX)), compiler.compile(key), values, where, options.get("most", 20), by
    )
    before = adapter.statements.count
    drawn = adapter.draw(query)
    assert adapter.statements.count == before + 1
    return drawn


def _rank(key: str) -> str:
    return sha256((PREFIX + normalize("NFC", key)).encode()).hexdigest()


def test_korean_and_marks_out_of_order_are_composed_except_on_spark(engine: Engine) -> None:
    for written in ("\u1112\u1161\u11ab", "E\u0301\u0323"):
        [drawn] = _draw(engine, {"Id": Kind.TEXT}, [[written]])
        assert ([row[0] for row in drawn.drawn] == [_rank(written)]) is (engine.name != "spark"), written


def test_text_keys_are_drawn_in_one_query(engine: Engine) -> None:
    [drawn] = _draw(engine, {"Id": Kind.TEXT}, [[text] for text in TEXTS], most=60)
    normal = {
        "  k1 ": "k1",
        "a0B5g00000XyZqWEAV": "a0B5g00000XyZqW",
        "0A1B2C3D-1111-2222-3333-444455556666": "0a1b2c3d111122223333444455556666",
        "0015g00000AbCdEAAV": "0015g00000AbCdE",
        "42.0": "42",
    }
    keys = [normal.get(text, text) for text in TEXTS[:-3] if text]
    assert (drawn.rows, drawn.with_key) == (len(TEXTS), len(keys))
    assert [row[0] for row in drawn.drawn] == sorted(map(_rank, keys))
    assert {row[0]: normalize("NFC", row[1]) for row in drawn.drawn} == {
        _rank(key): normalize("NFC", key) for key in keys
    }


@pytest.mark.full_on("spark")
@pytest.mark.parametrize("kind", [Kind.INTEGER, Kind.FLOAT, Kind.DECIMAL])
def test_numbers_have_one_spelling(engine: Engine, kind: Kind) -> None:
    numbers = [kind.read(number if kind is Kind.INTEGER else float(number)) for number in (*range(30), -7, 2**40)]
    [drawn] = _draw(engine, {"Id": kind}, [[number] for number in numbers], most=5)
    expected = sorted(_rank(str(number)) for number in (*range(30), -7, 2**40))[:5]
    assert ([row[0] for row in drawn.drawn], drawn.rows) == (expected, 32)


@pytest.mark.full_on("spark")
def test_a_declared_kind_decides_what_a_key_is(engine: Engine) -> None:
    rows = [["0015g00000AbCdE"], ["0015g00000AbCdEAAV"], ["no id"], ["0015g00000AbCdF"]]
    [drawn] = _draw(engine, {"Id": Kind.TEXT}, rows, "salesforce_id")
    assert (drawn.rows, drawn.with_key) == (4, 3)
    keys = ("0015g00000AbCdE", "0015g00000AbCdE", "0015g00000AbCdF")
    assert [row[0] for row in drawn.drawn] == sorted(map(_rank, keys))


@pytest.mark.full_on("spark")
def test_a_stratum_has_its_own_order_and_counts(engine: Engine) -> None:
    kinds = {"Id": Kind.TEXT, "mark": Kind.TEXT, "run": Kind.TEXT}
    rows = [[f"k{n}", " Real" if n % 3 else "fake", f"run-{n % 4}" if n % 4 else None] for n in range(60)]
    [drawn] = _draw(engine, kinds, [*rows, [None, "real", "run-1"]], real=True, values=["mark"], most=7)
    assert (drawn.rows, drawn.with_key) == (41, 40)
    assert [row[0] for row in drawn.drawn] == sorted(_rank(f"k{n}") for n in range(60) if n % 3)[:7]
    assert {row[2] for row in drawn.drawn} == {" Real"}
    by_run = _draw(engine, kinds, [*rows, [None, "real", "run-9"]], by=True, most=3)
    assert {of_run.value: (of_run.rows, of_run.with_key) for of_run in by_run} == {
        **dict.fromkeys((None, "run-1", "run-2", "run-3"), (15, 15)),
        "run-9": (1, 0),
    }
    for of_run in by_run:
        expected = [_rank(f"k{n}") for n in range(60) if (f"run-{n % 4}" if n % 4 else None) == of_run.value]
        assert [row[0] for row in of_run.drawn] == sorted(expected)[:3]


@pytest.mark.full_on("spark")
def test_nothing_is_drawn_from_nothing(engine: Engine) -> None:
    kinds = {"Id": Kind.TEXT, "run": Kind.TEXT}
    [drawn] = _draw(engine, kinds, [])
    assert (drawn.rows, drawn.with_key, drawn.drawn) == (0, 0, [])
    assert _draw(engine, kinds, [], by=True) == []
