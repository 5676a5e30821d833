"""SD013: history that is gone before someone asks for it."""

from __future__ import annotations

from collections.abc import Iterator

from synth_expectations.gate.formats.metadata import can_keep_history
from synth_expectations.gate.inspection import Inspection
from synth_expectations.gate.model import GateFinding, Level, RecordPlace
from synth_expectations.gate.rules.base import GateRule
from synth_expectations.gate.rules.markers_of_objects import list_markers

_WITHOUT_POLICY = 18
"""Months that Salesforce keeps the history of fields in an org without Field Audit Trail."""


class HistoryTooShort(GateRule):
    """Find objects with a marker whose history is kept for less than the policy's minimum.

    Regulation B asks for 25 months (12 CFR 1002.12). Without a `historyRetentionPolicy` Salesforce keeps 18.
    """

    id = "SD013"
    name = "history-too-short"
    level = Level.WARNING
    fix = "Give the object a `historyRetentionPolicy` (Field Audit Trail), or keep the history outside and accept the result."
    never = "Objects whose history is off, which SD012 finds, and objects without an object-meta.xml."

    def judge(self, inspection: Inspection) -> Iterator[GateFinding]:
        """Yield a result for each object."""
        least = inspection.settings.min_history
        for name in dict.fromkeys(source.object.casefold() for source in list_markers(inspection)):
            source = inspection.metadata.objects.get(name)
            if source is None or source.is_setting or not source.keeps_history or not can_keep_history(source.name):
                continue
            months = _WITHOUT_POLICY if source.months is None else source.months
            if months < least and inspection.tree.is_wanted(source.path):
                reason = "" if source.months is not None else ", as there is no historyRetentionPolicy"
                message = f"The history of {source.name} is kept for {months} months{reason}; the minimum is {least}."
                yield self.build_finding(source.path, message, [RecordPlace(source.name, "historyRetentionPolicy")])
