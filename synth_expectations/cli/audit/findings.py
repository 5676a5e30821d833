"""The commands `audit findings`, `audit accept` and `audit false-positive`: what was found, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from synth_expectations.cli.audit.options import Store, find_location, open_ledger, parse_day, read_ledger
from synth_expectations.cli.compile import AsJson, Project
from synth_expectations.cli.console import find_project, say, show, tell
from synth_expectations.errors import SynthError

if TYPE_CHECKING:
    from synth_expectations.evidence.findings.dispositions import DispositionTerms, RecordedDisposition
    from synth_expectations.evidence.findings.model import FindingsState, FollowedFinding
    from synth_expectations.evidence.keys.signing_key import SigningKey
    from synth_expectations.evidence.ledger.ledger import EvidenceLedger


class FindingSelection(StrEnum):
    """Which findings are listed."""

    OPEN = "open"
    UNDECIDED = "undecided"
    OVERDUE = "overdue"
    ACCEPTED = "accepted"
    EXPIRED = "expired"
    FALSE_POSITIVE = "false-positive"
    UNCHECKED = "unchecked"
    FIXED = "fixed"
    ALL = "all"


By = Annotated[str, typer.Option(help="Who decides; by default the owner of the key.")]
Role = Annotated[str, typer.Option(help="In which role, such as dpo; by default the role of the key.")]
Reason = Annotated[str, typer.Option(help="The reason. It stays on record, so do not name people or records.")]
Key = Annotated[Path | None, typer.Option(help="Sign with the private key (PEM) of the person who decides.")]
Ticket = Annotated[str, typer.Option(help="Where the decision was requested, such as a ticket.")]
Revoke = Annotated[bool, typer.Option("--revoke", help="Revoke the current decision.")]
FindingId = Annotated[str, typer.Argument(help="The id that audit findings lists, or at least its first four digits.")]


def findings(
    table: Annotated[str | None, typer.Option(help="Only of this table.")] = None,
    owner: Annotated[str | None, typer.Option(help="Only of tables of this owner.")] = None,
    state: Annotated[
        FindingSelection,
        typer.Option(
            help="Which findings to list; by default all that no run has proved fixed, including accepted ones."
        ),
    ] = FindingSelection.OPEN,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Write CSV.")] = False,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Read every record of the ledger and ignore the cached state.")
    ] = False,
    ledger: Store = None,
    project: Project = None,
) -> None:
    """List findings: how long they have been open, how many records they have, when they are due, and who decided what."""
    from synth_expectations.evidence.findings.listing import ListedFinding, format_findings, list_to_csv

    if as_json and as_csv:
        raise SynthError("--json and --csv are two formats.", "Give one of them.")
    opened = read_ledger(project, ledger)
    if opened.read_head().seq == 0:
        raise SynthError("There is no ledger yet, so nothing is known about findings.", "A run creates it.")
    followed = _read_findings(opened, project, ledger, rebuild=rebuild)
    now = datetime.now(UTC)
    rows = [ListedFinding(finding, now) for finding in followed.findings.values()]
    wanted = [row for row in rows if row.is_of(table, owner) and row.is_shown(state.value)]
    wanted.sort(key=lambda row: (not row.is_overdue, row.finding.opened.at, row.finding.table, row.finding.rule))
    if as_json:
        say(json.dumps({"schema": 1, "findings": [row.to_document() for row in wanted]}, indent=2))
    elif as_csv:
        say(list_to_csv(wanted).decode().rstrip("\n"))
    else:
        for line in format_findings(wanted, rows):
            show(line)
    for problem in followed.problems:
        tell(f"Note: {problem}")
    for disposition in followed.unknown_dispositions:
        tell(f"Note: the decision of entry {disposition.entry} {disposition.wording}.")


def accept(
    finding: FindingId,
    until: Annotated[
        str | None, typer.Option(help="The last day of the acceptance, in UTC; at most a year ahead.")
    ] = None,
    reason: Reason = "",
    by: By = "",
    role: Role = "",
    key: Key = None,
    ticket: Ticket = "",
    up_to: Annotated[
        int | None, typer.Option(help="How many records it covers; by default the current number.", min=1)
    ] = None,
    revoke: Revoke = False,
    project: Project = None,
    ledger: Store = None,
) -> None:
    """Accept a finding until a day. Its check still fails, but is shown as accepted. Runs after that day are errored."""
    from synth_expectations.evidence.findings.decisions import check_until, make_terms
    from synth_expectations.evidence.findings.dispositions import DispositionKind

    opened, followed = _find_finding(finding, project, ledger)
    if revoke:
        _revoke(opened, followed, by, reason)
        return
    if until is None:
        raise SynthError("Until when is the finding accepted?", "Give --until 2026-12-31, for example.")
    last_day = parse_day(until, "--until")
    check_until(last_day, opened.now())
    terms = partial(
        make_terms, followed, DispositionKind.ACCEPTED, reason=reason, until=last_day, ticket=ticket, up_to=up_to
    )
    _decide(opened, project, followed, terms, key, by, role)


def false_positive(
    finding: FindingId,
    reason: Reason = "",
    by: By = "",
    role: Role = "",
    key: Key = None,
    ticket: Ticket = "",
    revoke: Revoke = False,
    project: Project = None,
    ledger: Store = None,
) -> None:
    """Call a finding a false positive. Then add its records to the table that the policy names as `cleared`."""
    from synth_expectations.evidence.findings.decisions import make_terms
    from synth_expectations.evidence.findings.dispositions import DispositionKind

    opened, followed = _find_finding(finding, project, ledger)
    if revoke:
        _revoke(opened, followed, by, reason)
        return
    cleared = _find_cleared(followed, project)
    terms = partial(make_terms, followed, DispositionKind.FALSE_POSITIVE, reason=reason, ticket=ticket, cleared=cleared)
    _decide(opened, project, followed, terms, key, by, role)
    tell(f"Now name its records in {cleared}: run --quarantine DIRECTORY lists their keys.")
    tell("Until a run no longer finds them, the check fails as before.")


def _read_findings(
    opened: EvidenceLedger, project: Path | None, store: str | None, *, rebuild: bool = False
) -> FindingsState:
    from synth_expectations.evidence.findings.reader import find_state_path, read_findings

    root = None if store else find_project(project)
    path = find_state_path(store or find_location(project), root)
    return read_findings(opened, path, rebuild=rebuild)


def _find_finding(finding: str, project: Path | None, store: str | None) -> tuple[EvidenceLedger, FollowedFinding]:
    """Return the ledger, open for a decision, and the finding of an id."""
    from synth_expectations.evidence.findings.decisions import find_finding

    opened = open_ledger(project, store)
    return opened, find_finding(_read_findings(opened, project, store), finding)


def _decide(
    opened: EvidenceLedger,
    project: Path | None,
    followed: FollowedFinding,
    make_terms: Callable[..., DispositionTerms],
    key: Path | None,
    by: str,
    role: str,
) -> None:
    """Record a decision about a finding, and print it.

    Args:
        opened: the ledger.
        project: that the ledger belongs to; None for the one of the working directory.
        followed: the finding.
        make_terms: returns the terms, given who decides (`by`) and as what (`role`).
        key: of the person who decides.
        by: who that is; the owner of the key if empty.
        role: in which role; that of the key if empty.
    """
    signing_key, person, as_what = _find_signer(opened, key, by, role)
    terms = make_terms(by=person, role=as_what)
    _say_decision(followed, _record(opened, project, followed, terms, signing_key))


def _find_signer(opened: EvidenceLedger, key: Path | None, by: str, role: str) -> tuple[SigningKey | None, str, str]:
    """Return the key, who decides, and as what."""
    from synth_expectations.evidence.keys.key_ring import read_key_ring
    from synth_expectations.evidence.keys.signing_key import read_signing_key

    if key is None:
        return None, by, role
    signing_key = read_signing_key(key)
    known = read_key_ring(opened).keys.get(signing_key.keyid)
    return signing_key, by or (known.body.person if known else ""), role or (known.body.role if known else "")


def _record(
    opened: EvidenceLedger,
    project: Path | None,
    followed: FollowedFinding,
    terms: DispositionTerms,
    signing_key: SigningKey | None,
) -> RecordedDisposition:
    from synth_expectations.evidence.findings.decisions import DispositionError, record_disposition
    from synth_expectations.evidence.findings.dispositions import find_dependence

    if dependence := find_dependence(terms.by, _find_owner(followed.table, project), {}):
        raise DispositionError(f"The decision would not count: {dependence}.", "Somebody else must decide.")
    return record_disposition(opened, followed, terms, signing_key)


def _find_owner(table: str, project: Path | None) -> str:
    """Return who owns a table by the policy as it is now; empty if there is no policy that can be read."""
    from synth_expectations.policy.load.loader import load_policy

    try:
        policy = load_policy(find_project(project) / "policy.yml")
    except SynthError:
        return ""
    entry = policy.tables.get(table)
    return (entry.owner if entry else None) or policy.words.owner


def _find_cleared(followed: FollowedFinding, project: Path | None) -> str:
    """Return the table that the policy names as `cleared`, in which the records of a false positive are named."""
    from synth_expectations.expectations.catalogue import all_expectations
    from synth_expectations.policy.load.loader import load_policy

    kind = all_expectations().get(followed.type)
    if kind is None or "cleared" not in kind.model_fields:
        raise SynthError(
            f"{followed.type} knows no cleared records: what it finds breaks its rule, whoever looks at it.",
            f"Fix the records, the policy or the check; or: synth-expectations audit accept {followed.id}",
        )
    policy = load_policy(find_project(project) / "policy.yml")
    entry = policy.tables.get(followed.table)
    named = (entry.references or {}).get("cleared", ()) if entry else ()
    if not named:
        raise SynthError(
            f"The policy names no table of cleared records for {followed.table}.",
            f"Add one with a key in columns, and: tables.{followed.table}.references.cleared: {{table: NAME}}",
        )
    return named[0].table


def _revoke(opened: EvidenceLedger, followed: FollowedFinding, by: str, reason: str) -> None:
    from synth_expectations.evidence.findings.decisions import revoke_disposition

    entry, ended = revoke_disposition(opened, followed, by, reason)
    show(f"finding  {followed.id}, {followed.table}: {followed.rule}")
    say(f"entry    {entry.header.seq} ends the decision of entry {ended}")


def _say_decision(followed: FollowedFinding, recorded: RecordedDisposition) -> None:
    terms = recorded.terms
    until = f" until {terms.until}" if terms.until else ""
    records = "1 record" if terms.count == 1 else f"{terms.count:,} records"
    show(f"finding  {followed.id}, {followed.table}: {followed.rule}")
    show(f"decided  {terms.kind.value}{until}, {records}: {terms.reason}")
    show(f"by       {terms.by}, {terms.role}{f', {terms.ticket}' if terms.ticket else ''}")
    say(f"entry    {recorded.entry}, {recorded.wording}")
    if recorded.keyid is None:
        tell("Nothing proves who decided. Sign with --key.")
