"""One validation definition of a run: what it evaluates, and its results as plain records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from great_expectations.core import ExpectationSuiteValidationResult, ExpectationValidationResult
from great_expectations.core.result_format import DEFAULT_RESULT_FORMAT
from great_expectations.data_context import FileDataContext
from great_expectations.exceptions import SuiteParameterError
from great_expectations.exceptions.exceptions import NoAvailableBatchesError
from great_expectations.execution_engine import ExecutionEngine
from sqlalchemy.exc import SQLAlchemyError

from synth_expectations.engine.adapters.base import Statements
from synth_expectations.engine.fingerprints import Fingerprinter
from synth_expectations.engine.rows_of_no_day import RowsOfNoDay
from synth_expectations.engine.table_input import TableInput
from synth_expectations.errors import NoBatchError, SynthError
from synth_expectations.gx import plan_metric
from synth_expectations.gx.addresses import can_resolve, check_address
from synth_expectations.gx.data_docs.renderers import exception_message
from synth_expectations.gx.fast_path import FastValidation, read_fast_validation
from synth_expectations.gx.overrides import date_partitions
from synth_expectations.redaction import format_error, format_problems
from synth_expectations.validation.dataset_names import DatasetName, name_datasets
from synth_expectations.validation.evaluated_expectation import EvaluatedExpectation
from synth_expectations.validation.inputs import locate_asset, read_inputs
from synth_expectations.validation.result_detail import verdict_in_meta
from synth_expectations.validation.sources.date_partitions import PARTITION_PARTS

if TYPE_CHECKING:
    from synth_expectations.gx.checkpoint_run import GxCheckpointRun


@dataclass
class Validation:
    """A validation definition that is open in a run.

    Attributes:
        name: of the definition.
        run: keeps the result.
        context: of Great Expectations.
        definition: of Great Expectations, or of the fast path.
        engine: of the records; None before they are evaluated.
        batch_id: of the records, where the engine has read other batches since; None for all that it read.
    """

    name: str
    run: GxCheckpointRun
    context: FileDataContext
    definition: Any
    engine: ExecutionEngine | None = None
    batch_id: str | None = None

    @classmethod
    def open(
        cls,
        context: FileDataContext,
        run: GxCheckpointRun,
        name: str,
        stored: Mapping[str, Any] | None,
        suite: Mapping[str, Any] | None,
    ) -> Validation:
        """Open a validation definition; see `GxProject.open_validation`."""
        definition: Any = stored and read_fast_validation(context, stored, suite)
        if not definition:
            try:
                definition = context.validation_definitions.get(name)
            except Exception as error:  # noqa: BLE001 - whatever is wrong with one table, the others are still evaluated
                raise SynthError(f"Its suite cannot be read: {format_problems(error)}") from None
        return cls(name, run, context, definition)

    @property
    def data_source(self) -> str:
        """The name of the data source."""
        return str(self.definition.batch_definition.data_asset.datasource.name)

    @property
    def datasets(self) -> tuple[DatasetName, ...]:
        """The names of what it reads in a lineage graph; none if they cannot be told."""
        asset = self.definition.batch_definition.data_asset
        # Great Expectations would try to connect, and wrap the error that says which variable is not set
        is_sql = hasattr(asset.datasource, "connection_string")
        return () if is_sql and not can_resolve(self.context, asset.datasource) else name_datasets(asset)

    @property
    def engine_name(self) -> str:
        """What reads the records, such as `duckdb` or `postgres`."""
        source = self.definition.batch_definition.data_asset.datasource
        return str(getattr(source, "engine_name", source.type))

    @property
    def partition(self) -> tuple[str, ...] | None:
        """The parts that choose a batch: year, month, day. None for a whole table, empty for batches of other kinds."""
        partitioner = self.definition.batch_definition.partitioner
        return None if partitioner is None else PARTITION_PARTS.get(getattr(partitioner, "method_name", ""), ())

    def evaluate(self, batch: Mapping[str, int] | None) -> list[EvaluatedExpectation]:
        """Evaluate the expectations, store the result, and keep it for the actions of the run.

        Args:
            batch: year, month and day, as far as they choose the batch; None for a whole table.

        Returns:
            The results, in an order of Great Expectations.

        Raises:
            NoBatchError: the table does not have the batch.
            SynthError: it cannot be evaluated.
        """
        asset = self.definition.batch_definition.data_asset
        try:
            check_address(self.context, asset.datasource)
            self.engine = asset.datasource.get_execution_engine()
            plan_metric.forget_plans(self.engine)
            if batch:
                date_partitions.use_partition(asset, batch)
            result = self._evaluate(dict(batch) if batch else None)
        except NoAvailableBatchesError:
            raise NoBatchError("The table does not have the batch.") from None
        except SynthError:
            raise
        except SuiteParameterError as error:
            raise SynthError(f"{format_error(error)}.", "Run it with --parameter NAME=VALUE") from None
        except Exception as error:  # noqa: BLE001 - a data source may raise anything
            raise SynthError(f"It cannot be read: {format_error(_origin(error))}") from None
        self.run.keep_result(self.name, result)
        return self._record_results(result)

    @property
    def errors(self) -> list[SynthError]:
        """The errors of the last evaluation."""
        return plan_metric.errors_of(self.engine, self.batch_id) if self.engine is not None else []

    @property
    def rows_of_no_day(self) -> RowsOfNoDay | None:
        """The rows of the table that belong to no day; None if the last evaluation was of no day, month or year."""
        return plan_metric.rows_of_no_day_of(self.engine, self.batch_id) if self.engine is not None else None

    def read_inputs(self, fingerprinter: Fingerprinter) -> tuple[TableInput, ...]:
        """Return the tables that the last evaluation read; nothing is sent to the engine.

        Args:
            fingerprinter: reads the files of the tables.
        """
        asset = self.definition.batch_definition.data_asset
        if self.engine is None:
            return ()
        plans = plan_metric.plans_of(self.engine, self.batch_id)
        states = getattr(self.engine, "file_states", {})
        return read_inputs(plans, states, asset, self.engine_name, fingerprinter)

    @property
    def locator(self) -> str:
        """Where the records are, as a policy says it; no host, no password, no absolute path."""
        return locate_asset(self.definition.batch_definition.data_asset)

    @property
    def sql(self) -> tuple[str, ...]:
        """What was sent since the last evaluation began, without values of the data."""
        return plan_metric.sql_of(self.engine, self.batch_id) if self.engine is not None else ()

    @property
    def statements(self) -> list[Statements]:
        """What was sent to the engine since the last evaluation began."""
        return plan_metric.statements_of(self.engine, self.batch_id) if self.engine is not None else []

    def _evaluate(self, batch: dict[str, int] | None) -> ExpectationSuiteValidationResult:
        checkpoint = self.run.checkpoint.stored
        result_format = checkpoint.get("result_format") or DEFAULT_RESULT_FORMAT.value
        if isinstance(self.definition, FastValidation):
            return self.definition.run(self.context, self.run.id, checkpoint.get("id"), batch, result_format)
        return self.definition.run(
            checkpoint_id=checkpoint.get("id"),
            batch_parameters=batch,
            expectation_parameters=dict(self.run.parameters) or None,
            result_format=result_format,
            run_id=self.run.id,
        )

    def _record_results(self, result: ExpectationSuiteValidationResult) -> list[EvaluatedExpectation]:
        return [self._record_expectation(evaluated) for evaluated in result.results if evaluated.expectation_config]

    def _record_expectation(self, evaluated: ExpectationValidationResult) -> EvaluatedExpectation:
        configuration = evaluated.expectation_config
        return EvaluatedExpectation(
            type=configuration.type,
            id=configuration.id,
            kwargs={name: value for name, value in configuration.kwargs.items() if name != "batch_id"},
            success=bool(evaluated.success),
            result=evaluated.result or {},
            error=exception_message(evaluated.exception_info),
            verdict=verdict_in_meta(evaluated.meta),
            find_plan=partial(plan_metric.plan_of, self.engine, configuration),
        )


def _origin(error: Exception) -> BaseException:
    """Return what a driver raised, of an error that Great Expectations made of it."""
    origin: BaseException = error
    while origin.__cause__ is not None and not isinstance(origin, SQLAlchemyError):
        origin = origin.__cause__
    return getattr(origin, "orig", None) or origin
