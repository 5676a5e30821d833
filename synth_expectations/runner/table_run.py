"""One table of a run, judged: whatever goes wrong with it stands in its report, and does not stop the others."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from great_expectations.core import ExpectationSuiteValidationResult, RunIdentifier
from great_expectations.core.batch_definition import BatchDefinition
from great_expectations.data_context import FileDataContext
from great_expectations.data_context.types.resource_identifiers import (
    ExpectationSuiteIdentifier,
    ValidationResultIdentifier,
)
from great_expectations.exceptions import SuiteParameterError
from great_expectations.exceptions.exceptions import NoAvailableBatchesError
from sqlalchemy.exc import SQLAlchemyError

from synth_expectations.errors import SynthError
from synth_expectations.gx import plan_metric
from synth_expectations.gx.fast_path import Direct, direct
from synth_expectations.gx.guard import stored_suite
from synth_expectations.gx.overrides import date_partitions
from synth_expectations.report.model import ExpectationReport, TableReport
from synth_expectations.rules.verdict import Verdict
from synth_expectations.runner import result_reader
from synth_expectations.runner.batches import Period, parameters, shown
from synth_expectations.runner.compiled_project import Compiled
from synth_expectations.runner.project import Opened, one_line, said_by, stored_definition, suite_of
from synth_expectations.runner.quarantine import Quarantine


@dataclass(frozen=True)
class Definition:
    """A validation definition of a project, as it lies in the store.

    Attributes:
        name: its own.
        stored: itself; None if it cannot be read.
        suite: the name of its suite.
        suite_stored: the suite; None if there is none.
    """

    name: str
    stored: Mapping[str, Any] | None
    suite: str
    suite_stored: Mapping[str, Any] | None

    @classmethod
    def read(cls, context: FileDataContext, name: str) -> Definition:
        """The one of a name."""
        stored = stored_definition(context, name)
        suite = suite_of(stored, name)
        return cls(name, stored, suite, stored_suite(context, suite))

    @cached_property
    def about(self) -> Mapping[str, Any]:
        """What compile wrote into its suite; nothing for a suite of others."""
        about = ((self.suite_stored or {}).get("meta") or {}).get("synth")
        return about if isinstance(about, dict) else {}

    @property
    def table(self) -> str:
        """What reports call its table."""
        return str(self.about.get("table", self.name))


def read_definitions(context: FileDataContext, opened: Opened) -> list[Definition]:
    """All of a checkpoint, in its order."""
    return [Definition.read(context, name) for name in opened.definitions]


@dataclass(frozen=True)
class Judged:
    """What became of a table.

    Attributes:
        report: for people.
        key: of the result in the store; None if there is none.
        result: as Great Expectations has it.
    """

    report: TableReport
    key: ValidationResultIdentifier | None = None
    result: ExpectationSuiteValidationResult | None = None


@dataclass(frozen=True)
class Judging:
    """What all tables of a run have in common.

    Attributes:
        context: the project.
        opened: the checkpoint.
        wanted: the batch that was asked for.
        parameters: of expectations whose arguments are a `$PARAMETER`.
        run_id: of the run.
        compiled: the policy, as it was compiled.
        quarantine: where violating records are listed; None for nowhere.
    """

    context: FileDataContext
    opened: Opened
    wanted: Period | None
    parameters: Mapping[str, Any]
    run_id: RunIdentifier
    compiled: Compiled
    quarantine: Quarantine | None

    def judge(self, definition: Definition) -> Judged:
        """Run one validation definition."""
        if definition.stored and (asked := direct(self.context, definition.stored, definition.suite_stored)):
            return self._table(definition, asked.batch_definition, asked)
        try:
            validation = self.context.validation_definitions.get(definition.name)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one, the others are still judged
            return not_judged(definition, f"Its suite cannot be read: {said_by(error)}")
        return self._table(definition, validation.batch_definition, validation)

    def _result(self, asked: Any, batch: dict[str, int] | None) -> ExpectationSuiteValidationResult:
        checkpoint_id = self.opened.stored.get("id")
        if isinstance(asked, Direct):
            return asked.run(self.context, self.run_id, checkpoint_id, batch)
        return asked.run(
            checkpoint_id=checkpoint_id,
            batch_parameters=batch,
            expectation_parameters=dict(self.parameters) or None,
            result_format=self.opened.stored.get("result_format") or "SUMMARY",
            run_id=self.run_id,
        )

    def _table(self, definition: Definition, batch_definition: BatchDefinition[Any], asked: Any) -> Judged:
        start = time.perf_counter()
        stored, about = definition.suite_stored or {}, definition.about
        reports: tuple[ExpectationReport, ...] = ()
        error, batch, engine, quarantined, key, result = "", None, None, None, None, None
        asset = batch_definition.data_asset
        try:
            batch = parameters(batch_definition, self.wanted)
            engine = asset.datasource.get_execution_engine()
            plan_metric.forget(engine)
            if batch:
                date_partitions.take(asset, batch)
            result = self._result(asked, batch)
            key = ValidationResultIdentifier(
                ExpectationSuiteIdentifier(name=definition.suite), self.run_id, result.batch_id
            )
            steps = {error.message: self.compiled.next_step(error) for error in plan_metric.errors_of(engine)}
            reports = tuple(result_reader.expectations(stored, result, steps))
            if self.quarantine:
                found = (
                    each for _, each in result_reader.matched(stored.get("expectations", []), list(result.results))
                )
                judged = list(zip(reports, found, strict=True))
                quarantined = self.quarantine.listed(engine, definition.name, definition.table, judged)
        except NoAvailableBatchesError:
            error = f"It has no batch {shown(batch)}."
        except SynthError as wrong:
            error = str(wrong)
        except SuiteParameterError as wrong:
            error = f"{one_line(wrong)}. Run it with --parameter NAME=VALUE"
        except Exception as wrong:  # noqa: BLE001 - whatever a data source raises, the other tables are still judged
            error = _said(wrong)
        sent = plan_metric.statements_of(engine) if engine is not None else []
        counted = result_reader.records(reports)
        empty = shown(batch) is not None and (counted.get("all") == 0 or error.startswith("It has no batch"))
        if empty and about.get("empty_batch") == "nothing_to_check":
            reports = tuple(
                _nothing_to_check(each, shown(batch)) for each in reports or result_reader.unevaluated(stored, "")
            )
            error = ""
        elif empty:
            error = f"The batch {shown(batch)} has no records: nothing was checked."
        if not error and not stored.get("expectations"):
            error = "Its suite has no expectations: nothing was checked."
        report = TableReport(
            table=definition.table,
            suite=definition.suite,
            scope="batch" if batch or about.get("scope") == "batch" else "table",
            batch=shown(batch),
            roles=tuple(about.get("roles", ())),
            owner=about.get("owner", ""),
            data_source=asset.datasource.name,
            engine=getattr(asset.datasource, "engine_name", asset.datasource.type),
            where=about.get("where", ""),
            unnarrowed=bool(about.get("unnarrowed")),
            expectations=tuple(result_reader.unevaluated(stored, error)) if error else reports,
            records=counted,
            queries=sum(each.count for each in sent),
            query_seconds=sum(each.seconds for each in sent),
            seconds=time.perf_counter() - start,
            error=error,
            quarantined=quarantined,
        )
        return Judged(report, key, result)


def not_judged(definition: Definition, error: str) -> Judged:
    """What is said of a table that could not be run at all.

    Args:
        definition: of it.
        error: why, as a sentence.
    """
    about = definition.about
    report = TableReport(
        table=definition.table,
        suite=definition.suite,
        scope=about.get("scope", "table"),
        batch=None,
        roles=tuple(about.get("roles", ())),
        owner=about.get("owner", ""),
        where=about.get("where", ""),
        unnarrowed=bool(about.get("unnarrowed")),
        expectations=tuple(result_reader.unevaluated(definition.suite_stored or {}, error)),
        error=error,
    )
    return Judged(report)


def _nothing_to_check(report: ExpectationReport, batch: str | None) -> ExpectationReport:
    return replace(report, verdict=Verdict.NOTHING_TO_CHECK, error="", reason=f"The batch {batch} has no records.")


def _said(error: Exception) -> str:
    """What a data source raised, without a secret: drivers put the URL, and its password, into their messages."""
    root: BaseException = error
    while root.__cause__ is not None and not isinstance(root, SQLAlchemyError):
        root = root.__cause__
    return f"It cannot be read: {one_line(getattr(root, 'orig', None) or root)}"
