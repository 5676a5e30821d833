"""Say in a sentence what an entry of the ledger records: approvals, keys, redactions, packs and the like."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pydantic import ValidationError

from synth_expectations.evidence.adoption import AdoptionBody
from synth_expectations.evidence.anchors.anchor import AnchorBody
from synth_expectations.evidence.approvals import ApprovalRevocationBody, read_approval
from synth_expectations.evidence.cycle.gap_explanations import GapExplanation
from synth_expectations.evidence.keys.key_ring import KeyBody, KeyRevocationBody, KeyRing
from synth_expectations.evidence.ledger.bodies import RecoveryBody, RedactionBody
from synth_expectations.evidence.ledger.entry import Entry, EntryKind
from synth_expectations.evidence.pack.pack_entry import PackMadeBody

NOBODY = "nobody named"
UNREADABLE = "This version cannot read what it says."


def describe_entry(entry: Entry, body: bytes) -> str:
    """Return what an entry records, as a sentence; empty for a kind that has pages of its own.

    Args:
        entry: of the ledger.
        body: its body.
    """
    kind = entry.header.kind
    try:
        if kind is EntryKind.POLICY_APPROVED:
            return _describe_approval(entry, body)
        describe = _SENTENCES.get(kind)
        return describe(body) if describe else ""
    except (ValidationError, ValueError):
        return UNREADABLE


def _describe_approval(entry: Entry, body: bytes) -> str:
    terms = read_approval(entry, body, KeyRing()).terms
    until = f"until {terms.valid_until}" if terms.valid_until else "without a last day"
    ticket = f", ticket {terms.ticket}" if terms.ticket else ""
    proof = f"Signed by key {entry.header.signer[:12]}…" if entry.header.signer else "Asserted, not signed"
    return f"{terms.by} as {terms.role} approved the policy {terms.policy_sha256[:12]}… {until}{ticket}. {proof}."


def _describe_revoked_approval(body: bytes) -> str:
    ended = ApprovalRevocationBody.model_validate_json(body)
    return f"{ended.by} ended the approval of entry #{ended.approval}: {ended.reason}"


def _describe_key(body: bytes) -> str:
    key = KeyBody.model_validate_json(body)
    until = f" until {key.valid_until:%Y-%m-%d %H:%M} UTC" if key.valid_until else ""
    return (
        f"{key.person} signs as {key.role} with key {key.keyid[:12]}…, from {key.valid_from:%Y-%m-%d %H:%M} UTC{until}."
    )


def _describe_revoked_key(body: bytes) -> str:
    ended = KeyRevocationBody.model_validate_json(body)
    return f"Signatures of key {ended.keyid[:12]}… no longer hold from {ended.since:%Y-%m-%d %H:%M} UTC: {ended.reason}"


def _describe_anchor(body: bytes) -> str:
    anchor = AnchorBody.model_validate_json(body)
    proofs = {"rfc3161": "time stamp", "store": "copy in a second store", "git": "signed tag"}
    time = f", {anchor.time:%Y-%m-%d %H:%M} UTC" if anchor.time else ""
    by = f" by {anchor.by}" if anchor.by else ""
    return f"Entry #{anchor.seq} is held by a {proofs[anchor.kind]} at {anchor.target}{by}{time}."


def _describe_redaction(body: bytes) -> str:
    redaction = RedactionBody.model_validate_json(body)
    return f"{redaction.by or NOBODY} removed the content of object {redaction.sha256[:12]}…: {redaction.reason}"


def _describe_pack(body: bytes) -> str:
    pack = PackMadeBody.model_validate_json(body)
    parts = [*pack.regulations, *pack.tables]
    limits = f", only {', '.join(parts)}" if parts else ""
    return (
        f"A pack of {pack.period}{limits} was made up to entry #{pack.head}. "
        f"Its manifest has the digest {pack.manifest_sha256[:12]}…."
    )


def _describe_gap(body: bytes) -> str:
    gap = GapExplanation.model_validate_json(body)
    days = f"{gap.first}" if gap.first == gap.last else f"{gap.first} to {gap.last}"
    return f"{gap.by} explained why {gap.subject} {gap.name} was not checked on {days}: {gap.reason}"


def _describe_recovery(body: bytes) -> str:
    missing = RecoveryBody.model_validate_json(body).missing
    listed = ", ".join(f"#{seq}" for seq in missing[:20])
    more = f" and {len(missing) - 20:,} more" if len(missing) > 20 else ""
    return f"{'Entry' if len(missing) == 1 else 'Entries'} {listed}{more} had gone missing by then."


def _describe_adoption(body: bytes) -> str:
    adoption = AdoptionBody.model_validate_json(body)
    count = len(adoption.results)
    results = "1 result" if count == 1 else f"{count:,} results"
    return f"{adoption.by or NOBODY} took in {results} from before the ledger. Nothing proves when they were made."


_SENTENCES: Mapping[EntryKind, Callable[[bytes], str]] = {
    EntryKind.POLICY_REVOKED: _describe_revoked_approval,
    EntryKind.KEY_ADDED: _describe_key,
    EntryKind.KEY_REVOKED: _describe_revoked_key,
    EntryKind.ANCHOR: _describe_anchor,
    EntryKind.REDACTION: _describe_redaction,
    EntryKind.PACK_MADE: _describe_pack,
    EntryKind.GAP_EXPLAINED: _describe_gap,
    EntryKind.RECOVERY: _describe_recovery,
    EntryKind.RESULT_ADOPTED: _describe_adoption,
}
