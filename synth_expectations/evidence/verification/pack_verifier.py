"""Verify a pack: its files are what its manifest says, and somebody whom the verifier knows signed that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import BaseModel, ValidationError

from synth_expectations.errors import SynthError
from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.keys.key_ring import KeyRing
from synth_expectations.evidence.pack.verifier import verify as verifier
from synth_expectations.evidence.records.fields import Sha256
from synth_expectations.evidence.verification.anchors import AnchorWitnesses
from synth_expectations.evidence.verification.ledger_verifier import verify_source
from synth_expectations.evidence.verification.pack_signatures import check_sign_off, check_signature, read_pack_keys
from synth_expectations.evidence.verification.pack_source import (
    HEADERS,
    MANIFEST,
    SIGNATURE,
    SUMS,
    PackSource,
    read_archive,
    read_directory,
)
from synth_expectations.evidence.verification.report import VerificationFinding, VerificationReport, Weight


class _ManifestFile(BaseModel):
    bytes: int
    sha256: Sha256


class _ManifestHead(BaseModel):
    seq: int
    sha256: Sha256


class _Manifest(BaseModel):
    files: dict[str, _ManifestFile]
    head: _ManifestHead


def verify_pack(
    path: Path,
    expected_head: str | None = None,
    trust: KeyRing | None = None,
    now: datetime | None = None,
    witnesses: AnchorWitnesses | None = None,
    sign_offs: Mapping[str, bytes] | None = None,
) -> VerificationReport:
    """Return what can be said of a pack.

    Args:
        path: of the zip file, or of the directory that it was unzipped to.
        expected_head: the SHA-256 of an entry that the verifier knows from elsewhere.
        trust: the keys that the verifier got from their owners; the keys in the pack make nothing verified.
        now: the time; by default that of this machine.
        witnesses: of anchors, that the verifier got from those who anchor.
        sign_offs: of the period of the pack, by the name of their file.

    Raises:
        SynthError: it cannot be read, or is not a pack.
    """
    findings: list[VerificationFinding] = []
    files = read_archive(path, findings) if path.is_file() else read_directory(path)
    source = PackSource(str(path), files)
    try:
        manifest = _Manifest.model_validate_json(files[MANIFEST])
    except KeyError:
        raise SynthError(
            f"{path} is not a pack: {MANIFEST} is missing.", "Make one: synth-expectations audit pack"
        ) from None
    except ValidationError:
        findings.append(VerificationFinding(Weight.ALTERED, "It is not a manifest of a pack.", None, MANIFEST))
    else:
        findings += _check_files(files, manifest)
        head = compute_digest(files.get(HEADERS, b"").splitlines()[-1]) if files.get(HEADERS, b"").strip() else ""
        if head != manifest.head.sha256:
            message = "The last header is not the one that the manifest names: headers were cut off, or added."
            findings.append(VerificationFinding(Weight.ALTERED, message, manifest.head.seq, HEADERS, "head"))
    findings += _check_sums(files)
    own = read_pack_keys(source) if sign_offs else KeyRing()
    signed_off = [check_sign_off(files, name, content, trust, own) for name, content in (sign_offs or {}).items()]
    findings += signed_off
    if SIGNATURE in files or not signed_off:
        findings += check_signature(files, trust)
    if all(finding.weight is not Weight.ALTERED for finding in findings):
        findings += _check_tables(files)
    return verify_source(source, expected_head, trust, now, tuple(findings), witnesses)


def _check_files(files: Mapping[str, bytes], manifest: _Manifest) -> Iterator[VerificationFinding]:
    for path, named in manifest.files.items():
        if (content := files.get(path)) is None:
            yield VerificationFinding(Weight.ALTERED, "The manifest names it, and it is missing.", None, path)
        elif compute_digest(content) != named.sha256 or len(content) != named.bytes:
            yield VerificationFinding(Weight.ALTERED, "It does not match the manifest: it was altered.", None, path)
    for path in sorted(files.keys() - manifest.files.keys() - {MANIFEST, SUMS, SIGNATURE}):
        yield VerificationFinding(Weight.ALTERED, "The manifest does not name it: it was added.", None, path)


def _check_sums(files: Mapping[str, bytes]) -> Iterator[VerificationFinding]:
    """Yield where SHA256SUMS, which other programs read, says something else than the files."""
    lines = files.get(SUMS, b"").decode("utf-8", "replace").split("\n")
    sums = {line[66:]: line[:64] for line in lines if len(line) > 66}
    if not sums:
        yield VerificationFinding(Weight.ALTERED, "It is missing or empty.", None, SUMS)
        return
    for path in sorted({*sums, *files} - {SUMS, SIGNATURE}):
        if path not in files or compute_digest(files[path]) != sums.get(path):
            yield VerificationFinding(Weight.ALTERED, f"It does not have the digest of {path}.", None, SUMS)


def _check_tables(files: Mapping[str, bytes]) -> Iterator[VerificationFinding]:
    """Yield where the tables of a pack do not say what its records do: by the script that each pack has, our own copy."""
    with TemporaryDirectory() as directory:
        for path, content in files.items():
            file = Path(directory, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        pack = verifier.Pack(directory)
        try:
            verifier.verify_files(pack)
            verifier.verify_headers(pack, None)
            verifier.verify_bodies(pack)
            verifier.verify_runs(pack)
            verifier.verify_tables(pack)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError):
            pack.fail("The tables and records cannot be read to their end.")
        for failure in pack.failures:
            yield VerificationFinding(Weight.ALTERED, failure)
