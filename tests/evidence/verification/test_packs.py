"""A pack is verified by keys that its reader got elsewhere; whatever is changed in it is named."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from synth_expectations.errors import SynthError
from synth_expectations.evidence.attestations.envelope import sign_manifest
from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.keys.key_ring import KeyRing
from synth_expectations.evidence.keys.signing_key import SigningKey, make_key_file
from synth_expectations.evidence.keys.trust import read_trust
from synth_expectations.evidence.verification.pack_source import is_pack
from synth_expectations.evidence.verification.pack_verifier import verify_pack
from synth_expectations.evidence.verification.report import VerificationReport, Weight
from tests.damaged_zips import DAMAGES
from tests.evidence.pack.sample_pack import make_ledger, make_pack, verify_with_bash


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    return make_key_file(tmp_path_factory.mktemp("keys") / "signer.key")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, key: SigningKey) -> Path:
    directory = tmp_path_factory.mktemp("original")
    pack = make_pack(make_ledger(directory / "ledger"), sign=lambda content: sign_manifest(content, key))
    for path, content in pack.files.items():
        (directory / "pack" / path).parent.mkdir(parents=True, exist_ok=True)
        (directory / "pack" / path).write_bytes(content)
    return directory / "pack"


@pytest.fixture
def pack(original: Path, tmp_path: Path) -> Path:
    """The pack, unzipped, for a test to change."""
    return Path(shutil.copytree(original, tmp_path / "pack"))


def trust(key: SigningKey, directory: Path) -> KeyRing:
    (directory / "signer.pub").write_text(key.public.pem)
    return read_trust([directory / "signer.pub"])


def list_altered(report: VerificationReport) -> list[str]:
    return [f"{finding.place}: {finding.message}" for finding in report.findings if finding.weight is Weight.ALTERED]


def test_a_signed_pack_is_verified_by_a_key_from_elsewhere(pack: Path, key: SigningKey, tmp_path: Path) -> None:
    ring = trust(key, tmp_path)
    report = verify_pack(pack, None, ring)
    assert (report.exit_code, list_altered(report)) == (0, [])
    assert report.conclusion.startswith("Verified: a key that was given signed the manifest")
    assert verify_pack(pack).exit_code == 2
    other = make_key_file(tmp_path / "other.key")
    assert verify_pack(pack, None, trust(other, tmp_path)).exit_code == 2
    assert verify_with_bash(pack, "--key", str(tmp_path / "signer.pub")).returncode == 1  # that is the other one now
    trust(key, tmp_path)
    assert verify_with_bash(pack, "--key", str(tmp_path / "signer.pub")).returncode == 0


def test_a_pack_that_nobody_signed_cannot_be_judged(pack: Path, key: SigningKey, tmp_path: Path) -> None:
    (pack / "MANIFEST.dsse.json").unlink()
    report = verify_pack(pack, None, trust(key, tmp_path))
    assert (report.exit_code, list_altered(report)) == (2, [])


@pytest.mark.parametrize(
    "name",
    [
        "MANIFEST.json",
        "SHA256SUMS",
        "ledger/headers.jsonl",
        "tables/runs.csv",
        "cover.html",
        "verify.sh",
        "objects/*",
        "policy/*",
    ],
)
def test_a_flipped_character_is_named(pack: Path, key: SigningKey, tmp_path: Path, name: str) -> None:
    file = min(pack.glob(name))
    content = file.read_bytes()
    position = [match.start() for match in re.finditer(rb"[0-8a-y]", content)][-3]
    file.write_bytes(content[:position] + bytes([content[position] + 1]) + content[position + 1 :])
    report = verify_pack(pack, None, trust(key, tmp_path))
    assert report.exit_code == 1
    assert any(file.name in line for line in list_altered(report))


def resign(pack: Path, key: SigningKey) -> None:
    """Make manifest, sums and signature fit what was changed, as whoever has the key can."""
    manifest = json.loads((pack / "MANIFEST.json").read_bytes())
    for path in manifest["files"]:
        content = (pack / path).read_bytes()
        manifest["files"][path] = {"bytes": len(content), "sha256": compute_digest(content)}
    (pack / "MANIFEST.json").write_text(json.dumps(manifest))
    paths = sorted([*manifest["files"], "MANIFEST.json"])
    sums = "".join(f"{compute_digest((pack / path).read_bytes())}  {path}\n" for path in paths)
    (pack / "SHA256SUMS").write_text(sums)
    (pack / "MANIFEST.dsse.json").write_bytes(sign_manifest((pack / "MANIFEST.json").read_bytes(), key))


def _cut_header(pack: Path) -> None:
    lines = (pack / "ledger/headers.jsonl").read_bytes().splitlines(keepends=True)
    (pack / "ledger/headers.jsonl").write_bytes(b"".join(lines[:6] + lines[7:]))


def _cut_tail(pack: Path) -> None:
    lines = (pack / "ledger/headers.jsonl").read_bytes().splitlines(keepends=True)
    (pack / "ledger/headers.jsonl").write_bytes(b"".join(lines[:-1]))


def _change_table(pack: Path) -> None:
    table = pack / "tables/runs.csv"
    table.write_text(table.read_text().replace("failed", "passed"))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (_cut_header, "It says that it is entry 8"),
        (_cut_tail, "The last header is not the one that the manifest names"),
        (_change_table, "tables/runs.csv"),
    ],
)
def test_a_maker_who_signs_a_lie_is_caught(
    pack: Path, key: SigningKey, tmp_path: Path, change: Callable[[Path], None], sentence: str
) -> None:
    """Digests and signature fit; what the files say of each other does not."""
    change(pack)
    resign(pack, key)
    report = verify_pack(pack, None, trust(key, tmp_path))
    assert report.exit_code == 1
    assert any(sentence in line for line in list_altered(report)), list_altered(report)


def test_a_file_that_was_added_or_taken_away_is_named(pack: Path, key: SigningKey, tmp_path: Path) -> None:
    (pack / "site.html").write_text("<script>")
    (pack / "cover.html").unlink()
    altered = list_altered(verify_pack(pack, None, trust(key, tmp_path)))
    assert "site.html: The manifest does not name it: it was added." in altered
    assert "cover.html: The manifest names it, and it is missing." in altered


def test_a_signature_of_another_pack_is_named(pack: Path, key: SigningKey, tmp_path: Path) -> None:
    (pack / "MANIFEST.dsse.json").write_bytes(sign_manifest(b"{}", key))
    report = verify_pack(pack, None, trust(key, tmp_path))
    assert (report.exit_code, list_altered(report)) == (
        1,
        ["MANIFEST.dsse.json, subject: It is about another MANIFEST.json."],
    )


def test_a_zip_file_that_was_tampered_with(pack: Path, key: SigningKey, tmp_path: Path) -> None:
    archive = tmp_path / "pack.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for file in sorted(pack.rglob("*")):
            if file.is_file():
                packed.write(file, file.relative_to(pack).as_posix())
        with pytest.warns(UserWarning, match="Duplicate name"):
            packed.writestr("cover.html", "another")
        packed.writestr("../outside.txt", "hidden")
    assert is_pack(archive)
    altered = list_altered(verify_pack(archive, None, trust(key, tmp_path)))
    assert "cover.html: It is there 2 times." in altered
    assert "../outside.txt: Its name leads out of the directory that a pack is unzipped to." in altered
    archive.write_bytes(archive.read_bytes()[:-40])
    assert not is_pack(archive)


def test_a_zip_file_that_is_no_pack(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "notes.zip", "w") as packed:
        packed.writestr("notes.txt", "notes")
    with pytest.raises(SynthError, match=r"is not a pack: MANIFEST\.json is missing"):
        verify_pack(tmp_path / "notes.zip")


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_zip_file_is_refused(damage: str, tmp_path: Path) -> None:
    archive, written = tmp_path / "pack.zip", io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        packed.writestr("MANIFEST.json", "{}")
    archive.write_bytes(DAMAGES[damage](written.getvalue()))
    with pytest.raises(SynthError, match=r"pack\.zip (cannot be read|is not a pack)"):
        verify_pack(archive)


def test_sums_with_other_line_ends_are_named(pack: Path, key: SigningKey, tmp_path: Path) -> None:
    """`sha256sum -c` looks for names that end in a carriage return, and finds none."""
    sums = pack / "SHA256SUMS"
    sums.write_bytes(sums.read_bytes().replace(b"\n", b"\r\n"))
    report = verify_pack(pack, None, trust(key, tmp_path))
    assert report.exit_code == 1
    assert "SHA256SUMS: It does not have the digest of cover.html." in list_altered(report)
