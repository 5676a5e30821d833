"""The plan of one batch of a table that this package reads by itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.plan import Plan
from synth_expectations.engine.result import CheckKey, CheckResult
from synth_expectations.errors import SynthError
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.rules.as_of import current_as_of
from synth_expectations.validation.batch_plan import BatchPlan
from synth_expectations.validation.counted_batch import ViolationIndex, read_violation_index
from synth_expectations.validation.file_watch import FileWatch
from synth_expectations.validation.references import (
    build_unknown_reference_error,
    build_unread_reference_error,
    is_security_accepted,
)
from synth_expectations.validation.sources.tables import DateRange, SourceTable
from synth_expectations.validation.sources.unreadable_table import UnreadableTableError
from synth_expectations.validation.sql_adapter import make_sql_adapter
from synth_expectations.validation.table_rows import TableRows, count_table_rows
from synth_expectations.validation.time_limits import read_time_limit


@dataclass
class PlannedTable:
    """A batch of a table and its plan; gives what the plan counted (see `CountedBatch`).

    Attributes:
        table: as its data source has it.
        date_range: the column of the batch, its first day and the day after its last; None for all records.
        records: of the batch, a selectable.
        rows: around the batch; None until the plan has run.
    """

    table: SourceTable
    date_range: DateRange | None
    records: Any
    rows: TableRows | None = None
    keys: dict[int, CheckKey] = field(default_factory=dict)

    @cached_property
    def batch_plan(self) -> BatchPlan:
        """The plan, with the files that it reads."""
        engine = self.table.datasource.get_execution_engine()
        watch = FileWatch(engine, lambda: self.table.datasource)
        return BatchPlan(Plan(lambda: self._open(watch), current_as_of()), lambda: self, watch)

    def add(self, expectation: SyntheticDataExpectation) -> None:
        """Add the check of an expectation to the plan, if it has one."""
        try:
            check = expectation.planned_check
        except Exception:  # noqa: BLE001 - a rule may be anyone's: `evaluate` reports what it raises
            return
        if check:
            self.keys[id(expectation)] = self.batch_plan.plan.add(check, getattr(expectation, "as_of", None))

    def read_result(self, expectation: SyntheticDataExpectation, *, with_keys: bool) -> CheckResult:
        """Return the counts, and some record keys on request."""
        if (key := self.keys.get(id(expectation))) is None:
            unknown = SynthError("The check was never added to the plan of this batch.", "This is a bug: report it.")
            return CheckResult(error=unknown)
        known = self.batch_plan
        read = known.plan.result_with_keys if with_keys else known.plan.result
        result: CheckResult | None = known.call(self.table.name, lambda: read(key))
        error = known.find_change()
        if result is None or error:
            return CheckResult(error=error)
        return result if self.rows is None else self.rows.complete(result)

    def read_index(self, expectation: SyntheticDataExpectation) -> ViolationIndex | None:
        """Return all violating records; None if they cannot be listed.

        Raises:
            SynthError: the query failed.
        """
        return read_violation_index(self.batch_plan, self.table.name, expectation)

    def _open(self, watch: FileWatch) -> Adapter:
        """Return the adapter of the batch.

        Raises:
            SynthError: the batch cannot be read.
        """
        table, source = self.table, self.table.datasource
        watch.note(table.name)
        open_table = partial(
            make_sql_adapter,
            source.get_execution_engine(),
            find=watch.follow(partial(find_reference, source)),
            table=table.name,
            accepts=partial(is_security_accepted, source),
            limit=read_time_limit(table),
        )
        adapter = open_table(self.records)
        self.rows = count_table_rows(table, self.date_range, table.name, adapter, open_table)
        self.rows.refuse_no_day()
        return adapter


def find_reference(source: Any, name: str) -> Any:
    """Return the records of a table in which others are looked up.

    Args:
        source: the data source.
        name: of the table.

    Raises:
        ConditionError: there is no such table, or it cannot be read.
    """
    asset = next((asset for asset in source.assets if asset.name == name), None)
    if asset is None:
        raise build_unknown_reference_error(name, [asset.name for asset in source.assets])
    try:
        return asset.as_selectable()
    except UnreadableTableError as error:
        raise build_unread_reference_error(name, error) from None
