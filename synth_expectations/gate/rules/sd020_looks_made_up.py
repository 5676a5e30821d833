"""SD020: made-up people without a tag, in loads that nobody calls production-bound."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import or_

from synth_expectations.gate.inspection import Inspection
from synth_expectations.gate.made_up import describe
from synth_expectations.gate.model import GateFinding, Level
from synth_expectations.gate.rules.base import GateRule, count_records, group_by_file, merge_records
from synth_expectations.gate.rules.sd001_untagged_synthetic_data import list_untagged_templates


class LooksMadeUp(GateRule):
    """Find what SD001 finds, in loads of which nothing says that they go to production.

    Nothing is wrong yet. Whoever loads the file elsewhere will not see that its people are made up.
    """

    id = "SD020"
    name = "looks-made-up"
    level = Level.NOTE
    fix = "Tag the records, so that they stay told apart wherever they are loaded; see SD001."
    never = "Words inside other words: Testudo, Protestant, Contest are names."

    def judge(self, inspection: Inspection) -> Iterator[GateFinding]:
        """Yield a result for each file that is not bound for production."""
        for path, loads in group_by_file(inspection.loads).items():
            untagged = [load for load in loads if not load.tag]
            found = [load.untagged_made_up() for load in untagged]
            records = merge_records(part for part, _ in found)
            if not inspection.scope.find(path) and records.count:
                affected = [load for load, (part, _) in zip(untagged, found, strict=True) if part.count]
                shown = describe(reduce(or_, (bits for _, bits in found)))
                clauses = "look made up and have no tag", "looks made up and has no tag"
                message = f"{count_records(records.count, affected, *clauses)}: {shown}."
                yield self.build_finding(path, message, records, total=sum(load.people for load in affected))
        for path, templates in inspection.recipes.items():
            places = list(list_untagged_templates(inspection, path))
            if places and not inspection.scope.find(path) and inspection.is_load(path):
                verb = "generates" if len(places) == 1 else "generate"
                message = f"{len(places)} of {len(templates)} templates {verb} people without a tag."
                yield self.build_finding(path, message, places, total=len(templates))
