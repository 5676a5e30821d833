"""SD014: people who may change the marker, and whom the policy does not name."""

from __future__ import annotations

from collections.abc import Iterator

from synth_expectations.gate.inspection import Inspection
from synth_expectations.gate.model import GateFinding, Level, RecordPlace
from synth_expectations.gate.rules.base import GateRule
from synth_expectations.gate.rules.markers_of_objects import list_markers


class WhoMayUntag(GateRule):
    """Find permission sets and profiles that may edit the marker, and that the policy does not name.

    Whoever may edit the marker may make a synthetic record real.
    """

    id = "SD014"
    name = "who-may-untag"
    level = Level.WARNING
    fix = "Take the right away, or name the permission set in `gate.objects.OBJECT.may_edit`."
    never = "Rights to read the marker."

    def judge(self, inspection: Inspection) -> Iterator[GateFinding]:
        """Yield a result for each permission set or profile."""
        markers = {f"{source.object}.{source.name}".casefold(): source for source in list_markers(inspection)}
        declared = {f"{entry.name}.{entry.marker}".casefold(): entry for entry in inspection.settings.objects.values()}
        for access in inspection.metadata.access:
            places = []
            for name in sorted(access.editable & (markers.keys() | declared.keys())):
                allowed = declared[name].may_edit if name in declared else ()
                if access.name.casefold() not in {allowed_name.casefold() for allowed_name in allowed}:
                    object_name, _, field = name.partition(".")
                    source = markers.get(name)
                    places.append(
                        RecordPlace(source.object, source.name) if source else RecordPlace(object_name, field)
                    )
            if places and inspection.tree.is_wanted(access.path):
                names = ", ".join(f"{place.object}.{place.reference}" for place in places[:5])
                yield self.build_finding(
                    access.path, f"{access.name} may edit {names}, and the policy does not name it.", places
                )
