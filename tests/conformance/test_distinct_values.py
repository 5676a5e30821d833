"""Records are compared with the marker's values as they are written, or with what these mean: the counts are the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from synth_expectations.engine.plan import Plan
from synth_expectations.engine.planner.distinct_values import MOST
from synth_expectations.expectations.catalogue import expectation_class
from synth_expectations.rules.model import Check
from synth_expectations.testing import Engine, Table

AS_OF = datetime(2026, 11, 22, 12, tzinfo=UTC)
COLUMNS = {"id": "integer", "marker": "text", "source": "text", "email": "text"}
WRITTEN = [
    "true",
    "TRUE",
    " true",
    "\tTrue\n",
    "false",
    "False ",
    None,
    "",
    "  ",
    "it's",
    "100 %s",
    "a:b",
    "\\",
    "${x}",
    "é",
]
CUSTOMERS = Table.of({"email": "text"}, [{"email": f"{number}@shop.test"} for number in range(0, 60, 3)])


def _batch(written: list[str | None]) -> Table:
    rows = [
        {"id": number, "marker": marker, "source": None if number % 2 else "sdv", "email": f"{number}@shop.test"}
        for number, marker in enumerate(written * 2)
    ]
    return Table.of(COLUMNS, rows)


def _check(name: str, **arguments: Any) -> Check:
    return expectation_class(name)(**{"marker_column": "marker", "record_key": "id"} | arguments).check


CHECKS = [
    _check("expect_records_to_be_tagged"),
    _check("expect_table_to_contain_no_synthetic_records"),
    _check("expect_synthetic_records_to_have_provenance", fields=("source",)),
    _check("expect_real_records_to_have_no_synthetic_provenance", fields=("source",)),
    _check(
        "expect_synthetic_records_to_not_copy_real_records",
        reference="customers",
        match=[[{"columns": "email", "kind": "email"}]],
    ),
]


def _counted(engine: Engine, batch: Table, spells: bool) -> tuple[list[Any], list[str]]:
    adapter = engine.adapter(batch, {"customers": CUSTOMERS})
    adapter.dialect = replace(adapter.dialect, reads_distinct_values=spells)
    plan = Plan(lambda: adapter, AS_OF)
    found = [plan.result_with_keys(key) for key in [plan.add(check) for check in CHECKS]]
    figures = [
        (each.error, each.records, each.violating, each.violations, each.census, each.keys_by_rule) for each in found
    ]
    return [figures, [each.sql for each in found[:-1]]], adapter.statements.sent


@pytest.mark.parametrize("written", [WRITTEN, ["true"], [None]], ids=["all", "one", "none"])
def test_counts_and_evidence_are_the_same(engine: Engine, written: list[str | None]) -> None:
    by_meaning, sent = _counted(engine, _batch(written), spells=False)
    as_written, more = _counted(engine, _batch(written), spells=True)
    assert as_written == by_meaning
    assert len(more) == len(sent) + 1


def test_of_too_many_values_nothing_is_known(engine: Engine) -> None:
    batch = _batch([*WRITTEN, *(f"value {number}" for number in range(MOST))])
    by_meaning, sent = _counted(engine, batch, spells=False)
    as_written, more = _counted(engine, batch, spells=True)
    assert as_written == by_meaning
    assert [each for each in more if "value 1" in each] == []
    assert len(more) == len(sent) + 1


def test_of_no_records_nothing_is_known(engine: Engine) -> None:
    as_written, _ = _counted(engine, Table.of(COLUMNS, []), spells=True)
    assert [each[:3] for each in as_written[0]] == [(None, 0, 0)] * len(CHECKS)
