"""Whoever alters a pack is found by both verifiers, which run without this package, and verify.sh without Python."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.pack.builder import EvidencePack
from synth_expectations.evidence.pack.verifier import verify
from tests.evidence.pack.resealing import BOTH, Verifier, reseal, sign, write_public


@BOTH
def test_an_unaltered_pack(run_verifier: Verifier, shared_directory: Path, pack: EvidencePack) -> None:
    """Without a key or a digest from elsewhere nobody vouches for it; with one it is verified."""
    open_result = run_verifier(shared_directory)
    assert (open_result.returncode, open_result.stderr) == (2, "")
    assert "who made the pack is open" in open_result.stdout
    known = run_verifier(shared_directory, "--manifest", pack.manifest_sha256, "--head", pack.manifest.head.sha256)
    assert (known.returncode, known.stderr) == (0, "")
    assert f"entry {pack.manifest.head.seq}, {pack.manifest.head.sha256}" in known.stdout
    other = run_verifier(shared_directory, "--manifest", "0" * 64, "--head", "1" * 64)
    assert other.returncode == 1
    assert "--manifest" in other.stdout and "--head" in other.stdout
    assert "Not verified: 2 things are altered" in other.stdout
    assert "Not verified: 1 thing is altered" in run_verifier(shared_directory, "--head", "1" * 64).stdout


def _flip(path: Path) -> None:
    """Change one digit of a file, or its first letter if it has none; of a verifier one in a comment, so that it runs."""
    content = path.read_bytes()
    start = content.index(b"Verify a pack") if path.name.startswith("verify") else 0
    match = re.compile(rb"[0-9]").search(content, start) or re.compile(rb"[a-z]").search(content, start)
    assert match
    other = bytes([match[0][0] ^ 1])
    path.write_bytes(content[: match.start()] + other + content[match.end() :])


@BOTH
def test_a_changed_digit_is_named_in_every_file(run_verifier: Verifier, directory: Path) -> None:
    paths = [
        path for path in directory.rglob("*") if path.is_file() and path.name not in {"MANIFEST.json", "SHA256SUMS"}
    ]
    kinds = {path.relative_to(directory).parts[0] for path in paths}
    assert kinds == {
        "README.txt", "controls", "cover.html", "ledger", "objects", "oscal", "policy", "pseudonymised", "schema", "site",
        "tables", "verify.py", "verify.sh",
    }  # fmt: skip
    for path in paths:
        _flip(path)
    result = run_verifier(directory)
    assert result.returncode == 1
    unnamed = [path for path in paths if path.relative_to(directory).as_posix() not in result.stdout]
    assert unnamed == []


@BOTH
@pytest.mark.parametrize("name", ["MANIFEST.json", "SHA256SUMS"])
def test_a_changed_digit_is_found_in_the_lists_of_files(run_verifier: Verifier, directory: Path, name: str) -> None:
    path = directory / name
    path.write_bytes(re.sub(rb"([0-9a-f]{63})[0-9a-f]", rb"\1x", path.read_bytes(), count=1))
    result = run_verifier(directory)
    assert result.returncode == 1
    sentences = (f"{name} has another SHA-256", f"is not that of {name}", "SHA256SUMS has an invalid line")
    assert any(sentence in result.stdout for sentence in sentences)


@BOTH
@pytest.mark.parametrize("change", ["removed", "added", "swapped name"])
def test_a_file_that_is_missing_or_superfluous_is_named(run_verifier: Verifier, directory: Path, change: str) -> None:
    first, second = sorted((directory / "objects").iterdir())[:2]
    if change == "removed":
        first.unlink()
    elif change == "added":
        (directory / "objects" / ("0" * 64)).write_bytes(b"x")
    else:
        content = first.read_bytes()
        first.write_bytes(second.read_bytes())
        second.write_bytes(content)
    if change != "removed":
        reseal(directory)
    result = run_verifier(directory)
    assert result.returncode == 1
    assert {"removed": first.name, "added": "0" * 64, "swapped name": first.name}[change] in result.stdout


def _write_headers(directory: Path, lines: Iterable[bytes]) -> None:
    (directory / "ledger" / "headers.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))


@BOTH
@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("removed", "does not name the header before it"),
        ("swapped", "does not name the header before it"),
        ("doubled", "does not name the header before it"),
        ("tail cut", "MANIFEST.json names"),
        ("head cut", "does not name the header before it"),
        ("one digit", "does not name the header before it"),
    ],
)
def test_entries_that_are_moved_are_found_although_the_sums_fit(
    run_verifier: Verifier, directory: Path, change: str, named: str
) -> None:
    lines = (directory / "ledger" / "headers.jsonl").read_bytes().splitlines()
    match change:
        case "removed":
            del lines[9]
        case "swapped":
            lines[8], lines[9] = lines[9], lines[8]
        case "doubled":
            lines.insert(9, lines[9])
        case "tail cut":
            del lines[-2:]
        case "head cut":
            del lines[0]
        case "one digit":
            lines[9] = lines[9].replace(b"T04:30:0", b"T04:30:1", 1)
    _write_headers(directory, lines)
    reseal(directory)
    result = run_verifier(directory)
    assert result.returncode == 1
    assert named in result.stdout, result.stdout


@BOTH
def test_a_ledger_that_is_written_anew_fits_itself_and_not_the_head_from_elsewhere(
    run_verifier: Verifier, directory: Path, pack: EvidencePack
) -> None:
    """Whoever owns a ledger can cut its tail: only what somebody else kept shows that."""
    lines = (directory / "ledger" / "headers.jsonl").read_bytes().splitlines()
    dropped = json.loads(lines[-1])["body_sha256"]
    _write_headers(directory, lines[:-1])
    (directory / "objects" / dropped).unlink()
    manifest = json.loads((directory / "MANIFEST.json").read_bytes())
    manifest["head"] = {"seq": len(lines) - 1, "sha256": compute_digest(lines[-2])}
    manifest["runs"] = {
        name: {**run, "finished": None if run["finished"] == len(lines) else run["finished"]}
        for name, run in manifest["runs"].items()
    }
    (directory / "MANIFEST.json").write_text(json.dumps(manifest), encoding="utf-8")
    reseal(directory)
    result = run_verifier(directory, "--head", pack.manifest.head.sha256)
    assert result.returncode == 1
    assert "the ledger was cut or rewritten" in result.stdout


@BOTH
@pytest.mark.parametrize("kind", ["Ed25519", "P-256"])
def test_a_signature_is_verified_with_a_key_from_elsewhere(
    run_verifier: Verifier, directory: Path, tmp_path: Path, kind: str
) -> None:
    make = ed25519.Ed25519PrivateKey.generate if kind == "Ed25519" else lambda: ec.generate_private_key(ec.SECP256R1())
    key, other = make(), make()
    public, wrong = write_public(key, tmp_path / "signer.pub"), write_public(other, tmp_path / "other.pub")
    manifest = directory / "MANIFEST.json"
    assert "MANIFEST.dsse.json is missing" in run_verifier(directory, "--key", public).stdout
    (directory / "MANIFEST.dsse.json").write_bytes(sign(manifest.read_bytes(), key))
    good = run_verifier(directory, "--key", public)
    assert (good.returncode, good.stderr) == (0, ""), good.stdout
    # who made the pack signed no period off, though the subject and the key are right
    taken = run_verifier(directory, "--key", public, "--sign-off", str(directory / "MANIFEST.dsse.json"))
    assert taken.returncode == 1
    assert "is signed, but it is not a statement signoff." in taken.stdout
    bad = run_verifier(directory, "--key", wrong)
    assert bad.returncode == 1 and "is not signed by the key" in bad.stdout
    (directory / "README.txt").write_bytes(b"Trust me.\n")
    reseal(directory)
    changed = run_verifier(directory, "--key", public)
    assert changed.returncode == 1
    assert "MANIFEST.json was altered: MANIFEST.dsse.json signs another one." in changed.stdout


@BOTH
@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"schema": "pack/1"}', b"\xff\x00"])
def test_a_manifest_that_is_none_is_no_traceback(run_verifier: Verifier, directory: Path, content: bytes) -> None:
    (directory / "MANIFEST.json").write_bytes(content)
    result = run_verifier(directory)
    assert result.returncode == 1
    assert "FAILED" in result.stdout and "Traceback" not in result.stderr


@BOTH
def test_hostile_names_are_text(run_verifier: Verifier, directory: Path) -> None:
    """Neither a shell nor a terminal obeys what whoever alters a pack writes into it."""
    names = ["$(touch pwned)", "x] ; touch pwned", "`touch pwned`", "\x1b[31mred", "-rf", "a b\tc", ""]
    manifest = json.loads((directory / "MANIFEST.json").read_bytes())
    manifest["files"].update({name: {"bytes": 1, "sha256": "$(touch pwned)"} for name in names})
    manifest["redacted"] = {"$(touch pwned)\x1b[31m": 1}
    manifest["runs"] = {"$(touch pwned)": {"started": 1, "finished": None}}
    (directory / "MANIFEST.json").write_text(json.dumps(manifest), encoding="utf-8")
    with (directory / "SHA256SUMS").open("a", encoding="utf-8") as sums:
        sums.writelines(f"{'0' * 64}  {name}\n" for name in names)
        sums.write("\n$(touch pwned)")
    for name in names[:4]:
        (directory / name).write_bytes(b"x")
    result = run_verifier(directory)
    assert result.returncode == 1
    assert not list(directory.parent.rglob("pwned"))
    assert "\x1b" not in result.stdout + result.stderr
    assert "Traceback" not in result.stderr and "[31mred" in result.stdout


def test_the_verifiers_are_what_they_promise() -> None:
    """verify.sh is short enough to be read; verify.py is written for Python 3.9 and imports the standard library alone."""
    home = Path(verify.__file__).parent
    assert len((home / "verify.sh").read_text(encoding="utf-8").splitlines()) <= 130
    tree = ast.parse((home / "verify.py").read_text(encoding="utf-8"), feature_version=(3, 9))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert imported <= {
        "argparse", "base64", "csv", "hashlib", "hmac", "json", "os", "re", "subprocess", "sys", "tempfile",
    }  # fmt: skip
