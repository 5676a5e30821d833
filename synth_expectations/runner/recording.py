"""Record a run of a checkpoint: before it reads data, and when it is done."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from synth_expectations.engine.fingerprints import Fingerprinter
from synth_expectations.errors import SynthError
from synth_expectations.evidence.findings.digests import DIGEST_KEY, RecordDigester
from synth_expectations.evidence.findings.reader import find_state_path
from synth_expectations.evidence.ledger.errors import build_unwritable_error
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.recorder.environment import read_actor, read_trigger
from synth_expectations.evidence.recorder.installed_files import digest_signatures, read_controls
from synth_expectations.evidence.recorder.location import locate_ledger, open_ledger
from synth_expectations.evidence.recorder.objects import keep_objects
from synth_expectations.evidence.recorder.policy import ApprovedPolicy, judge_policy, record_policy
from synth_expectations.evidence.recorder.privacy import PrivateNames
from synth_expectations.evidence.recorder.recorder import RunRecorder
from synth_expectations.evidence.recorder.software import read_software
from synth_expectations.evidence.records.policy import OwnershipRecord, TrainingRecord
from synth_expectations.evidence.records.results import NarrowingRecord
from synth_expectations.evidence.records.run import PlannedCheck, RunRecord, SelectionRecord
from synth_expectations.policy.governance import EvidenceSection
from synth_expectations.policy.load.loader import Policy
from synth_expectations.policy.ownership_matrix import count_training, list_ownership
from synth_expectations.policy.standing import PolicyStanding
from synth_expectations.report.model import RunReport
from synth_expectations.runner.compiled_project import Compiled
from synth_expectations.runner.requirements import add_evidence
from synth_expectations.runner.started_run import StartedRun
from synth_expectations.runner.table_run import Definition

if TYPE_CHECKING:
    from synth_expectations.runner.checkpoint_run import CheckpointRun
    from synth_expectations.runner.project import Project


@dataclass(frozen=True)
class Recording:
    """A run that is recorded, or a reason why it is not.

    Attributes:
        recorder: None if the run is not recorded.
        note: why it is not, as a sentence.
        is_required: whether the run is errored if its end cannot be recorded.
        fingerprinter: reads the files of the tables.
        standing: of the policy, with the approval that the ledger has.
        policy: which names those who anchor the ledger; None if there is none.
    """

    recorder: RunRecorder | None
    note: str
    is_required: bool
    fingerprinter: Fingerprinter
    standing: PolicyStanding
    policy: Policy | None = None

    def list_notes(self) -> Iterator[str]:
        """Yield that whoever approved the policy also ran it."""
        operator = self.recorder.started.actor.claimed.strip() if self.recorder else ""
        if (
            operator
            and self.standing.state == "approved"
            and operator.casefold() == self.standing.approved_by.casefold()
        ):
            yield f"The policy is approved by {self.standing.approved_by}, who also runs it."

    def finish(self, report: RunReport, run: StartedRun) -> RunReport:
        """Record the end of the run, and return its report with the entry of the ledger, or with why there is none."""
        try:
            report = add_evidence(report)
        except SynthError as error:
            report = replace(report, errors=(*report.errors, str(error)))
        if self.recorder is None:
            return replace(report, notes=(*report.notes, self.note))
        stored = {table.definition: run.project.read_result(run.running, table.definition) for table in report.tables}
        results = {name: result for name, result in stored.items() if result is not None}
        report = replace(report, notes=(*report.notes, *_list_unread_results(report, run.running, results)))
        try:
            report = self.recorder.finish(report, results)
        except (OSError, SynthError) as error:
            sentence = f"The end of the run was not recorded. {_explain(error, self.recorder.location)}"
            return (
                replace(report, errors=(*report.errors, sentence))
                if self.is_required
                else replace(report, notes=(*report.notes, sentence))
            )
        return replace(report, notes=(*report.notes, *self._anchor(self.recorder, run.project)))

    def _anchor(self, recorder: RunRecorder, project: Project) -> list[str]:
        """Anchor the ledger where that is due, and return what failed: it is no fault of the run."""
        if self.policy is None or not self.policy.words.evidence.anchor:
            return []
        from synth_expectations.evidence.anchors.anchor_maker import anchor_if_due
        from synth_expectations.policy.anchors import resolve_target

        try:
            targets = tuple(resolve_target(target, project.resolve) for target in self.policy.words.evidence.anchor)
            return list(anchor_if_due(recorder.ledger, targets, self.policy.directory))
        except (OSError, SynthError) as error:
            return [f"The ledger was not anchored. {_explain(error, recorder.location)}"]


def _list_unread_results(report: RunReport, running: CheckpointRun, results: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the tables whose stored result is gone or cannot be read: their record has counts, and nothing behind them."""
    for table in report.tables:
        if running.has_result(table.definition) and table.definition not in results:
            yield (
                f"{table.table}: the result that Great Expectations stored cannot be read back, so the record has its "
                "counts without it."
            )


def start_recording(run: StartedRun, notes: tuple[str, ...] = ()) -> Recording:
    """Open the ledger of a project, and record what a run is about to do.

    Args:
        run: that has begun.
        notes: about the start, for its record.

    Raises:
        SynthError: the run cannot be recorded, and its policy says that it must be.
    """
    project, compiled, started = run.project, run.compiled, run.running.started
    section = compiled.policy.words.evidence if compiled.policy else EvidenceSection()
    # a project without a policy has nowhere to say that a run without a record will do
    is_required = section.required and compiled.policy is not None
    fingerprinter = Fingerprinter(reads_all=section.inputs == "full")
    location = ""
    day = run.as_of.date()
    approved = ApprovedPolicy(compiled.standing(day))
    try:
        location = locate_ledger(project.root, project.configuration, section, project.resolve)
        ledger = open_ledger(location, section.project)
        approved = judge_policy(ledger, compiled.policy, approved.standing, started, day)
        recorder = RunRecorder(
            ledger,
            location,
            _describe_start(ledger, run, approved).model_copy(update={"notes": notes}),
            stored=dict(_list_arguments(run.selected)),
            narrowed=dict(_list_narrowed(compiled)),
            private=PrivateNames.of(project.root, project.sources.find_private_names()),
            digester=RecordDigester(project.root / DIGEST_KEY),
            state_path=find_state_path(location, project.root),
        )
        recorder.start()
    except (OSError, SynthError) as error:
        sentence = f"The run cannot be recorded. {_explain(error, location)}"
        if is_required:
            hint = "Nothing was run. Fix it, or name another place in the policy: evidence.store."
            raise SynthError(sentence, hint) from None
        return Recording(None, sentence, is_required, fingerprinter, approved.standing)
    return Recording(recorder, "", is_required, fingerprinter, approved.standing, compiled.policy)


def _describe_start(ledger: EvidenceLedger, run: StartedRun, approved: ApprovedPolicy) -> RunRecord:
    project, compiled, options, selection = run.project, run.compiled, run.options, run.options.selection
    names = {definition.name for definition in run.selected}
    texts = {definition.suite_name: project.read_suite_text(definition.suite_name) for definition in run.definitions}
    suites = {name: text for name, text in sorted(texts.items()) if text is not None}
    return RunRecord(
        project_uuid=ledger.open_project(),
        project=_name_project(compiled),
        run_id=run.running.name,
        phase="started",
        checkpoint=run.running.checkpoint.name,
        plan=tuple(_plan_checks(run.definitions, names)),
        selection=SelectionRecord(
            tables=tuple(filter(None, [selection.tables])),
            owners=tuple(filter(None, [selection.owner])),
            tags=tuple(filter(None, [selection.tag])),
            batch=options.batch,
            parameters=tuple(sorted(options.parameters)),
        ),
        as_of=run.as_of,
        as_of_from="option" if options.as_of else "start of the run",
        started_at=run.running.started,
        fail_on=run.fail_on,
        actor=read_actor(os.environ),
        trigger=read_trigger(os.environ),
        software=read_software(_find_directories(project, compiled)),
        policy=record_policy(ledger, project.root, compiled.policy, compiled.lock, approved),
        suites=keep_objects(ledger, suites),
        controls=keep_objects(ledger, read_controls()),
        signatures_sha256=digest_signatures(),
        **_describe_policy(compiled, run.as_of),
    )


def _describe_policy(compiled: Compiled, as_of: datetime) -> dict[str, Any]:
    """Return what a record takes from the policy for findings: until when they are to be fixed, and who answers for what."""
    if compiled.policy is None:
        return {}
    words = compiled.policy.words
    day = as_of.astimezone(UTC).date()
    return {
        "fix_within": words.findings.fix_within.model_dump(),
        "ownership": tuple(OwnershipRecord(**asdict(row)) for row in list_ownership(compiled.policy)),
        "training": tuple(TrainingRecord(**asdict(count)) for count in count_training(words.teams, day)),
    }


def _name_project(compiled: Compiled) -> str:
    return (compiled.policy.words.evidence.project if compiled.policy else None) or ""


def _plan_checks(definitions: Sequence[Definition], selected: set[str]) -> Iterator[PlannedCheck]:
    for definition in definitions:
        for stored in (definition.suite or {}).get("expectations", ()):
            yield PlannedCheck(
                table=definition.table,
                suite=definition.suite_name,
                scope=definition.about.get("scope", "table"),
                expectation_id=str(stored.get("id") or ""),
                type=str(stored["type"]),
                selected=definition.name in selected,
            )


def _list_arguments(definitions: Sequence[Definition]) -> Iterator[tuple[tuple[str, str], Mapping[str, Any]]]:
    for definition in definitions:
        for stored in (definition.suite or {}).get("expectations", ()):
            yield (definition.suite_name, str(stored.get("id") or "")), stored.get("kwargs") or {}


def _list_narrowed(compiled: Compiled) -> Iterator[tuple[tuple[str, str], NarrowingRecord]]:
    for entry in compiled.lock.left_out:
        if entry["narrowed"]:
            yield (
                (entry["table"], entry["type"]),
                NarrowingRecord(
                    by=entry["narrowed"],
                    reason=entry["reason"],
                    approved_by=entry["approved_by"],
                    until=date.fromisoformat(entry["until"]) if entry["until"] else None,
                ),
            )


def _find_directories(project: Project, compiled: Compiled) -> list[Path]:
    """Return the directories of the files that decide what a run checks."""
    compiled_files = {(project.root / path).parent.resolve() for path in compiled.lock.files}
    return [project.root, *sorted(compiled_files - {project.root.resolve()})]


def _explain(error: OSError | SynthError, location: str) -> str:
    return str(build_unwritable_error(location, error) if isinstance(error, OSError) else error)
