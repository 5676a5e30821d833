"""SD015: flows that write people and forget the marker, or clear it."""

from __future__ import annotations

from collections.abc import Iterator

from synth_expectations.gate.fields import classify
from synth_expectations.gate.formats.metadata import FlowWrite
from synth_expectations.gate.inspection import Inspection
from synth_expectations.gate.model import GateFinding, Level, RecordPlace
from synth_expectations.gate.rules.base import GateRule
from synth_expectations.gate.rules.markers_of_objects import find_marker


class AutomationUntagged(GateRule):
    """Find flows that create records about people without the marker, that write over a person's fields without it, or clear it.

    A flow that copies a synthetic lead into a contact makes a real one of it, unless it takes the tag along.
    """

    id = "SD015"
    name = "automation-untagged"
    level = Level.NOTE
    fix = "Set the marker in the flow: the value of the record that it copies, or a word of the policy."
    never = "Flows of objects that have no marker, and updates that touch no field of a person."

    def judge(self, inspection: Inspection) -> Iterator[GateFinding]:
        """Yield a result for each flow."""
        files: dict[str, list[RecordPlace]] = {}
        for write in inspection.metadata.flows:
            marker = find_marker(inspection, write.object) if write.object else None
            if marker and inspection.tree.is_wanted(write.path) and _forgets(write, marker):
                files.setdefault(write.path, []).append(RecordPlace(write.object, write.element))
        for path, places in files.items():
            count = f"{len(places)} element{'s' if len(places) > 1 else ''}"
            yield self.build_finding(
                path, f"{count} of the flow write records without their marker, or clear it.", places
            )


def _forgets(write: FlowWrite, marker: str) -> bool:
    if marker in write.fields:
        return marker in write.cleared
    if write.is_variable and not write.fields:
        return False  # a record of another place, whose fields the flow does not show
    return write.creates or any(classify(name) for name in write.fields)
