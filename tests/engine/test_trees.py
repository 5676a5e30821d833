"""Parts of a tree of SQL are not copied, and each is rendered in every place where it stands."""

from __future__ import annotations

import pytest
from sqlglot import exp

from synth_expectations.engine.dialects.registry import built_in_dialects
from synth_expectations.engine.rendering import render
from synth_expectations.engine.trees import choose, conjoin, disjoin, negate


def test_parts_are_not_copied() -> None:
    condition, value = exp.column("a"), exp.column("b")
    tree = choose((condition, value), otherwise=value)
    assert tree.args["ifs"][0].this is condition
    assert tree.args["ifs"][0].args["true"] is value is tree.args["default"]


@pytest.mark.parametrize("name", built_in_dialects())
def test_a_part_in_several_places_is_translated_in_each(name: str) -> None:
    """On DuckDB a trimmed column is written by pattern: a part that two places share is replaced in both."""
    dialect = built_in_dialects()[name]
    trimmed = exp.Trim(this=exp.column("a", quoted=True), expression=exp.Literal.string(" "))
    is_empty = exp.EQ(this=trimmed, expression=exp.Literal.string(""))
    shared = render(dialect, choose((disjoin(is_empty, negate(is_empty)), trimmed), otherwise=trimmed))
    copied = render(dialect, exp.Case().when(exp.or_(is_empty, exp.not_(is_empty)), trimmed).else_(trimmed))
    assert shared == copied
    assert shared.count('"a"' if '"a"' in shared else "`a`") >= 4


def test_connectors_within_each_other_are_in_parentheses() -> None:
    a, b, c = (exp.column(name) for name in "abc")
    assert conjoin(a, disjoin(b, c)).sql() == "a AND (b OR c)"
    assert negate(conjoin(a, b)).sql() == "NOT (a AND b)"
