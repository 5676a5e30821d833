"""The objects of a pack: bodies of entries, results, SQL, policies and files of controls."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from synth_expectations.controls.load import HERE as INSTALLED_CONTROLS
from synth_expectations.evidence.anchors.anchor import parse_anchor
from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.pack.period_entries import PackError, PeriodEntries
from synth_expectations.evidence.pack.pseudonyms import PseudonymKey
from synth_expectations.evidence.pack.regulations import name_controls
from synth_expectations.evidence.pack.scope import PackScope

_EMPTY = compute_digest(b"")
"""What a record names where its policy has no text that can be read."""


@dataclass
class PackedObjects:
    """Files of a pack that come from objects of the ledger.

    Attributes:
        files: content by path.
        pseudonymised: the digest of the original by the path of its copy.
        not_included: the digests of suites and controls whose bytes nobody kept, with what they are.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    pseudonymised: dict[str, str] = field(default_factory=dict)
    not_included: dict[str, str] = field(default_factory=dict)


def collect_objects(
    ledger: EvidenceLedger, entries: PeriodEntries, scope: PackScope, pseudonyms: PseudonymKey
) -> PackedObjects:
    """Return the objects of a period, results with pseudonyms in the place of record keys.

    Raises:
        LedgerError: one is missing, or was altered.
        PackError: a result is not JSON, so nobody knows what in it is a record key.
    """
    packed = PackedObjects()
    for entry in entries.entries:
        if entry.header.seq in entries.with_body:
            digest = entry.header.body_sha256
            packed.files[f"objects/{digest}"] = content = ledger.read_object(digest)
            anchor = parse_anchor(entry, content) if entry.header.kind is EntryKind.ANCHOR else None
            if anchor and (proof := anchor.body.proof_sha256):
                packed.files[f"objects/{proof}"] = ledger.read_object(proof)
    for digest in _list_results(entries, scope):
        _add_result(packed, digest, ledger.read_object(digest), pseudonyms)
    for digest in _list_verbatim(entries, scope):
        packed.files[f"objects/{digest}"] = ledger.read_object(digest)
    for run in entries.runs:
        if policy := run.record.policy:
            for digest in (policy.sha256, *policy.files.values()):
                content = b"" if digest == _EMPTY else ledger.read_object(digest)
                packed.files[f"policy/{digest}.yml"] = content
        for name, digest in run.record.suites.items():
            _add_optional(packed, ledger, f"objects/{digest}", digest, f"suite {name}")
        for name, digest in run.record.controls.items():
            regulation = name.removesuffix(".yml")
            if scope.has_regulation(regulation):
                _add_optional(packed, ledger, name_controls(regulation, digest), digest, f"controls {regulation}")
    return packed


def _list_results(entries: PeriodEntries, scope: PackScope) -> Iterator[str]:
    results = {
        result.result_sha256 for run in entries.runs for result in run.record.results if scope.has_result(result)
    }
    yield from sorted(digest for digest in results if digest and digest not in entries.redacted)


def _list_verbatim(entries: PeriodEntries, scope: PackScope) -> Iterator[str]:
    digests = {
        digest
        for run in entries.runs
        for result in run.record.results
        if scope.has_result(result)
        if (digest := result.sql_sha256)
    }
    yield from sorted(digest for digest in digests if digest and digest not in entries.redacted)


def _add_result(packed: PackedObjects, digest: str, content: bytes, pseudonyms: PseudonymKey) -> None:
    """Add a result as it is if it holds no record key, otherwise a copy with pseudonyms."""
    try:
        copy = pseudonyms.pseudonymise(content, digest)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise PackError(
            f"The result {digest} is not JSON: its record keys cannot be found, and replaced.",
            "Nothing was packed. Run: synth-expectations audit verify",
        ) from error
    if copy is None:
        packed.files[f"objects/{digest}"] = content
    else:
        path = f"pseudonymised/{digest}.json"
        packed.files[path] = copy
        packed.pseudonymised[path] = digest


def _add_optional(packed: PackedObjects, ledger: EvidenceLedger, path: str, digest: str, name: str) -> None:
    """Add a file that an older ledger may have by its digest alone; of controls, the installed one may be the same."""
    if ledger.store.read(f"objects/{digest}") is not None:
        packed.files[path] = ledger.read_object(digest)
        return
    installed = INSTALLED_CONTROLS / f"{name.removeprefix('controls ')}.yml"
    if name.startswith("controls ") and installed.is_file():
        content = installed.read_bytes()
        if compute_digest(content) == digest:
            packed.files[path] = content
            return
    packed.not_included[digest] = name
