"""Record decisions about findings: who may decide, about what, and until when."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from synth_expectations.errors import SynthError, nearest
from synth_expectations.evidence.findings.dispositions import (
    ENTRY_KINDS,
    DispositionKind,
    DispositionRevocationBody,
    DispositionTerms,
    RecordedDisposition,
    encode_disposition,
    read_disposition,
)
from synth_expectations.evidence.findings.follower import find_objection
from synth_expectations.evidence.findings.model import FindingsState, FollowedFinding
from synth_expectations.evidence.keys.key_ring import read_key_ring
from synth_expectations.evidence.ledger.entry import Entry, EntryKind
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.persons import normalize_person

if TYPE_CHECKING:
    from synth_expectations.evidence.keys.signing_key import SigningKey  # it imports cryptography

LONGEST = timedelta(days=366)
"""How long an acceptance may hold: whoever accepts for longer looks again first."""
_SHORTEST = 4
"""Digits of an id that are enough to name a finding."""


class DispositionError(SynthError):
    """A decision that cannot be recorded."""


def find_finding(state: FindingsState, text: str) -> FollowedFinding:
    """Return the finding of an id, or of its first four digits or more.

    Raises:
        DispositionError: there is none, several begin so, or the text is too short.
    """
    wanted = text.strip().lower()
    matching = [identity for identity in state.findings if identity.startswith(wanted)]
    if len(wanted) >= _SHORTEST and len(matching) == 1:
        return state.findings[matching[0]]
    if len(wanted) >= _SHORTEST and len(matching) > 1:
        raise DispositionError(f"{len(matching)} findings begin with {wanted}.", "Give more digits.")
    shown = text if len(text) <= 40 else f"{text[:39]}…"
    if len(wanted) < _SHORTEST:
        raise DispositionError(
            f"{shown or 'Nothing'} is too short to name a finding: give the first {_SHORTEST} digits of its id, or more.",
            "List them: synth-expectations audit findings",
        )
    guess = nearest(wanted, list(state.findings))
    hint = f"Did you mean {guess}? " if guess else ""
    raise DispositionError(f"The ledger has no finding {shown}.", f"{hint}List them: synth-expectations audit findings")


def make_terms(
    finding: FollowedFinding,
    kind: DispositionKind,
    *,
    reason: str,
    by: str,
    role: str,
    until: date | None = None,
    ticket: str = "",
    up_to: int | None = None,
    cleared: str = "",
) -> DispositionTerms:
    """Return the terms of a decision about a finding as it is now.

    Args:
        finding: that is open.
        kind: what is decided.
        reason: why.
        by: who decides.
        role: as what.
        until: the last day of an acceptance.
        ticket: where it was asked for.
        up_to: how many records it covers; by default as many as there are.
        cleared: of a false positive, the table in which its records are named.

    Raises:
        DispositionError: something is missing, or the finding is fixed.
    """
    if finding.closed is not None:
        raise DispositionError(f"Finding {finding.id} is fixed: there is nothing to decide.")
    for name, value in (("--by", by), ("--role", role), ("--reason", reason)):
        if not normalize_person(value):
            raise DispositionError("Who decides, as what, and why?", f"Give {name}.")
    if up_to is not None and up_to < finding.count:
        raise DispositionError(
            f"{finding.count:,} records break the rule: a decision about {up_to:,} of them does not cover the others.",
            f"Give --up-to {finding.count} or more, or leave it out.",
        )
    digest_keys = finding.digest_keys
    return DispositionTerms(
        kind=kind,
        finding=finding.id,
        table=finding.table,
        scope=finding.scope,
        expectation_id=finding.expectation_id,
        type=finding.type,
        rule=finding.rule,
        entry_seen=finding.last.seq,
        count=finding.count if up_to is None else up_to,
        digests=tuple(sorted(finding.digests)),
        digest_key=next(iter(digest_keys)) if len(digest_keys) == 1 else "",
        is_complete=up_to is None and len(finding.digests) == finding.count,
        reason=reason.strip(),
        by=by.strip(),
        role=role.strip(),
        until=until,
        ticket=ticket,
        cleared=cleared,
    )


def check_until(until: date, now: datetime) -> None:
    """Raise DispositionError if an acceptance would be over already, or hold for longer than a year."""
    today = now.astimezone(UTC).date()
    if until < today:
        raise DispositionError(
            f"The acceptance would have ended on {until}: today is {today} (UTC).", "Give a later --until."
        )
    if until - today > LONGEST:
        raise DispositionError(
            f"An acceptance until {until} would hold for more than a year.",
            "Accept it for a year, and look again then.",
        )


def record_disposition(
    ledger: EvidenceLedger, finding: FollowedFinding, terms: DispositionTerms, key: SigningKey | None = None
) -> RecordedDisposition:
    """Append a decision, and return it.

    Args:
        ledger: of the project.
        finding: that it is about, as it is now.
        terms: what is decided.
        key: of who decides, if it is at hand.

    Raises:
        DispositionError: it would not count: who decides owns the table or runs its checks, the key is not theirs, or the
            same was decided before.
    """
    held = finding.find_disposition()
    if held and _is_same(held.terms, terms):
        until = f" until {terms.until}" if terms.until else ""
        raise DispositionError(
            f"Entry {held.entry} says the same: {terms.kind.value}{until}, by {held.terms.by}.",
            "Give a later --until to extend it, or --revoke to end it.",
        )
    body = encode_disposition(terms, key)
    ring = read_key_ring(ledger)
    if key is not None and key.keyid not in ring.keys:
        raise DispositionError(
            f"The ledger does not know the key {key.keyid[:12]}… that signs.",
            f"Add it first: synth-expectations audit key --public FILE.pub --person {terms.by} --role {terms.role}",
        )
    kind, signer = ENTRY_KINDS[terms.kind], key.keyid if key else None
    next_seq = ledger.read_head().seq + 1
    draft = RecordedDisposition(entry=next_seq, at=ledger.now(), terms=terms, keyid=signer)
    objection = find_objection(finding, draft)
    if signer and not objection:
        person = ring.keys[signer].body.person
        objection = ring.find_objection(signer, draft.at, next_seq)
        if not objection and normalize_person(person) != normalize_person(terms.by):
            objection = f"the key is that of {person}, not of {terms.by}"
    if objection:
        raise DispositionError(f"The decision would not count: {objection}.", "Somebody else must decide, or sign.")
    entry = ledger.append(kind, body, signer)
    return read_disposition(entry.header, body, ring)


def revoke_disposition(ledger: EvidenceLedger, finding: FollowedFinding, by: str, reason: str) -> tuple[Entry, int]:
    """Append the end of the decision about a finding, and return the entry and the number of that which it ends.

    Raises:
        DispositionError: there is no decision, or nobody says who ends it and why.
    """
    held = finding.find_disposition()
    if held is None:
        raise DispositionError(f"No decision about finding {finding.id} is in force.")
    if not normalize_person(by) or not reason.strip():
        raise DispositionError("Who ends the decision, and why?", "Give --by and --reason.")
    body = DispositionRevocationBody(disposition=held.entry, by=by.strip(), reason=reason.strip())
    return ledger.append(EntryKind.DISPOSITION_REVOKED, body), held.entry


def _is_same(held: DispositionTerms, terms: DispositionTerms) -> bool:
    """Return whether a decision repeats one that holds: by the same person, for the same records and until the same day."""
    ignored = {"entry_seen", "by", "role", "reason", "ticket"}
    return normalize_person(held.by) == normalize_person(terms.by) and held.model_dump(
        exclude=ignored
    ) == terms.model_dump(exclude=ignored)
