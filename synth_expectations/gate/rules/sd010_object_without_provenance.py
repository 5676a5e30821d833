"""SD010: objects that may hold synthetic records and lack a field of provenance."""

from __future__ import annotations

from collections.abc import Iterator

from synth_expectations.gate.inspection import Inspection
from synth_expectations.gate.model import GateFinding, GateNote, Level, RecordPlace
from synth_expectations.gate.rules.base import GateRule


class ObjectWithoutProvenance(GateRule):
    """Find objects that the policy says may hold synthetic records, whose source lacks the marker or a field of provenance.

    Without the field no record can say where it came from, whatever a pipeline writes.
    """

    id = "SD010"
    name = "object-without-provenance"
    level = Level.ERROR
    fix = "Add the field to the source of the object; `gate.objects` in the policy lists what it must have."
    never = "Objects that the policy does not name, and those of which the repository has no source."

    def judge(self, inspection: Inspection) -> Iterator[GateFinding | GateNote]:
        """Yield a result for each object, at the policy, or a note for one without source."""
        metadata = inspection.metadata
        if not metadata.list_objects():
            return
        for folded, entry in inspection.settings.objects.items():
            folder = sorted(source.path for (name, _), source in metadata.fields.items() if name == folded)
            path = folder[0].rpartition("/fields/")[0] or folder[0] if folder else ""
            path = metadata.objects[folded].path if folded in metadata.objects else path
            if not path:
                yield GateNote(
                    inspection.settings.file, f"{self.id}: {entry.name} has no source here: its fields are not shown."
                )
                continue
            wanted = (entry.marker, *entry.provenance)
            missing = [name for name in wanted if (folded, name.casefold()) not in metadata.fields]
            if missing and inspection.tree.is_wanted(path):
                message = f"{entry.name} may hold synthetic records, and lacks {', '.join(missing)}."
                yield self.build_finding(path, message, [RecordPlace(entry.name, name) for name in missing])
