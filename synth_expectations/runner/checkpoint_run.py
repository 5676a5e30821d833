"""One run of a checkpoint: which way each table goes, where the results are, and the actions at the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from synth_expectations.errors import SynthError
from synth_expectations.runner.data_docs import find_stock_sites, write_evidence_sites
from synth_expectations.validation.result_store import RunIdentity
from synth_expectations.validation.stored_checkpoint import StoredCheckpoint

if TYPE_CHECKING:
    from synth_expectations.gx.project import GxCheckpointRun, PlainRun
    from synth_expectations.runner.project import Project


@dataclass
class CheckpointRun:
    """A run of a checkpoint. Its workers share it.

    Attributes:
        checkpoint: as it is stored.
        name: of the run.
        started: aware.
        parameters: values of the expectations' `$PARAMETER`s.
        detours: why validation definitions go through Great Expectations, by name; the others do not.
        gx: the run of Great Expectations, of those that do; None if it is not needed.
        batch: the day, month or year that Great Expectations ran by itself; None if none was named.
        files: the stored results of the others, by name.
    """

    checkpoint: StoredCheckpoint
    name: str
    started: datetime
    parameters: Mapping[str, Any]
    detours: Mapping[str, str]
    gx: GxCheckpointRun | None = None
    batch: str | None = None
    files: dict[str, Path] = field(default_factory=dict)

    @classmethod
    def of(cls, plain: PlainRun) -> CheckpointRun:
        """Return a run that Great Expectations made by itself."""
        detours = dict.fromkeys(plain.checkpoint.definitions, "Great Expectations ran it")
        return cls(plain.checkpoint, plain.name, plain.started, plain.parameters, detours, plain, plain.batch)

    def has_result(self, definition: str) -> bool:
        """Return whether the result of a validation definition was stored."""
        return definition in self.files or (self.gx is not None and definition in self.gx.results)

    def identify(self, directory: Path) -> RunIdentity:
        """Return what the results of the run have in common.

        Args:
            directory: of the store of results.
        """
        stored = self.checkpoint.stored
        return RunIdentity(self.name, self.started, stored.get("id"), stored.get("result_format"), directory)

    def run_actions(self, project: Project, *, docs: bool) -> Iterator[str]:
        """Run the actions of the checkpoint, and yield a sentence for each that fails.

        Args:
            project: that is open.
            docs: whether Data Docs are built. Only Great Expectations builds its own: it is imported for them. An
                evidence site among them is written in any case.
        """
        if not any(map(self.has_result, self.checkpoint.definitions)):
            return
        if not (docs and find_stock_sites(self.checkpoint, project)):
            yield from write_evidence_sites(self.checkpoint, project)
            if project.settings is None:  # else the checkpoint has no other action
                assert self.gx is not None  # all tables went through it
                yield from self.gx.run_actions(docs=False)
            return
        try:
            if self.gx is None:
                self.gx = project.start_gx_run(self, list(self.checkpoint.definitions))
            project.gx.load_results(self.gx, self.files)
        except SynthError as error:
            yield f"Data Docs cannot be built: {error}"
            return
        yield from self.gx.run_actions(docs=True)


def find_detours(project: Project, checkpoint: StoredCheckpoint, definitions: Sequence[str]) -> dict[str, str]:
    """Return why validation definitions must go through Great Expectations, by name; the others need not.

    Args:
        project: that is open.
        checkpoint: as it is stored.
        definitions: the names of those that are run.
    """
    detours = {name: project.find_detour(name) for name in definitions}
    return {name: reason for name, reason in detours.items() if reason}
