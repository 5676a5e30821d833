"""The words of conditions: what they refuse, and what is the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlglot import exp

from synth_expectations.engine.compiler import Compiler
from synth_expectations.engine.dialects.registry import by_name
from synth_expectations.engine.dialects.spark import DIALECT as SPARK
from synth_expectations.engine.schema import Column, Columns, Family
from synth_expectations.errors import ConditionError
from synth_expectations.rules.canonical import canonicalize, require_portable, spellings
from synth_expectations.rules.expressions import (
    field,
    is_before,
    is_one_of,
    lacks_column,
    look_up,
    make_key,
    matches,
    normalize,
    timestamp_literal,
)
from synth_expectations.rules.model import Lookup, LookupCheck, RowCheck, Rule, SchemaCheck
from synth_expectations.rules.nodes import find_columns

AS_OF = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize("value", [True, 1, 1.0, "1", "TRUE", " true ", "1.0", "True\n", "\u00a0true"])
def test_one_value_in_many_spellings(value: bool | int | float | str) -> None:
    assert spellings(value) == {"true", "1", "1.0"}


@pytest.mark.parametrize(("value", "text"), [("Yes ", "yes"), (2, "2"), (2.5, "2.5"), ("2.50", "2.50"), ("", "")])
def test_other_values_are_themselves(value: int | float | str, text: str) -> None:
    assert spellings(value) == {text}


@pytest.mark.parametrize("pattern", [r"\d+", "(?i)a", "a(?=b)", "[[:alpha:]]"])
def test_patterns_that_engines_read_differently_are_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="which engines read differently"):
        require_portable(pattern)


def test_the_order_of_values_does_not_matter() -> None:
    assert canonicalize(is_one_of(field("a"), ["x", "y"])) == canonicalize(is_one_of(field("a"), ["Y ", "x"]))


def test_no_values_hold_nothing() -> None:
    assert is_one_of(field("a"), []) == exp.false()


def test_a_moment_is_one_in_any_zone() -> None:
    east = timezone(timedelta(hours=2))
    assert timestamp_literal(datetime(2026, 1, 1, 2, tzinfo=east)) == timestamp_literal(
        datetime(2026, 1, 1, tzinfo=UTC)
    )
    assert timestamp_literal(datetime(2026, 1, 1)) == timestamp_literal(datetime(2026, 1, 1, tzinfo=UTC))


def test_the_columns_of_a_condition() -> None:
    assert find_columns(is_before(field("a b"), field("c"))) == {"a b", "c"}


def test_a_rule_asks_only_what_a_lookup_gives() -> None:
    lookup = Lookup("customer", "customers", make_key(field("a")), make_key(field("b")))
    with pytest.raises(ValueError, match="asks 'synthetic' of a lookup 'customer'"):
        LookupCheck(rules=(Rule("r", look_up("customer", "synthetic")),), population=exp.true(), lookups=(lookup,))
    with pytest.raises(ValueError, match="The population asks 'found' of a lookup 'contact'"):
        LookupCheck(rules=(Rule("r", look_up("customer")),), population=look_up("contact"), lookups=(lookup,))


def test_rules_about_columns_stand_alone() -> None:
    of_column, of_row = Rule("c", lacks_column("a", "time")), Rule("r", is_one_of(field("a"), ["x"]))
    assert SchemaCheck(rules=(of_column,), population=exp.true()).references == set()
    for rules in ((of_column, of_row), (Rule("n", ~lacks_column("a")),)):
        with pytest.raises(ValueError, match="stand alone"):
            RowCheck(rules=rules, population=exp.true())


def test_a_digest_tells_checks_apart_and_does_not_change() -> None:
    one, other = (RowCheck(rules=(Rule("r", is_one_of(field("a"), [value])),), population=exp.true()) for value in "xy")
    assert one.sha256 != other.sha256
    assert one.sha256 == RowCheck(rules=(Rule("r", is_one_of(field("a"), ["x"])),), population=exp.true()).sha256


def _compiler(family: Family, dialect: str = "duckdb") -> Compiler:
    return Compiler(Columns([Column("a", family)], "contacts"), by_name(dialect), AS_OF)


@pytest.mark.parametrize("family", [Family.NUMBER, Family.FLOAT, Family.DECIMAL, Family.BOOLEAN, Family.OTHER])
def test_what_is_no_time_is_said(family: Family) -> None:
    with pytest.raises(ConditionError, match="where a time is needed"):
        _compiler(family).compile(normalize(field("a"), "date"))


def test_text_that_is_no_number_is_not_compared_with_numbers() -> None:
    assert _compiler(Family.NUMBER).compile(is_one_of(field("a"), ["x", "1_000", "٣", "1e3", "nan"])) == "FALSE"
    assert _compiler(Family.NUMBER).compile(is_one_of(field("a"), [True, "-2.50"])) == '"a" IN (-2.5, 1)'


def test_a_condition_holds_only_words() -> None:
    with pytest.raises(TypeError, match="may not hold Anonymous"):
        _compiler(Family.TEXT).compile(exp.func("pg_sleep", exp.Literal.number(1)))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("mssql", "No rules can be run on SQL Server: T-SQL has no regular"),
        ("db2", "No rules can be run on 'db2'. Supported are"),
    ],
)
def test_an_engine_without_rules(name: str, said: str) -> None:
    with pytest.raises(ConditionError) as refused:
        by_name(name)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("dialect", "kind", "family"),
    [
        ("duckdb", "INTEGER", Family.NUMBER),
        ("duckdb", "INTEGER[]", Family.OTHER),
        ("duckdb", "VARCHAR[]", Family.OTHER),
        ("duckdb", "INTERVAL", Family.OTHER),
        ("duckdb", "DECIMAL(18,4)", Family.DECIMAL),
        ("duckdb", "STRUCT(a VARCHAR)", Family.OTHER),
        ("duckdb", "ENUM('a', 'b')", Family.TEXT),
        ("duckdb", "UUID", Family.UUID),
        ("duckdb", "TIMESTAMP_NS", Family.NAIVE),
        ("duckdb", "TIMESTAMP WITH TIME ZONE", Family.ZONED),
        ("duckdb", "TIME", Family.OTHER),
        ("spark", "interval day to second", Family.OTHER),
        ("spark", "array<string>", Family.OTHER),
        ("spark", "decimal(18,4)", Family.DECIMAL),
        ("spark", "timestamp_ntz", Family.NAIVE),
        ("spark", "varchar(20)", Family.TEXT),
        ("postgresql", 1700, Family.FLOAT),
        ("postgresql", 2950, Family.UUID),
    ],
)
def test_types_by_their_whole_name(dialect: str, kind: object, family: Family) -> None:
    assert by_name(dialect).type_family(kind) is family


def test_spark_reads_a_name_with_a_variable_as_something_else() -> None:
    compiler = Compiler(Columns([Column("a${b}", Family.TEXT)], "contacts"), SPARK, AS_OF)
    with pytest.raises(ConditionError, match="Rename it"):
        compiler.compile(matches(field("a${b}"), "x"))
