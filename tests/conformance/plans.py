"""Plans on an engine, the checks that tests add to them, and how many queries they take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.plan import Plan
from synth_expectations.engine.result import CheckKey, CheckResult
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
class PlannedCheck:
    """A check of a plan."""

    plan: Plan
    key: CheckKey

    def __call__(self) -> CheckResult:
        return self.plan.result(self.key)

    def keys(self) -> Mapping[str, list[str]]:
        return self.plan.result_with_keys(self.key).keys_by_rule


class EnginePlan:
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

    def add(self, check: Check) -> PlannedCheck:
        return PlannedCheck(self.plan, self.plan.add(check))

    @property
    def queries(self) -> int:
        return self.plan.adapter.statements.count if self.plan.adapter else 0


def make_check(type_name: str, **arguments: Any) -> Check:
    defaults = {"marker_column": "is_synthetic", "record_key": "id"}
    return expectation_class(type_name)(**defaults | arguments).check


def tagged(**arguments: Any) -> Check:
    return make_check("expect_records_to_be_tagged", **arguments)


def provenance(*fields: str, **arguments: Any) -> Check:
    return make_check("expect_synthetic_records_to_have_provenance", fields=fields, **arguments)


def copies(**arguments: Any) -> Check:
    match = [[{"columns": "email", "kind": "email"}]]
    return make_check(
        "expect_synthetic_records_to_not_copy_real_records", reference="customers", match=match, **arguments
    )
