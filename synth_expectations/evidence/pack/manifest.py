"""The manifest of a pack: what it is about, and the digest of each of its files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import Field

from synth_expectations import __version__
from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.cycle.closing import ClosingTerms
from synth_expectations.evidence.pack.objects import PackedObjects
from synth_expectations.evidence.pack.period_entries import PeriodEntries
from synth_expectations.evidence.pack.scope import PackScope
from synth_expectations.evidence.records.fields import Sha256
from synth_expectations.policy.types import ClosedModel


class ManifestPeriod(ClosedModel):
    """The days of a pack, in UTC; the last one belongs to it."""

    name: str
    first: date = Field(alias="from")
    last: date = Field(alias="to")


class ManifestScope(ClosedModel):
    """The regulations and tables to which a pack is limited; all, where a list is empty."""

    regulations: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()


class ManifestHead(ClosedModel):
    """The last header in a pack: its number, and its SHA-256."""

    seq: int
    sha256: Sha256


class ManifestRun(ClosedModel):
    """The numbers of the entries in which a run started and ended; no end of a run that was aborted."""

    started: int
    finished: int | None


class ManifestPseudonyms(ClosedModel):
    """How record keys became pseudonyms.

    Attributes:
        key_id: names the key, which the controller has.
    """

    method: Literal["p: and the first 32 digits of HMAC-SHA-256"] = "p: and the first 32 digits of HMAC-SHA-256"
    key_id: str


class ManifestFile(ClosedModel):
    """The size and the digest of a file."""

    bytes: int
    sha256: Sha256


class ManifestClosing(ClosedModel):
    """The close of the period of a pack.

    Attributes:
        closed_by: who closes it, as they say.
        looked_at: the kinds of open items that were looked for.
        reservations: what was open, a sentence each.
    """

    closed_by: str
    looked_at: tuple[str, ...]
    reservations: tuple[str, ...]


class PackManifest(ClosedModel):
    """The document MANIFEST.json.

    Attributes:
        pseudonyms: None if no result in the pack holds a record key.
        pseudonymised: the digest of the original result by the path of its copy.
        redacted: the number of the entry that redacts an object, by its digest.
        not_included: what the records name by its digest alone, by that digest.
        closing: None while the period is not closed.
        files: every file of the pack but MANIFEST.json itself, SHA256SUMS and MANIFEST.dsse.json.
    """

    manifest_schema: Literal["pack/1"] = Field("pack/1", alias="schema")
    made_by: str
    project_uuid: str
    period: ManifestPeriod
    scope: ManifestScope
    head: ManifestHead
    runs: dict[str, ManifestRun]
    pseudonyms: ManifestPseudonyms | None
    pseudonymised: dict[str, Sha256]
    redacted: dict[Sha256, int]
    not_included: dict[Sha256, str]
    closing: ManifestClosing | None = None
    files: dict[str, ManifestFile]


def make_manifest(
    entries: PeriodEntries,
    scope: PackScope,
    objects: PackedObjects,
    pseudonym_key_id: str | None,
    files: Mapping[str, bytes],
    closing: ClosingTerms | None = None,
) -> PackManifest:
    """Return the manifest of a pack.

    Args:
        entries: of the ledger.
        scope: what the pack is limited to.
        objects: what of it comes from objects of the ledger.
        pseudonym_key_id: names the key of pseudonyms, if one was used.
        files: all files, by path.
        closing: what the period is closed with, if it is.
    """
    period = entries.period
    return PackManifest(
        made_by=f"synth_expectations {__version__}",
        project_uuid=entries.project_uuid,
        period=ManifestPeriod.model_validate({"name": period.name, "from": period.first, "to": period.last}),
        scope=ManifestScope(regulations=scope.regulations, tables=scope.tables),
        head=ManifestHead(seq=entries.head.seq, sha256=entries.head.digest),
        runs={run.record.run_id: ManifestRun(started=run.started, finished=run.finished) for run in entries.runs},
        pseudonyms=ManifestPseudonyms(key_id=pseudonym_key_id) if pseudonym_key_id else None,
        pseudonymised=objects.pseudonymised,
        redacted=entries.redacted,
        not_included=objects.not_included,
        closing=ManifestClosing(
            closed_by=closing.closed_by, looked_at=closing.looked_at, reservations=closing.reservations
        )
        if closing
        else None,
        files={
            path: ManifestFile(bytes=len(content), sha256=compute_digest(content)) for path, content in files.items()
        },
    )


def encode_manifest(manifest: PackManifest) -> bytes:
    """Return a manifest as JSON for people: a file a line, names in order."""
    document = manifest.model_dump(mode="json", by_alias=True)
    return (json.dumps(document, indent=1, sort_keys=True) + "\n").encode()
