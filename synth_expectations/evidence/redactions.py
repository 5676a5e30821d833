"""Remove a result from the ledger on record: its digest stays, its content goes."""

from __future__ import annotations

import json

from synth_expectations.errors import SynthError
from synth_expectations.evidence.canonical import encode_document
from synth_expectations.evidence.ledger.bodies import RedactionBody, Tombstone
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.errors import LedgerError
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.store import OBJECTS

_SHORTEST = 8
"""Digits of a digest that are enough to name an object."""


class RedactionError(SynthError):
    """A result that cannot be redacted."""


def redact_result(ledger: EvidenceLedger, digest: str, reason: str, by: str = "") -> RedactionBody:
    """Replace a result by a tombstone, and append why; what was begun and not ended is ended.

    The entry comes first: a process that is killed between the two leaves an entry without a tombstone, which
    `audit verify` names, and never a tombstone without a reason.

    Args:
        ledger: of the project.
        digest: the SHA-256 of the result, or its first eight digits or more.
        reason: why.
        by: who redacts it, as they say.

    Raises:
        RedactionError: there is no such result, or it is the body of an entry, which the chain needs.
        LedgerError: the store does not let an object be replaced.
    """
    full = _find_object(ledger, digest)
    redacted: tuple[int, RedactionBody] | None = None
    results: set[str] = set()
    for entry in ledger.read_entries():
        if entry.header.body_sha256 == full:
            raise RedactionError(
                f"The object {full[:12]}… is the body of entry {entry.header.seq}, and holds no key of a record.",
                "Only results are redacted: their digest is on the page of the run.",
            )
        if entry.header.kind in {EntryKind.RUN_FINISHED, EntryKind.RESULT_ADOPTED}:
            results |= _list_results(ledger.read_object(entry.header.body_sha256))
        elif entry.header.kind is EntryKind.SAMPLE_RECORDED:
            results.add(str(json.loads(ledger.read_object(entry.header.body_sha256))["sheet_sha256"]))
        elif entry.header.kind is EntryKind.REDACTION:
            body = RedactionBody.model_validate_json(ledger.read_object(entry.header.body_sha256))
            if body.sha256 == full:
                redacted = entry.header.seq, body
    if full not in results:
        raise RedactionError(
            f"The object {full[:12]}… is not the result of any run.",
            "Only results are redacted, SQL that was sent, and worksheets of samples.",
        )
    content = ledger.store.read(f"{OBJECTS}/{full}")
    if redacted and content is not None and Tombstone.read(content, full):
        raise RedactionError(f"The object {full[:12]}… was redacted already, by entry {redacted[0]}.")
    if redacted is None:
        body = RedactionBody(sha256=full, reason=reason, by=by)
        redacted = ledger.append(EntryKind.REDACTION, body).header.seq, body
    tombstone = Tombstone(sha256=full, entry=redacted[0])
    ledger.store.replace(f"{OBJECTS}/{full}", encode_document(tombstone))
    return redacted[1]


def _find_object(ledger: EvidenceLedger, digest: str) -> str:
    wanted = digest.strip().lower()
    if len(wanted) < _SHORTEST or set(wanted) - set("0123456789abcdef"):
        raise RedactionError(
            f"{digest} is not a digest of a result.",
            f"Give its SHA-256, or the first {_SHORTEST} digits of it or more.",
        )
    names = [name for name in ledger.store.list_names(OBJECTS) if name.startswith(wanted)]
    if not names:
        raise RedactionError(f"No object of the ledger has a digest that begins with {wanted}.")
    if len(names) > 1:
        raise RedactionError(f"{len(names)} objects of the ledger begin with {wanted}.", "Give more digits.")
    return names[0]


def _list_results(body: bytes) -> set[str]:
    """Return the digests of the results and the SQL that a body names."""
    try:
        document = json.loads(body)
        results = document["results"]
    except (ValueError, KeyError, TypeError) as error:
        raise LedgerError("The record of a run cannot be read.", "Run: synth-expectations audit verify") from error
    keys = ("result_sha256", "sql_sha256", "sha256")
    return {digest for result in results for key in keys if isinstance(digest := result.get(key), str)}
