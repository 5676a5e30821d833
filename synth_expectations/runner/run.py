"""A run: each validation definition by itself, so that a broken table does not stop the others."""

from __future__ import annotations

import platform
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from great_expectations.checkpoint import Checkpoint
from great_expectations.checkpoint.actions import ActionContext, UpdateDataDocsAction, ValidationAction
from great_expectations.checkpoint.checkpoint import CheckpointResult
from great_expectations.core import ExpectationSuiteValidationResult, RunIdentifier
from great_expectations.data_context import FileDataContext
from great_expectations.data_context.types.resource_identifiers import ValidationResultIdentifier

import synth_expectations
from synth_expectations.errors import SynthError
from synth_expectations.expectations.base import NEWER
from synth_expectations.gx.data_docs.action import DocsAction
from synth_expectations.gx.datasources.spark.datasource import SparkParquetDatasource
from synth_expectations.gx.guard import GuardAction
from synth_expectations.report.model import SEVERITIES, RunReport, Severity, TableReport
from synth_expectations.rules.as_of import evaluate_as_of
from synth_expectations.runner.batches import period
from synth_expectations.runner.compiled_project import Compiled, read_compiled
from synth_expectations.runner.project import Opened, configuration, one_line, open_checkpoint, open_project, unwritable
from synth_expectations.runner.quarantine import Quarantine
from synth_expectations.runner.selection import Selection
from synth_expectations.runner.table_run import Definition, Judging, read_definitions
from synth_expectations.runner.worker_pool import judged_by

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
        workers: how many tables are judged at the same time.
    """

    batch: str | None = None
    as_of: datetime | None = None
    fail_on: Severity | None = None
    selection: Selection = field(default_factory=Selection)
    parameters: Mapping[str, Any] = field(default_factory=dict)
    quarantine: Path | None = None
    quarantine_identifiers: bool = False
    workers: int = 1


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
    if options.workers < 1:
        raise SynthError(f"{options.workers} workers can do nothing.", "Give at least one: --workers 4")
    wanted = period(options.batch) if options.batch else None
    context = open_project(root)
    opened = open_checkpoint(context, checkpoint)
    for reason in unwritable(root, configuration(context)):
        raise SynthError(reason, "Nothing was run.")
    started = datetime.now(UTC)
    as_of = options.as_of or started
    compiled = read_compiled(root)
    definitions = _chosen(context, opened, options.selection)
    readable = _readable(context, opened, definitions)
    run_id = RunIdentifier(run_name=_name_of_run(started), run_time=started)
    quarantine = _quarantine(options, compiled, str(run_id.run_name), checkpoint, as_of)
    judging = Judging(context, opened, wanted, options.parameters, run_id, compiled, quarantine)
    results: _Results = {}
    tables, judged_names = [], []
    with evaluate_as_of(as_of):
        done = judged_by(options.workers, judging, root, definitions, as_of)
        for definition, judged in zip(definitions, done, strict=True):
            tables.append(judged.report)
            if judged.key and judged.result:
                results[judged.key] = judged.result
                judged_names.append(definition.name)
            if on_table:
                on_table(judged.report)
        errors = list(_acted(opened, readable, judged_names, run_id, results)) if readable else []
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
        not_covered=compiled.not_covered({table.table for table in tables}),
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


def _chosen(context: FileDataContext, opened: Opened, selection: Selection) -> list[Definition]:
    """The validation definitions that a run is about, in the order of the checkpoint."""
    every = [(each, {"table": each.name, **each.about}) for each in read_definitions(context, opened)]
    chosen = [each for each, about in every if selection.holds(about)]
    if not chosen:
        raise selection.nothing(opened.name, [about for _, about in every])
    return chosen


def _readable(context: FileDataContext, opened: Opened, definitions: list[Definition]) -> Checkpoint | None:
    """The checkpoint of one of its tables: what it does at the end must be known before anything is run.

    Each table takes Great Expectations as long to read as it takes us to judge it. None if no table can be read.

    Raises:
        SynthError: the checkpoint itself cannot be read.
    """
    for each in definitions:
        try:
            return opened.checkpoint([each.name])
        except SynthError:
            try:
                context.validation_definitions.get(each.name)
            except Exception:  # noqa: BLE001, S112 - its own report says what is wrong with it
                continue
            raise
    return None


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


def _acted(
    opened: Opened, checkpoint: Checkpoint, judged: list[str], run_id: RunIdentifier, results: _Results
) -> Iterator[str]:
    """Run the checkpoint's actions, Data Docs first; what goes wrong, one sentence each. The guard's work is ours."""
    if not results:
        return
    actions: list[ValidationAction] = [each for each in checkpoint.actions if not isinstance(each, GuardAction)]
    if any(not isinstance(each, DocsAction) for each in actions):  # those of others may look at its tables
        checkpoint = opened.checkpoint(judged)
    outcome = CheckpointResult(run_id=run_id, run_results=results, checkpoint_config=checkpoint)
    done = ActionContext()
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
    if any(table.engine == SparkParquetDatasource.engine_name for table in tables) and find_spec("pyspark"):
        packages.append("pyspark")
    ours = {"synth-expectations": synth_expectations.__version__, "python": platform.python_version()}
    return ours | {name: version(name) for name in packages}
