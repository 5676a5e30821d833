"""Whoever alters a pack is found by both verifiers, which run without this package, and verify.sh without Python."""

from __future__ import annotations

import ast
import base64
import json
import re
import subprocess
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.hashes import SHA256

from synth_expectations.evidence.attestations.statements import PACK
from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.pack.builder import EvidencePack
from synth_expectations.evidence.pack.verifier import verify
from tests.evidence.pack.sample_pack import (
    KEY,
    LATER,
    RECORD_KEYS,
    append_run,
    make_pack,
    make_result,
    set_clock,
    unpack,
    verify_with_bash,
    verify_with_python,
)

Verifier = Callable[..., "subprocess.CompletedProcess[str]"]
BOTH = pytest.mark.parametrize("run_verifier", [verify_with_bash, verify_with_python])


def reseal(directory: Path) -> str:
    """Make manifest and sums fit the files, as whoever alters a pack would, and return the SHA-256 of the manifest."""
    manifest = json.loads((directory / "MANIFEST.json").read_bytes())
    paths = [path.relative_to(directory).as_posix() for path in sorted(directory.rglob("*")) if path.is_file()]
    contents = {path: (directory / path).read_bytes() for path in paths}
    unlisted = {"MANIFEST.json", "SHA256SUMS", "MANIFEST.dsse.json"}
    manifest["files"] = {
        path: {"bytes": len(content), "sha256": compute_digest(content)}
        for path, content in contents.items()
        if path not in unlisted
    }
    contents["MANIFEST.json"] = json.dumps(manifest).encode()
    (directory / "MANIFEST.json").write_bytes(contents["MANIFEST.json"])
    summed = [path for path in contents if path not in {"SHA256SUMS", "MANIFEST.dsse.json"}]
    sums = "".join(f"{compute_digest(contents[path])}  {path}\n" for path in sorted(summed))
    (directory / "SHA256SUMS").write_text(sums, encoding="utf-8")
    return compute_digest(contents["MANIFEST.json"])


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


def sign(content: bytes, key: ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    """Return a DSSE envelope of an in-toto statement about a manifest."""
    subject = [{"name": "MANIFEST.json", "digest": {"sha256": compute_digest(content)}}]
    statement = {"_type": "https://in-toto.io/Statement/v1", "predicateType": PACK, "subject": subject}
    payload = json.dumps(statement).encode() + b"\n"
    kind = b"application/vnd.in-toto+json"
    signed = b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)
    is_edwards = isinstance(key, ed25519.Ed25519PrivateKey)
    signature = key.sign(signed) if is_edwards else key.sign(signed, ec.ECDSA(SHA256()))
    return json.dumps(
        {
            "payload": base64.b64encode(payload).decode(),
            "payloadType": kind.decode(),
            "signatures": [{"keyid": "x", "sig": base64.b64encode(signature).decode()}],
        }
    ).encode()


def _write_public(key: ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey, path: Path) -> str:
    form = (serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    path.write_bytes(key.public_key().public_bytes(*form))
    return str(path)


@BOTH
@pytest.mark.parametrize("kind", ["Ed25519", "P-256"])
def test_a_signature_is_verified_with_a_key_from_elsewhere(
    run_verifier: Verifier, directory: Path, tmp_path: Path, kind: str
) -> None:
    make = ed25519.Ed25519PrivateKey.generate if kind == "Ed25519" else lambda: ec.generate_private_key(ec.SECP256R1())
    key, other = make(), make()
    public, wrong = _write_public(key, tmp_path / "signer.pub"), _write_public(other, tmp_path / "other.pub")
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


@pytest.mark.parametrize(
    ("table", "before", "after", "named"),
    [
        ("runs", '"failed","1"', '"passed","0"', "verdict is 'passed'"),
        ("findings", '"17","17","0"', '"17","16","0"', "count_max is '16'"),
        ("coverage", '"6","5","1"', '"6","6","0"', "passed is '6'"),
        ("controls", "", "", "it counts supports 1"),
    ],
)
def test_a_table_that_contradicts_the_records_is_named(
    directory: Path, table: str, before: str, after: str, named: str
) -> None:
    """All sums fit: the counts are computed anew."""
    path = directory / "tables" / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    if table == "controls":
        rows = text.splitlines()
        columns = rows[0].split(",")
        number = next(index for index, row in enumerate(rows) if '"contrary"' in row and index)
        cells = rows[number].split('","')
        cells[columns.index('"contrary"')], cells[columns.index('"supports"')] = "0", "1"
        rows[number] = '","'.join(cells)
        changed = "\n".join(rows) + "\n"
    else:
        assert before in text, text
        changed = text.replace(before, after, 1)
    path.write_text(changed, encoding="utf-8")
    reseal(directory)
    result = verify_with_python(directory)
    assert result.returncode == 1
    assert named in result.stdout, result.stdout


def test_a_line_that_is_left_out_of_a_table_is_named(directory: Path) -> None:
    for name in ("runs", "findings", "coverage", "controls"):
        path = directory / "tables" / f"{name}.csv"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        number = next(index for index, line in enumerate(lines) if index and ("contrary" in line or name != "controls"))
        path.write_text("".join([*lines[:number], *lines[number + 1 :]]), encoding="utf-8")
    reseal(directory)
    stdout = verify_with_python(directory).stdout
    assert all(f"tables/{name}.csv lacks" in stdout for name in ("runs", "findings", "coverage", "controls")), stdout


def test_a_record_key_in_the_place_of_a_pseudonym_is_named(directory: Path) -> None:
    path = next(directory.glob("pseudonymised/*"))
    document = json.loads(path.read_bytes())
    document["result"]["result"]["details"]["sample"]["values"][0] = RECORD_KEYS[0]
    path.write_text(json.dumps(document), encoding="utf-8")
    reseal(directory)
    assert "holds a record key that is not a pseudonym" in verify_with_python(directory).stdout


def test_a_result_that_contradicts_its_record_is_named(directory: Path) -> None:
    path = next(directory.glob("pseudonymised/*"))
    path.write_bytes(path.read_bytes().replace(b'"unexpected_count": 2', b'"unexpected_count": 1'))
    reseal(directory)
    assert "the record says broken 2, but its result says 1" in verify_with_python(directory).stdout
    path.write_bytes(path.read_bytes().replace(b'"mostly": 1', b'"mostly": 0'))
    reseal(directory)
    assert "params_sha256 of the record is not that of the parameters" in verify_with_python(directory).stdout


def test_an_original_is_held_against_its_copy(shared_directory: Path, tmp_path: Path) -> None:
    """The controller shows a result and the key: both must fit."""
    original, key, other = (tmp_path / name for name in ("original.json", "key", "other"))
    original.write_bytes(make_result(2))
    key.write_text(KEY, encoding="ascii")
    other.write_text("00" * 32, encoding="ascii")
    good = verify_with_python(shared_directory, "--original", str(original), "--pseudonym-key", str(key))
    assert "same digest, and its keys become the same pseudonyms" in good.stdout
    bad = verify_with_python(shared_directory, "--original", str(original), "--pseudonym-key", str(other))
    assert bad.returncode == 1 and "other pseudonyms" in bad.stdout
    original.write_bytes(make_result(1))
    unknown = verify_with_python(shared_directory, "--original", str(original), "--pseudonym-key", str(key))
    assert unknown.returncode == 1 and "the pack has no such result" in unknown.stdout


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


def test_an_approval_that_is_none_is_named(ledger: EvidenceLedger, tmp_path: Path) -> None:
    """A record may name any entry: it must approve this policy, before the run."""
    record = append_run(ledger, LATER + timedelta(days=2))
    assert record.policy
    set_clock(ledger, LATER + timedelta(days=3))
    right, wrong = (
        ledger.append(EntryKind.POLICY_APPROVED, {"policy_sha256": digest, "by": "dpo"}).header.seq
        for digest in (record.policy.sha256, "0" * 64)
    )
    for number, entry in enumerate((right, wrong, 2, 999)):
        policy = record.policy.model_copy(update={"approval_entry": entry})
        changed = record.model_copy(update={"policy": policy, "run_id": f"20261208T04300{number}Z-zzzz"})
        ledger.append(EntryKind.RUN_STARTED, changed.model_copy(update={"phase": "started"}))
        ledger.append(EntryKind.RUN_FINISHED, changed)
    pack = make_pack(ledger)
    stdout = verify_with_python(unpack(ledger, pack, tmp_path / "pack"), "--manifest", pack.manifest_sha256).stdout
    assert "20261208T043000Z-zzzz" not in stdout
    assert f"Run 20261208T043001Z-zzzz: entry {wrong} approves another policy than {record.policy.sha256}." in stdout
    for number, entry in ((2, 2), (3, 999)):
        assert f"Run 20261208T04300{number}Z-zzzz: entry {entry} is not an approval from before its start." in stdout
