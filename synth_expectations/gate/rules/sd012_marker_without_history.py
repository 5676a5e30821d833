"""SD012: markers whose changes leave no trace."""

from __future__ import annotations

from collections.abc import Iterator

from synth_expectations.gate.formats.metadata import can_keep_history
from synth_expectations.gate.inspection import Inspection
from synth_expectations.gate.model import GateFinding, GateNote, Level, RecordPlace
from synth_expectations.gate.rules.base import GateRule
from synth_expectations.gate.rules.markers_of_objects import list_markers


class MarkerWithoutHistory(GateRule):
    """Find marker fields whose history is not tracked, and objects with a marker whose history is off.

    A tag that someone removed is the one thing that the data themselves cannot show.
    """

    id = "SD012"
    name = "marker-without-history"
    level = Level.WARNING
    fix = (
        "Set `<trackHistory>true</trackHistory>` in the field and `<enableHistory>true</enableHistory>` in the object."
    )
    never = (
        "Custom metadata, events, big objects and custom settings; an object without an object-meta.xml is *not shown*."
    )

    def judge(self, inspection: Inspection) -> Iterator[GateFinding | GateNote]:
        """Yield a result for each file, and a note for objects whose setting the source does not show."""
        faults: dict[str, list[RecordPlace]] = {}
        unseen: dict[str, str] = {}
        for source in list_markers(inspection):
            known = inspection.metadata.objects.get(source.object.casefold())
            if not can_keep_history(source.object) or (known and known.is_setting):
                continue
            if not source.keeps_history:
                faults.setdefault(source.path, []).append(RecordPlace(source.object, source.name))
            if known is None:
                unseen[source.object] = source.path
            elif not known.keeps_history and RecordPlace(known.name, "enableHistory") not in faults.get(known.path, []):
                faults.setdefault(known.path, []).append(RecordPlace(known.name, "enableHistory"))
        for path, places in faults.items():
            if inspection.tree.is_wanted(path):
                names = ", ".join(f"{place.object}.{place.reference}" for place in places[:5])
                yield self.build_finding(path, f"Changes of the marker leave no trace: {names} is not true.", places)
        for name, path in unseen.items():
            if inspection.tree.is_wanted(path):
                yield GateNote(
                    path, f"{self.id}: whether {name} keeps history is not shown: there is no object-meta.xml of it."
                )
