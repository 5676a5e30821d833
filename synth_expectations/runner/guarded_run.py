"""Record a run that Great Expectations itself made, when its guard is asked at the end."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from synth_expectations.errors import SynthError
from synth_expectations.redaction import format_crash
from synth_expectations.report.expectation_report import Severity
from synth_expectations.report.model import RunReport
from synth_expectations.rules.as_of import chosen_as_of, evaluate_as_of
from synth_expectations.rules.verdict import Verdict
from synth_expectations.runner.batches import parse_period
from synth_expectations.runner.checkpoint_run import CheckpointRun
from synth_expectations.runner.compiled_project import read_compiled
from synth_expectations.runner.options import Options
from synth_expectations.runner.project import Project
from synth_expectations.runner.recording import start_recording
from synth_expectations.runner.run_report import RunReporter, make_run_name
from synth_expectations.runner.source_checks import check_sources
from synth_expectations.runner.started_run import StartedRun
from synth_expectations.runner.table_run import Definition, TableRun, read_definitions
from synth_expectations.runner.worker_pool import evaluate_tables

if TYPE_CHECKING:
    from synth_expectations.gx.project import GxProject, PlainRun, Problem

NOTE = "Recorded by the guard of Great Expectations, after the run: its start was not recorded before data was read."


class UnrecordedRunWarning(UserWarning):
    """A run by Great Expectations could not be recorded, and its policy allows that."""


def record_guarded_run(
    project: GxProject, open_run: Callable[[str], PlainRun], problems: Sequence[Problem], fail_on: Severity
) -> tuple[str, ...]:
    """Record the start and the end of a run that is over, judged as the runner judges its own.

    Args:
        project: that is open.
        open_run: gives the run, by the name that its record has.
        problems: that the guard found.
        fail_on: the least severity that fails the run.

    Returns:
        What makes the run errored beside the problems of the guard, a sentence each: also that its record could not be
        written, if there is a policy and it does not allow that.
    """
    try:
        report = _record(project, open_run(make_run_name(datetime.now(UTC))), problems, fail_on)
    except SynthError as error:
        return (f"{error.message} Fix it, or name another place in the policy: evidence.store.",)
    except Exception as error:  # noqa: BLE001 - a run that is not recorded must not look like one that is
        return (f"The run cannot be recorded: {format_crash(error)}. This is a bug: report it.",)
    if report.entry is None and report.notes and not report.errors:
        warnings.warn(report.notes[-1], UnrecordedRunWarning, stacklevel=2)
    known = {problem.format() for problem in problems} | {problem.message for problem in problems}
    more = tuple(error for error in report.errors if error not in known)
    return more or (() if problems else tuple(_explain_verdict(report)))


def _record(gx_project: GxProject, plain: PlainRun, problems: Sequence[Problem], fail_on: Severity) -> RunReport:
    project, running = Project.of(gx_project), CheckpointRun.of(plain)
    compiled = read_compiled(project.root)
    definitions = read_definitions(project, running.checkpoint)
    options = Options(
        batch=running.batch,
        as_of=chosen_as_of(),
        fail_on=fail_on,
        parameters=dict.fromkeys(_list_parameters(definitions)),
        docs=True,  # an action of the checkpoint has built them
    )
    begun = StartedRun(project, compiled, running, definitions, definitions, options, fail_on)
    recording = start_recording(begun, notes=(NOTE,))
    period = parse_period(options.batch) if options.batch else None
    table_run = TableRun(project, running, period, compiled, None, recording.fingerprinter)
    with evaluate_as_of(begun.as_of):
        evaluated = evaluate_tables(1, table_run, definitions, begun.as_of)
        tables = check_sources(project, compiled.policy, begun.as_of, evaluated)
    report = RunReporter(begun, recording.standing).make_report(tables, notes=[NOTE, *recording.list_notes()])
    errors = dict.fromkeys([*report.errors, *_list_unsaid(report, problems)])
    return recording.finish(replace(report, errors=tuple(errors)), begun)


def _list_unsaid(report: RunReport, problems: Sequence[Problem]) -> Iterator[str]:
    """Yield the problems that no table and no expectation of a report has as its error."""
    known = {*report.errors, *(table.error for table in report.tables)}
    known |= {expectation.error for table in report.tables for expectation in table.expectations}
    for problem in problems:
        if problem.message not in known:
            yield problem.format()


def _explain_verdict(report: RunReport) -> Iterator[str]:
    """Yield why the tables of a report make it errored, where they do."""
    if report.verdict is not Verdict.ERRORED:
        return
    for exclusion in report.excluded:
        if exclusion.expired:
            yield f"{exclusion.table}: the exclusion of {exclusion.type} ended on {exclusion.until}."
    for table in report.tables:
        if table.error:
            yield f"{table.table}: {table.error}"
            continue
        for expectation in table.expectations:
            if expectation.error:
                yield f"{table.table}: {expectation.type}: {expectation.error}"


def _list_parameters(definitions: Sequence[Definition]) -> Iterator[str]:
    """Yield the names of the parameters that stored suites ask for: Great Expectations does not say which it was given."""
    for definition in definitions:
        for stored in (definition.suite or {}).get("expectations", ()):
            yield from _find_parameters(stored.get("kwargs"))


def _find_parameters(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$PARAMETER"), str):
            yield value["$PARAMETER"]
        for part in value.values():
            yield from _find_parameters(part)
    elif isinstance(value, list):
        for part in value:
            yield from _find_parameters(part)
