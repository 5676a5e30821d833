"""The marker fields that the metadata of a tree declares, by object."""

from __future__ import annotations

from collections.abc import Iterator

from synth_expectations.gate.formats.metadata import FieldSource
from synth_expectations.gate.inspection import Inspection


def list_markers(inspection: Inspection) -> Iterator[FieldSource]:
    """Yield the fields that are markers: those that the policy names, and of other objects those called like one."""
    objects = inspection.settings.objects
    for (object_name, name), source in inspection.metadata.fields.items():
        known = objects.get(object_name)
        if known is not None:
            if name == known.marker.casefold():
                yield source
        elif inspection.settings.words.is_marker(source.name) and "source" not in name and "object" not in name:
            yield source


def find_marker(inspection: Inspection, object_name: str) -> str | None:
    """Return the marker of an object, in lower case: by the policy, else by its metadata; None if it has none."""
    known = inspection.settings.objects.get(object_name.casefold())
    if known is not None:
        return known.marker.casefold()
    for source in list_markers(inspection):
        if source.object.casefold() == object_name.casefold():
            return source.name.casefold()
    return None
