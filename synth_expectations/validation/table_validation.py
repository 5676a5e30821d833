"""The validation of one batch of a table by the plan alone, and its result as Great Expectations stores it."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from synth_expectations.engine.adapters.base import Statements
from synth_expectations.engine.date_ranges import find_date_range
from synth_expectations.engine.fingerprints import Fingerprinter
from synth_expectations.engine.rows_of_no_day import RowsOfNoDay
from synth_expectations.engine.table_input import TableInput
from synth_expectations.errors import SynthError
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.redaction import format_error
from synth_expectations.validation.dataset_names import DatasetName, name_datasets
from synth_expectations.validation.evaluated_expectation import EvaluatedExpectation
from synth_expectations.validation.inputs import locate_asset, read_inputs
from synth_expectations.validation.planned_table import PlannedTable
from synth_expectations.validation.result_detail import DEFAULT_LEVEL, verdict_in_meta
from synth_expectations.validation.result_document import (
    NO_EXCEPTION,
    describe_expectation,
)
from synth_expectations.validation.result_store import RunIdentity, StoredBatch, store_result
from synth_expectations.validation.results import evaluate
from synth_expectations.validation.sources.date_partitions import PARTITION_PARTS
from synth_expectations.validation.sources.tables import BatchDefinition, DateRange, SourceTable


@dataclass
class TableValidation:
    """A validation definition whose expectations are all plain ones of this package.

    Attributes:
        definition: as it is stored.
        suite: as it is stored.
        expectations: of the suite, in its order.
        table: that it is about.
        division: of the table into batches.
        run: that it is part of.
        keep: called with the file of the result.
        batch: that was evaluated; None before.
    """

    definition: Mapping[str, Any]
    suite: Mapping[str, Any]
    expectations: Sequence[SyntheticDataExpectation]
    table: SourceTable
    division: BatchDefinition
    run: RunIdentity
    keep: Callable[[Path], None]
    batch: PlannedTable | None = None

    @property
    def data_source(self) -> str:
        """The name of the data source."""
        return str(self.table.datasource.name)

    @property
    def engine_name(self) -> str:
        """What reads the records, such as `duckdb` or `postgres`."""
        return str(self.table.datasource.engine_name)

    @property
    def datasets(self) -> tuple[DatasetName, ...]:
        """The names of what it reads in a lineage graph; none if they cannot be told."""
        return name_datasets(self.table)

    @property
    def locator(self) -> str:
        """Where the records are, as a policy says it; no host, no password, no absolute path."""
        return locate_asset(self.table)

    @property
    def partition(self) -> tuple[str, ...] | None:
        """The parts that choose a batch: year, month, day. None for a whole table."""
        return PARTITION_PARTS[self.division.method] if self.division.method else None

    def evaluate(self, batch: Mapping[str, int] | None) -> list[EvaluatedExpectation]:
        """Evaluate the expectations, and store the result.

        Args:
            batch: year, month and day, as far as they choose the batch; None for a whole table.

        Raises:
            SynthError: it cannot be evaluated.
        """
        try:
            self.table.datasource.check_address()
            return self._evaluate(batch)
        except SynthError:
            raise
        except Exception as error:  # noqa: BLE001 - a driver may raise anything
            raise SynthError(f"It cannot be read: {format_error(_find_origin(error))}") from None

    @property
    def errors(self) -> list[SynthError]:
        """The errors of the evaluation."""
        return list(self.batch.batch_plan.plan.errors()) if self.batch else []

    @property
    def rows_of_no_day(self) -> RowsOfNoDay | None:
        """The rows of the table that belong to no day; None if the batch is not a day, month or year."""
        return self.batch.rows.no_day if self.batch and self.batch.rows else None

    @property
    def sql(self) -> tuple[str, ...]:
        """What was sent, without values of the data."""
        return self.batch.batch_plan.sent_sql if self.batch else ()

    @property
    def statements(self) -> list[Statements]:
        """What was sent to the engine."""
        adapter = self.batch.batch_plan.plan.adapter if self.batch else None
        return [adapter.statements] if adapter else []

    def read_inputs(self, fingerprinter: Fingerprinter) -> tuple[TableInput, ...]:
        """Return the tables that were read; nothing is sent to the engine.

        Args:
            fingerprinter: reads the files of the tables.
        """
        if self.batch is None:
            return ()
        states = getattr(self.table.datasource.get_execution_engine(), "file_states", {})
        return read_inputs([self.batch.batch_plan], states, self.table, self.engine_name, fingerprinter)

    def _evaluate(self, chosen: Mapping[str, int] | None) -> list[EvaluatedExpectation]:
        loaded = datetime.now(UTC)
        date_range = self._find_date_range(chosen)
        planned = self.batch = PlannedTable(self.table, date_range, self.table.select_batch(date_range))
        for expectation in self.expectations:
            planned.add(expectation)
        batch_id = "-".join([
            self.data_source, self.table.name, *(f"{part}_{value}" for part, value in (chosen or {}).items())
        ])  # fmt: skip
        stored = self.suite["expectations"]
        results = [
            self._evaluate_expectation(planned, expectation, batch_id, described)
            for expectation, described in zip(self.expectations, stored, strict=True)
        ]
        batch = StoredBatch(self.table, self.division, batch_id, loaded, chosen)
        self.keep(store_result(results, batch, self.run, self.suite["name"], self.definition.get("id")))
        return [
            EvaluatedExpectation(
                type=described["type"],
                id=described.get("id"),
                kwargs=described["kwargs"],
                success=bool(result["success"]),
                result=result["result"],
                error=str(result["exception_info"]["exception_message"] or ""),
                verdict=verdict_in_meta(result["meta"]),
                find_plan=lambda: planned.batch_plan.plan,
            )
            for described, result in zip(stored, results, strict=True)
        ]

    def _evaluate_expectation(
        self, planned: PlannedTable, expectation: SyntheticDataExpectation, batch_id: str, stored: Mapping[str, Any]
    ) -> dict[str, Any]:
        known: dict[str, Any] = {"expectation_config": describe_expectation(stored, batch_id)}
        try:
            found = evaluate(lambda: expectation, planned, self.run.result_format or DEFAULT_LEVEL)
        except SynthError as error:
            raised = {
                "raised_exception": True,
                "exception_message": str(error),
                "exception_traceback": traceback.format_exc(),
            }
            return {**known, "success": False, "exception_info": raised, "result": {}, "meta": {}}
        return {**known, "exception_info": dict(NO_EXCEPTION), **found}

    def _find_date_range(self, chosen: Mapping[str, int] | None) -> DateRange | None:
        if chosen is None or self.division.column is None:
            return None
        return (self.division.column, *find_date_range(*chosen.values()))


def _find_origin(error: Exception) -> BaseException:
    """Return what a driver raised, of an error that SQLAlchemy made of it."""
    return getattr(error, "orig", None) or error if isinstance(error, SQLAlchemyError) else error
