"""SD011: markers that say something when nobody has said anything."""

from __future__ import annotations

from collections.abc import Iterator

from synth_expectations.gate.formats.metadata import FieldSource
from synth_expectations.gate.inspection import Inspection
from synth_expectations.gate.model import GateFinding, Level, RecordPlace
from synth_expectations.gate.rules.base import GateRule
from synth_expectations.gate.rules.markers_of_objects import is_certain, list_markers


class MarkerProvesNothing(GateRule):
    """Find marker fields that hold a value nobody chose, or take any value.

    A checkbox is never empty: an untagged record says "real". A default says the same of every record that a load forgot to
    tag. A picklist that is not restricted takes words that no rule knows. It is a warning where neither the policy nor the
    field's name says that the field is a marker of synthetic records.
    """

    id = "SD011"
    name = "marker-proves-nothing"
    level = Level.ERROR
    fix = "Make the marker a picklist with `<restricted>true</restricted>` and no default."
    never = "Restricted picklists without a default."

    def judge(self, inspection: Inspection) -> Iterator[GateFinding]:
        """Yield a result for each file; an old `.object` file may declare several markers."""
        files: dict[str, list[tuple[FieldSource, str]]] = {}
        for source in list_markers(inspection):
            if inspection.tree.is_wanted(source.path) and (fault := _find_fault(source)):
                files.setdefault(source.path, []).append((source, fault))
        for path, faults in files.items():
            places = [RecordPlace(source.object, source.name) for source, _ in faults]
            source, fault = faults[0]
            message = f"The marker {source.object}.{source.name} {fault}."
            certain = any(is_certain(inspection, marker) for marker, _ in faults)
            yield self.build_finding(path, message, places, level=Level.ERROR if certain else Level.WARNING)


def _find_fault(source: FieldSource) -> str:
    kind = source.type.casefold()
    if kind == "checkbox":
        return "is a checkbox, which is never empty: an untagged record looks real"
    if source.has_default:
        return "has a default, which tags records that nobody tagged"
    if kind in {"picklist", "multiselectpicklist"} and not source.is_restricted:
        return "is a picklist that is not restricted, and takes any word"
    return "is free text, and takes any word" if kind in {"text", "textarea", "longtextarea"} else ""
