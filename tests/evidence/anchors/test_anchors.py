"""Anchors hold what an owner could otherwise write anew; each way in which one fails is said."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rfc3161_client import decode_timestamp_response

from synth_expectations.errors import SynthError
from synth_expectations.evidence.anchors.anchor import AnchorBody, read_anchors
from synth_expectations.evidence.anchors.anchor_maker import anchor_if_due, make_anchors
from synth_expectations.evidence.anchors.der_order import sort_sets
from synth_expectations.evidence.anchors.timestamps import RootCertificates
from synth_expectations.evidence.keys.trust import read_trust
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.entry_files import name_entry
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.verification.report import Weight, format_verification
from synth_expectations.policy.anchors import HeaderStore, SignedTag, TimestampAuthority
from tests.evidence.anchors.conftest import list_messages, stamped_by, verify
from tests.evidence.ledger_rewriting import rewrite_ledger
from tests.timestamp_authority import TestAuthority, make_authority


def test_a_time_stamp_is_verified_with_the_root_of_the_authority_alone(
    ledger: EvidenceLedger, authority: TestAuthority, tmp_path: Path
) -> None:
    before = verify(ledger, authority.root)
    assert "Not anchored: unaltered as far as its owner is trusted." in "\n".join(format_verification(before))
    [outcome] = make_anchors(ledger, [stamped_by(authority)], tmp_path)
    assert outcome.anchor, outcome.problem
    assert (outcome.anchor.body.seq, outcome.anchor.body.by) == (5, "Test TSA")
    report = verify(ledger)
    assert report.exit_code == 2
    assert "--tsa-root" in " ".join(list_messages(report, Weight.UNJUDGED))
    report = verify(ledger, authority.root)
    assert report.exit_code == 0, list(format_verification(report))
    assert (report.anchored, "since are not" in report.anchoring) == (5, True)
    assert "the entries up to #5 cannot have been rewritten" in report.conclusion
    for by in ("ann", "bob", "cay"):
        ledger.append(EntryKind.MANUAL_DONE, {"by": by})
    assert "3 entries since are not" in verify(ledger, authority.root).anchoring
    # the same with openssl alone
    body = outcome.anchor.body
    done = subprocess.run(
        ["openssl", "ts", "-verify", "-digest", body.head, "-in", f"objects/{body.proof_sha256}", "-CAfile", authority.root],
        cwd=ledger.store.path, capture_output=True, text=True, check=False,  # type: ignore[attr-defined]
    )  # fmt: skip
    assert "Verification: OK" in done.stdout + done.stderr


def test_nothing_new_is_not_anchored_twice(ledger: EvidenceLedger, authority: TestAuthority, tmp_path: Path) -> None:
    first = make_anchors(ledger, [stamped_by(authority)], tmp_path)
    asked = len(authority.requests)
    assert make_anchors(ledger, [stamped_by(authority)], tmp_path) == first
    assert len(authority.requests) == asked


def test_a_ledger_that_is_written_anew_is_found(
    ledger: EvidenceLedger, authority: TestAuthority, tmp_path: Path
) -> None:
    """Its chain is whole; the anchor is over another head, and so is the copy in a store and the tag."""
    stores = tmp_path / "copies"
    make_anchors(ledger, [stamped_by(authority), HeaderStore(store=str(stores))], tmp_path)
    assert verify(ledger, authority.root, str(stores)).exit_code == 0
    rewrite_ledger(ledger.store.path, lambda body: body.replace(b'"broken":17', b'"broken":16'))  # type: ignore[attr-defined]
    report = verify(ledger, authority.root, str(stores))
    assert report.exit_code == 1
    altered = " ".join(list_messages(report, Weight.ALTERED))
    assert "It anchors another entry 5 than the ledger has" in altered
    assert "has a copy of entry 5, and the ledger has another one" in altered
    fresh = EvidenceLedger(ledger.store)
    fresh.append(EntryKind.MANUAL_DONE, {"by": "x"})
    [outcome] = make_anchors(fresh, [HeaderStore(store=str(stores))], tmp_path)
    assert outcome.anchor  # a later entry is free: only the copy of entry 5 tells the two apart
    assert verify(fresh, None, str(stores)).exit_code == 1


def test_a_store_that_has_another_chain_refuses(ledger: EvidenceLedger, tmp_path: Path) -> None:
    target = HeaderStore(store="copies")
    project = ledger.open_project()
    copy = tmp_path / "copies" / "anchors" / project / "00000005.json"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(b"{}")
    [outcome] = make_anchors(ledger, [target], tmp_path)
    assert outcome.anchor is None
    assert "another entry 5 of this project" in outcome.problem
    assert list(read_anchors(ledger)) == []


@pytest.mark.parametrize("place", ["evidence", "evidence/copies"])
def test_the_store_of_the_ledger_anchors_nothing(ledger: EvidenceLedger, tmp_path: Path, place: str) -> None:
    [outcome] = make_anchors(ledger, [HeaderStore(store=place)], tmp_path)
    assert "It is the ledger's own store" in outcome.problem
    assert list(read_anchors(ledger)) == []


def test_an_end_that_is_cut_off_is_found(ledger: EvidenceLedger, tmp_path: Path) -> None:
    make_anchors(ledger, [HeaderStore(store="copies")], tmp_path)
    for seq in (5, 6):
        (ledger.store.path / name_entry(seq)).unlink()  # type: ignore[attr-defined]
    report = verify(ledger, None, str(tmp_path / "copies"))
    assert "the ledger has none: its end was cut off" in " ".join(list_messages(report, Weight.ALTERED))
    other = verify(ledger, None, str(tmp_path / "elsewhere"))
    assert (other.exit_code, "has no copy of this ledger" in str(other.findings)) == (2, True)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [("flipped", "is not valid"), ("of another head", "is over another digest"), ("not one", "not a time stamp")],
)
def test_a_reply_that_is_not_of_this_head_is_named(
    ledger: EvidenceLedger, authority: TestAuthority, tmp_path: Path, change: str, sentence: str
) -> None:
    [outcome] = make_anchors(ledger, [stamped_by(authority)], tmp_path)
    assert outcome.anchor and outcome.anchor.body.proof_sha256
    reply = ledger.read_object(outcome.anchor.body.proof_sha256)
    head = ledger.read_entry(6)
    assert head
    update: dict[str, object] = {
        "flipped": {"proof_sha256": ledger.put_object(reply[:-9] + bytes([reply[-9] ^ 1]) + reply[-8:])},
        "of another head": {"seq": 6, "head": head.digest},
        "not one": {"proof_sha256": ledger.put_object(b"\x30\x03\x02\x01\x00")},
    }[change]  # type: ignore[assignment]
    ledger.append(EntryKind.ANCHOR, outcome.anchor.body.model_copy(update=update))
    report = verify(ledger, authority.root)
    assert report.exit_code == 1
    assert sentence in " ".join(list_messages(report, Weight.ALTERED))


def test_anchors_that_contradict_the_ledger_are_named(ledger: EvidenceLedger) -> None:
    digest = "0" * 64
    ledger.append(EntryKind.ANCHOR, AnchorBody(kind="store", target="x", seq=99, head=digest))
    ledger.append(EntryKind.ANCHOR, AnchorBody(kind="store", target="<script>", seq=2, head=digest))
    ledger.append(EntryKind.ANCHOR, {"by": "nobody"})
    head = ledger.read_entry(2)
    assert head
    ledger.append(EntryKind.ANCHOR, AnchorBody(kind="git", target="x", seq=2, head=head.digest, proof_sha256=digest))
    altered = " ".join(list_messages(verify(ledger), Weight.ALTERED))
    for sentence in (
        "which was written later",
        "another entry 2 than the ledger has",
        "It is not an anchor",
        "is missing",
    ):
        assert sentence in altered


def test_an_authority_that_fails_is_said_and_asked_again(
    ledger: EvidenceLedger, authority: TestAuthority, tmp_path: Path
) -> None:
    gone = stamped_by(authority, "http://127.0.0.1:9/tsr")
    outcomes = make_anchors(ledger, [gone, HeaderStore(store="copies")], tmp_path)
    assert "could not be reached" in outcomes[0].problem
    assert outcomes[1].anchor
    refused = b"\x30\x05\x30\x03\x02\x01\x02"
    for answer, sentence in ((503, "It answered 503."), (refused, "The authority refused"), (b"", "not a time stamp")):
        authority.answer = answer
        [outcome] = make_anchors(ledger, [stamped_by(authority)], tmp_path)
        assert sentence in outcome.problem, outcome
    authority.answer = authority.stamp(authority.requests[-1])  # a reply that somebody recorded
    ledger.append(EntryKind.MANUAL_DONE, {"by": "x"})
    [outcome] = make_anchors(ledger, [stamped_by(authority)], tmp_path)
    assert "The time stamp is not valid" in outcome.problem
    authority.answer = None
    assert make_anchors(ledger, [stamped_by(authority)], tmp_path)[0].anchor


def test_a_root_that_is_none_and_one_of_another_authority(
    ledger: EvidenceLedger, authority: TestAuthority, tmp_path: Path
) -> None:
    other = make_authority(tmp_path / "other", sends_chain=True)
    target = TimestampAuthority(rfc3161=authority.url, root=str(other.root))
    [outcome] = make_anchors(ledger, [target], tmp_path)
    assert "is not valid" in outcome.problem
    make_anchors(ledger, [stamped_by(authority)], tmp_path)
    assert verify(ledger, other.root).exit_code == 1
    (tmp_path / "empty.pem").write_text("")
    for path, sentence in ((tmp_path / "empty.pem", "no certificate"), (tmp_path / "none", "cannot be read")):
        with pytest.raises(SynthError, match=sentence):
            RootCertificates(path)
    with pytest.raises(SynthError, match="no root"):
        RootCertificates(authority.directory / "tsa.crt")
    authority.answer = other.stamp(authority.requests[-1])
    [outcome] = make_anchors(ledger, [target.model_copy(update={"rfc3161": f"{authority.url}?"})], tmp_path)
    assert "is not valid" in outcome.problem


def test_certificates_in_any_order_are_read(ledger: EvidenceLedger, authority: TestAuthority, tmp_path: Path) -> None:
    """The proof is kept as it came: openssl reads it, too. A reply that was cut or altered is refused all the same."""
    make_anchors(ledger, [stamped_by(authority)], tmp_path)
    query, digest = authority.requests[-1], ledger.read_entry(5).digest  # type: ignore[union-attr]
    chain = make_authority(tmp_path / "chain", sends_chain=True)
    reply, roots = chain.stamp(query), RootCertificates(chain.root)
    encoded = decode_timestamp_response(sort_sets(reply)).signed_data.certificates
    is_sorted, reverse = b"".join(sorted(encoded)), b"".join(sorted(encoded, reverse=True))
    assert (len(encoded), (is_sorted in reply) + (reverse in reply)) == (2, 1)
    other = reply.replace(reverse, is_sorted) if reverse in reply else reply.replace(is_sorted, reverse)
    for content in (reply, other):
        assert roots.verify(content, digest).authority == "Test TSA"
        assert sort_sets(content) == sort_sets(reply)
    for content in (reply[:-1], other[:-1], reply + b"0", reply[:200], reply.replace(b"Test TSA", b"Test TSB")):
        with pytest.raises(SynthError):
            roots.verify(content, digest)
    for content in (b"", b"0", b"0\x80", b"\x30\x84\xff\xff\xff\xff", b"\x30\x05\x30\x03\x02\x01\x02", bytes(99)):
        assert sort_sets(content) == content


def test_a_signed_tag_is_verified_and_one_that_is_not_signed_is_refused(
    ledger: EvidenceLedger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1"), ("HOME", str(tmp_path))):
        monkeypatch.setenv(name, value)
    repository = tmp_path / "repository"

    def git(*arguments: str) -> str:
        command = ["git", "-C", str(repository), *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    repository.mkdir()
    git("init", "-q")
    git("config", "user.name", "Ann")
    git("config", "user.email", "ann@shop.example")
    git("config", "gpg.format", "ssh")
    git("commit", "-q", "--allow-empty", "-m", "start")
    [outcome] = make_anchors(ledger, [SignedTag(git="repository")], tmp_path)
    assert "git tag failed" in outcome.problem
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", tmp_path / "id"], check=True)
    git("config", "user.signingkey", str(tmp_path / "id"))
    [outcome] = make_anchors(ledger, [SignedTag(git="repository", remote="nowhere")], tmp_path)
    assert "git push failed" in outcome.problem
    [outcome] = make_anchors(ledger, [SignedTag(git="repository")], tmp_path)
    assert outcome.anchor, outcome.problem
    assert verify(ledger).exit_code == 2
    trust = read_trust([tmp_path / "id.pub"])
    report = verify(ledger, trust=trust)
    assert (report.exit_code, report.anchored) == (0, 5), list(format_verification(report))
    assert verify(ledger, None, str(repository)).anchored == 5
    name = outcome.anchor.body.by
    body = outcome.anchor.body
    message = f"synth-expectations ledger {ledger.open_project()}\nentry {body.seq}\nsha256 {body.head}\n"
    git("tag", "-d", name)
    git("tag", "-a", "-m", message, name)
    (ledger.store.path / name_entry(6)).unlink()  # type: ignore[attr-defined]
    [outcome] = make_anchors(EvidenceLedger(ledger.store), [SignedTag(git="repository")], tmp_path)
    assert "is not signed, so anybody could have made it" in outcome.problem
    git("tag", "-d", name)
    git("tag", name)
    [outcome] = make_anchors(EvidenceLedger(ledger.store), [SignedTag(git="repository")], tmp_path)
    assert "is a bare name of a commit" in outcome.problem
    [outcome] = make_anchors(ledger, [SignedTag(git="nowhere")], tmp_path)
    assert "git for-each-ref failed" in outcome.problem


def test_a_run_anchors_once_a_day(ledger: EvidenceLedger, tmp_path: Path) -> None:
    """A clock that was set back makes an anchor rather than none."""
    start = datetime(2026, 12, 1, 6, tzinfo=UTC)
    targets = (HeaderStore(store="copies"),)
    for hours, count in ((0, 1), (1, 1), (25, 2), (2, 3)):
        ledger.now = lambda hours=hours: start + timedelta(hours=hours)  # type: ignore[misc]
        ledger.append(EntryKind.MANUAL_DONE, {"hour": hours})
        assert list(anchor_if_due(ledger, targets, tmp_path)) == []
        assert len(list(read_anchors(ledger))) == count, hours
    (tmp_path / "file").write_text("")
    [sentence] = anchor_if_due(ledger, (HeaderStore(store="file"),), tmp_path)
    assert "The ledger was not anchored." in sentence and "tried again" in sentence
