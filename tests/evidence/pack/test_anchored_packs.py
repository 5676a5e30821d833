"""A pack holds the first anchor of its last entry, and three verifiers agree on what it proves."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from synth_expectations.evidence.anchors.anchor_maker import make_anchors
from synth_expectations.evidence.anchors.timestamps import RootCertificates
from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.keys.trust import read_trust
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.verification.anchors import AnchorWitnesses
from synth_expectations.evidence.verification.pack_verifier import verify_pack
from synth_expectations.policy.anchors import HeaderStore, TimestampAuthority
from tests.evidence.pack.resealing import reseal
from tests.evidence.pack.sample_pack import make_pack, set_clock, unpack, verify_with_bash, verify_with_python
from tests.timestamp_authority import TestAuthority, make_authority, serving_authority

JANUARY = datetime(2027, 1, 2, 6, tzinfo=UTC)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestAuthority]:
    with serving_authority(make_authority(tmp_path_factory.mktemp("authority"))) as served:
        yield served


def test_an_anchor_of_after_the_period_is_in_its_pack(
    ledger: EvidenceLedger, authority: TestAuthority, tmp_path: Path
) -> None:
    """Later anchors change nothing; the root decides, and without it nobody can tell."""
    target = TimestampAuthority(rfc3161=authority.url, root=str(authority.root))
    assert "Not anchored: unaltered as far as its owner is trusted." in make_pack(ledger).files["cover.html"].decode()
    set_clock(ledger, JANUARY)
    [outcome] = make_anchors(ledger, [target], tmp_path)
    assert outcome.anchor, outcome.problem
    pack = make_pack(ledger)
    seq = outcome.anchor.body.seq
    assert f"Anchored up to #{seq}, " in pack.files["cover.html"].decode()
    ledger.append(EntryKind.MANUAL_DONE, {"by": "dpo"})
    make_anchors(ledger, [target, HeaderStore(store="copies")], tmp_path)
    assert make_pack(ledger).files == pack.files
    directory = unpack(ledger, pack, tmp_path / "unpacked")
    manifest = ("--manifest", pack.manifest_sha256)
    root, other = str(authority.root), str(make_authority(tmp_path / "other").root)
    for run in (verify_with_bash, verify_with_python):
        done = run(directory, *manifest, "--tsa-root", root)
        assert (done.returncode, done.stderr) == (0, ""), done
        assert f"Anchored up to entry {seq}, 20" in done.stdout and "that are not: 0." in done.stdout
        done = run(directory, *manifest)
        assert (done.returncode, "give --tsa-root" in done.stdout) == (2, True), done
        done = run(directory, *manifest, "--tsa-root", other)
        assert (done.returncode, "is not a time stamp over entry" in done.stdout) == (1, True), done
    ring = read_trust([])
    for path, anchored in ((root, seq), (other, 0)):
        report = verify_pack(directory, trust=ring, witnesses=AnchorWitnesses(RootCertificates(Path(path))))
        assert report.anchored == anchored
    proof = outcome.anchor.body.proof_sha256
    reply = ledger.read_object(str(proof))
    changed = Path(shutil.copytree(directory, tmp_path / "changed"))
    (changed / "objects" / str(proof)).write_bytes(reply[:-5] + bytes([reply[-5] ^ 1]) + reply[-4:])
    for run in (verify_with_bash, verify_with_python):
        done = run(changed, "--manifest", reseal(changed), "--tsa-root", root)
        assert (done.returncode, "is not a time stamp over entry" in done.stdout) == (1, True), done


def test_an_anchor_of_another_ledger_is_found_in_a_pack(ledger: EvidenceLedger, tmp_path: Path) -> None:
    """Whoever writes the chain anew and keeps the anchors has anchors of another head."""
    set_clock(ledger, JANUARY)
    [outcome] = make_anchors(ledger, [HeaderStore(store="copies")], tmp_path)
    assert outcome.anchor
    body = outcome.anchor.body
    ledger.append(EntryKind.ANCHOR, body.model_copy(update={"head": "0" * 64}))
    pack = make_pack(ledger)
    directory = unpack(ledger, pack, tmp_path / "unpacked")
    for run in (verify_with_bash, verify_with_python):
        done = run(directory, "--manifest", pack.manifest_sha256)
        assert done.returncode == 1, done
        assert f"anchors another entry {body.seq}: the ledger was rewritten" in done.stdout
        assert "says that copies has a copy of entry" in done.stdout


def test_a_pack_cannot_make_its_verifier_run_commands(ledger: EvidenceLedger, tmp_path: Path) -> None:
    """Bash evaluates what stands where it expects a number, and the numbers of a pack are whoever's made it."""
    set_clock(ledger, JANUARY)
    [outcome] = make_anchors(ledger, [HeaderStore(store="copies")], tmp_path)
    assert outcome.anchor
    directory = unpack(ledger, make_pack(ledger), tmp_path / "unpacked")
    trap = "heads[$(: > pwned)]"
    headers = directory / "ledger" / "headers.jsonl"
    *lines, last = headers.read_text().splitlines()
    body = directory / "objects" / str(json.loads(last)["body_sha256"])
    anchor = {**json.loads(body.read_text()), "seq": trap}
    changed = json.dumps(anchor).encode()
    (directory / "objects" / compute_digest(changed)).write_bytes(changed)
    ends = [{**json.loads(last), "seq": trap}, {**json.loads(last), "body_sha256": compute_digest(changed)}]
    headers.write_text("\n".join([*lines, *map(json.dumps, ends)]) + "\n")
    done = verify_with_bash(directory, "--manifest", reseal(directory))
    assert done.returncode == 1
    assert "anchors another entry" in done.stdout
    assert not (directory / "pwned").exists()
