"""The validation of one batch of a table by the plan alone, and its result as Great Expectations stores it."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, cached_property, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from synth_expectations.engine.adapters.base import Adapter, Statements
from synth_expectations.engine.atomic_file import PRIVATE, replaced_file
from synth_expectations.engine.date_ranges import find_date_range
from synth_expectations.engine.fingerprints import Fingerprinter
from synth_expectations.engine.plan import Plan
from synth_expectations.engine.result import CheckKey, CheckResult
from synth_expectations.engine.rows_of_no_day import RowsOfNoDay
from synth_expectations.engine.table_input import TableInput
from synth_expectations.errors import SynthError
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.redaction import format_error
from synth_expectations.rules.as_of import current_as_of
from synth_expectations.validation.batch_plan import BatchPlan
from synth_expectations.validation.counted_batch import ViolationIndex, read_violation_index
from synth_expectations.validation.dataset_names import DatasetName, name_datasets
from synth_expectations.validation.evaluated_expectation import EvaluatedExpectation
from synth_expectations.validation.file_watch import FileWatch
from synth_expectations.validation.inputs import locate_asset, read_inputs
from synth_expectations.validation.references import (
    build_unknown_reference_error,
    build_unread_reference_error,
    is_security_accepted,
)
from synth_expectations.validation.result_detail import DEFAULT_LEVEL, verdict_in_meta
from synth_expectations.validation.result_document import (
    NO_EXCEPTION,
    count_successes,
    describe_expectation,
    format_document,
)
from synth_expectations.validation.results import evaluate
from synth_expectations.validation.sources.date_partitions import PARTITION_PARTS
from synth_expectations.validation.sources.tables import BatchDefinition, DateRange, SourceTable
from synth_expectations.validation.sources.unreadable_table import UnreadableTableError
from synth_expectations.validation.sql_adapter import make_sql_adapter
from synth_expectations.validation.table_rows import TableRows, count_table_rows
from synth_expectations.validation.time_limits import read_time_limit

_TIME = "%Y%m%dT%H%M%S.%fZ"
"""How Great Expectations writes times in names and markers, in UTC."""


@dataclass(frozen=True)
class RunIdentity:
    """What the results of a run have in common.

    Attributes:
        name: of the run.
        started: aware.
        checkpoint_id: as it is stored.
        result_format: of the checkpoint; None for the default.
        directory: of the store of results.
    """

    name: str
    started: datetime
    checkpoint_id: str | None
    result_format: Any
    directory: Path


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
        load_time = f"{datetime.now(UTC):{_TIME}}"
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
        self._store(results, batch_id, load_time, chosen)
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

    def _store(
        self, results: Sequence[Mapping[str, Any]], batch_id: str, load_time: str, chosen: Mapping[str, int] | None
    ) -> None:
        statistics = count_successes(bool(result["success"]) for result in results)
        spec, column = self.table.describe_batch(), self.division.column
        identifiers = {column: dict(chosen)} if chosen and column else {}
        spec["batch_identifiers"] = identifiers
        if identifiers:
            spec |= {"partitioner_method": self.division.method, "partitioner_kwargs": {"column_name": column}}
        run = self.run
        head = {
            "id": None,
            "meta": {
                "great_expectations_version": _read_gx_version(),
                "batch_spec": spec,
                "batch_markers": {"ge_load_time": load_time},
                "active_batch_definition": {
                    "datasource_name": self.data_source,
                    "data_connector_name": "fluent",
                    "data_asset_name": self.table.name,
                    "batch_identifiers": identifiers,
                },
                "validation_id": self.definition.get("id"),
                "checkpoint_id": run.checkpoint_id,
                "run_id": {"run_name": run.name, "run_time": run.started.isoformat()},
                "validation_time": run.started.isoformat(),
                "batch_parameters": dict(chosen) if chosen else None,
            },
            "statistics": statistics,
            "success": not statistics["unsuccessful_expectations"],
            "suite_name": self.suite["name"],
            "suite_parameters": {},
        }
        name = f"{batch_id}.json"
        file = run.directory / self.suite["name"] / run.name / f"{run.started.astimezone(UTC):{_TIME}}" / name
        document = format_document(results, head).encode()
        try:
            with replaced_file(file, PRIVATE) as temporary:
                temporary.write_bytes(document)
        except OSError as error:  # its name has the directory of the machine
            reason = error.strerror or type(error).__name__
            hint = "Make room for it, or let it be written, and run again."
            raise SynthError(f"Its result cannot be written: {reason}.", hint) from None
        self.keep(file)


@cache
def _read_gx_version() -> str:
    return version("great_expectations")


def _find_origin(error: Exception) -> BaseException:
    """Return what a driver raised, of an error that SQLAlchemy made of it."""
    return getattr(error, "orig", None) or error if isinstance(error, SQLAlchemyError) else error
