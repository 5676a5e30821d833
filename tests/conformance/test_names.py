"""Names and values that SQL reads twice, and time zones that are not ours."""

from __future__ import annotations

import string
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.adapters.sqlalchemy import SqlAdapter
from synth_expectations.engine.adapters.value_queries import KeyQuery
from synth_expectations.engine.compiler import Compiler
from synth_expectations.engine.count_query import CountQuery
from synth_expectations.engine.plan import Plan
from synth_expectations.errors import ConditionError
from synth_expectations.rules.expressions import field, is_one_of, literal
from synth_expectations.rules.model import Lookup, LookupCheck, Rule
from synth_expectations.testing import Engine, Table, expectation_of
from tests.case_files import all_cases
from tests.conftest import HOSTILE_ZONE

AS_OF = datetime(2026, 11, 22, 12, tzinfo=UTC)

NAMES = [
    "two words",
    " leading",
    "trailing ",
    'a"b',
    'a""b',
    "a'b",
    "a`b",
    "a``b",
    "a.b",
    "a.b.c",
    "100%",
    "%s",
    "%(x)s",
    ":p",
    "::text",
    "{x}",
    "{0}",
    "$1",
    "$$",
    "?",
    "[0]",
    "a\\b",
    "a/*b*/",
    "--",
    ";",
    "SELECT",
    "order",
    "UPPER",
    "Mixed",
    "count",
    "n",
    "n0",
    "k",
    "rule",
    "batch",
    "synth_records",
    "is_found",
    "größe",
    "名前",
    "😀",
    "1st",
    "a,b",
    "(a)",
    "null",
    "true",
    "a\tb",
]

VALUES = [
    "'",
    "''",
    '"',
    "\\",
    "\\\\",
    "\\'",
    "\\n",
    "a\nb",
    "a\tb",
    "%",
    "%%",
    "%s",
    "%(x)s",
    "_",
    ":p",
    "::",
    "{x}",
    "${x}",
    "$1",
    "$$",
    "?",
    ";--",
    "/*",
    "é",
    "ß",
    "名",
    "😀",
    "\x01",
    "\x7f",
    "x'); drop table t; --",
]


def _adapter(engine: Engine, columns: dict[str, str], rows: list[dict[str, object]]) -> Adapter:
    return engine.adapter(Table.of(columns, rows), {})


def test_every_name_is_found_and_no_other(engine: Engine) -> None:
    """All in one table: each holds its own number, and only a condition on it counts that row."""
    rows = [{name: f"v{number}" for number, name in enumerate(NAMES)}]
    adapter = _adapter(engine, dict.fromkeys(NAMES, "text"), rows)
    columns = adapter.columns()
    assert columns.names == NAMES
    compiler = Compiler(columns, adapter.dialect, AS_OF)
    conditions = [compiler.compile(is_one_of(field(name), [f"v{number}"])) for number, name in enumerate(NAMES)]
    [counted] = adapter.count([CountQuery.of(conditions)])
    assert [counted.rows, *counted.by_condition.values()] == [1] * (1 + len(NAMES))
    [sampled] = adapter.smallest_keys([KeyQuery(conditions, compiler.compile(field(NAMES[3])))], 5)
    assert sampled == [["v3"]] * len(NAMES)


def test_every_value_is_equal_to_itself_and_to_no_other(engine: Engine) -> None:
    rows = [{"id": number, "x": value} for number, value in enumerate(VALUES)]
    adapter = _adapter(engine, {"id": "integer", "x": "text"}, rows)
    compiler = Compiler(adapter.columns(), adapter.dialect, AS_OF)
    conditions = [compiler.compile(is_one_of(field("x"), [value])) for value in VALUES]
    [counted] = adapter.count([CountQuery.of(conditions)])
    assert list(counted.by_condition.values()) == [1] * len(VALUES)
    [sampled] = adapter.smallest_keys([KeyQuery(conditions, compiler.compile(field("id")))], 5)
    assert sampled == [[str(number)] for number in range(len(VALUES))]


def test_every_value_is_found_as_a_key(engine: Engine) -> None:
    from synth_expectations.rules.expressions import look_up, make_key, normalize

    rows = [{"id": number, "x": value} for number, value in enumerate(VALUES)]
    reference = Table.of({"x": "text"}, [{"x": value} for value in VALUES[::2]])
    each = make_key(normalize(field("x"), "exact"), normalize(field("x"), "exact"))
    lookup = Lookup("there", "reference", each, each)
    check = LookupCheck(
        rules=(Rule("found", look_up("there")),), population=literal(True), lookups=(lookup,), record_key="id"
    )
    batch = Table.of({"id": "integer", "x": "text"}, rows)
    plan = Plan(lambda: engine.adapter(batch, {"reference": reference}), AS_OF)
    outcome = plan.result_with_keys(plan.add(check))
    assert outcome.error is None
    assert outcome.keys_by_rule == {"found": [str(number) for number in range(0, len(VALUES), 2)]}


def test_every_letter_of_a_pattern_is_itself(engine: Engine) -> None:
    from synth_expectations.rules.expressions import matches

    letters = [each for each in string.punctuation + "é名" if each not in "\\^[]"]
    adapter = _adapter(engine, {"x": "text"}, [{"x": f"a{each}b"} for each in [*letters, "^", "\n"]])
    compiler = Compiler(adapter.columns(), adapter.dialect, AS_OF)
    conditions = [compiler.compile(matches(field("x"), f"a[{each}]b")) for each in letters]
    [counted] = adapter.count([CountQuery.of(conditions)])
    assert list(counted.by_condition.values()) == [1] * len(letters)


def test_columns_that_differ_by_case_are_told_apart_or_refused(engine: Engine) -> None:
    adapter = _adapter(engine, {"Name": "text", "name": "text"}, [{"Name": "upper", "name": "lower"}])
    if engine.name == "postgresql":
        compiler = Compiler(adapter.columns(), adapter.dialect, AS_OF)
        [counted] = adapter.count([CountQuery.of([compiler.compile(is_one_of(field("name"), ["lower"]))])])
        assert (counted.rows, list(counted.by_condition.values())) == (1, [1])
    else:
        with pytest.raises(ConditionError, match="Name"):
            adapter.columns().find("name")


def test_a_name_in_another_case_is_found_where_the_engine_folds_it(engine: Engine) -> None:
    columns = _adapter(engine, {"Email": "text"}, []).columns()
    if engine.name == "postgresql":
        with pytest.raises(ConditionError, match="Nearest: Email"):
            columns.find("email")
    else:
        assert columns.find("email").name == "Email"


@pytest.mark.only_on("duckdb", "postgresql")
@pytest.mark.parametrize("name", ["records", "synth_broken", "batch", "bad", "r0"])
def test_a_reference_may_have_any_name(engine: Engine, name: str) -> None:
    """Ours, within a query, must not hide it."""
    case = next(each for each in all_cases() if each.name == "a real customer's address in a synthetic record")
    there = engine.relation(case.references["customers"])  # type: ignore[attr-defined]
    with engine.start().begin() as connection:  # type: ignore[attr-defined]
        connection.exec_driver_sql(f"CREATE TEMP TABLE {name} AS SELECT * FROM {there.name}")
    try:
        batch = engine.relation(case.batch)  # type: ignore[attr-defined]
        adapter = SqlAdapter(engine.start().connect, batch, lambda _: sa.table(name), "the batch")  # type: ignore[attr-defined]
        plan = Plan(lambda: adapter, AS_OF)
        outcome = plan.result_with_keys(plan.add(expectation_of(case).check))
        assert (outcome.error, outcome.violating) == (None, 2)
        assert outcome.keys_by_rule == {"same email as a real record": ["copy", "copy again"]}
    finally:
        with engine.start().begin() as connection:  # type: ignore[attr-defined]
            connection.exec_driver_sql(f"DROP TABLE {name}")


def test_no_time_zone_is_set_on_the_session_of_a_caller(engine: Engine) -> None:
    """That it is New York's, and verdicts right nevertheless, is what all cases show."""
    adapter = _adapter(engine, {"x": "timestamptz"}, [{"x": "2026-11-01T00:00:00Z"}])
    adapter.count([CountQuery.of(["1 = 1"])])
    match engine.name:
        case "spark":
            assert engine.start().conf.get("spark.sql.session.timeZone") == HOSTILE_ZONE  # type: ignore[attr-defined]
        case "pandas":
            pass  # the engine is our own
        case _:
            with engine.start().connect() as connection:  # type: ignore[attr-defined]
                zone = {"duckdb": "SELECT current_setting('TimeZone')", "postgresql": "SHOW timezone"}[engine.name]
                assert connection.exec_driver_sql(zone).scalar() == HOSTILE_ZONE
