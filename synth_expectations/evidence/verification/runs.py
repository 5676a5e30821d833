"""The records of runs: each start has an end, and each end is what its start planned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from synth_expectations.evidence.ledger.bodies import ProjectBody
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.records.results import ResultRecord
from synth_expectations.evidence.records.run import RunRecord
from synth_expectations.evidence.verification.objects import ObjectCheck
from synth_expectations.evidence.verification.report import VerificationFinding, Weight
from synth_expectations.evidence.verification.results import check_results
from synth_expectations.evidence.verification.source import VerifiedEntry
from synth_expectations.rules.verdict import Verdict

_SEVERITIES = ("info", "warning", "critical")
_UNCHANGED = (
    "checkpoint",
    "plan",
    "selection",
    "as_of",
    "started_at",
    "policy",
    "suites",
    "controls",
    "actor",
    "software",
)
"""What the end of a run repeats from its start."""
_GOOD_EXITS = {Verdict.PASSED, Verdict.NOTHING_TO_CHECK}


@dataclass(frozen=True)
class VerifiedRun:
    """A run, by its entries.

    Attributes:
        started: None if no entry says that it started.
        finished: None if it never ended.
        start: the record of the start, if it can be read.
        end: the record of the end.
    """

    run_id: str
    started: VerifiedEntry | None = None
    finished: VerifiedEntry | None = None
    start: RunRecord | None = None
    end: RunRecord | None = None


class RunCheck:
    """The runs of some entries, and what contradicts itself in them.

    Args:
        objects: the entries, with their bodies.
        is_partial: whether bodies may be left out.
    """

    def __init__(self, objects: ObjectCheck, *, is_partial: bool) -> None:
        self.findings: list[VerificationFinding] = []
        self.runs: dict[str, VerifiedRun] = {}
        self.project = ""
        self._name = ""
        self._objects = objects
        for verified in objects.entries:
            kind = verified.entry.header.kind
            if kind is EntryKind.LEDGER_OPENED:
                self._open(verified)
            elif kind in {EntryKind.RUN_STARTED, EntryKind.RUN_FINISHED} and verified.body is not None:
                self._read(verified, verified.body)
        for run in self.runs.values():
            self.findings += self._check_run(run, is_partial=is_partial)

    @property
    def aborted(self) -> int:
        """How many runs started and never ended."""
        return sum(run.finished is None for run in self.runs.values())

    def _open(self, verified: VerifiedEntry) -> None:
        if verified.seq != 1:
            self._add(verified, "A ledger is opened once, by its first entry.", "kind")
        elif verified.body is not None:
            try:
                opened = ProjectBody.model_validate_json(verified.body)
                self.project, self._name = opened.project_uuid, opened.project
            except ValidationError:
                self._add(verified, "It does not say which project the ledger belongs to.", "project_uuid")

    def _read(self, verified: VerifiedEntry, body: bytes) -> None:
        try:
            record = RunRecord.model_validate_json(body)
        except ValidationError as error:
            if b'"schema":"run-record/' in body and b'"schema":"run-record/1"' not in body:
                message = "A newer version of synth-expectations wrote this record: update to judge it."
                self.findings.append(
                    VerificationFinding(Weight.UNJUDGED, message, verified.seq, verified.body_file, "schema")
                )
                return
            fields = sorted({".".join(map(str, problem["loc"][:3])) for problem in error.errors()})
            self._add(verified, "It is not a record of a run.", ", ".join(fields[:3]))
            return
        is_start = verified.entry.header.kind is EntryKind.RUN_STARTED
        if record.phase != ("started" if is_start else "finished"):
            self._add(
                verified, f"The entry says {verified.entry.header.kind}, but its record says {record.phase}.", "phase"
            )
            return
        if self.project and record.project_uuid != self.project:
            self._add(verified, f"The record is of another project, {record.project_uuid}.", "project_uuid")
        if record.project and self._name and record.project != self._name:
            message = f"The record is of the project {record.project}, and those before it are of {self._name}."
            self._add(verified, message, "project")
        self._name = self._name or record.project
        run = self.runs.get(record.run_id, VerifiedRun(record.run_id))
        before = run.started if is_start else run.finished
        if before:
            self._add(verified, f"Run {record.run_id} {record.phase} already with entry {before.seq}.", "run_id")
            return
        if is_start:
            self.runs[record.run_id] = VerifiedRun(record.run_id, verified, run.finished, record, run.end)
        else:
            self.runs[record.run_id] = VerifiedRun(record.run_id, run.started, verified, run.start, record)

    def _check_run(self, run: VerifiedRun, *, is_partial: bool) -> Iterator[VerificationFinding]:
        if run.finished is None:
            assert run.started is not None
            message = f"Run {run.run_id} started, and never ended: it was aborted, or is still going on."
            yield VerificationFinding(Weight.NOTE, message, run.started.seq, run.started.file)
            return
        assert run.end is not None
        if run.start is None or run.started is None:
            if not is_partial:
                message = f"Run {run.run_id} ended, but no entry says that it started."
                yield _contradict(run.finished, message, "run_id")
        else:
            if run.started.seq > run.finished.seq:
                yield _contradict(run.finished, f"Run {run.run_id} ended before it started.", "run_id")
            for name in _UNCHANGED:
                if getattr(run.start, name) != getattr(run.end, name):
                    message = f"{name} is not that of the start of the run, entry {run.started.seq}."
                    yield _contradict(run.finished, message, name)
        yield from self._check_objects(run.finished, run.end)
        yield from check_results(self._objects, run.finished, run.end)
        yield from _check_plan(run.finished, run.end)
        yield from _check_verdict(run.finished, run.end)

    def _check_objects(self, verified: VerifiedEntry, record: RunRecord) -> Iterator[VerificationFinding]:
        for number, result in enumerate(record.results):
            for name in ("result_sha256", "sql_sha256"):
                if digest := getattr(result, name):
                    yield from self._objects.check_named(verified, digest, f"results.{number}.{name}")
        if record.policy:
            yield from self._objects.check_named(verified, record.policy.sha256, "policy.sha256")

    def _add(self, verified: VerifiedEntry, message: str, field: str) -> None:
        self.findings.append(_contradict(verified, message, field))


def _contradict(verified: VerifiedEntry, message: str, field: str) -> VerificationFinding:
    return VerificationFinding(Weight.ALTERED, message, verified.seq, verified.body_file, field)


def _check_plan(verified: VerifiedEntry, record: RunRecord) -> Iterator[VerificationFinding]:
    """Yield what was planned and has no result, and results that nobody planned.

    A run that says itself that it errored contradicts nothing by leaving something out.
    """
    planned = {(check.table, check.expectation_id): check for check in record.plan}
    results = {(result.table, result.expectation_id) for result in record.results}
    missing = [check for key, check in planned.items() if check.selected and key not in results]
    for check in missing:
        name = f"{check.table}/{check.type}/{check.expectation_id}"
        if record.verdict is Verdict.ERRORED:
            yield VerificationFinding(
                Weight.NOTE, f"{name} was planned and has no result; the run errored.", verified.seq, verified.body_file
            )
        else:
            yield _contradict(verified, f"{name} was planned but has no result, and the run did not error.", "results")
    for number, result in enumerate(record.results):
        if (result.table, result.expectation_id) not in planned:
            name = f"{result.table}/{result.type}/{result.expectation_id}"
            yield _contradict(verified, f"{name} has a result, but was not planned.", f"results.{number}")


def _check_verdict(verified: VerifiedEntry, record: RunRecord) -> Iterator[VerificationFinding]:
    """Yield where the verdict of a run is better than its results, or its exit code than its verdict."""
    limit = _SEVERITIES.index(record.fail_on)
    for number, result in enumerate(record.results):
        yield from _check_counts(verified, number, result)
        is_failure = result.verdict is Verdict.FAILED and _SEVERITIES.index(result.severity) >= limit
        if record.verdict in _GOOD_EXITS and (is_failure or result.verdict is Verdict.ERRORED):
            message = f"The run says {record.verdict}, and {result.table}/{result.type} {result.verdict}."
            yield _contradict(verified, message, "verdict")
    if record.verdict is None or record.exit_code is None:
        yield _contradict(verified, "The run ended without a verdict or an exit code.", "verdict")
    elif (record.exit_code == 0) != (record.verdict in _GOOD_EXITS):
        yield _contradict(verified, f"Exit code {record.exit_code} is not that of {record.verdict}.", "exit_code")


def _check_counts(verified: VerifiedEntry, number: int, result: ResultRecord) -> Iterator[VerificationFinding]:
    if result.verdict is Verdict.PASSED and result.population == 0:
        message = f"{result.table}/{result.type} passed, and no record was there to check."
        yield _contradict(verified, message, f"results.{number}.population")
