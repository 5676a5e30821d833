"""The findings that keep a period from being closed: open, and without a decision that holds."""

from __future__ import annotations

from collections.abc import Iterator

from synth_expectations.evidence.cycle.open_items import CycleState, OpenItem, OpenItemSource
from synth_expectations.evidence.findings.reader import read_findings


def list_open_findings(state: CycleState) -> Iterator[OpenItem]:
    """Yield the findings about which no decision held at the time of the state, by table and rule; and what was not read."""
    known = read_findings(state.ledger, until=state.at)
    for problem in known.problems:
        yield OpenItem(problem, "find out what it says: synth-expectations audit verify")
    for finding in sorted(
        known.list_undisposed(state.at), key=lambda finding: (finding.table, finding.type, finding.rule)
    ):
        status = finding.find_status(state.at)
        records = "1 record" if finding.count == 1 else f"{finding.count:,} records"
        unchecked = "" if finding.is_checked else ", no longer checked"
        yield OpenItem(
            f"{finding.table}: {finding.rule} ({finding.type}), {records}, since {finding.opened.at:%Y-%m-%d}: "
            f"{status.value}{unchecked}.",
            f"Fix its records and run again, or: synth-expectations audit accept {finding.id}",
        )


OPEN_FINDINGS = OpenItemSource("findings without a decision", list_open_findings)
"""For `audit close`."""
