"""The marker fields that the metadata of a tree declares, by object."""

from __future__ import annotations

import re
from collections.abc import Iterator

from synth_expectations.gate.fields import fold
from synth_expectations.gate.formats.metadata import FieldSource
from synth_expectations.gate.inspection import Inspection

_LIKE_A_MARKER = re.compile(
    "^(is|record)?synthetic(data|record|flag|marker)?$|(test|demo|fake|mock)(data|record)|origin$"
)


def list_markers(inspection: Inspection) -> Iterator[FieldSource]:
    """Yield the fields that are markers: those that the policy names, and of other objects those called like one.

    A field called IsTest__c may be about school tests: without a policy only names of synthetic or test data and of an
    origin count.
    """
    objects = inspection.settings.objects
    for (object_name, name), source in inspection.metadata.fields.items():
        known = objects.get(object_name)
        if known is not None:
            if name == known.marker.casefold():
                yield source
        elif inspection.settings.words.is_named(source.name) or (
            inspection.settings.words.is_marker(source.name) and _LIKE_A_MARKER.search(fold(source.name))
        ):
            yield source


def is_certain(inspection: Inspection, source: FieldSource) -> bool:
    """Return whether a field is a marker for certain: the policy names it, or its name says synthetic."""
    is_named = inspection.settings.words.is_named(source.name)
    return is_named or "synthetic" in source.name.casefold() or source.object.casefold() in inspection.settings.objects


def find_marker(inspection: Inspection, object_name: str) -> str | None:
    """Return the marker of an object, in lower case: by the policy, else by its metadata; None if it has none."""
    known = inspection.settings.objects.get(object_name.casefold())
    if known is not None:
        return known.marker.casefold()
    for source in list_markers(inspection):
        if source.object.casefold() == object_name.casefold():
            return source.name.casefold()
    return None
