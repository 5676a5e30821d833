"""A closed period is signed by the roles of the policy: each way around that is refused."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from datetime import timedelta

import pytest

from synth_expectations.evidence.attestations.envelope import sign_statement
from synth_expectations.evidence.canonical import encode_document
from synth_expectations.evidence.cycle.closing import ClosingError
from synth_expectations.evidence.cycle.sign_off import read_sign_offs, sign_off
from synth_expectations.evidence.cycle.sign_off_terms import RequirementConclusion, make_terms
from synth_expectations.evidence.cycle.status import read_status
from synth_expectations.evidence.keys.key_ring import KeyRing, add_key, read_key_ring, revoke_key
from synth_expectations.evidence.keys.signing_key import SigningKey, make_key_file, read_public_key
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.verification.ledger_verifier import verify_ledger
from synth_expectations.evidence.verification.pack_verifier import verify_pack
from synth_expectations.evidence.verification.report import Weight
from tests.evidence.cycle.cycle_project import set_clock
from tests.evidence.cycle.quarter import JANUARY, CycleProject


def test_each_role_signs_once_with_its_own_key(project: CycleProject) -> None:
    compliance, dpo = project.add_key("carl", "compliance"), project.add_key("dora", "dpo")
    closing, _ = project.close()
    project.sign(closing, compliance)
    status = read_status(project.ledger, project.policy, JANUARY)
    assert (status.periods[0].signed_as, status.periods[0].missing) == (("compliance",), ("dpo",))
    with pytest.raises(ClosingError, match="carl has signed 2026Q4 as compliance already"):
        project.sign(closing, compliance)
    unknown = make_key_file(project.directory / "unknown.key")
    with pytest.raises(ClosingError, match="does not know the key"):
        project.sign(closing, unknown)
    with pytest.raises(ClosingError, match="does not name auditor among those who sign"):
        project.sign(closing, project.add_key("aude", "auditor"))
    with pytest.raises(ClosingError, match="it is that of dora, not of carl"):
        project.sign(closing, dpo, by="carl")
    with pytest.raises(ClosingError, match="signs with it as compliance, not as dpo"):
        project.sign(closing, compliance, role="dpo")
    for name in ("airflow@shop.example", "Airflow"):
        with pytest.raises(ClosingError, match="started 2 of the runs of 2026Q4: who runs the checks does not sign"):
            project.sign(closing, project.add_key(name, "dpo"))
    other = RequirementConclusion(regulation="gdpr", requirement="Article 22", conclusion="effective")
    with pytest.raises(ClosingError, match="does not fit the close of 2026Q4: its requirements, or their counts"):
        project.sign(closing, dpo, conclusions=(other,))
    project.sign(closing, dpo)
    assert [signed.terms.role for signed in read_sign_offs(project.ledger)] == ["compliance", "dpo"]
    assert not read_status(project.ledger, project.policy, JANUARY + timedelta(days=300)).periods[0].is_overdue
    assert project.list_altered() == []


def test_a_key_that_is_revoked_signs_nothing_more(project: CycleProject) -> None:
    """What it signed before holds; what it signed after does not, and the role is missing again."""
    compliance, dpo = project.add_key("carl", "compliance"), project.add_key("dora", "dpo")
    closing, _ = project.close()
    project.sign(closing, compliance)
    set_clock(project.ledger, JANUARY + timedelta(hours=1))
    for key in (compliance, dpo):
        revoke_key(project.ledger, key.keyid, JANUARY + timedelta(minutes=30), "stolen")
    set_clock(project.ledger, JANUARY + timedelta(hours=2))
    with pytest.raises(ClosingError, match="was revoked"):
        project.sign(closing, dpo)
    assert read_status(project.ledger, project.policy, JANUARY + timedelta(hours=3)).periods[0].signed_as == (
        "compliance",
    )
    revoke_key(project.ledger, compliance.keyid, JANUARY - timedelta(days=1), "stolen earlier")
    assert read_status(project.ledger, project.policy, JANUARY + timedelta(hours=3)).periods[0].signed_as == ()
    assert "Its signature is not valid" in " ".join(project.list_altered())


def test_a_sign_off_beside_a_pack_is_of_the_owner_of_its_key(project: CycleProject) -> None:
    """By what the verifier got from the owner, and by the keys of the pack, of which one is revoked before it is closed."""
    carl, dora = project.add_key("carl", "compliance"), project.add_key("dora", "dpo")
    revoke_key(project.ledger, dora.keyid, JANUARY - timedelta(days=2), "stolen")
    closing, _ = project.close()

    def verify(key: SigningKey, by: str, role: str) -> list[tuple[Weight, str]]:
        terms = make_terms(project.ledger, closing, by, role, {}, "")
        content = sign_statement(terms.build_statement(), key)
        trust = KeyRing({key.keyid: read_key_ring(project.ledger).keys[key.keyid]})
        report = verify_pack(project.directory / "Q4.zip", None, trust, sign_offs={"s.json": content})
        return [(finding.weight, finding.message) for finding in report.findings if finding.file == "s.json"]

    assert verify(carl, "carl", "compliance") == [
        (Weight.NOTE, "carl signs off 2026Q4 as compliance; concluded of requirements: nothing.")
    ]
    assert verify(carl, "dora", "dpo") == [(Weight.ALTERED, "dora signs as dpo with the key of carl, compliance.")]
    [(weight, message)] = verify(dora, "dora", "dpo")
    assert (weight, "revoked: stolen" in message) == (Weight.ALTERED, True)
    unpacked = project.directory / "Q4"
    with zipfile.ZipFile(project.directory / "Q4.zip") as archive:
        archive.extractall(unpacked)
    for command in (["bash", "verify.sh"], [sys.executable, "verify.py"]):
        manifest = ["--manifest", closing.body.manifest_sha256]
        for options, code in ((manifest, 0), ([*manifest, "--sign-off", "MANIFEST.json"], 2)):
            assert subprocess.run([*command, *options], cwd=unpacked, check=False).returncode == code


def test_ssh_signs_in_its_own_namespace(project: CycleProject) -> None:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", project.directory / "id"], check=True)
    public = read_public_key(project.directory / "id.pub")
    add_key(project.ledger, public, "dora", "dpo", JANUARY - timedelta(days=1), None)
    closing, _ = project.close()
    terms = make_terms(project.ledger, closing, "dora", "dpo", {}, "")
    statement = project.directory / "statement.json"
    statement.write_bytes(encode_document(terms.build_statement()))

    def sign(namespace: str) -> str:
        command = ["ssh-keygen", "-q", "-Y", "sign", "-n", namespace, "-f", project.directory / "id", statement]
        subprocess.run(command, check=True, capture_output=True)
        signature = statement.with_name("statement.json.sig")
        text = signature.read_text()
        signature.unlink()
        return text

    with pytest.raises(ClosingError, match="not over this statement"):
        sign_off(project.ledger, closing, terms, ("dpo",), ssh_signature=sign("synth-policy"))
    sign_off(project.ledger, closing, terms, ("dpo",), ssh_signature=sign("synth-signoff"))
    assert project.list_altered() == []
    assert read_status(project.ledger, project.policy, JANUARY).periods[0].signed_as == ("dpo",)


def test_what_contradicts_a_close_is_named(project: CycleProject) -> None:
    key = project.add_key("carl", "compliance")
    other = project.add_key("carl", "dpo")
    closing, _ = project.close("open")
    terms = make_terms(project.ledger, closing, "carl", "compliance", {}, "")
    for changes in ({"manifest_sha256": "1" * 64}, {"reservations": ()}, {"closing": 3}):
        body = sign_statement(terms.model_copy(update=changes).build_statement(), key)
        project.ledger.append(EntryKind.PERIOD_SIGNED, body, key.keyid)
    assert read_status(project.ledger, project.policy, JANUARY).periods[0].signed_as == ()
    project.sign(closing, other)
    head = project.ledger.read_head()
    early = closing.body.terms.model_copy(update={"period": "2027Q1", "head": head.seq, "head_sha256": head.digest})
    project.ledger.append(EntryKind.PERIOD_CLOSED, closing.body.model_copy(update={"terms": early}))
    project.ledger.append(EntryKind.PERIOD_CLOSED, {"period": "2026Q4"})
    project.ledger.append(EntryKind.PERIOD_SIGNED, {"period": "2026Q4"})
    made = {"schema": "pack-made/1", "period": "2026Q4", "regulations": [], "tables": [], "head": 5}
    project.ledger.append(EntryKind.PACK_MADE, {**made, "pack_sha256": "2" * 64, "manifest_sha256": "2" * 64})
    altered = " ".join(project.list_altered())
    for sentence in (
        "closed 2026Q4: it is over another pack, or other reservations", "closes no period", "before that was over",
        "It is not a close of a period", "It is not a sign-off of a period", "made another pack of 2026Q4",
    ):  # fmt: skip
        assert sentence in altered, sentence
    notes = [f.message for f in verify_ledger(project.ledger.store).findings if f.weight is Weight.NOTE]
    assert any("one person for two roles" in note for note in notes)
