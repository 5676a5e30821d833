"""A run: each validation definition by itself, so that a broken table does not stop the others."""

from __future__ import annotations

import platform
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from great_expectations.checkpoint import Checkpoint
from great_expectations.checkpoint.actions import ActionContext, UpdateDataDocsAction, ValidationAction
from great_expectations.checkpoint.checkpoint import CheckpointResult
from great_expectations.core import ExpectationSuiteValidationResult, RunIdentifier
from great_expectations.core.validation_definition import ValidationDefinition
from great_expectations.data_context import FileDataContext
from great_expectations.data_context.types.resource_identifiers import (
    ExpectationSuiteIdentifier,
    ValidationResultIdentifier,
)
from great_expectations.exceptions import SuiteParameterError
from great_expectations.exceptions.exceptions import NoAvailableBatchesError
from sqlalchemy.exc import SQLAlchemyError

import synth_expectations
from synth_expectations import clock
from synth_expectations.errors import SynthError
from synth_expectations.expectation import NEWER
from synth_expectations.gx import metrics
from synth_expectations.gx.guard import GuardAction, stored_suite
from synth_expectations.gx.spark_datasource import SparkParquetDatasource
from synth_expectations.report.model import SEVERITIES, ExpectationReport, RunReport, Severity, TableReport
from synth_expectations.runner import reading
from synth_expectations.runner.batches import Period, parameters, period, shown
from synth_expectations.runner.compiled import Compiled, read_compiled
from synth_expectations.runner.opening import (
    Opened,
    configuration,
    one_line,
    open_checkpoint,
    open_project,
    suite_of,
    unwritable,
)
from synth_expectations.runner.quarantining import Quarantine
from synth_expectations.runner.selection import Selection
from synth_expectations.verdicts import Verdict

_Results = dict[ValidationResultIdentifier, ExpectationSuiteValidationResult]


@dataclass(frozen=True)
class Options:
    """How a checkpoint is run.

    Attributes:
        batch: the day or month to check, of tables that have such batches.
        as_of: the moment for which time is judged; None is the start of the run.
        fail_on: the least severity that fails the run; None is what the checkpoint says.
        selection: of the checkpoint's tables.
        parameters: of expectations whose arguments are a `$PARAMETER`.
        quarantine: the directory for the keys of all violating records; None for none.
        quarantine_identifiers: whether the identifiers of the records are listed too.
    """

    batch: str | None = None
    as_of: datetime | None = None
    fail_on: Severity | None = None
    selection: Selection = field(default_factory=Selection)
    parameters: Mapping[str, Any] = field(default_factory=dict)
    quarantine: Path | None = None
    quarantine_identifiers: bool = False


def run(
    checkpoint: str, root: Path, options: Options | None = None, on_table: Callable[[TableReport], None] | None = None
) -> RunReport:
    """Run a checkpoint of a project.

    Args:
        checkpoint: its name.
        root: the directory of great_expectations.yml.
        options: how.
        on_table: told of each table as soon as it is done.

    Returns:
        What was found. A table that cannot be read is errored; the others are judged.

    Raises:
        SynthError: nothing can be run: no such project or checkpoint, results cannot be written, options are wrong.
    """
    options = options or Options()
    wanted = period(options.batch) if options.batch else None
    context = open_project(root)
    opened = open_checkpoint(context, checkpoint)
    for reason in unwritable(root, configuration(context)):
        raise SynthError(reason, "Nothing was run.")
    started = datetime.now(UTC)
    as_of = options.as_of or started
    compiled = read_compiled(root)
    definitions = list(_definitions(context, opened, options.selection))
    chosen = opened.checkpoint
    run_id = RunIdentifier(run_name=_name_of_run(started), run_time=started)
    quarantine = _quarantine(options, compiled, str(run_id.run_name), checkpoint, as_of)
    results: _Results = {}
    tables = []
    with clock.as_of(as_of):
        for definition in definitions:
            if isinstance(definition, str):
                tables.append(_broken(context, definition, opened.broken[definition]))
            else:
                assert chosen is not None
                tables.append(
                    _table(context, chosen, definition, wanted, options, run_id, results, compiled, quarantine)
                )
            if on_table:
                on_table(tables[-1])
        errors = list(_acted(chosen, run_id, results)) if chosen else []
    lock = compiled.lock
    quarantined = [table.quarantined for table in tables if table.quarantined]
    return RunReport(
        id=str(run_id.run_name),
        checkpoint=checkpoint,
        started_at=started,
        finished_at=datetime.now(UTC),
        as_of=as_of,
        as_of_from="option" if options.as_of else "start of the run",
        batch=options.batch,
        fail_on=options.fail_on or _fail_on(opened),
        tables=tuple(tables),
        versions=_versions(tables),
        compiled_by=lock.compiled_by,
        policy={name: str(lock.policy[name]) for name in ("path", "sha256") if name in lock.policy},
        excluded=compiled.exclusions({table.table for table in tables}, as_of.date()),
        docs_path=_docs(context),
        results=tuple(_result_files(context, run_id)),
        runbook=lock.policy.get("runbook") or "",
        errors=(*compiled.changed, *errors, *(each.error for each in quarantined if each.error)),
        notes=tuple(
            note
            for note in (
                compiled.approval(),
                *map(_old_clock, tables),
                *(note for each in quarantined for note in each.notes),
            )
            if note
        ),
        quarantine=str(quarantine.directory) if quarantine else "",
    )


def _name_of_run(started: datetime) -> str:
    """Its second and four letters: Great Expectations reads digits after a Z as a time zone, and writes no page."""
    return f"{started:%Y%m%dT%H%M%SZ}-" + "".join(secrets.choice("bcdfghjkmnpqrstvwxz") for _ in range(4))


def _definitions(
    context: FileDataContext, opened: Opened, selection: Selection
) -> Iterator[ValidationDefinition | str]:
    """The validation definitions that a run is about, in the order of the checkpoint; of those broken the name."""
    readable = {each.name: each for each in opened.checkpoint.validation_definitions} if opened.checkpoint else {}
    names = [stored["name"] for stored in opened.stored["validation_definitions"]]
    every = {name: {"table": name, **_about(context, suite_of(context, name))} for name in names}
    chosen = [readable.get(name, name) for name, about in every.items() if selection.holds(about)]
    if not chosen:
        raise selection.nothing(opened.name, list(every.values()))
    yield from chosen


def _broken(context: FileDataContext, definition: str, reason: str) -> TableReport:
    """The report of a table whose validation definition or suite cannot be read."""
    suite = suite_of(context, definition)
    about = _about(context, suite)
    error = f"Its suite cannot be read: {reason}"
    stored = stored_suite(context, suite) or {}
    return TableReport(
        table=about.get("table", definition),
        suite=suite,
        scope=about.get("scope", "table"),
        batch=None,
        roles=tuple(about.get("roles", ())),
        owner=about.get("owner", ""),
        where=about.get("where", ""),
        unnarrowed=bool(about.get("unnarrowed")),
        expectations=tuple(reading.unevaluated(stored, error)),
        error=error,
    )


def _table(
    context: FileDataContext,
    checkpoint: Checkpoint,
    definition: ValidationDefinition,
    wanted: Period | None,
    options: Options,
    run_id: RunIdentifier,
    results: _Results,
    compiled: Compiled,
    quarantine: Quarantine | None,
) -> TableReport:
    """Run one validation definition; whatever goes wrong stands in its report."""
    start = time.perf_counter()
    stored = stored_suite(context, _suite_name(definition)) or {}
    about = _about(context, _suite_name(definition))
    reports: tuple[ExpectationReport, ...] = ()
    error, batch, engine, quarantined = "", None, None, None
    try:
        batch = parameters(definition.batch_definition, wanted)
        engine = definition.data_source.get_execution_engine()
        metrics.forget(engine)
        result = definition.run(
            checkpoint_id=checkpoint.id,
            batch_parameters=batch,
            expectation_parameters=dict(options.parameters) or None,
            result_format=checkpoint.result_format,
            run_id=run_id,
        )
        name = ExpectationSuiteIdentifier(name=definition.suite.name)
        results[ValidationResultIdentifier(name, run_id, result.batch_id)] = result
        steps = {error.message: compiled.next_step(error) for error in metrics.errors_of(engine)}
        reports = tuple(reading.expectations(stored, result, steps))
        if quarantine:
            found = (each for _, each in reading.matched(stored.get("expectations", []), list(result.results)))
            judged = list(zip(reports, found, strict=True))
            quarantined = quarantine.listed(engine, definition.name, about.get("table", definition.name), judged)
    except NoAvailableBatchesError:
        error = f"It has no batch {shown(batch)}."
    except SynthError as wrong:
        error = str(wrong)
    except SuiteParameterError as wrong:
        error = f"{one_line(wrong)}. Run it with --parameter NAME=VALUE"
    except Exception as wrong:  # noqa: BLE001 - whatever a data source raises, the other tables are still judged
        error = _said(wrong)
    sent = metrics.statements_of(engine) if engine is not None else []
    counted = reading.records(reports)
    empty = shown(batch) is not None and (counted.get("all") == 0 or error.startswith("It has no batch"))
    if empty and about.get("empty_batch") == "nothing_to_check":
        reports = tuple(_nothing_to_check(each, shown(batch)) for each in reports or reading.unevaluated(stored, ""))
        error = ""
    elif empty:
        error = f"The batch {shown(batch)} has no records: nothing was checked."
    if not error and not stored.get("expectations"):
        error = "Its suite has no expectations: nothing was checked."
    return TableReport(
        table=about.get("table", definition.name),
        suite=_suite_name(definition),
        scope="batch" if batch or about.get("scope") == "batch" else "table",
        batch=shown(batch),
        roles=tuple(about.get("roles", ())),
        owner=about.get("owner", ""),
        data_source=definition.data_source.name,
        engine=getattr(definition.data_source, "engine_name", definition.data_source.type),
        where=about.get("where", ""),
        unnarrowed=bool(about.get("unnarrowed")),
        expectations=tuple(reading.unevaluated(stored, error)) if error else reports,
        records=counted,
        queries=sum(each.count for each in sent),
        query_seconds=sum(each.seconds for each in sent),
        seconds=time.perf_counter() - start,
        error=error,
        quarantined=quarantined,
    )


def _quarantine(options: Options, compiled: Compiled, run: str, checkpoint: str, as_of: datetime) -> Quarantine | None:
    if options.quarantine is None:
        return None
    about = {"run": run, "checkpoint": checkpoint, "as_of": as_of.isoformat(), "batch": options.batch or ""}
    made = Quarantine(options.quarantine.resolve() / run, compiled.policy, options.quarantine_identifiers, about)
    made.refuse()
    return made


def _old_clock(table: TableReport) -> str:
    """That records are judged for a time when they did not exist yet, as a sentence; empty if none is."""
    newer = table.records.get(NEWER)
    said = f"{table.table}: {newer or 0:,} records were made after as_of: an old clock judged the records of today."
    return said if newer else ""


def _nothing_to_check(report: ExpectationReport, batch: str | None) -> ExpectationReport:
    return replace(report, verdict=Verdict.NOTHING_TO_CHECK, error="", reason=f"The batch {batch} has no records.")


def _about(context: FileDataContext, suite: str) -> dict[str, Any]:
    """What compile wrote into a suite; nothing for a suite of others."""
    meta = (stored_suite(context, suite) or {}).get("meta") or {}
    about = meta.get("synth")
    return about if isinstance(about, dict) else {}


def _suite_name(definition: ValidationDefinition) -> str:
    return str(definition.suite.name)


def _acted(checkpoint: Checkpoint, run_id: RunIdentifier, results: _Results) -> Iterator[str]:
    """Run the checkpoint's actions, Data Docs first; what goes wrong, one sentence each. The guard's work is ours."""
    if not results:
        return
    outcome = CheckpointResult(run_id=run_id, run_results=results, checkpoint_config=checkpoint)
    done = ActionContext()
    actions: list[ValidationAction] = [each for each in checkpoint.actions if not isinstance(each, GuardAction)]
    for action in sorted(actions, key=lambda each: not isinstance(each, UpdateDataDocsAction)):
        try:
            done.update(action=action, action_result=action.run(checkpoint_result=outcome, action_context=done))
        except Exception as error:  # noqa: BLE001 - an action may be anyone's; the verdict must still be said
            yield f"The action {action.name} failed: {one_line(error)}"


def _fail_on(opened: Opened) -> Severity:
    said = [each.get("fail_on") for each in opened.stored.get("actions") or () if each.get("type") == "synth_guard"]
    return next((each for each in said if each in SEVERITIES), "warning")


def _docs(context: FileDataContext) -> str:
    urls = [str(site["site_url"]) for site in context.get_docs_sites_urls() if site.get("site_url")]
    return urls[0] if urls else ""


def _result_files(context: FileDataContext, run_id: RunIdentifier) -> list[str]:
    """The results of this run, where they are files."""
    base = getattr(context.validation_results_store.store_backend, "full_base_directory", None)
    return sorted(str(each) for each in Path(base).glob(f"*/{run_id.run_name}/*/*.json")) if base else []


def _versions(tables: list[TableReport]) -> dict[str, str]:
    packages = ["great-expectations", "sqlalchemy", "duckdb", "pandas", "pyarrow", "sqlglot"]
    if any(table.engine == SparkParquetDatasource.engine_name for table in tables):
        packages += [name for name in ("pyspark",) if find_spec(name)]
    ours = {"synth-expectations": synth_expectations.__version__, "python": platform.python_version()}
    return ours | {name: version(name) for name in packages}


def _said(error: Exception) -> str:
    """What a data source raised, without a secret: drivers put the URL, and its password, into their messages."""
    root: BaseException = error
    while root.__cause__ is not None and not isinstance(root, SQLAlchemyError):
        root = root.__cause__
    return f"It cannot be read: {one_line(getattr(root, 'orig', None) or root)}"
