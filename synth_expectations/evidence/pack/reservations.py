"""What a pack does not show, a sentence each: the reader must know before they conclude."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.pack.manifest import PackManifest
from synth_expectations.evidence.pack.period_entries import PeriodEntries
from synth_expectations.evidence.pack.tables.coverage import FOOTERS
from synth_expectations.evidence.pack.tables.table import PackTable


def list_reservations(
    entries: PeriodEntries, manifest: PackManifest, tables: dict[str, PackTable], *, is_signed: bool
) -> list[str]:
    """Return the reservations of a pack, in the order of an auditor's questions."""
    return [
        *_list_incomplete(entries, manifest, tables["coverage"]),
        *_list_missed(entries, tables["schedule"]),
        *_list_unproven(entries, manifest, is_signed),
        *_list_unapproved(entries),
        *_list_unreconciled(tables["coverage"]),
    ]


def _list_incomplete(entries: PeriodEntries, manifest: PackManifest, coverage: PackTable) -> Iterator[str]:
    """Yield what was not checked."""
    aborted = [run.record.run_id for run in entries.runs if run.finished is None]
    if aborted:
        yield f"{_count(len(aborted), 'run')} started and did not end: {', '.join(aborted[:5])}{_more(aborted)}."
    limited = [run.record.run_id for run in entries.runs if not all(check.selected for check in run.record.plan)]
    if limited:
        yield f"{_count(len(limited), 'run')} evaluated a part of the plan: {', '.join(limited[:5])}{_more(limited)}."
    head = entries.entries[-1].header
    if head.at.date() < entries.period.last:
        last = entries.period.last
        yield f"The last entry is of {head.at:%Y-%m-%d}, and the period ends on {last}: what came later is not here."
    unread = [row["table"] for row in coverage.rows if row["kind"] == "planned" and row["not_read"]]
    if unread:
        yield f"In some runs no query reached {', '.join(sorted(set(unread)))}."
    if manifest.scope.tables or manifest.scope.regulations:
        scope = ", ".join((*manifest.scope.regulations, *manifest.scope.tables))
        yield f"The pack is limited to {scope}. Records of runs are whole; results of other tables are not here."
    if without := _find_unplanned(entries):
        named = f"{', '.join(without[:5])}{_more(without)}"
        yield f"{_count(len(without), 'table')} of the policy without a planned check, which no run read: {named}."
    yield "No run looks for tables that the policy does not name, or for columns that no check reads: they are not listed."


def _find_unplanned(entries: PeriodEntries) -> list[str]:
    """Return the tables that a policy of the period names, and that no run planned a check of or read."""
    records = [run.record for run in entries.runs]
    named = {row.table for record in records for row in record.ownership}
    planned = {check.table for record in records for check in record.plan}
    return sorted(named - planned - {table.table for record in records for table in record.inputs})


def _list_missed(entries: PeriodEntries, schedule: PackTable) -> Iterator[str]:
    """Yield the deadlines that were missed; without a schedule, on how many days no run started."""
    if not entries.runs:
        yield "No run started: what was due is not in schedule.csv, which takes that from the policies of runs."
    elif not schedule.rows:
        days = {run.record.started_at.date() for run in entries.runs}
        length = (entries.period.last - entries.period.first).days + 1
        if len(days) < length:
            yield f"On {length - len(days)} of {length} days no run started. No policy has a schedule that says when one was due."
    outcomes = Counter(row["outcome"] for row in schedule.rows)
    of_all = f"of {_count(len(schedule.rows), 'deadline')} of the schedule"
    if missed := outcomes["missed"] + outcomes["overdue"]:
        yield f"Missed without an explanation: {missed} {of_all}. schedule.csv lists them."
    if outcomes["explained"]:
        yield f"Missed, with an explanation in schedule.csv: {outcomes['explained']} {of_all}."
    if outcomes["late"]:
        yield f"Met late: {outcomes['late']} {of_all}."


def _list_unproven(entries: PeriodEntries, manifest: PackManifest, is_signed: bool) -> Iterator[str]:
    """Yield what keeps a reader from knowing that nothing was altered."""
    if not any(entry.header.kind is EntryKind.ANCHOR for entry in entries.entries):
        yield "No outside party confirmed when the entries were written: they are unaltered as far as their owner is trusted."
    if not is_signed and manifest.closing is None:
        yield "Nobody signed this pack: ask its maker for the SHA-256 of MANIFEST.json, over another channel."
    times = [entry.header.at for entry in entries.entries]
    back = [str(number) for number, (before, after) in enumerate(pairwise(times), start=2) if after < before]
    if back:
        named = ", ".join(back[:5]) + _more(back)
        yield f"{_count(len(back), 'entry', 'entries')} dated before the entry that they follow: {named}."
    if manifest.redacted:
        yield f"Redacted: {_count(len(manifest.redacted), 'object')}. Entries {_list_numbers(manifest.redacted)} say why."
    if manifest.not_included:
        kinds = Counter(name.split()[0] for name in manifest.not_included.values())
        named = " and ".join(f"{count} of {kind}" for kind, count in sorted(kinds.items()))
        yield f"Of some files the ledger has the digest alone: {named}. MANIFEST.json lists them under not_included."
    if manifest.pseudonymised:
        number = len(manifest.pseudonymised)
        copies = "1 result is a copy" if number == 1 else f"{number} results are copies"
        yield (
            f"{copies} with pseudonyms in the place of record keys. The controller keeps the originals, and README.txt says "
            "how to compare them."
        )
    actors = Counter(run.record.actor.verified_by for run in entries.runs)
    if actors["none"]:
        yield f"Who started {actors['none']} of {len(entries.runs)} runs is what their environment says; nothing proves it."


def _list_unapproved(entries: PeriodEntries) -> Iterator[str]:
    """Yield what is open in the approval of policies."""
    policies = [run.record.policy for run in entries.runs]
    states = Counter(policy.state if policy else "no policy" for policy in policies)
    open_states = {state: count for state, count in states.items() if state != "approved"}
    if open_states:
        named = ", ".join(f"{state} in {count}" for state, count in sorted(open_states.items()))
        yield f"The policy was not approved as it stood at the start of {_count(sum(open_states.values()), 'run')}: {named}."
    unsigned = sum(1 for policy in policies if policy and policy.state == "approved" and not policy.signed)
    if unsigned:
        yield f"The approval is asserted, not signed, in {_count(unsigned, 'run')}."
    overdue = sum(1 for policy in policies if policy and policy.review == "overdue")
    if overdue:
        yield f"The review of the policy was overdue in {_count(overdue, 'run')}."


def _list_unreconciled(coverage: PackTable) -> Iterator[str]:
    """Yield what is open in the populations."""
    planned = {row["table"]: row for row in coverage.rows if row["kind"] == "planned"}
    not_equal = sorted(table for table, row in planned.items() if row["not_reconciled"])
    if not_equal:
        yield f"In some runs {', '.join(not_equal)} had another number of rows than its source."
    not_shown = sorted(table for table, row in planned.items() if row["reconciliation_not_shown"])
    if not_shown:
        yield f"The number of rows in the source is unknown for some runs of {', '.join(not_shown)}."
    unknown = sorted(table for table, row in planned.items() if row["identified_by"] == "none")
    if unknown:
        yield f"The input of {', '.join(unknown)} cannot be recognised afterwards."
    footers = sorted(table for table, row in planned.items() if row["identified_by"] == FOOTERS)
    if footers:
        yield f"Files of {', '.join(footers)} are recognised by their footers, which do not show that a page inside was changed."
    old = sorted(table for table, row in planned.items() if row["not_fresh"])
    if old:
        yield f"In some runs {', '.join(old)} was older than the policy allows."


def _count(number: int, noun: str, plural: str = "") -> str:
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def _more(names: list[str]) -> str:
    return f" and {len(names) - 5} more" if len(names) > 5 else ""


def _list_numbers(redacted: dict[str, int]) -> str:
    return ", ".join(map(str, sorted(set(redacted.values()))))
