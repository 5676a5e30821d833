"""SD003: tagged synthetic people on their way to production, which nobody approved."""

from __future__ import annotations

from collections.abc import Iterator

from synth_expectations.gate.inspection import Inspection
from synth_expectations.gate.load import Load
from synth_expectations.gate.model import GateFinding, Level, RecordSet
from synth_expectations.gate.rules.base import GateRule, count_records, group_by_file, merge_records


class SyntheticToProduction(GateRule):
    """Find synthetic records that are tagged and bound for production, where no approval is on record.

    A tag lets production leave the records out; whether they belong there at all is somebody's decision. It is an error if
    the policy keeps a list of approvals (`gate.approved`), and a warning if it does not: then nothing says what the rule is.
    """

    id = "SD003"
    name = "synthetic-to-production"
    level = Level.ERROR
    mend = "Record the approval: an entry of `gate.approved` in the policy, or `approved_by` in the file's sidecar."
    never = "Flows for scratch orgs, development and QA, and loads that nobody calls production-bound."

    def judge(self, inspection: Inspection) -> Iterator[GateFinding]:
        """Yield a result for each file that is bound for production."""
        settings = inspection.settings
        for path, loads in group_by_file(inspection.loads).items():
            bound = inspection.scope.find(path)
            tagged = [(load, _tagged(load)) for load in loads if not load.approval]
            records = merge_records(part for _, part in tagged)
            valid = (entry.until >= inspection.as_of for entry in settings.approved if entry.fits(path))
            if not bound or not records.count or any(valid):
                continue
            affected = [load for load, part in tagged if part.count]
            expired = any(entry.fits(path) for entry in settings.approved)
            message = f"{count_records(records.count, affected, 'are', 'is')} tagged synthetic, and " + (
                "the approval has expired." if expired else "nothing says who approved that for production."
            )
            level = Level.ERROR if settings.asks_approval else Level.WARNING
            total = sum(load.people for load in affected)
            yield self.build_finding(path, message, records, bound=bound, total=total, level=level)


def _tagged(load: Load) -> RecordSet:
    if not load.tag:
        return load.tagged
    return merge_records([load.tagged, *load.by_signature.values()])
