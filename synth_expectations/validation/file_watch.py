"""Watch the files that a plan reads: what it counted in several queries must have been the same files in each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from synth_expectations.errors import ConditionError, SynthError
from synth_expectations.validation.sources.duckdb.file_table import FileTable
from synth_expectations.validation.sources.file_set import FilesState


class FileWatch:
    """The files of a plan's tables, as they were before its first query.

    Args:
        engine: keeps the state of the files that it reads.
        datasource: gives the data source of the batch; None if it has none.
        was_read: whether another plan read the batch before: the state of its files is then older than this plan.

    Attributes:
        states: of the files of each table that was read.
        references: the names of the tables in which records are looked up, in their order.
    """

    def __init__(self, engine: Any, datasource: Callable[[], Any], *, was_read: bool = False) -> None:
        self._engine = engine
        self._datasource = datasource
        self._was_read = was_read
        self.states: dict[str, FilesState] = {}
        self.references: dict[str, None] = {}
        self._compared = -1

    def note(self, name: str) -> None:
        """Remember the files of a table that is read from now on; only the first time counts."""
        state: FilesState | None = getattr(self._engine, "file_states", {}).get(name)
        if state is None or name in self.states:
            return
        now = self._read_state(name) if self._was_read else None
        # the batch keeps the files that it was made of: one that was added since would not be read
        self.states[name] = now if now and [path for path, _ in now] == [path for path, _ in state] else state

    def follow(self, find: Callable[[str], Any]) -> Callable[[str], Any]:
        """Return a function that finds references, and remembers their files."""

        def find_and_note(name: str) -> Any:
            self.references[name] = None
            found = find(name)
            self.note(name)
            return found

        return find_and_note

    def find_change(self, statements: int) -> SynthError | None:
        """Return that the files of a table have changed since it was first read; None if they have not.

        Args:
            statements: how many were sent so far; nothing is compared again before there are more.
        """
        if statements == self._compared:
            return None
        self._compared = statements
        for name, state in self.states.items():
            if self._read_state(name) != state:
                return ConditionError(
                    f"The files of {name} changed during the run: it is unknown which of them were counted.",
                    "Run it again when the extract is complete.",
                )
        return None

    def _read_state(self, name: str) -> FilesState | None:
        source = self._datasource()
        asset = next((asset for asset in source.assets if asset.name == name), None) if source else None
        try:
            return asset.find_files().state if isinstance(asset, FileTable) else None
        except SynthError:
            return None
