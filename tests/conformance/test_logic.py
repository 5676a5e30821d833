"""Random trees of and, or and not: what Python says of a row, every engine says, also of rows with gaps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import product
from random import Random
from typing import Any

import pytest

from synth_expectations.engine.compiler import Compiler
from synth_expectations.engine.count_query import CountQuery
from synth_expectations.engine.plan import Plan
from synth_expectations.rules.canonical import canonicalize
from synth_expectations.rules.expressions import all_of, any_of, field, is_one_of, look_up
from synth_expectations.rules.model import Lookup, LookupCheck, Rule
from synth_expectations.rules.nodes import Condition
from synth_expectations.testing import Engine, Table

AS_OF = datetime(2026, 11, 22, tzinfo=UTC)
ROWS = [
    {"id": number, "a": a, "b": b, "c": c} for number, (a, b, c) in enumerate(product(["yes", "no", None], repeat=3))
]
BATCH = Table.of({"id": "integer", "a": "text", "b": "text", "c": "text"}, ROWS)

Told = tuple[Condition, Callable[[dict[str, Any]], bool]]


def tree(random: Random, leaf: Callable[[str], Condition], depth: int) -> Told:
    """A condition, and the same in Python."""
    name = random.choice("abc")
    if depth == 0:
        return leaf(name), lambda row: row[name] == "yes"
    (one, says_one), (other, says_other) = tree(random, leaf, depth - 1), tree(random, leaf, random.randrange(depth))
    match random.randrange(5):
        case 0:
            return ~one, lambda row: not says_one(row)
        case 1:
            return one & other, lambda row: says_one(row) and says_other(row)
        case 2:
            return one | other, lambda row: says_one(row) or says_other(row)
        case 3:
            return all_of(
                [one, other, leaf(name)]
            ), lambda row: says_one(row) and says_other(row) and row[name] == "yes"
    return any_of([one, leaf(name), other]), lambda row: says_one(row) or says_other(row) or row[name] == "yes"


def _of_column(name: str) -> Condition:
    return is_one_of(field(name), ["yes"])


@pytest.mark.full_on("spark")
def test_of_columns(engine: Engine) -> None:
    random = Random(7)
    told = [tree(random, _of_column, 4) for _ in range(60)]
    adapter = engine.adapter(BATCH, {})
    compiler = Compiler(adapter.columns(), adapter.dialect, AS_OF)
    [counted] = adapter.count([CountQuery.of([compiler.compile(condition) for condition, _ in told])])
    assert counted.rows == len(ROWS)
    assert list(counted.by_condition.values()) == [sum(says(row) for row in ROWS) for _, says in told]


@pytest.mark.full_on("spark")
def test_of_lookups_and_columns(engine: Engine) -> None:
    """`b` is what a lookup finds; a gap in it finds nothing."""
    random = Random(11)
    told = [tree(random, lambda name: look_up("b") if name == "b" else _of_column(name), 3) for _ in range(30)]
    rules = [Rule(f"rule {number}", condition) for number, (condition, _) in enumerate(told)]
    lookup = Lookup("b", "reference", field("b"), field("word"))
    words = Table.of({"word": "text"}, [{"word": "yes"}, {"word": None}])
    plan = Plan(lambda: engine.adapter(BATCH, {"reference": words}), AS_OF)
    check = LookupCheck(rules=tuple(rules), population=is_one_of(field("id"), range(100)), lookups=(lookup,))
    outcome = plan.result(plan.add(check))
    assert outcome.error is None
    assert list(outcome.violations) == [sum(says(row) for row in ROWS) for _, says in told]


def test_other_conditions_have_another_text() -> None:
    a, b, c = (_of_column(name) for name in "abc")
    assert canonicalize(a & b & (c | a)) != canonicalize((a & b & c) | a)
    assert canonicalize(~(a | b)) != canonicalize(~a | b)
