"""Evaluate one table of a run: whatever is wrong with it becomes its report, and does not stop the other tables."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from synth_expectations.engine.fingerprints import Fingerprinter
from synth_expectations.errors import NoBatchError, SynthError
from synth_expectations.redaction import format_error
from synth_expectations.report.expectation_report import ExpectationReport
from synth_expectations.report.model import Quarantined, TableReport
from synth_expectations.rules.verdict import Verdict
from synth_expectations.runner.batches import Period, choose_batch, format_batch
from synth_expectations.runner.compiled_project import Compiled
from synth_expectations.runner.quarantine import Quarantine
from synth_expectations.runner.result_reader import (
    count_records,
    match_results,
    read_report,
    read_row_account,
    report_unevaluated,
)

if TYPE_CHECKING:
    from synth_expectations.gx.project import Validation
    from synth_expectations.runner.checkpoint_run import CheckpointRun
    from synth_expectations.runner.project import Project
    from synth_expectations.validation.stored_checkpoint import StoredCheckpoint
    from synth_expectations.validation.table_validation import TableValidation


_ABOUT_TYPES = {"table": str, "owner": str, "scope": str, "where": str, "roles": list, "tags": list}
"""The types of what compile writes about a table; an entry of another type was put there by hand, and says nothing."""


@dataclass(frozen=True)
class Definition:
    """A validation definition of a project, as it is stored.

    Attributes:
        name: of the definition.
        stored: its JSON; None if it cannot be read.
        suite_name: of its suite.
        suite: the JSON of its suite; None if there is none, or if it is not a list of expectations.
    """

    name: str
    stored: Mapping[str, Any] | None
    suite_name: str
    suite: Mapping[str, Any] | None

    @classmethod
    def read(cls, project: Project, name: str) -> Definition:
        """Return the definition of a name; of one that cannot be read, the suite of the same name."""
        stored = project.read_definition(name)
        try:
            suite_name = str((stored or {})["suite"]["name"])
        except (LookupError, TypeError):
            suite_name = name
        suite = project.read_suite(suite_name)
        return cls(name, stored, suite_name, suite if _has_expectations(suite) else None)

    @cached_property
    def about(self) -> Mapping[str, Any]:
        """What compile wrote into its suite about the table; nothing in a suite that was not compiled."""
        meta = (self.suite or {}).get("meta")
        about = meta.get("synth") if isinstance(meta, dict) else None
        entries = about.items() if isinstance(about, dict) else ()
        return {name: value for name, value in entries if _is_of_type(value, _ABOUT_TYPES.get(name))}

    @property
    def table(self) -> str:
        """The name of its table in reports."""
        return str(self.about.get("table", self.name))


def _has_expectations(suite: Mapping[str, Any] | None) -> bool:
    """Return whether a suite that somebody may have edited lists expectations, each with a type and arguments."""
    expectations = (suite or {}).get("expectations", [])
    return isinstance(expectations, list) and all(
        isinstance(expectation, dict)
        and isinstance(expectation.get("type"), str)
        and isinstance(expectation.get("kwargs", {}), dict)
        for expectation in expectations
    )


def _is_of_type(value: object, expected: type | None) -> bool:
    if isinstance(value, list) and not all(isinstance(part, str) for part in value):
        return False
    return expected is None or isinstance(value, expected)


def read_definitions(project: Project, checkpoint: StoredCheckpoint) -> list[Definition]:
    """Return the definitions of a checkpoint, in its order."""
    return [Definition.read(project, name) for name in checkpoint.definitions]


@dataclass
class _Findings:
    """What an evaluation found so far: an error ends it, and leaves what was found before.

    Attributes:
        batch: such as `2026-11-22`; None for a whole table.
        reports: of the expectations.
        quarantined: what was listed of the violating records.
        error: what ended it, as a sentence.
        has_no_batch: whether the table does not have the batch.
    """

    batch: str | None = None
    reports: tuple[ExpectationReport, ...] = ()
    quarantined: Quarantined | None = None
    error: str = ""
    has_no_batch: bool = False


@dataclass(frozen=True)
class TableRun:
    """What all tables of a run have in common.

    Attributes:
        project: that is open.
        run: of the checkpoint.
        period: the batch that was asked for.
        compiled: the policy, as it was compiled.
        quarantine: where violating records are listed; None for nowhere.
        fingerprinter: reads the files of the tables, so that they can be recognised afterwards.
    """

    project: Project
    run: CheckpointRun
    period: Period | None
    compiled: Compiled
    quarantine: Quarantine | None
    fingerprinter: Fingerprinter

    def evaluate(self, definition: Definition) -> TableReport:
        """Run a validation definition, and return the report of its table."""
        start = time.perf_counter()
        try:
            validation = self.project.open_validation(self.run, definition.name, definition.stored, definition.suite)
        except SynthError as error:
            return replace(report_failure(definition, str(error)), detour=self.run.detours.get(definition.name, ""))
        findings = self._find(definition, validation)
        records = count_records(findings.reports)
        _settle_empty_batch(definition, findings, is_empty=findings.has_no_batch or records.get("all") == 0)
        about, statements = definition.about, validation.statements
        return replace(
            _blank_report(definition),
            scope="batch" if findings.batch or about.get("scope") == "batch" else "table",
            batch=findings.batch,
            data_source=validation.data_source,
            engine=validation.engine_name,
            datasets=validation.datasets,
            expectations=findings.reports,
            records=records,
            queries=sum(sent.count for sent in statements),
            query_seconds=sum(sent.seconds for sent in statements),
            seconds=time.perf_counter() - start,
            error=findings.error,
            quarantined=findings.quarantined,
            no_day=validation.rows_of_no_day,
            rows=read_row_account(findings.reports),
            inputs=validation.read_inputs(self.fingerprinter),
            locator=validation.locator,
            sql=validation.sql,
            detour=self.run.detours.get(definition.name, ""),
        )

    def _find(self, definition: Definition, validation: TableValidation | Validation) -> _Findings:
        findings = _Findings()
        try:
            batch = choose_batch(validation.partition, self.period)
            findings.batch = format_batch(batch)
            stored = (definition.suite or {}).get("expectations", [])
            pairs = list(match_results(stored, validation.evaluate(batch)))
            steps = {error.message: self.compiled.next_step(error) for error in validation.errors}
            findings.reports = tuple(
                _with_next_step(read_report(self.project, expectation, result), steps) for expectation, result in pairs
            )
            if self.quarantine:
                results = [result for _, result in pairs]
                evaluated = list(zip(findings.reports, results, strict=True))
                findings.quarantined = self.quarantine.list_records(definition.name, definition.table, evaluated)
        except NoBatchError:
            findings.error, findings.has_no_batch = f"It has no batch {findings.batch}.", True
        except SynthError as error:
            findings.error = str(error)
        except Exception as error:  # noqa: BLE001 - whatever ends one table, the others are still evaluated
            findings.error = f"It cannot be read: {format_error(error)}"
        return findings


def report_failure(definition: Definition, error: str) -> TableReport:
    """Return the report of a table that could not be run at all.

    Args:
        definition: of the table.
        error: why, as a sentence.
    """
    expectations = report_unevaluated(definition.suite or {}, error)
    return replace(_blank_report(definition), expectations=expectations, error=error)


def _blank_report(definition: Definition) -> TableReport:
    """Return a report with what is known of a table before it is run."""
    about = definition.about
    return TableReport(
        table=definition.table,
        suite=definition.suite_name,
        scope=about.get("scope", "table"),
        batch=None,
        roles=tuple(about.get("roles", ())),
        owner=about.get("owner", ""),
        where=about.get("where", ""),
        unnarrowed=bool(about.get("unnarrowed")),
        definition=definition.name,
    )


def _settle_empty_batch(definition: Definition, findings: _Findings, *, is_empty: bool) -> None:
    """Decide what a batch without records means, as the policy says, and error a table of which nothing was checked."""
    suite, batch = definition.suite or {}, findings.batch
    if batch is not None and is_empty:
        if definition.about.get("empty_batch") == "nothing_to_check":
            reports = findings.reports or report_unevaluated(suite, "")
            findings.reports = tuple(_nothing_to_check(report, batch) for report in reports)
            findings.error = ""
        else:
            findings.error = f"The batch {batch} has no records: nothing was checked."
    if not findings.error and not suite.get("expectations"):
        findings.error = "Its suite has no expectations: nothing was checked."
    if findings.error:
        findings.reports = report_unevaluated(suite, findings.error)


def _nothing_to_check(report: ExpectationReport, batch: str) -> ExpectationReport:
    return replace(report, verdict=Verdict.NOTHING_TO_CHECK, error="", reason=f"The batch {batch} has no records.")


def _with_next_step(report: ExpectationReport, steps: Mapping[str, str]) -> ExpectationReport:
    """Return a report that says what to edit, if its error is one of those that the policy can fix.

    Args:
        report: of an expectation.
        steps: what to do about an error, by the start of its message.
    """
    step = next((step for start, step in steps.items() if step and report.error.startswith(start)), "")
    return replace(report, next_step=step) if step else report
