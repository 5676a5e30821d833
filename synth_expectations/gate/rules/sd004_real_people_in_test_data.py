"""SD004: what may be real people, in data for tests."""

from __future__ import annotations

from collections.abc import Iterator

from synth_expectations.gate.inspection import Inspection
from synth_expectations.gate.model import GateFinding, Level
from synth_expectations.gate.rules.base import GateRule, count_records, group_by_file, merge_records


class RealPeopleInTestData(GateRule):
    """Find people in test data who can be mailed, or who carry the id of an org: they may have been exported from it.

    Test data are copied to every laptop and sandbox. An address at a domain that anyone can own may have an owner, and an
    id of 15 or 18 letters was given by an org.
    """

    id = "SD004"
    name = "real-people-in-test-data"
    level = Level.WARNING
    fix = (
        "Generate the people, with addresses at `example.com`; or mask the fields: `mockFields` with "
        "`updateWithMockData: true`."
    )
    never = "Addresses of known generators at existing domains (Mockaroo), reserved domains, and tagged records."

    def judge(self, inspection: Inspection) -> Iterator[GateFinding]:
        """Yield a result for each file that is not bound for production."""
        for path, loads in group_by_file(inspection.loads).items():
            untagged = [load for load in loads if not load.tag]
            mailed = merge_records(load.mailboxes for load in untagged)
            captured = merge_records(load.real_ids for load in untagged)
            if inspection.scope.find(path) or not (mailed.count or captured.count):
                continue
            affected = [load for load in untagged if load.mailboxes.count or load.real_ids.count]
            parts = []
            if mailed.count:
                parts.append(
                    f"{count_records(mailed.count, affected, 'have', 'has')} an e-mail address that may reach someone"
                )
            if captured.count:
                parts.append(f"{count_records(captured.count, affected, 'have', 'has')} an id that an org gave")
            records = captured if captured.count > mailed.count else mailed
            total = sum(load.people for load in affected)
            yield self.build_finding(path, f"{', and '.join(parts)}: they may be real people.", records, total=total)
