"""A result accounts for every record, and for what its lookups could find, on random tables."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings
from sqlglot import exp

from synth_expectations.engine.plan import Plan
from synth_expectations.engine.result import BetweenCounts, CheckResult
from synth_expectations.engine.row_account import account_for_rows, count_rows
from synth_expectations.engine.rows_of_no_day import count_days
from synth_expectations.expectations.catalogue import expectation_class
from synth_expectations.rules.expressions import field, look_up, make_key, normalize_key
from synth_expectations.rules.model import Lookup, LookupCheck, Rule, Through
from synth_expectations.testing import Engine, Table

AS_OF = datetime(2026, 11, 22, 12, tzinfo=UTC)
EXAMPLES = {"duckdb": 40, "pandas": 15, "postgresql": 40, "spark": 4}
COLUMNS = {"id": "text", "marker": "text", "email": "text"}
VALUES = {"synthetic": ["syn", "made"], "partial": ["part"], "real": ["real"], "masked": ["mask"]}
KIND_OF = {word: kind for kind, words in VALUES.items() for word in words}
ARGUMENTS = {
    "marker_column": "marker",
    "record_key": "id",
    "reference": "customers",
    "match": [[{"columns": ["email"], "kind": "email"}]],
    "reference_marker_column": "marker",
    "reference_real_values": ["real"],
    **{f"{kind}_values": words for kind, words in VALUES.items()},
}

words = st.none() | st.sampled_from([*KIND_OF, "SYN", " Real ", "", " \t", "other", "syn2", "NULL"])
addresses = st.none() | st.sampled_from(["", " ", "a@shop.test", "b@shop.test", "C@shop.test"])
tables = st.lists(st.fixed_dictionaries({"marker": words, "email": addresses}), max_size=12)


def kind_of(row: dict[str, Any]) -> str:
    return KIND_OF.get((row["marker"] or "").strip().lower(), "untagged")


def has_address(row: dict[str, Any]) -> bool:
    return bool((row["email"] or "").strip())


def number(drawn: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"id": str(place), **row} for place, row in enumerate(drawn)]


def drawn_for(engine: Engine) -> settings:
    """As many examples as the engine has time for, the same in each run."""
    return settings(
        max_examples=EXAMPLES[engine.name],
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def ask(engine: Engine, batch: list[dict[str, Any]], reference: list[dict[str, Any]]) -> CheckResult:
    references = {"customers": Table.of(COLUMNS, number(reference))}
    plan = Plan(lambda: engine.adapter(Table.of(COLUMNS, number(batch)), references), AS_OF)
    expectation = expectation_class("expect_synthetic_records_to_not_copy_real_records")(**ARGUMENTS)
    return plan.result(plan.add(expectation.check))


@pytest.mark.full_on("spark")
def test_a_result_adds_up(engine: Engine) -> None:
    @drawn_for(engine)
    @given(tables, tables)
    def adds_up(batch: list[dict[str, Any]], reference: list[dict[str, Any]]) -> None:
        result = ask(engine, batch, reference)
        asked = [row for row in batch if kind_of(row) == "synthetic"]
        usable = [row for row in asked if has_address(row)]
        real = [row for row in reference if kind_of(row) == "real"]
        if asked and not (usable and any(map(has_address, real))):
            assert result.error is not None
            return
        assert result.error is None
        kinds = {kind: sum(kind_of(row) == kind for row in batch) for kind in (*VALUES, "untagged")}
        assert result.census == {**kinds, "all": len(batch)}
        [lookup] = result.lookups
        assert (lookup.records, lookup.usable) == (len(asked), len(usable))
        if asked and not lookup.found:
            assert lookup.reference_rows == len(real)
            assert lookup.reference_usable == sum(map(has_address, real))

    adds_up()


def test_keys_that_cannot_be_read_are_counted_on_both_sides(engine: Engine) -> None:
    columns = {"id": "float", "marker": "text"}
    batch = Table.of(columns, [{"id": key, "marker": "syn"} for key in (7.0, 2.0**53, 2.0**60, None)])
    production = Table.of({"id": "float"}, [{"id": key} for key in (8.0, 2.0**53)])
    arguments = {"marker_column": "marker", "synthetic_values": ["syn"], "real_values": ["real"], "record_key": "id"}
    expectation = expectation_class("expect_sandboxes_to_contain_no_real_records")(
        **arguments, reference="production", reference_key="id"
    )
    plan = Plan(lambda: engine.adapter(batch, {"production": production}), AS_OF)
    result = plan.result(plan.add(expectation.check))
    assert result.error is None
    [lookup] = result.lookups
    assert (lookup.records, lookup.usable, lookup.unreadable) == (4, 1, 2)
    assert (lookup.reference_rows, lookup.reference_usable, lookup.reference_unreadable) == (2, 1, 1)


def disclose(engine: Engine, models: list[float | None]) -> CheckResult:
    """Evaluate an output of model 7, whose training runs name their models as numbers."""
    outputs = [{"id": "o1", "model": "7", "shown": "2026-11-01T00:00:00Z", "notice": "n1"}]
    tables = {
        "models": Table.of({"id": "text"}, [{"id": "7"}]),
        "runs": Table.of({"model": "float", "data": "text"}, [{"model": model, "data": "d1"} for model in models]),
        "registry": Table.of({"id": "text", "marker": "text"}, [{"id": "d1", "marker": "syn"}]),
        "notices": Table.of({"id": "text", "approved": "text"}, [{"id": "n1", "approved": "2026-01-01T00:00:00Z"}]),
    }
    batch = Table.of(dict.fromkeys(("id", "model", "shown", "notice"), "text"), outputs)
    plan = Plan(lambda: engine.adapter(batch, tables), AS_OF)
    lookup = Lookup(
        "training",
        "registry",
        make_key(normalize_key(field("model"))),
        make_key(normalize_key(field("id"))),
        through=Through("runs", make_key(normalize_key(field("model"))), make_key(normalize_key(field("data")))),
    )
    rules = (Rule("model has no training run", ~look_up("training")),)
    check = LookupCheck(rules=rules, population=exp.true(), lookups=(lookup,), record_key="id")
    return plan.result(plan.add(check))


@pytest.mark.full_on("spark")
def test_keys_of_a_table_between_that_cannot_be_read_are_counted(engine: Engine) -> None:
    result = disclose(engine, [7.0, 2.0**53, None])
    assert (result.error, result.violating) == (None, 0)
    [lookup] = result.lookups
    assert lookup.between == BetweenCounts("runs", rows=3, usable=1, unreadable=1)
    unreadable = disclose(engine, [2.0**53, 2.0**60])
    assert unreadable.error is not None
    assert "2 of 2 rows of runs have a key that cannot be read: nothing can be looked up in registry" in str(
        unreadable.error
    )


@pytest.mark.full_on("spark")
def test_numbers_of_a_reference_that_are_national_are_counted(engine: Engine) -> None:
    columns = {"id": "text", "is_synthetic": "boolean", "phone": "text", "other": "text"}
    customers = [
        {"id": "r1", "is_synthetic": False, "phone": "+45 32 12 34 56", "other": "+45 11 22 33 44"},
        {"id": "r2", "is_synthetic": False, "phone": "3212345", "other": None},
        {"id": "r3", "is_synthetic": False, "phone": None, "other": "7654321"},
        {"id": "r4", "is_synthetic": False, "phone": "none", "other": "12"},
        {"id": "r5", "is_synthetic": True, "phone": "7654321", "other": "7654321"},
    ]
    batch = Table.of(columns, [{"id": "a", "is_synthetic": True, "phone": "+45 32 12 34 56", "other": None}])
    arguments: dict[str, Any] = {
        "marker_column": "is_synthetic",
        "record_key": "id",
        "reference": "customers",
        "reference_marker_column": "is_synthetic",
        "match": [[{"columns": ["phone"], "kind": "phone"}], [{"columns": ["other"], "kind": "phone"}]],
    }
    for code, reason in (
        ("45", "phone is no number of +45, nor international"),
        (None, "phone is national, without a"),
    ):
        plan = Plan(lambda: engine.adapter(batch, {"customers": Table.of(columns, customers)}), AS_OF)
        expectation = expectation_class("expect_synthetic_records_to_not_copy_real_records")(
            **arguments, calling_code=code
        )
        result = plan.result(plan.add(expectation.check))
        assert (result.error, result.violating) == (None, 1)
        first, second = (lookup.reference_as_written for lookup in result.lookups)
        assert list(first.values()) == list(second.values()) == [1]
        assert all(name.startswith(reason) for name in (*first, *second))


DAY = date(2026, 11, 22)
DAYS = {
    "2026-11-22": DAY, "2026-11-22T00:00:00Z": DAY, "2026-11-22 23:59:59.999999": DAY,
    "2026-11-23T00:30:00+01:00": DAY, "2026-11-21T23:59:59Z": DAY - timedelta(days=1), "2026-11-23": DAY + timedelta(days=1),
    "2026-02-30": None, "22/11/2026": None, "soon": None, " ": None,
}  # fmt: skip
"""Texts, and the day in UTC that each names."""


@pytest.mark.full_on("spark")
def test_the_rows_of_a_table_add_up(engine: Engine) -> None:
    @drawn_for(engine)
    @given(st.lists(st.none() | st.sampled_from(list(DAYS)), max_size=20))
    def adds_up(texts: list[str | None]) -> None:
        rows = [{"id": str(number), "sent": text} for number, text in enumerate(texts)]
        table = Table.of({"id": "text", "sent": "text"}, rows)
        adapter = engine.adapter(table, {})
        assert count_rows(engine.adapter(table, {})) == len(rows)
        days = count_days(adapter, adapter.columns(), "sent", DAY, DAY + timedelta(days=1))
        named = [DAYS.get(text or "") for text in texts]
        assert (days.rows, days.in_batch, days.no_day) == (len(rows), named.count(DAY), named.count(None))
        account = account_for_rows("send", days.in_batch, len(rows) + 3, days)
        assert (account.left_out, account.other_day) == (3, len(rows) - named.count(DAY) - named.count(None))

    adds_up()
