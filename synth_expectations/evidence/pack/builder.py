"""Make the pack of a period from a ledger."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import jinja2

from synth_expectations.controls.statuses import EvidenceStatus
from synth_expectations.evidence.anchors.anchor import describe_claim
from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.cycle.closing import ClosingTerms
from synth_expectations.evidence.findings.reader import read_findings
from synth_expectations.evidence.ledger.entry import Entry, EntryKind, Head
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.pack.archive import write_archive
from synth_expectations.evidence.pack.cover import render_cover
from synth_expectations.evidence.pack.manifest import PackManifest, encode_manifest, make_manifest
from synth_expectations.evidence.pack.objects import collect_objects
from synth_expectations.evidence.pack.oscal import OscalDocument
from synth_expectations.evidence.pack.pack_entry import PackMadeBody
from synth_expectations.evidence.pack.period import PackPeriod
from synth_expectations.evidence.pack.period_entries import PackError, PeriodEntries, read_period_entries
from synth_expectations.evidence.pack.pseudonyms import PseudonymKey
from synth_expectations.evidence.pack.regulations import read_regulations
from synth_expectations.evidence.pack.scope import make_scope
from synth_expectations.evidence.pack.site_files import make_site
from synth_expectations.evidence.pack.tables.controls import make_controls_table
from synth_expectations.evidence.pack.tables.coverage import make_coverage_table
from synth_expectations.evidence.pack.tables.findings import make_findings_table
from synth_expectations.evidence.pack.tables.followed_findings import FollowedTable
from synth_expectations.evidence.pack.tables.manual import make_manual_table
from synth_expectations.evidence.pack.tables.ownership import make_ownership_table
from synth_expectations.evidence.pack.tables.planned_check import collect_histories
from synth_expectations.evidence.pack.tables.runs import make_runs_table
from synth_expectations.evidence.pack.tables.samples import make_samples_table
from synth_expectations.evidence.pack.tables.schedule import make_schedule_table
from synth_expectations.evidence.pack.tables.table import PackTable

_HERE = Path(__file__).parent
ManifestSigner = Callable[[bytes], bytes]
"""Returns the signed envelope of a manifest."""


@dataclass(frozen=True)
class EvidencePack:
    """A pack in memory.

    Attributes:
        entries: of the ledger.
        manifest: its manifest.
        files: content by path, all of them.
    """

    entries: PeriodEntries
    manifest: PackManifest
    files: dict[str, bytes]

    @property
    def manifest_sha256(self) -> str:
        """The SHA-256 of MANIFEST.json."""
        return compute_digest(self.files["MANIFEST.json"])


def build_pack(
    ledger: EvidenceLedger,
    period: PackPeriod,
    pseudonyms: PseudonymKey,
    regulations: Iterable[str] = (),
    tables: Iterable[str] = (),
    sign: ManifestSigner | None = None,
    closing: ClosingTerms | None = None,
) -> EvidencePack:
    """Return the pack of a period; the same ledger and key of pseudonyms give the same bytes.

    Args:
        ledger: what the project recorded.
        period: which runs.
        pseudonyms: the key with which record keys are replaced.
        regulations: to which the pack is limited; all if there are none.
        tables: to which the pack is limited; all if there are none.
        sign: signs the manifest.
        closing: what the period is closed with, if it is. Its pack is the same with and without a signature.

    Raises:
        PackError: no run is in the period, a table is unknown, or the ledger is altered.
        LedgerError: an object is missing or altered.
        ControlsError: a regulation is unknown.
    """
    entries = read_period_entries(ledger, period, Head(closing.head, closing.head_sha256) if closing else None)
    scope = make_scope(regulations, tables, entries.runs)
    objects = collect_objects(ledger, entries, scope, pseudonyms)
    packed = read_regulations(objects.files, entries.runs, scope)
    histories = collect_histories(entries.runs, scope)
    controls = make_controls_table([named.regulation for named in packed], histories, entries, scope)
    followed = FollowedTable(read_findings(ledger, last=entries.head.seq), entries.entries[-1].header.at)
    made = (
        make_runs_table(entries.runs),
        make_findings_table(histories, scope, followed),
        controls,
        make_coverage_table(histories, entries.runs, scope),
        make_ownership_table(entries.runs, scope),
        make_samples_table(entries, objects.files, scope),
        make_schedule_table(entries, objects.files),
        make_manual_table(entries, objects.files),
    )
    files = {
        **objects.files,
        **{named.path: named.content for named in packed},
        **{f"tables/{table.name}.csv": table.to_csv() for table in made},
        **{f"schema/{path.name}": path.read_bytes() for path in sorted((_HERE / "schemas").glob("*.json"))},
        **{name: (_HERE / "verifier" / name).read_bytes() for name in ("verify.sh", "verify.py")},
        "ledger/headers.jsonl": b"".join(entry.content + b"\n" for entry in entries.entries),
        "oscal/assessment-results.json": _encode(OscalDocument(entries, histories, controls).build()),
    }
    files.update(make_site(entries, files))
    unlisted = make_manifest(entries, scope, objects, pseudonyms.id, {}, closing)
    by_name = {table.name: table for table in made}
    is_signed = sign is not None and closing is None
    anchoring = describe_claim(entries.entries, lambda digest: files.get(f"objects/{digest}"))
    files["cover.html"] = render_cover(entries, unlisted, by_name, anchoring, is_signed=is_signed)
    files["README.txt"] = _render_readme(unlisted, made, is_signed=is_signed)
    manifest = make_manifest(entries, scope, objects, pseudonyms.id, files, closing)
    files["MANIFEST.json"] = encode_manifest(manifest)
    files["SHA256SUMS"] = "".join(f"{compute_digest(files[path])}  {path}\n" for path in sorted(files)).encode()
    if sign:
        files["MANIFEST.dsse.json"] = sign(files["MANIFEST.json"])
    return EvidencePack(entries, manifest, files)


def write_pack(ledger: EvidenceLedger, pack: EvidencePack, path: Path, *, replace: bool = False) -> Entry:
    """Write a pack to a zip file, note it in the ledger, and return the entry.

    Args:
        ledger: of which the pack was made.
        pack: what to write.
        path: of the zip file.
        replace: whether a file that exists is replaced.

    Raises:
        PackError: the file exists or cannot be written, or the ledger cannot note it.
    """
    write_archive(path, pack.files, pack.entries.period.last, replace=replace)
    with open(path, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    body = PackMadeBody(
        period=pack.manifest.period.name,
        regulations=pack.manifest.scope.regulations,
        tables=pack.manifest.scope.tables,
        head=pack.manifest.head.seq,
        pack_sha256=digest,
        manifest_sha256=pack.manifest_sha256,
    )
    try:
        return ledger.append(EntryKind.PACK_MADE, body)
    except OSError as error:
        raise PackError(
            f"{path.name} is written, but the ledger could not note it: {error.strerror or error}.",
            "Make the directory of the ledger writable, and make the pack again with --force: it will be the same.",
        ) from error


def _render_readme(manifest: PackManifest, tables: Iterable[PackTable], *, is_signed: bool) -> bytes:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE / "templates"),
        autoescape=False,  # noqa: S701 - a text file
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    text = environment.get_template("README.txt.j2").render(
        manifest=manifest, tables=tables, statuses=list(EvidenceStatus), is_signed=is_signed
    )
    return (text.rstrip("\n") + "\n").encode()


def _encode(document: object) -> bytes:
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")
