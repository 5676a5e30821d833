"""What a plan promises: few queries, one failure at a time, the same integers everywhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.count_query import CountQuery, Counts
from synth_expectations.engine.plan import Plan
from synth_expectations.engine.result import CheckKey, CheckResult
from synth_expectations.errors import ConditionError, QueryError
from synth_expectations.expectations.catalogue import expectation_class
from synth_expectations.rules.model import Check
from synth_expectations.testing import Engine, Table

AS_OF = datetime(2026, 11, 22, 12, tzinfo=UTC)
COLUMNS = {"id": "integer", "is_synthetic": "text", "source": "text", "generated_at": "text", "email": "text"}
ROWS = [
    {"id": number, "is_synthetic": kind, "source": source, "generated_at": "2026-11-01", "email": f"{number}@shop.test"}
    for number, (kind, source) in enumerate([("true", "sdv"), ("true", None), ("false", None), (None, "sdv")] * 3)
]
BATCH = Table.of(COLUMNS, ROWS)
CUSTOMERS = Table.of({"email": "text"}, [{"email": "1@shop.test"}, {"email": "4@SHOP.test"}, {"email": "2@shop.test"}])


@dataclass(frozen=True)
class Asked:
    """A check of a plan."""

    plan: Plan
    key: CheckKey

    def __call__(self) -> CheckResult:
        return self.plan.result(self.key)

    def keys(self) -> Mapping[str, list[str]]:
        return self.plan.result_with_keys(self.key).keys_by_rule


class Asking:
    """A plan on an engine, and the adapter that it opened."""

    def __init__(self, engine: Engine, batch: Table = BATCH, references: dict[str, Table] | None = None) -> None:
        self.opened = 0
        self.of_spelling = int(engine.name == "postgresql")
        """Queries for how the marker is written, which many questions are worth where comparing costs most."""
        self._make = lambda: engine.adapter(batch, references or {"customers": CUSTOMERS})
        self.plan = Plan(self._open, AS_OF)

    def _open(self) -> Adapter:
        self.opened += 1
        return self._make()

    def ask(self, check: Check) -> Asked:
        return Asked(self.plan, self.plan.add(check))

    @property
    def queries(self) -> int:
        return self.plan.adapter.statements.count if self.plan.adapter else 0


def question(type_name: str, **arguments: Any) -> Check:
    defaults = {"marker_column": "is_synthetic", "record_key": "id"}
    return expectation_class(type_name)(**defaults | arguments).check


def tagged(**arguments: Any) -> Check:
    return question("expect_records_to_be_tagged", **arguments)


def provenance(*fields: str, **arguments: Any) -> Check:
    return question("expect_synthetic_records_to_have_provenance", fields=fields, **arguments)


def copies(**arguments: Any) -> Check:
    match = [[{"columns": "email", "kind": "email"}]]
    return question(
        "expect_synthetic_records_to_not_copy_real_records", reference="customers", match=match, **arguments
    )


@pytest.fixture
def asking(engine: Engine) -> Asking:
    return Asking(engine)


def test_row_rules_are_one_query_however_many_expectations_ask(asking: Asking) -> None:
    questions = [tagged(real_values=[f"real {number}"]) for number in range(20)]
    outcomes = [asking.ask(each) for each in (*questions, provenance("source"), provenance("source", "email"))]
    assert asking.queries == 0
    found = [outcome() for outcome in outcomes]
    assert [each.error for each in found] == [None] * 22
    assert (asking.opened, asking.queries) == (1, 1 + asking.of_spelling)
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
        question("expect_table_to_contain_no_synthetic_records"),
    ]

    def counted(rules_worth_a_scan: int | None) -> list[Any]:
        adapter = engine.adapter(BATCH, {})
        adapter.dialect = replace(adapter.dialect, rules_worth_a_scan=rules_worth_a_scan)
        plan = Plan(lambda: adapter, AS_OF)
        asked = [Asked(plan, plan.add(each)) for each in questions]
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


def test_a_lookup_is_one_query_more(asking: Asking) -> None:
    row, one, other = asking.ask(tagged()), asking.ask(copies()), asking.ask(copies(max_shared=1))
    assert row().violating == 3
    assert asking.queries == 1
    assert one().violating == 2
    assert asking.queries == 2
    assert other().violating == 2
    assert asking.queries == 3
    one(), row(), other()
    assert asking.queries == 3


def test_keys_of_a_lookup_cost_no_query_where_the_engine_keeps_what_it_joined(engine: Engine) -> None:
    asking = Asking(engine)
    lookup = asking.ask(copies())
    assert lookup().violating == 2
    assert list(lookup.keys().values()) == [["1", "4"]]
    dialect = asking.plan.adapter.dialect if asking.plan.adapter else None
    in_passing = dialect is not None and (dialect.smallest_values or dialect.smallest_of_rows)
    assert asking.queries == (1 if in_passing else 2)


def test_what_is_asked_of_columns_costs_the_count_of_records(asking: Asking) -> None:
    columns = {"source": "source", "generated_at": "id", "purpose": "why"}
    of_columns = asking.ask(question("expect_table_to_have_provenance_columns", **columns))
    outcome = of_columns()
    assert asking.queries == 1 + 1  # whether id, which is a number where a time is needed, has any value
    assert outcome.census["all"] > 0
    assert (outcome.records, outcome.violating, outcome.violations) == (3, 2, (0, 1, 1))
    assert outcome.figures == {"columns": {"id": "a number", "why": "missing"}}
    assert of_columns.keys() == {
        "id is missing or holds no time": ["id"],
        "why is missing or holds no text": ["why"],
    }
    assert asking.plan.validate() == {}


def test_samples_are_asked_only_for_what_failed_and_once_for_all(asking: Asking) -> None:
    fine, bad, worse = asking.ask(provenance("email")), asking.ask(provenance("source")), asking.ask(tagged())
    assert fine.keys() == {}
    assert bad.keys() == {"source is missing or a placeholder": ["1", "5", "9"]}
    assert worse.keys() == {"marker is missing": ["3", "7", "11"]}
    assert asking.queries == 2
    assert "marker is not one of true, false" not in asking.plan.adapter.statements.sent[-1]  # type: ignore[union-attr]


def test_nothing_failed_so_no_sample_is_asked(asking: Asking) -> None:
    assert asking.ask(provenance("email")).keys() == {}
    assert asking.queries == 1


def test_no_record_key_no_sample(asking: Asking) -> None:
    assert asking.ask(tagged(record_key=None)).keys() == {}
    assert asking.queries == 1


def test_a_bad_column_errs_its_expectation_only(asking: Asking) -> None:
    good = [asking.ask(tagged(real_values=[f"real {number}"])) for number in range(10)]
    missing = asking.ask(provenance("source", "sauce"))
    wrong = asking.ask(question("expect_synthetic_provenance_to_be_well_formed", generated_at="id"))
    no_reference = asking.ask(
        question(
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
    assert asking.queries == 1 + of_numbers + asking.of_spelling


def test_a_batch_that_cannot_be_opened_fails_once(engine: Engine) -> None:
    opened = []

    def broken() -> Adapter:
        opened.append(1)
        raise QueryError("The database of contacts did not answer.")

    plan = Plan(broken, AS_OF)
    outcomes = [Asked(plan, plan.add(check)) for check in (tagged(), provenance("source"), copies())]
    assert {str(outcome().error) for outcome in outcomes} == {"The database of contacts did not answer."}
    assert len(opened) == 1


def test_a_query_that_fails_is_not_sent_again(engine: Engine) -> None:
    asking = Asking(engine)
    outcomes = [asking.ask(tagged()), asking.ask(provenance("source"))]
    asking._make = lambda: _Failing(engine.adapter(BATCH, {}))  # type: ignore[assignment]
    errors = {str(outcome().error) for outcome in outcomes}
    assert len(errors) == 1
    assert "The query on the batch failed" in errors.pop()
    assert asking.queries == 1


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


def test_a_plan_that_has_run_takes_no_more(asking: Asking) -> None:
    asking.ask(tagged())()
    with pytest.raises(RuntimeError, match="start a new one"):
        asking.ask(provenance("source"))


def test_the_same_question_is_asked_once(asking: Asking) -> None:
    one, two = asking.ask(tagged()), asking.ask(tagged())
    assert one() is two()


def test_time_is_judged_by_the_plan_or_by_the_question(asking: Asking) -> None:
    late = question("expect_synthetic_provenance_to_be_well_formed", generated_at="generated_at")
    now = asking.ask(late)
    before = Asked(asking.plan, asking.plan.add(late, datetime(2026, 10, 1, tzinfo=UTC)))
    assert (now().violating, before().violating) == (0, 6)
    assert (now().as_of, before().as_of) == (AS_OF, datetime(2026, 10, 1, tzinfo=UTC))
    assert asking.queries == 1


def test_what_the_batch_is_made_of(asking: Asking) -> None:
    assert asking.ask(tagged())().census == {"all": 12, "synthetic": 6, "real": 3, "untagged": 3}


def _columns(how_many: int) -> Iterator[str]:
    yield from (f"c{number}" for number in range(how_many))


@pytest.mark.full_on("spark")
def test_postgresql_reads_at_most_thirty_patterns_a_query(engine: Engine) -> None:
    names = list(_columns(70))
    batch = Table.of({"is_synthetic": "text", **dict.fromkeys(names, "text")}, [{"is_synthetic": "1", "c7": "x"}])
    asking = Asking(engine, batch)
    outcomes = [
        asking.ask(
            question(
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
    assert asking.queries == (4 if engine.name == "postgresql" else 1)


@pytest.mark.full_on("spark")
def test_one_pattern_on_many_columns_is_one_pattern(engine: Engine) -> None:
    names = list(_columns(40))
    batch = Table.of({"is_synthetic": "text", **dict.fromkeys(names, "text")}, [{"is_synthetic": "1", "c7": "x"}])
    asking = Asking(engine, batch)
    outcomes = [
        asking.ask(question("expect_synthetic_provenance_to_be_well_formed", record_key=None, generated_at=name))
        for name in names
    ]
    assert sum(outcome().violating for outcome in outcomes) == 1
    assert asking.queries == 1 + asking.of_spelling


def test_samples_hold_twenty_keys_of_each_rule(engine: Engine) -> None:
    rows = [{"id": number, "is_synthetic": None if number % 2 else "?"} for number in range(100)]
    asking = Asking(engine, Table.of({"id": "integer", "is_synthetic": "text"}, rows))
    outcome = asking.ask(tagged())
    assert outcome().violating == 100
    assert outcome.keys() == {
        "marker is missing": [str(number) for number in range(1, 40, 2)],
        "marker is not one of true, false": [str(number) for number in range(0, 40, 2)],
    }


def test_a_costly_pattern_is_computed_once_a_row(engine: Engine) -> None:
    """However many rules read it, where the engine gains from that."""
    asking = Asking(engine, Table.of(COLUMNS, [*ROWS, {"id": 99, "email": "a@example.com", "source": "666123456"}]))
    arguments = {"emails": "email", "ssns": "source", "phones": "generated_at", "cards": "generated_at"}
    asked = asking.ask(question("expect_untagged_records_to_not_look_synthetic", **arguments))
    outcome = asked()
    assert (outcome.error, outcome.violating) == (None, 1)
    assert asked.keys() == {"2 kinds of field look synthetic": ["99"]}
    sent = asking.plan.adapter.statements.sent[0]  # type: ignore[union-attr]
    if engine.name in {"duckdb", "pandas"}:
        assert sent.count("4242424242424242") == sent.count("666") == 1
    assert "synth_m" not in "".join(outcome.sql.values())
