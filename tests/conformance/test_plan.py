"""What a plan promises: few queries, one failure at a time, the same integers everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.count_query import CountQuery, Counts
from synth_expectations.engine.plan import Plan
from synth_expectations.errors import ConditionError, QueryError
from synth_expectations.testing import Engine, Table
from tests.conformance.plans import (
    AS_OF,
    BATCH,
    COLUMNS,
    ROWS,
    EnginePlan,
    PlannedCheck,
    copies,
    make_check,
    provenance,
    tagged,
)


@pytest.fixture
def engine_plan(engine: Engine) -> EnginePlan:
    return EnginePlan(engine)


def test_row_rules_are_one_query_however_many_expectations_ask(engine_plan: EnginePlan) -> None:
    questions = [tagged(real_values=[f"real {number}"]) for number in range(20)]
    outcomes = [engine_plan.add(each) for each in (*questions, provenance("source"), provenance("source", "email"))]
    assert engine_plan.queries == 0
    found = [outcome() for outcome in outcomes]
    assert [each.error for each in found] == [None] * 22
    assert (engine_plan.opened, engine_plan.queries) == (1, 1 + engine_plan.of_spelling)
    assert [(each.records, each.violating, each.violations) for each in found[-2:]] == [(6, 3, (3,)), (6, 3, (3, 0))]
    assert found[0].violating == 6


@pytest.mark.full_on("spark")
def test_counts_are_the_same_however_often_the_table_is_read(engine: Engine) -> None:
    """By the marker's values, by population and of all: as in one scan, which engines that pay for it get."""
    questions = [
        tagged(),
        tagged(real_values=["real"]),
        provenance("source", "email", "generated_at"),
        provenance("source", marker_column="email"),
        make_check("expect_table_to_contain_no_synthetic_records"),
    ]

    def counted(rules_worth_a_scan: int | None) -> list[Any]:
        adapter = engine.adapter(BATCH, {})
        adapter.dialect = replace(adapter.dialect, rules_worth_a_scan=rules_worth_a_scan)
        plan = Plan(lambda: adapter, AS_OF)
        asked = [PlannedCheck(plan, plan.add(each)) for each in questions]
        found = [outcome() for outcome in asked]
        sampled = [outcome.keys() for outcome in asked]
        in_passing = (
            adapter.dialect.smallest_values is not None and rules_worth_a_scan is None
        )  # values are not records
        assert adapter.statements.count == 2 - int(in_passing) + int(adapter.dialect.reads_distinct_values)
        counting = adapter.statements.sent[-1 if in_passing else -2]
        figures = [(each.error, each.records, each.violating, each.violations, each.census) for each in found]
        return [counting.count("synth_values"), figures, sampled]

    (in_one, *once), (in_parts, *often) = counted(None), counted(1)
    assert once == often
    assert in_one == 0
    assert in_parts == 1 or engine.name == "spark"  # whose statements show conditions only


def test_a_lookup_is_one_query_more(engine_plan: EnginePlan) -> None:
    row, one, other = engine_plan.add(tagged()), engine_plan.add(copies()), engine_plan.add(copies(max_shared=1))
    assert row().violating == 3
    assert engine_plan.queries == 1
    assert one().violating == 2
    assert engine_plan.queries == 2
    assert other().violating == 2
    assert engine_plan.queries == 3
    one(), row(), other()
    assert engine_plan.queries == 3


def test_keys_of_a_lookup_cost_no_query_where_the_engine_keeps_what_it_joined(engine: Engine) -> None:
    engine_plan = EnginePlan(engine)
    lookup = engine_plan.add(copies())
    assert lookup().violating == 2
    assert list(lookup.keys().values()) == [["1", "4"]]
    dialect = engine_plan.plan.adapter.dialect if engine_plan.plan.adapter else None
    in_passing = dialect is not None and (dialect.smallest_values or dialect.smallest_of_rows)
    assert engine_plan.queries == (1 if in_passing else 2)


def test_what_is_asked_of_columns_costs_the_count_of_records(engine_plan: EnginePlan) -> None:
    columns = {"source": "source", "generated_at": "id", "purpose": "why"}
    of_columns = engine_plan.add(make_check("expect_table_to_have_provenance_columns", **columns))
    outcome = of_columns()
    assert engine_plan.queries == 1 + 1  # whether id, which is a number where a time is needed, has any value
    assert outcome.census["all"] > 0
    assert (outcome.records, outcome.violating, outcome.violations) == (3, 2, (0, 1, 1))
    assert outcome.figures == {"columns": {"id": "a number", "why": "missing"}}
    assert of_columns.keys() == {
        "id is missing or holds no time": ["id"],
        "why is missing or holds no text": ["why"],
    }
    assert engine_plan.plan.validate() == {}


def test_samples_are_asked_only_for_what_failed_and_once_for_all(engine_plan: EnginePlan) -> None:
    fine, bad, worse = (
        engine_plan.add(provenance("email")),
        engine_plan.add(provenance("source")),
        engine_plan.add(tagged()),
    )
    assert fine.keys() == {}
    assert bad.keys() == {"source is missing or a placeholder": ["1", "5", "9"]}
    assert worse.keys() == {"marker is missing": ["3", "7", "11"]}
    assert engine_plan.queries == 2
    assert "marker is not one of true, false" not in engine_plan.plan.adapter.statements.sent[-1]  # type: ignore[union-attr]


def test_nothing_failed_so_no_sample_is_asked(engine_plan: EnginePlan) -> None:
    assert engine_plan.add(provenance("email")).keys() == {}
    assert engine_plan.queries == 1


def test_no_record_key_no_sample(engine_plan: EnginePlan) -> None:
    assert engine_plan.add(tagged(record_key=None)).keys() == {}
    assert engine_plan.queries == 1


def test_a_bad_column_errs_its_expectation_only(engine_plan: EnginePlan) -> None:
    good = [engine_plan.add(tagged(real_values=[f"real {number}"])) for number in range(10)]
    missing = engine_plan.add(provenance("source", "sauce"))
    wrong = engine_plan.add(make_check("expect_synthetic_provenance_to_be_well_formed", generated_at="id"))
    no_reference = engine_plan.add(
        make_check(
            "expect_synthetic_records_to_not_copy_real_records", reference="clients", match=[[{"columns": "email"}]]
        )
    )
    assert [each().error for each in good] == [None] * 10
    assert "Column sauce is not in the batch. Nearest: source." in str(missing().error)
    assert "a number, where a time is needed" in str(wrong().error)
    assert "clients" in str(no_reference().error)
    assert isinstance(missing().error, ConditionError)
    of_numbers = (
        1  # whether id, which is a number where a time is needed, has any value: without one, it is not an error
    )
    assert engine_plan.queries == 1 + of_numbers + engine_plan.of_spelling


def test_a_batch_that_cannot_be_opened_fails_once(engine: Engine) -> None:
    opened = []

    def broken() -> Adapter:
        opened.append(1)
        raise QueryError("The database of contacts did not answer.")

    plan = Plan(broken, AS_OF)
    outcomes = [PlannedCheck(plan, plan.add(check)) for check in (tagged(), provenance("source"), copies())]
    assert {str(outcome().error) for outcome in outcomes} == {"The database of contacts did not answer."}
    assert len(opened) == 1


def test_a_query_that_fails_is_not_sent_again(engine: Engine) -> None:
    engine_plan = EnginePlan(engine)
    outcomes = [engine_plan.add(tagged()), engine_plan.add(provenance("source"))]
    engine_plan._make = lambda: _Failing(engine.adapter(BATCH, {}))  # type: ignore[assignment]
    errors = {str(outcome().error) for outcome in outcomes}
    assert len(errors) == 1
    assert "The query on the batch failed" in errors.pop()
    assert engine_plan.queries == 1


class _Failing:
    """An adapter whose queries the engine refuses: each condition calls a function that there is not."""

    def __init__(self, adapter: Adapter) -> None:
        self._adapter = adapter

    def __getattr__(self, name: str) -> Any:
        return getattr(self._adapter, name)

    def count(self, queries: list[CountQuery]) -> list[Counts]:
        # Spark refuses a missing function when the plan is made: what fails there only runs into it.
        on_spark = getattr(self._adapter, "_frame", None) is not None
        broken = "raise_error('broken') IS NULL" if on_spark else "no_such_function(1)"
        for query in queries:
            query.add(broken)
        return self._adapter.count(queries)


def test_a_plan_that_has_run_takes_no_more(engine_plan: EnginePlan) -> None:
    engine_plan.add(tagged())()
    with pytest.raises(RuntimeError, match="start a new one"):
        engine_plan.add(provenance("source"))


def test_the_same_question_is_asked_once(engine_plan: EnginePlan) -> None:
    one, two = engine_plan.add(tagged()), engine_plan.add(tagged())
    assert one() is two()


def test_time_is_judged_by_the_plan_or_by_the_question(engine_plan: EnginePlan) -> None:
    late = make_check("expect_synthetic_provenance_to_be_well_formed", generated_at="generated_at")
    now = engine_plan.add(late)
    before = PlannedCheck(engine_plan.plan, engine_plan.plan.add(late, datetime(2026, 10, 1, tzinfo=UTC)))
    assert (now().violating, before().violating) == (0, 6)
    assert (now().as_of, before().as_of) == (AS_OF, datetime(2026, 10, 1, tzinfo=UTC))
    assert engine_plan.queries == 1


def test_what_the_batch_is_made_of(engine_plan: EnginePlan) -> None:
    assert engine_plan.add(tagged())().census == {"all": 12, "synthetic": 6, "real": 3, "untagged": 3}


def _columns(how_many: int) -> Iterator[str]:
    yield from (f"c{number}" for number in range(how_many))


@pytest.mark.full_on("spark")
def test_postgresql_reads_at_most_thirty_patterns_a_query(engine: Engine) -> None:
    names = list(_columns(70))
    batch = Table.of({"is_synthetic": "text", **dict.fromkeys(names, "text")}, [{"is_synthetic": "1", "c7": "x"}])
    engine_plan = EnginePlan(engine, batch)
    outcomes = [
        engine_plan.add(
            make_check(
                "expect_synthetic_provenance_to_be_well_formed",
                record_key=None,
                algorithm_version=name,
                version_format="regex",
                version_pattern=f"v{number}",
            )
        )
        for number, name in enumerate(names)
    ]
    assert [outcome().violating for outcome in outcomes] == [int(name == "c7") for name in names]
    assert engine_plan.queries == (4 if engine.name == "postgresql" else 1)


@pytest.mark.full_on("spark")
def test_one_pattern_on_many_columns_is_one_pattern(engine: Engine) -> None:
    names = list(_columns(40))
    batch = Table.of({"is_synthetic": "text", **dict.fromkeys(names, "text")}, [{"is_synthetic": "1", "c7": "x"}])
    engine_plan = EnginePlan(engine, batch)
    outcomes = [
        engine_plan.add(make_check("expect_synthetic_provenance_to_be_well_formed", record_key=None, generated_at=name))
        for name in names
    ]
    assert sum(outcome().violating for outcome in outcomes) == 1
    assert engine_plan.queries == 1 + engine_plan.of_spelling


def test_samples_hold_twenty_keys_of_each_rule(engine: Engine) -> None:
    rows = [{"id": number, "is_synthetic": None if number % 2 else "?"} for number in range(100)]
    engine_plan = EnginePlan(engine, Table.of({"id": "integer", "is_synthetic": "text"}, rows))
    outcome = engine_plan.add(tagged())
    assert outcome().violating == 100
    assert outcome.keys() == {
        "marker is missing": [str(number) for number in range(1, 40, 2)],
        "marker is not one of true, false": [str(number) for number in range(0, 40, 2)],
    }


def test_a_costly_pattern_is_computed_once_a_row(engine: Engine) -> None:
    """However many rules read it, where the engine gains from that."""
    engine_plan = EnginePlan(
        engine, Table.of(COLUMNS, [*ROWS, {"id": 99, "email": "a@example.com", "source": "666123456"}])
    )
    arguments = {"emails": "email", "ssns": "source", "phones": "generated_at", "cards": "generated_at"}
    asked = engine_plan.add(make_check("expect_untagged_records_to_not_look_synthetic", **arguments))
    outcome = asked()
    assert (outcome.error, outcome.violating) == (None, 1)
    assert asked.keys() == {"2 kinds of field look synthetic": ["99"]}
    sent = engine_plan.plan.adapter.statements.sent[0]  # type: ignore[union-attr]
    if engine.name in {"duckdb", "pandas"}:
        assert sent.count("4242424242424242") == sent.count("666") == 1
    assert "synth_m" not in "".join(outcome.sql.values())
