"""The loads of one file, by object, with the tags that lie outside of the records."""

from __future__ import annotations

from synth_expectations.gate.formats.repeated_keys import RepeatedKeys
from synth_expectations.gate.formats.sfdmu import ExportScript
from synth_expectations.gate.inspection import Inspection
from synth_expectations.gate.load import Load
from synth_expectations.gate.marker import MarkerWords, Tag
from synth_expectations.gate.model import GateNote, UnreadFileError
from synth_expectations.gate.sidecar import Sidecar, find_sidecar

_MAX_OBJECTS = 10_000


class FileLoads:
    """The loads of one file.

    Args:
        inspection: what was read so far.
        path: of the file.

    Attributes:
        keys: builds the objects of the file.
    """

    def __init__(self, inspection: Inspection, path: str) -> None:
        self._inspection = inspection
        self._path = path
        self._loads: dict[str, Load] = {}
        self._tag = ""
        self.keys = RepeatedKeys()
        self._sidecar = self._find_sidecar()

    @property
    def words(self) -> MarkerWords:
        """The marker of the policy."""
        return self._inspection.settings.words

    def get(self, object_name: str) -> Load:
        """Return the load of an object.

        Raises:
            UnreadFileError: the file has records of too many objects.
        """
        if not object_name.isascii():
            object_name = object_name.encode(
                "utf-8", "backslashreplace"
            ).decode()  # halves of letters, which JSON allows
        if object_name not in self._loads:
            if len(self._loads) >= _MAX_OBJECTS:
                raise UnreadFileError(f"it has records of more than {_MAX_OBJECTS:,} objects")
            self._loads[object_name] = self._start(object_name)
        return self._loads[object_name]

    def find_script(self) -> ExportScript | None:
        """Return the export.json of SFDMU that loads the file, or None."""
        return self._inspection.find_script(self._path)

    def take_for_tool(self, tool: str) -> None:
        """Remember that the file is a document of a tool, whose people are examples or settings."""
        self._inspection.tools[self._path] = tool

    def note(self, sentence: str) -> None:
        """Add a note about the file."""
        self._inspection.notes.append(GateNote(self._path, sentence))

    def tag_all(self, field: str) -> None:
        """Tag every load of the file by a field at its top; nothing is tagged if the name is empty."""
        self._tag = self._tag or field

    def finish(self) -> None:
        """Add the loads that have records to the inspection."""
        if count := self.keys.count:
            plural = "object names" if count == 1 else "objects name"
            self.note(
                f"{count:,} {plural} a key more than once. All values count, and a marker with several is no tag."
            )
        for load in self._loads.values():
            load.tag = load.tag or (f"{self._tag} at its top" if self._tag else "")
        self._inspection.loads += [load for load in self._loads.values() if load.total]

    def _start(self, object_name: str) -> Load:
        words = self._inspection.settings.words
        load = Load(self._path, object_name, words)
        if self._sidecar:
            load.approval = self._sidecar.approved_by
            load.tag = self._sidecar.path if self._sidecar.is_synthetic else ""
        script = self.find_script()
        for entry in script.objects if script else ():
            if entry.name.casefold() != object_name.casefold() or not entry.is_mocked:
                continue
            load.masked = frozenset(mock.name.casefold() for mock in entry.mocks)
            for mock in entry.mocks:
                constant = mock.constant
                if constant and words.is_marker(mock.name) and words.read(mock.name, constant) is Tag.SYNTHETIC:
                    load.tag = load.tag or "a mock field of its export.json"
        return load

    def _find_sidecar(self) -> Sidecar | None:
        try:
            return find_sidecar(self._inspection.tree, self._path, self._inspection.settings.words)
        except UnreadFileError as error:
            sentence = str(error)
            self._inspection.notes.append(GateNote(self._path, f"{sentence[0].upper()}{sentence[1:]}."))
            return None
