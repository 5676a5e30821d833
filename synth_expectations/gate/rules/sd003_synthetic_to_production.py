"""SD003: tagged synthetic people on their way to production, which nobody approved."""

from __future__ import annotations

from collections.abc import Iterator

from synth_expectations.gate.inspection import Inspection
from synth_expectations.gate.load import Load
from synth_expectations.gate.model import GateFinding, Level, RecordSet
from synth_expectations.gate.rules.base import GateRule, count_records, group_by_file, merge_records
from synth_expectations.gate.rules.sd001_untagged_synthetic_data import list_tagged_templates


class SyntheticToProduction(GateRule):
    """Find synthetic records that are tagged and bound for production, where no approval is on record.

    A tag lets production leave the records out; whether they belong there at all is somebody's decision. It is an error if
    the policy keeps a list of approvals (`gate.approved`), and a warning if it does not: then nothing says what the rule is.
    """

    id = "SD003"
    name = "synthetic-to-production"
    level = Level.ERROR
    fix = "Record the approval: an entry of `gate.approved` in the policy, or `approved_by` in the file's sidecar."
    never = "Flows for scratch orgs, development and QA, and loads that nobody calls production-bound."

    def judge(self, inspection: Inspection) -> Iterator[GateFinding]:
        """Yield a result for each file that is bound for production."""
        for path, loads in group_by_file(inspection.loads).items():
            tagged = [(load, _tagged(load)) for load in loads if not load.approval]
            records = merge_records(part for _, part in tagged)
            if records.count and (why := _find_reason(inspection, path)):
                affected = [load for load, part in tagged if part.count]
                message = f"{count_records(records.count, affected, 'are', 'is')} tagged synthetic, and {why}."
                total = sum(load.people for load in affected)
                yield self._build(inspection, path, message, records, total)
        for path, templates in inspection.recipes.items():
            places = list(list_tagged_templates(inspection, path))
            if places and inspection.is_load(path) and (why := _find_reason(inspection, path)):
                verb = "generates" if len(places) == 1 else "generate"
                message = (
                    f"{len(places)} of {len(templates)} templates {verb} people who are tagged synthetic, and {why}."
                )
                yield self._build(inspection, path, message, RecordSet.of(places), len(templates))

    def _build(self, inspection: Inspection, path: str, message: str, records: RecordSet, total: int) -> GateFinding:
        level = Level.ERROR if inspection.settings.asks_approval else Level.WARNING
        bound = inspection.scope.find(path)
        return self.build_finding(path, message, records, bound=bound, total=total, level=level)


def _find_reason(inspection: Inspection, path: str) -> str:
    """Return why a file should not go to production, as a clause; empty if it does not go, or somebody approved it."""
    approvals = [entry for entry in inspection.settings.approved if entry.fits(path)]
    if not inspection.scope.find(path) or any(entry.until >= inspection.as_of for entry in approvals):
        return ""
    return "the approval has expired" if approvals else "nothing says who approved that for production"


def _tagged(load: Load) -> RecordSet:
    if not load.tag:
        return load.tagged
    return merge_records([load.tagged, *load.by_signature.values()])
