"""What several conditions read is computed once, in a subquery; and nothing is computed for more records than before."""

from __future__ import annotations

from collections.abc import Sequence, Set

import pytest
from sqlglot import exp

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.compiler import Compiler
from synth_expectations.engine.count_query import CountQuery
from synth_expectations.engine.planner.common_subexpressions import extract_common_subexpressions
from synth_expectations.rules.expressions import (
    all_of,
    any_of,
    field,
    is_blank,
    is_given,
    is_one_of,
    matches,
    normalize,
)
from synth_expectations.rules.nodes import Condition, IsOneOf, LoweredText, MatchesAny
from synth_expectations.testing import Engine, Table
from synth_expectations.testing.cases import AS_OF

RECORDS = Table.of(
    {"id": "integer", "phone": "text", "email": "text"},
    [
        {"id": 1, "phone": "(202) 555-0143", "email": "ann@shop.example"},
        {"id": 2, "phone": " 202 555 0143 ext 7", "email": " ANN@shop.example\n"},
        {"id": 3, "phone": "\u00a0+1 415 802-7788", "email": "\u200b"},
        {"id": 4, "phone": "12", "email": None},
        {"id": 5, "phone": None, "email": ""},
    ],
)
PHONE, EMAIL = field("phone"), field("email")
NUMBER = normalize(PHONE, "phone", "1")
IS_RESERVED = matches(NUMBER, r"[+]1[2-9][0-9]{2}55501[0-9]{2}")
IS_LONG = matches(NUMBER, r"[+]1[0-9]{10}")
IS_ANN = is_one_of(EMAIL, ["ann@shop.example", "anne@shop.example"])


pytestmark = pytest.mark.only_on("duckdb", "pandas")
"""Where shared values are made in stages."""


@pytest.fixture
def adapter(engine: Engine) -> Adapter:
    return engine.adapter(RECORDS, {})


def count(
    adapter: Adapter, conditions: Sequence[Condition], conditional: Set[Condition] = frozenset()
) -> tuple[list[int], set[type], str]:
    """Return how many records meet each condition, the kinds of what is shared, and the statement."""
    common = extract_common_subexpressions(adapter, conditions, {"id"}, AS_OF, conditional=conditional)
    compiler = Compiler(adapter.columns(), adapter.dialect, AS_OF, common.columns)
    query = CountQuery.of([compiler.compile(condition) for condition in conditions], common.relation)
    [counts] = adapter.count([query])
    return list(counts.by_condition.values()), set(map(type, common.columns)), adapter.statements.sent[-1]


def count_apart(adapter: Adapter, conditions: Sequence[Condition]) -> list[int]:
    compiler = Compiler(adapter.columns(), adapter.dialect, AS_OF)
    [counts] = adapter.count([CountQuery.of([compiler.compile(condition) for condition in conditions])])
    return list(counts.by_condition.values())


def test_a_pattern_is_matched_once_and_a_number_read_once(adapter: Adapter) -> None:
    conditions = [IS_RESERVED, all_of([is_given(EMAIL), IS_RESERVED]), IS_LONG, any_of([IS_RESERVED, IS_ANN])]
    counts, shared, statement = count(adapter, conditions)
    assert counts == count_apart(adapter, conditions) == [2, 2, 3, 2]
    assert {MatchesAny, LoweredText} <= shared
    assert statement.count("55501") == 1


def test_words_are_compared_once(adapter: Adapter) -> None:
    conditions = [IS_ANN, all_of([is_blank(PHONE), exp.not_(IS_ANN)]), exp.not_(IS_ANN)]
    counts, shared, statement = count(adapter, conditions)
    assert counts == count_apart(adapter, conditions) == [2, 1, 3]
    assert IsOneOf in shared
    assert statement.count("anne@shop.example") == 1


def test_what_is_compared_of_some_records_only_stays_behind_its_condition(adapter: Adapter) -> None:
    conditions = [all_of([is_given(EMAIL), IS_RESERVED]), all_of([is_blank(EMAIL), exp.not_(IS_RESERVED)])]
    counts, shared, statement = count(adapter, conditions)
    assert counts == count_apart(adapter, conditions) == [2, 3]
    assert MatchesAny not in shared
    assert statement.count("55501") == 2


def test_what_is_compared_of_a_population_stays_within_it(adapter: Adapter) -> None:
    conditions = [IS_RESERVED, exp.not_(IS_RESERVED)]
    assert MatchesAny in count(adapter, conditions, {conditions[1]})[1]
    counts, shared, _ = count(adapter, conditions, set(conditions))
    assert counts == [2, 3]
    assert MatchesAny not in shared


def test_a_column_of_a_name_that_is_taken_is_named_otherwise(engine: Engine) -> None:
    table = Table.of({"id": "integer", "SYNTH_m0": "text"}, [{"id": 1, "SYNTH_m0": " A"}, {"id": 2, "SYNTH_m0": None}])
    adapter = engine.adapter(table, {})
    is_a = is_one_of(field("SYNTH_m0"), ["a", "b"])
    conditions = [is_a, exp.not_(is_a), is_blank(field("SYNTH_m0"))]
    assert count(adapter, conditions)[0] == [1, 1, 1]
