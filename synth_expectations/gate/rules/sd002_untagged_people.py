"""SD002: people without a tag, on their way to production, of whom nothing tells whether they exist."""

from __future__ import annotations

from collections.abc import Iterator

from synth_expectations.gate.inspection import Inspection
from synth_expectations.gate.model import GateFinding, Level
from synth_expectations.gate.rules.base import GateRule, count_records, group_by_file, merge_records


class UntaggedPeople(GateRule):
    """Find records about people without a tag that are bound for production, where nothing tells whether they exist.

    Real people in a repository are a breach of their own, and made-up ones without a tag are what SD001 is about. The file
    does not show which of the two they are; a tag does.
    """

    id = "SD002"
    name = "untagged-people"
    level = Level.WARNING
    fix = "Tag the records: `synthetic`, or `real` if they are; and ask whether real people belong into a repository."
    never = "Products, prices, markets, record types, custom metadata, and accounts of companies."

    def judge(self, inspection: Inspection) -> Iterator[GateFinding]:
        """Yield a result for each file that is bound for production."""
        for path, loads in group_by_file(inspection.loads).items():
            bound = inspection.scope.find(path)
            untagged = [(load, load.untagged_unclear()) for load in loads if not load.tag]
            records = merge_records(part for _, part in untagged)
            if bound and records.count:
                affected = [load for load, part in untagged if part.count]
                unknown = sum(load.unknown_words.count for load in affected)
                message = (
                    f"{count_records(records.count, affected, 'have', 'has')} no tag, and nothing tells whether "
                    f"{'these people exist' if records.count > 1 else 'this person exists'}."
                    + (f" The marker of {unknown:,} has a word that the policy does not know." if unknown else "")
                )
                total = sum(load.people for load in affected)
                yield self.build_finding(path, message, records, bound=bound, total=total)
