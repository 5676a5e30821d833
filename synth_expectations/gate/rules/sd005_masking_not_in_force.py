"""SD005: masking that SFDMU does not carry out."""

from __future__ import annotations

from collections.abc import Iterator

from synth_expectations.gate.formats.sfdmu import ExportScript, ScriptObject
from synth_expectations.gate.inspection import Inspection
from synth_expectations.gate.model import GateFinding, Level, RecordPlace
from synth_expectations.gate.rules.base import GateRule

_KEYS = ("mockFields", "updateWithMockData")
_MISTAKEN = (
    "mockfield",
    "mocks",
    "mock",
    "mockdata",
    "maskfields",
    "maskedfields",
    "masks",
    "updatewithmock",
    "usemockdata",
)


class MaskingNotInForce(GateRule):
    """Find masking in an `export.json` of SFDMU that masks nothing.

    SFDMU ignores `mockFields` without `"updateWithMockData": true`, keys of another case, and fields that the query does not
    name. Who reads the file believes that the people are masked; their real values are copied.
    """

    id = "SD005"
    name = "masking-not-in-force"
    level = Level.ERROR
    fix = 'Set `"updateWithMockData": true` beside `mockFields`, write both keys so, and name fields of the query.'
    never = "Objects that are only read or deleted (`Readonly`, `Delete`), and objects that are excluded."

    def judge(self, inspection: Inspection) -> Iterator[GateFinding]:
        """Yield a result for each export.json."""
        for path, script in inspection.scripts.items():
            if not inspection.is_load(path):
                continue
            faults = list(_list_faults(script))
            if faults:
                places = [RecordPlace(entry.name or "unknown", fault) for entry, fault in faults]
                message = (
                    f"{len(faults)} instruction{'s mask' if len(faults) > 1 else ' masks'} nothing: {faults[0][1]}."
                )
                yield self.build_finding(path, message, places, bound=inspection.scope.find(path))


def _list_faults(script: ExportScript) -> Iterator[tuple[ScriptObject, str]]:
    for entry in script.objects:
        if not entry.writes:
            continue
        for key in entry.keys:
            folded = key.replace("_", "").casefold()
            meant = next((name for name in _KEYS if name.casefold() == folded and name != key), None)
            if meant:
                yield entry, f"the key {key} is written {meant}"
            elif key not in _KEYS and folded in _MISTAKEN:
                yield entry, f"the key {key} is unknown to SFDMU"
        if entry.mocks and not entry.is_mocked:
            yield entry, "mockFields without updateWithMockData: true"
        known = {name.casefold() for name in entry.fields}
        for mock in entry.mocks if entry.is_mocked else ():
            if mock.name.casefold() != "all" and known and mock.name.casefold() not in known:
                yield entry, f"the mocked field {mock.name or '(none)'} is not in the query"
            elif not mock.pattern.strip():
                yield entry, f"the mocked field {mock.name} has no pattern"
