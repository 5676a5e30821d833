"""Verify a pack: its files are what its manifest says, and somebody whom the verifier knows signed that."""

from __future__ import annotations

import json
import lzma
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from pydantic import BaseModel, ValidationError

from synth_expectations.errors import SynthError
from synth_expectations.evidence.attestations.envelope import Envelope, read_envelope
from synth_expectations.evidence.attestations.statements import PACK
from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.cycle.sign_off import read_sign_off
from synth_expectations.evidence.keys.key_ring import KeyRing
from synth_expectations.evidence.ledger.bulk_reading import StoredFile
from synth_expectations.evidence.ledger.entry import EntryKind, Header
from synth_expectations.evidence.ledger.store import OBJECTS
from synth_expectations.evidence.pack.verifier import verify as verifier
from synth_expectations.evidence.records.fields import Sha256
from synth_expectations.evidence.verification.anchors import AnchorWitnesses
from synth_expectations.evidence.verification.ledger_verifier import verify_source
from synth_expectations.evidence.verification.report import VerificationFinding, VerificationReport, Weight
from synth_expectations.evidence.verification.source import HeaderFile

MANIFEST, SUMS, SIGNATURE, HEADERS = "MANIFEST.json", "SHA256SUMS", "MANIFEST.dsse.json", "ledger/headers.jsonl"
KEY_KINDS = {EntryKind.KEY_ADDED, EntryKind.KEY_REVOKED}
_LARGEST = 4 * 2**30
"""Bytes that a pack may unfold to: a small file that unfolds to more was made to fill a machine."""


class _ManifestFile(BaseModel):
    bytes: int
    sha256: Sha256


class _ManifestHead(BaseModel):
    seq: int
    sha256: Sha256


class _Manifest(BaseModel):
    files: dict[str, _ManifestFile]
    head: _ManifestHead


class PackSource:
    """The headers and objects of a pack.

    Args:
        where: the pack, for people.
        files: content by path.
    """

    is_partial = True

    def __init__(self, where: str, files: Mapping[str, bytes]) -> None:
        self._where = where
        self._files = files

    @property
    def where(self) -> str:
        """The pack."""
        return self._where

    def read_headers(self) -> list[HeaderFile]:
        """Return the headers: each is a line."""
        lines = self._files.get(HEADERS, b"").splitlines()
        return [HeaderFile(f"{HEADERS}, line {seq}", line, seq) for seq, line in enumerate(lines, start=1)]

    def read_object(self, digest: str) -> bytes | None:
        """Return the bytes that lie in the place of a digest, whatever they are; None if there are none."""
        return self._files.get(f"{OBJECTS}/{digest}")

    def read_all_objects(self) -> Iterator[StoredFile]:
        """Yield all objects, by their names, which should be their digests."""
        for path in sorted(path for path in self._files if path.startswith(f"{OBJECTS}/")):
            yield StoredFile(path.partition("/")[2], self._files[path])

    def list_index(self, index: str) -> list[str] | None:
        """Return nothing: runs do not look into a pack."""
        return None

    def list_leftovers(self) -> list[str]:
        """Return nothing: a pack is written whole."""
        return []


def is_pack(path: Path) -> bool:
    """Return whether a path is that of a pack: a zip file, or the directory that it was unzipped to."""
    return zipfile.is_zipfile(path) if path.is_file() else (path / MANIFEST).is_file()


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
    files = _read_archive(path, findings) if path.is_file() else _read_directory(path)
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
    own = _read_keys(source) if sign_offs else KeyRing()
    signed_off = [_check_sign_off(files, name, content, trust, own) for name, content in (sign_offs or {}).items()]
    findings += signed_off
    if SIGNATURE in files or not signed_off:
        findings += _check_signature(files, trust)
    if all(finding.weight is not Weight.ALTERED for finding in findings):
        findings += _check_tables(files)
    return verify_source(source, expected_head, trust, now, tuple(findings), witnesses)


def _read_archive(path: Path, findings: list[VerificationFinding]) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if sum(member.file_size for member in members) > _LARGEST:
                raise SynthError(
                    f"{path} unfolds to more than {_LARGEST >> 30} GB: it is not read.", "Ask whoever made it."
                )
            for name, count in Counter(member.filename for member in members).items():
                if count > 1:
                    findings.append(VerificationFinding(Weight.ALTERED, f"It is there {count} times.", None, name))
                if name.startswith("/") or ".." in PurePosixPath(name).parts or "\\" in name:
                    message = "Its name leads out of the directory that a pack is unzipped to."
                    findings.append(VerificationFinding(Weight.ALTERED, message, None, name))
            return {member.filename: archive.read(member) for member in members}
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError):
        raise SynthError(f"{path} cannot be read: it is damaged.", "Get the pack again.") from None
    except (OSError, RuntimeError) as error:  # it is encrypted, or packed in a way that Python does not know
        reason = str(error).rstrip(".")
        raise SynthError(f"{path} cannot be read: {reason}.", "Get the pack again.") from None


def _read_directory(path: Path) -> dict[str, bytes]:
    try:
        return {
            file.relative_to(path).as_posix(): file.read_bytes()
            for file in sorted(path.rglob("*"))
            if file.is_file() and not file.is_symlink()
        }
    except OSError as error:
        raise SynthError(f"{error.filename} cannot be read: {error.strerror}.", "Check its owner.") from None


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
    lines = files.get(SUMS, b"").decode("utf-8", "replace").splitlines()
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


def _check_signature(files: Mapping[str, bytes], trust: KeyRing | None) -> Iterator[VerificationFinding]:
    content = files.get(SIGNATURE)
    if content is None:
        message = "Nobody signed the manifest: whoever had the pack could have changed all of it."
        yield VerificationFinding(Weight.UNJUDGED, message, None, SIGNATURE)
        return
    envelope = read_envelope(content)
    digest = _find_subject(envelope) if envelope else None
    if envelope is None or digest is None:
        yield VerificationFinding(Weight.ALTERED, "It is not a signed statement about a pack.", None, SIGNATURE)
        return
    if digest != compute_digest(files.get(MANIFEST, b"")):
        yield VerificationFinding(Weight.ALTERED, f"It is about another {MANIFEST}.", None, SIGNATURE, "subject")
    if trust is None:
        message = (
            "Who signed the manifest? Get their public key from them, not from the pack, and give it: --trust FILE."
        )
        yield VerificationFinding(Weight.UNJUDGED, message, None, SIGNATURE)
        return
    named = {signature.keyid for signature in envelope.signatures}
    signers = [known for known in trust.keys.values() if envelope.is_signed_by(known.public)]
    if signers:
        persons = ", ".join(known.body.person or known.public.keyid for known in signers)
        yield VerificationFinding(Weight.NOTE, f"The manifest is signed by {persons}.", None, SIGNATURE)
    elif named & trust.keys.keys():
        message = "Its signature is not by the key that it names: it was altered."
        yield VerificationFinding(Weight.ALTERED, message, None, SIGNATURE, "signatures")
    else:
        message = "None of the keys that you trust signed the manifest."
        yield VerificationFinding(Weight.UNJUDGED, message, None, SIGNATURE)


def _check_sign_off(
    files: Mapping[str, bytes], name: str, content: bytes, trust: KeyRing | None, own: KeyRing
) -> VerificationFinding:
    """Return whether a sign-off that came beside a pack is over it, and by a trusted key of who signs.

    Args:
        files: of the pack.
        name: of the file.
        content: its bytes.
        trust: the keys that the verifier got from their owners.
        own: the keys of the pack; one that was revoked there was revoked before anybody signed for the pack.
    """
    ring = trust or KeyRing()
    sign_off = read_sign_off(content, ring)
    if sign_off is None:
        return VerificationFinding(Weight.ALTERED, "It is not a sign-off of a period.", None, name)
    keyid, terms = sign_off
    if terms.manifest_sha256 != compute_digest(files.get(MANIFEST, b"")):
        return VerificationFinding(Weight.ALTERED, f"It is over another {MANIFEST}.", None, name, "subject")
    if keyid is None:
        message = (
            f"{terms.by} signs off {terms.period} as {terms.role}, by no key that you trust: get it, and give --trust."
        )
        return VerificationFinding(Weight.UNJUDGED, message, None, name)
    for known in (ring.keys[keyid].body, *([own.keys[keyid].body] if keyid in own.keys else [])):
        named = (known.person.casefold(), known.role.casefold())
        if known.person and named != (terms.by.casefold(), terms.role.casefold()):
            message = f"{terms.by} signs as {terms.role} with the key of {known.person}, {known.role}."
            return VerificationFinding(Weight.ALTERED, message, None, name, "signatures")
    if revocation := own.revocations.get(keyid):
        message = f"{terms.by} signs with a key that entry {revocation[1]} of the pack revoked: {revocation[0].reason}"
        return VerificationFinding(Weight.ALTERED, message, None, name, "signatures")
    counts = Counter(row.conclusion for row in terms.conclusions)
    told = ", ".join(f"{counts[word]} {word}" for word in sorted(counts)) or "nothing"
    message = f"{terms.by} signs off {terms.period} as {terms.role}; concluded of requirements: {told}."
    return VerificationFinding(Weight.NOTE, message, None, name)


def _read_keys(source: PackSource) -> KeyRing:
    """Return the keys of a pack; an entry that cannot be read adds none, and is named elsewhere."""
    ring = KeyRing()
    for file in source.read_headers():
        with suppress(ValueError):
            header = Header.model_validate_json(file.content or b"")
            if header.kind in KEY_KINDS and (body := source.read_object(header.body_sha256)) is not None:
                ring.add_entry(header, body)
    return ring


def _find_subject(envelope: Envelope) -> str | None:
    """Return the digest of the manifest that a statement is about; None if it is about something else."""
    try:
        statement = json.loads(envelope.decode_payload())
        return str(statement["subject"][0]["digest"]["sha256"]) if statement["predicateType"] == PACK else None
    except (ValueError, KeyError, IndexError, TypeError):
        return None
