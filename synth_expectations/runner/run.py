"""Run a checkpoint: each validation definition by itself, so that a broken table does not stop the others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from synth_expectations.errors import SynthError
from synth_expectations.report.expectation_report import SEVERITIES, Severity
from synth_expectations.report.model import RunReport, TableReport
from synth_expectations.rules.as_of import evaluate_as_of
from synth_expectations.runner.batches import Period, parse_period
from synth_expectations.runner.compiled_project import Compiled, read_compiled
from synth_expectations.runner.data_docs import find_stock_sites
from synth_expectations.runner.host_process import keep_current_project
from synth_expectations.runner.notifications import Notifier
from synth_expectations.runner.options import Options
from synth_expectations.runner.project import open_project
from synth_expectations.runner.quarantine import Quarantine
from synth_expectations.runner.recording import start_recording
from synth_expectations.runner.run_report import RunReporter, make_run_name
from synth_expectations.runner.selection import Selection
from synth_expectations.runner.source_checks import check_sources
from synth_expectations.runner.started_run import StartedRun
from synth_expectations.runner.table_run import Definition, TableRun, read_definitions
from synth_expectations.runner.worker_pool import evaluate_tables
from synth_expectations.runner.write_access import find_unwritable

if TYPE_CHECKING:
    from synth_expectations.runner.project import Project
    from synth_expectations.validation.stored_checkpoint import StoredCheckpoint


_CHOSEN = "--through-great-expectations was given"


@keep_current_project()
def run(
    checkpoint: str,
    root: Path,
    options: Options | None = None,
    on_table: Callable[[TableReport], None] | None = None,
    on_start: Callable[[str], None] | None = None,
) -> RunReport:
    """Run a checkpoint of a project.

    Args:
        checkpoint: its name.
        root: the directory of great_expectations.yml.
        options: how to run it.
        on_table: called with the report of each table as soon as it is done.
        on_start: called with the name of each table before it is read, in the thread of its worker.

    Returns:
        The report. A table that cannot be read is errored; the others are evaluated.

    Raises:
        SynthError: nothing can be run: no such project or checkpoint, results cannot be written, options are wrong.
    """
    options = options or Options()
    if options.workers < 1:
        raise SynthError(f"{options.workers} workers can do nothing.", "Give at least one: --workers 4")
    period = parse_period(options.batch) if options.batch else None
    with open_project(root, detour=_CHOSEN if options.through_great_expectations else "") as project:
        compiled = read_compiled(root)
        notifier = Notifier(compiled.lock.policy, project.resolve)
        try:
            return notifier.tell(_run(checkpoint, root, options, period, project, compiled, on_table, on_start))
        except SynthError as error:
            error.hint = " ".join(filter(None, (error.hint, *notifier.tell_of_no_run(checkpoint, options.batch))))
            raise


def _run(
    checkpoint: str,
    root: Path,
    options: Options,
    period: Period | None,
    project: Project,
    compiled: Compiled,
    on_table: Callable[[TableReport], None] | None,
    on_start: Callable[[str], None] | None,
) -> RunReport:
    stored = project.read_checkpoint(checkpoint)
    if options.docs:
        _check_sites(stored, project)
    for reason in find_unwritable(root, project.configuration, docs=options.docs):
        raise SynthError(reason, "Nothing was run.")
    started = datetime.now(UTC)
    as_of = options.as_of or started
    name = make_run_name(started)
    every = read_definitions(project, stored)
    definitions = _select(stored, every, options.selection)
    running = project.start_run(
        stored, [definition.name for definition in definitions], name, started, options.parameters
    )
    quarantine = _make_quarantine(options, compiled, name, checkpoint, as_of)
    fail_on = options.fail_on or _fail_on(stored)
    begun = StartedRun(project, compiled, running, every, definitions, options, fail_on)
    recording = start_recording(begun)
    table_run = TableRun(project, running, period, compiled, quarantine, recording.fingerprinter)
    tables = []
    with evaluate_as_of(as_of):
        for table in evaluate_tables(options.workers, table_run, definitions, as_of, on_start):
            tables.append(table)
            if on_table:
                on_table(table)
        errors = list(running.run_actions(project, docs=options.docs))
        tables = check_sources(project, compiled.policy, as_of, tables)
    reporter = RunReporter(begun, recording.standing)
    return recording.finish(reporter.make_report(tables, errors, quarantine, recording.list_notes()), begun)


def _check_sites(checkpoint: StoredCheckpoint, project: Project) -> None:
    """Check that the checkpoint builds Data Docs.

    Raises:
        SynthError: it builds none.
    """
    if not find_stock_sites(checkpoint, project):
        raise SynthError(
            f"The checkpoint {checkpoint.name} builds no Data Docs.",
            "It needs a site under data_docs_sites in great_expectations.yml, and the action synth_docs. Or run without --docs.",
        )


def _select(checkpoint: StoredCheckpoint, every: list[Definition], selection: Selection) -> list[Definition]:
    """Return the validation definitions that a run is about, in the order of the checkpoint.

    Raises:
        SynthError: there is none.
    """
    definitions = [(definition, {"table": definition.name, **definition.about}) for definition in every]
    selected = [definition for definition, about in definitions if selection.is_met_by(about)]
    if not selected:
        raise selection.make_error(checkpoint.name, [about for _, about in definitions])
    return selected


def _make_quarantine(
    options: Options, compiled: Compiled, run: str, checkpoint: str, as_of: datetime
) -> Quarantine | None:
    if options.quarantine is None:
        return None
    about = {"run": run, "checkpoint": checkpoint, "as_of": as_of.isoformat(), "batch": options.batch or ""}
    quarantine = Quarantine(options.quarantine.resolve() / run, compiled.policy, options.quarantine_identifiers, about)
    quarantine.check()
    return quarantine


def _fail_on(checkpoint: StoredCheckpoint) -> Severity:
    actions = checkpoint.stored.get("actions") or ()
    severities = [action.get("fail_on") for action in actions if action.get("type") == "synth_guard"]
    return next((severity for severity in severities if severity in SEVERITIES), "warning")
