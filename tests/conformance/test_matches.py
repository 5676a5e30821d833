"""Rows are found by bound values on every engine, and no statement holds them."""

from __future__ import annotations

import pytest

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.adapters.match_queries import BOUND, MatchQuery, TwinQuery
from synth_expectations.engine.compiler import Compiler
from synth_expectations.engine.schema import Column, Columns, Family
from synth_expectations.rules.as_of import current_as_of
from synth_expectations.rules.expressions import field, normalize, normalize_key
from synth_expectations.testing import Engine
from synth_expectations.testing.tables import Kind, Table

PEOPLE = Table(
    {"Id": Kind.TEXT, "Email": Kind.TEXT, "Phone": Kind.TEXT, "mark": Kind.TEXT},
    [
        ["k-secret ", "Ann@Shop.example", "+44 20 7946 0018", "real"],
        ["K2%", None, None, "real"],
        ["0015g00000AbCdEAAV", "x@shop.example", None, "made"],
        [None, "ann@shop.example", None, "made"],
    ],
)
OTHERS = Table(
    {"Key": Kind.INTEGER, "Mail": Kind.TEXT, "Tel": Kind.TEXT},
    [
        [1, "ANN@shop.example ", None],
        [2, "bob@shop.example", "+442079460018"],
        [3, None, None],
        [4, "c@d.example", "1"],
    ],
)


def _match(adapter: Adapter, bound: list[str], read: list[str], column: str = "Id", kind: str = "") -> MatchQuery:
    compiler = Compiler(adapter.columns(), adapter.dialect, current_as_of())
    given = Compiler(Columns([Column(BOUND, Family.TEXT)], "given"), adapter.dialect, current_as_of())
    return MatchQuery(
        compiler.compile(normalize_key(field(column), kind)),
        bound,
        given.compile(normalize_key(field(BOUND), kind)),
        read,
        10,
    )


@pytest.mark.full_on("spark")
@pytest.mark.parametrize(
    ("key", "found"),
    [("k-secret", ["real"]), (" k-secret", ["real"]), ("K2%", ["real"]), ("k2%", []), ("'; DROP TABLE x --", [])],
)
def test_rows_are_found_by_a_bound_key(engine: Engine, key: str, found: list[str]) -> None:
    adapter = engine.adapter(PEOPLE, {})
    compiler = Compiler(adapter.columns(), adapter.dialect, current_as_of())
    forms, rows = adapter.match(_match(adapter, [key], [compiler.compile(field("mark"))]))
    assert ([row[0] for row in rows], forms) == (found, [key.strip()])
    assert not any(key in sent or key.strip() in sent for sent in adapter.statements.sent)


@pytest.mark.full_on("spark")
def test_kinds_numbers_and_several_keys(engine: Engine) -> None:
    adapter = engine.adapter(PEOPLE, {})
    mark = Compiler(adapter.columns(), adapter.dialect, current_as_of()).compile(field("mark"))
    forms, rows = adapter.match(_match(adapter, ["0015g00000AbCdE"], [mark], kind="salesforce_id"))
    assert ([row[0] for row in rows], forms) == (["made"], ["0015g00000AbCdE"])
    forms, rows = adapter.match(_match(adapter, ["12"], [mark], kind="salesforce_id"))
    assert (list(rows), forms) == ([], [None])
    numbers = engine.adapter(OTHERS, {})
    assert len(numbers.match(_match(numbers, ["1", "2.0", "x" * 10_000], ["'a'"], "Key"))[1]) == 2
    counted = _match(numbers, ["1", "2", "4"], ["'a'"], "Key")
    grouped = MatchQuery(counted.value, counted.bound, "'a'", ["'b'"], 10, is_counted=True)
    assert numbers.match(grouped)[1] == []


def test_rows_of_one_meaning_are_counted(engine: Engine) -> None:
    adapter = engine.adapter(Table({"Id": Kind.TEXT, "set": Kind.TEXT}, [["a", "s"], ["b", "s"], ["c", "t"]]), {})
    query = _match(adapter, ["s"], ["'x'"], "set")
    _, rows = adapter.match(MatchQuery(query.value, query.bound, query.bound_form, query.read, 10, is_counted=True))
    assert [tuple(row) for row in rows] == [("x", 2)]


def test_twins_are_found_in_the_engine(engine: Engine) -> None:
    adapter = engine.adapter(PEOPLE, {"others": OTHERS})
    person = Compiler(adapter.columns(), adapter.dialect, current_as_of())
    other = adapter.on_reference("others")
    there = Compiler(other.columns(), other.dialect, current_as_of())
    names = (("Email", "Mail", "email"), ("Phone", "Tel", "phone"))
    match = _match(adapter, ["k-secret"], [person.compile(normalize(field(here), kind)) for here, _, kind in names])
    query = TwinQuery(
        match,
        "others",
        [there.compile(normalize(field(column), kind)) for _, column, kind in names],
        [there.compile_text("Key")],
        10,
    )
    assert sorted((str(row[0]), *map(int, row[1:])) for row in adapter.find_twins(query)) == [("1", 1, 0), ("2", 0, 1)]
    assert not any("k-secret" in sent or "shop.example" in sent.casefold() for sent in adapter.statements.sent)
