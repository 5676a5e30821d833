"""Approvals come before their runs, and keys sign while they may."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from synth_expectations.errors import SynthError
from synth_expectations.evidence.approvals import ApprovalTerms, find_approval, record_approval, revoke_approval
from synth_expectations.evidence.attestations.envelope import sign_statement
from synth_expectations.evidence.attestations.run_attestation import attest_run
from synth_expectations.evidence.attestations.statements import build_run_statement
from synth_expectations.evidence.keys.key_ring import KeyRing, KnownKey, add_key, read_key_ring, revoke_key
from synth_expectations.evidence.keys.signing_key import SigningKey, make_key_file
from synth_expectations.evidence.keys.trust import read_trust
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.store import DirectoryStore
from synth_expectations.evidence.records.run import RunRecord
from synth_expectations.evidence.verification.ledger_verifier import verify_ledger
from synth_expectations.evidence.verification.report import VerificationReport, Weight
from tests.evidence.ledger_rewriting import rewrite_ledger
from tests.evidence.sample_ledger import SampleClock, make_sample_record
from tests.evidence.sample_runs import RUNS

NOW = datetime(2026, 9, 1, 4, 0, tzinfo=UTC)
DAY = timedelta(days=1)
DPO = "dpo@shop.example"


class Project:
    """A ledger with a key, and runs of one day after the other."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.clock = SampleClock()
        self.clock.time = NOW - DAY
        self.ledger = EvidenceLedger(DirectoryStore(directory / "evidence"), now=self.clock)
        self.project = self.ledger.open_project()
        self.key = make_key_file(directory / "dpo.key")
        (directory / "dpo.pub").write_text(self.key.public.pem)
        add_key(self.ledger, self.key.public, DPO, "dpo", NOW - DAY, None)

    def make_record(self, **policy: Any) -> RunRecord:
        """Return the record of a run that says something of its policy."""
        record = make_sample_record(self.ledger, self.project, RUNS[2], 0)
        started = self.clock.time
        assert record.policy
        return record.model_copy(
            update={
                "run_id": f"run-{self.ledger.read_head().seq}",
                "started_at": started,
                "as_of": started,
                "policy": record.policy.model_copy(update={"approved_by": DPO, **policy}),
            }
        )

    @property
    def policy_sha256(self) -> str:
        """The digest of the policy of the runs."""
        policy = self.make_record().policy
        assert policy
        return policy.sha256

    def approve(self, key: SigningKey | None = None, **terms: Any) -> int:
        """Approve the policy, and return the number of the entry."""
        given = {"policy_sha256": self.policy_sha256, "by": DPO, "role": "dpo", **terms}
        return record_approval(self.ledger, ApprovalTerms(**given), key).entry

    def run(self, **policy: Any) -> None:
        """Record a run a day later."""
        self.clock.time += DAY
        record = self.make_record(**policy)
        start = {"phase": "started", "verdict": None, "exit_code": None, "finished_at": None, "results": ()}
        self.ledger.append(EntryKind.RUN_STARTED, record.model_copy(update=start))
        self.ledger.append(EntryKind.RUN_FINISHED, record)

    def verify(self, trust: KeyRing | None = None) -> VerificationReport:
        """Verify the ledger."""
        return verify_ledger(self.ledger.store, None, trust, self.clock.time + DAY)

    def list_altered(self, trust: KeyRing | None = None) -> list[str]:
        """Return what is altered, missing or contradicting."""
        return [finding.message for finding in self.verify(trust).findings if finding.weight is Weight.ALTERED]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def test_a_signed_approval_needs_a_key_that_the_verifier_trusts(project: Project) -> None:
    """The ledger's own keys make nothing verified."""
    project.run(state="approved", approval_entry=project.approve(project.key), signed=True)
    report = project.verify()
    assert (report.exit_code, report.signed) == (2, 1)
    report = project.verify(read_trust([project.directory / "dpo.pub"]))
    assert report.exit_code == 0
    assert report.conclusion.startswith("Verified: 1 entry is signed by keys that were given.")
    other = make_key_file(project.directory / "other.key")
    (project.directory / "other.pub").write_text(other.public.pem)
    assert project.verify(read_trust([project.directory / "other.pub"])).exit_code == 2


def test_a_key_of_somebody_else_is_not_the_approvers(project: Project) -> None:
    project.approve(project.key)
    ring = read_key_ring(project.ledger)
    known = ring.keys[project.key.keyid]
    body = known.body.model_copy(update={"person": "operator@shop.example"})
    trust = KeyRing({project.key.keyid: KnownKey(body, known.public)})
    assert project.list_altered(trust) == [
        f"The ledger says that its key is that of {DPO}; it is operator@shop.example's."
    ]


def test_an_approval_after_the_run_contradicts_it(project: Project) -> None:
    project.run(state="approved", approval_entry=6)
    project.clock.time += DAY
    assert project.approve() == 5
    project.approve()
    assert "Entry 6 approves the policy after the run had started." in project.list_altered()


@pytest.mark.parametrize(
    ("policy", "sentence"),
    [
        ({"approval_entry": 2}, "Entry 2 approves no policy."),
        ({"approval_entry": 99}, "Entry 99 approves no policy."),
        ({"signed": True}, "The approval of entry 3 is asserted, not signed."),
        ({"approved_by": "ceo@shop.example"}, f"Entry 3 is the approval of {DPO}."),
    ],
)
def test_a_run_says_no_more_of_its_approval_than_the_ledger(
    project: Project, policy: dict[str, Any], sentence: str
) -> None:
    assert project.approve() == 3
    project.run(**{"state": "approved", "approval_entry": 3, **policy})
    assert project.list_altered() == [sentence]


def test_an_approval_of_another_policy(project: Project) -> None:
    project.run(state="approved", approval_entry=project.approve(policy_sha256="0" * 64))
    assert project.list_altered() == ["Entry 3 approves another policy."]


def test_an_approval_that_had_expired_or_was_revoked(project: Project) -> None:
    entry = project.approve(valid_until=date(2026, 9, 1))
    project.run(state="approved", approval_entry=entry)
    assert project.list_altered() == []
    project.run(state="approved", approval_entry=entry)
    project.run(state="expired", approval_entry=entry)
    assert project.list_altered() == ["The approval of entry 3 had expired on 2026-09-01."]
    approval = find_approval(project.ledger, project.policy_sha256, project.clock.time)
    assert approval
    revoke_approval(project.ledger, approval, DPO, "The purpose changed.")
    project.run(state="approved", approval_entry=entry)
    assert "Entry 10 had revoked the approval of entry 3." in project.list_altered()


def test_an_approver_who_is_operator_or_owner_is_named(project: Project) -> None:
    """The sample's customer table is of crm@shop.example, and Airflow runs it."""
    project.run(state="approved", approval_entry=project.approve(by="crm@shop.example"), approved_by="crm@shop.example")
    project.run(
        state="approved", approval_entry=project.approve(by="Airflow@Shop.example"), approved_by="Airflow@shop.example"
    )
    notes = [finding.message for finding in project.verify().findings]
    assert "crm@shop.example approved the policy, and owns customer, which it judges." in notes
    assert "Airflow@shop.example approved the policy, and ran it." in notes


def test_what_was_signed_before_a_revocation_holds(project: Project) -> None:
    """What follows it does not, whatever its time says."""
    project.approve(project.key)
    record = project.make_record()
    project.clock.time += DAY
    revoke_key(project.ledger, project.key.keyid, project.clock.time, "stolen")
    assert project.list_altered() == []
    envelope = sign_statement(build_run_statement(record.model_dump(mode="json", by_alias=True)), project.key)
    for at in (project.clock.time, NOW):
        project.clock.time = at
        project.ledger.append(EntryKind.MANUAL_DONE, envelope, project.key.keyid)
    sentence = f"Its signature is not valid: the key of {DPO} was revoked as of 2026-09-01 04:00:00 UTC: stolen."
    assert project.list_altered() == [sentence, sentence]


def _change_payload(document: dict[str, Any]) -> dict[str, Any]:
    payload = base64.b64decode(document["payload"]).replace(b'"role":"dpo"', b'"role":"ceo"')
    return {**document, "payload": base64.b64encode(payload).decode()}


@pytest.mark.parametrize(
    ("change", "signer", "sentence"),
    [
        (_change_payload, "own", "Its signature is not valid: no known key made its signature"),
        (lambda document: document, None, "Its header names another signer than its signature is of."),
        (lambda document: {"approved": True}, None, "It is not an approval of a policy."),
        (lambda document: {**document, "payload": "%"}, "own", "It is not an approval of a policy."),
    ],
)
def test_a_forged_approval_is_named(
    project: Project, change: Callable[[dict[str, Any]], dict[str, Any]], signer: str | None, sentence: str
) -> None:
    project.approve(project.key)
    entry = next(project.ledger.read_indexed("approvals"))
    document = json.loads(project.ledger.read_object(entry.header.body_sha256))
    project.ledger.append(EntryKind.POLICY_APPROVED, change(document), project.key.keyid if signer else None)
    altered = project.list_altered()
    assert len(altered) == 1
    assert altered[0].startswith(sentence)


def test_a_record_that_was_signed_cannot_be_written_anew(project: Project) -> None:
    """The owner of the ledger makes all links fit, and cannot sign."""
    project.run(state="unapproved")
    attestation = attest_run(project.ledger, project.key)
    assert (
        json.loads(base64.b64decode(json.loads(attestation.test_result)["payload"]))["predicate"]["result"] == "WARNED"
    )
    assert (project.list_altered(), project.verify().signed) == ([], 1)
    rewrite_ledger(project.directory / "evidence", lambda body: body.replace(b'"broken":0', b'"broken":7'))
    assert project.list_altered() == [
        f"What was signed as run {attestation.record.run_id} is not a record of the ledger."
    ]


def test_a_record_of_an_earlier_version_is_signed_as_it_is_stored(project: Project) -> None:
    """It lacks what this version would write."""
    record = project.make_record(state="unapproved").model_dump(mode="json", by_alias=True)
    del record["requirements"]
    for entry in record["inputs"]:
        del entry["watermark"]
    project.ledger.append(EntryKind.RUN_FINISHED, record)
    attest_run(project.ledger, project.key)
    assert not [message for message in project.list_altered() if "not a record of the ledger" in message]


def test_only_a_run_that_ended_is_signed_with_a_key_that_may(project: Project) -> None:
    with pytest.raises(SynthError, match="No run has ended in this ledger"):
        attest_run(project.ledger, project.key)
    project.run(state="unapproved")
    with pytest.raises(SynthError, match="Run another has not ended in this ledger"):
        attest_run(project.ledger, project.key, "another")
    with pytest.raises(SynthError, match="is not known"):
        attest_run(project.ledger, make_key_file(project.directory / "other.key"))


def test_a_key_entry_that_is_none_is_named(project: Project) -> None:
    entry = next(project.ledger.read_indexed("keys"))
    document = json.loads(project.ledger.read_object(entry.header.body_sha256))
    project.ledger.append(EntryKind.KEY_ADDED, {**document, "keyid": "0" * 64})
    project.ledger.append(EntryKind.KEY_ADDED, {"key": "none"})
    project.ledger.append(EntryKind.MANUAL_DONE, {"by": DPO}, signer=project.key.keyid)
    assert project.list_altered() == [
        "It is not an entry about a key: keyid is not that of public_key.",
        "It is not an entry about a key: it is not written as one.",
        "Its header names a signer, but its body has no signature.",
    ]
