"""A period is closed once, over what is open, and signed by the roles of the policy: each way around that is refused."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from trestle.oscal.assessment_results import AssessmentResults

from synth_expectations.errors import SynthError
from synth_expectations.evidence.anchors.anchor import AnchorBody
from synth_expectations.evidence.anchors.anchor_maker import make_anchors
from synth_expectations.evidence.attestations.envelope import sign_statement
from synth_expectations.evidence.canonical import encode_document
from synth_expectations.evidence.cycle import sources
from synth_expectations.evidence.cycle.closing import ClosingBody, ClosingError, PeriodClosing, read_closings
from synth_expectations.evidence.cycle.document_reviews import DocumentReview
from synth_expectations.evidence.cycle.gap_explanations import GapExplanation
from synth_expectations.evidence.cycle.open_items import CycleState, OpenItem, OpenItemSource
from synth_expectations.evidence.cycle.period_close import (
    OpenItems,
    check_same_pack,
    close_period,
    find_closable_period,
    list_open_items,
)
from synth_expectations.evidence.cycle.sign_off import RequirementConclusion, make_terms, read_sign_offs, sign_off
from synth_expectations.evidence.cycle.status import read_status
from synth_expectations.evidence.findings.open_items import OPEN_FINDINGS
from synth_expectations.evidence.keys.key_ring import KeyRing, add_key, read_key_ring, revoke_key
from synth_expectations.evidence.keys.signing_key import SigningKey, make_key_file, read_public_key
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.errors import RedactedError
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.pack.builder import EvidencePack, build_pack
from synth_expectations.evidence.pack.period_entries import PackError
from synth_expectations.evidence.pack.pseudonyms import PseudonymKey
from synth_expectations.evidence.redactions import redact_result
from synth_expectations.evidence.verification.ledger_verifier import verify_ledger
from synth_expectations.evidence.verification.pack_verifier import verify_pack
from synth_expectations.evidence.verification.report import Weight
from synth_expectations.policy.load.loader import Policy
from tests.evidence.cycle.cycle_project import POLICY, append_run, make_ledger, set_clock, write_policy
from tests.evidence.pack.sample_pack import verify_with_bash, verify_with_python

JANUARY = datetime(2027, 1, 4, 9, tzinfo=UTC)


class CycleProject:
    """A quarter with two days of runs, on which nothing but a gap is looked at."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.policy: Policy = write_policy(directory)
        self.ledger: EvidenceLedger = make_ledger(directory, JANUARY)
        for day in (29, 31):
            append_run(self.ledger, datetime(2026, 12, day, 3, tzinfo=UTC), self.policy)
        set_clock(self.ledger, JANUARY)
        self.pseudonyms = PseudonymKey(directory / "pseudonym.key")

    def make_state(self, at: datetime = JANUARY) -> CycleState:
        return CycleState(
            self.ledger,
            self.policy,
            find_closable_period(self.policy, "2026Q4", at),
            at,
            self.policy.words.evidence.anchor,
        )

    def close(self, *reservations: str, out: str = "Q4.zip", by: str = "ann") -> tuple[PeriodClosing, EvidencePack]:
        items = tuple(OpenItem(sentence, "fix it") for sentence in reservations)
        return close_period(self.make_state(), [OpenItems("samples", items)], self.pseudonyms, self.directory / out, by)

    def add_key(self, person: str, role: str) -> SigningKey:
        key = make_key_file(self.directory / f"{person}-{role}.key")
        add_key(self.ledger, key.public, person, role, JANUARY - timedelta(days=30), None)
        return key

    def sign(self, closing: PeriodClosing, key: SigningKey, **changes: object) -> None:
        known = read_key_ring(self.ledger).keys.get(key.keyid)
        by, role = (known.body.person, known.body.role) if known else ("nobody", "dpo")
        terms = make_terms(self.ledger, closing, by, role, {}, "").model_copy(update=changes)
        sign_off(self.ledger, closing, terms, ("compliance", "dpo"), key)

    def list_altered(self) -> list[str]:
        report = verify_ledger(self.ledger.store, now=JANUARY + timedelta(days=365))
        return [finding.message for finding in report.findings if finding.weight is Weight.ALTERED]


@pytest.fixture
def project(tmp_path: Path) -> CycleProject:
    return CycleProject(tmp_path)


def test_all_that_is_open_is_listed(project: CycleProject, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the sources of the package, in their order; a source of another room is a line more."""
    other = OpenItemSource("findings", lambda state: [OpenItem(f"57 of {state.period.name}.", "decide")])
    monkeypatch.setattr(sources, "SOURCES", (*sources.SOURCES, other))
    opened = {
        kind.title: [item.sentence for item in kind.items]
        for kind in list_open_items(project.make_state(), sources.SOURCES)
    }
    assert opened["gaps of the schedule that nobody explained"] == [
        "checkpoint crm_nightly was due on 2026-12-30, and was not checked: no run started."
    ]
    assert len(opened["requirements that a person must judge"]) > 5
    assert (
        "gdpr/Article 35(7) is open: the policy has no review on record."
        in opened["requirements that a person must judge"]
    )
    assert opened["an overdue review of the policy"] == []
    [unanchored] = opened["entries that are not anchored"]
    assert unanchored.startswith("5 entries of the ledger are not anchored")
    assert opened["findings"] == ["57 of 2026Q4."]


def test_an_entry_that_cannot_be_read_is_open(project: CycleProject) -> None:
    """What it says of findings nobody knows: it may be a run that found some."""
    seq = project.ledger.append(EntryKind.RUN_FINISHED, {"run_id": "20261231T030000Z-zzzz"}).header.seq
    first, *_ = OPEN_FINDINGS.list_open(project.make_state())
    assert first.sentence == f"Entry {seq} (run_finished) cannot be read: what it says is not followed."


def test_a_deadline_within_its_grace_is_open(project: CycleProject) -> None:
    """The last one of a quarter may be met after its end: a close in between does not know."""
    late = write_policy(project.directory, POLICY.replace('"06:00"', '"23:30"').replace("PT2H", "PT6H"))
    append_run(project.ledger, datetime(2026, 12, 30, 22, tzinfo=UTC), late)
    at = datetime(2027, 1, 1, 1, tzinfo=UTC)
    state = replace(project.make_state(at), policy=late)
    assert [item.sentence for item in sources.list_gaps(state)][-1] == (
        "checkpoint crm_nightly was due on 2026-12-31, and was not checked yet: it is in time until 2027-01-01 04:30 UTC."
    )


def test_a_review_on_record_closes_its_item_until_it_ends(project: CycleProject) -> None:
    name = "gdpr/Article 35(7)"

    def is_open(at: datetime = JANUARY) -> bool:
        return any(item.sentence.startswith(name) for item in sources.list_manual_items(project.make_state(at)))

    body = DocumentReview(
        requirement=name, document="DPIA-4", sha256="0" * 64, reviewed_by="dora", on="2026-12-01", until="2027-01-31"  # type: ignore[arg-type]
    )  # fmt: skip
    assert is_open()
    project.ledger.append(EntryKind.MANUAL_DONE, {"requirement": name})
    project.ledger.append(EntryKind.MANUAL_DONE, body.model_copy(update={"document": "/etc/passwd"}))
    assert is_open()
    project.ledger.append(EntryKind.MANUAL_DONE, body.model_copy(update={"document": "https://wiki.example/DPIA-4"}))
    assert not is_open()
    assert is_open(datetime(2027, 2, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("period", "at", "sentence"),
    [
        ("2027Q1", JANUARY, "2027Q1 is not over yet: its last day is 2027-03-31"),
        ("2026-11", JANUARY, "2026-11 is not a period of the cycle"),
        ("2026", JANUARY, "not a period of the cycle"),
        ("Q4", JANUARY, "is not a period"),
        ("2026Q4", datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC), "not over yet"),
    ],
)
def test_a_period_that_cannot_be_closed(project: CycleProject, period: str, at: datetime, sentence: str) -> None:
    with pytest.raises(SynthError, match=sentence):
        find_closable_period(project.policy, period, at)


def test_a_period_before_the_first_entry_is_not_closed(project: CycleProject) -> None:
    state = replace(project.make_state(), period=find_closable_period(project.policy, "2026Q3", JANUARY))
    with pytest.raises(PackError, match="No run started in 2026Q3"):
        close_period(state, [], project.pseudonyms, project.directory / "Q3.zip", "ann")
    assert not (project.directory / "Q3.zip").exists()
    assert read_closings(project.ledger) == {}


def test_a_period_without_a_run_is_closed_over_that(project: CycleProject) -> None:
    """Its pack says that nothing was checked, both verifiers read it, and its sign-off concludes nothing."""
    april = datetime(2027, 4, 5, 9, tzinfo=UTC)
    project.close()
    set_clock(project.ledger, april)
    state = replace(project.make_state(), period=find_closable_period(project.policy, "2027Q1", april), at=april)
    opened = list_open_items(state, sources.SOURCES)
    assert [item.sentence for item in opened[0].items] == ["No run started in 2027Q1: nothing was checked in it."]
    assert list(sources.list_missing_runs(project.make_state())) == []
    closing, pack = close_period(state, opened, project.pseudonyms, project.directory / "Q1.zip", "ann")
    cover = " ".join(pack.files["cover.html"].decode().split())
    assert "No run started in 2027Q1: nothing was checked in it." in cover
    assert "a period without a run" in cover
    assert (closing.body.run, closing.body.requirements, pack.manifest.runs) == ("", (), {})
    check_same_pack(closing, build_pack(project.ledger, state.period, project.pseudonyms, closing=closing.body.terms))
    with pytest.raises(PackError, match="No run started in 2027Q1"):
        build_pack(project.ledger, state.period, project.pseudonyms)
    directory = project.directory / "Q1"
    with zipfile.ZipFile(project.directory / "Q1.zip") as archive:
        archive.extractall(directory)
    for run in (verify_with_bash, verify_with_python):
        done = run(directory, "--manifest", pack.manifest_sha256)
        assert (done.returncode, done.stderr) == (0, ""), done
        (directory / "site" / "index.html").write_bytes(b"All is well.")
        assert run(directory, "--manifest", pack.manifest_sha256).returncode == 1
        (directory / "site" / "index.html").write_bytes(pack.files["site/index.html"])
    assert [
        finding.message for finding in verify_pack(directory, None).findings if finding.weight is Weight.ALTERED
    ] == []
    oscal = json.loads(pack.files["oscal/assessment-results.json"])["assessment-results"]
    oscal["metadata"]["oscal-version"] = "1.2.1"
    assert AssessmentResults.model_validate(oscal).results[0].observations is None
    key = project.add_key("dora", "dpo")
    project.sign(closing, key)
    [signed] = read_sign_offs(project.ledger)
    assert (signed.objection, signed.terms.conclusions) == ("", ())
    assert project.list_altered() == []
    with pytest.raises(ClosingError, match="a period is closed once"):
        close_period(state, opened, project.pseudonyms, project.directory / "Q1-again.zip", "ann")


def test_the_pack_of_a_closed_period_is_the_same_whatever_comes_later(project: CycleProject) -> None:
    closing, pack = project.close("1 sample is <open>.", "57 findings.")
    cover = pack.files["cover.html"].decode()
    assert "1 sample is &lt;open&gt;." in cover and "Looked for were: samples." in cover
    assert closing.body.terms.reservations == ("1 sample is <open>.", "57 findings.")
    written = (project.directory / "Q4.zip").read_bytes()
    append_run(project.ledger, JANUARY + timedelta(days=1), project.policy)
    project.ledger.append(EntryKind.GAP_EXPLAINED, {"reason": "later"})
    period = project.make_state().period
    again = build_pack(project.ledger, period, project.pseudonyms, closing=closing.body.terms)
    check_same_pack(closing, again)
    signed = build_pack(
        project.ledger, period, project.pseudonyms, sign=lambda content: content, closing=closing.body.terms
    )
    check_same_pack(closing, signed)
    assert {path for path in signed.files if signed.files[path] != again.files.get(path)} == {"MANIFEST.dsse.json"}
    assert (project.directory / "Q4.zip").read_bytes() == written
    with pytest.raises(ClosingError, match="this one differs"):
        check_same_pack(closing, build_pack(project.ledger, period, project.pseudonyms))
    digest = next(iter(again.entries.runs)).record.results[0].result_sha256
    redact_result(project.ledger, str(digest), "GDPR 17")
    with pytest.raises(RedactedError):
        build_pack(project.ledger, period, project.pseudonyms, closing=closing.body.terms)


def test_a_period_is_closed_once(project: CycleProject, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two people at the same time the first entry counts, and the other's pack is removed."""
    from synth_expectations.evidence.cycle import period_close

    with monkeypatch.context() as patch:
        patch.setattr(
            period_close, "check_not_closed", lambda *_: project.ledger.append(EntryKind.PERIOD_CLOSED, other)
        )
        other = _make_other_close(project)
        with pytest.raises(ClosingError, match="was closed by bob on 2027-01-04 09:00 UTC, by entry 6"):
            project.close()
    assert not (project.directory / "Q4.zip").exists()
    assert read_closings(project.ledger)["2026Q4"].header.seq == 6
    with pytest.raises(ClosingError, match="a period is closed once"):
        project.close()
    assert project.list_altered() == []


def _make_other_close(project: CycleProject) -> ClosingBody:
    head = project.ledger.read_head()
    return ClosingBody.model_validate(
        {
            "terms": {
                "period": "2026Q4", "head": head.seq, "head_sha256": head.digest, "looked_at": (), "closed_by": "bob",
            },
            "run": "", "requirements": (), "manifest_sha256": "0" * 64,
        }
    )  # fmt: skip


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


def test_the_tables_of_a_pack_have_deadlines_and_reviews(project: CycleProject) -> None:
    """What was decided after the period and before its close is in the pack of the period."""
    body = DocumentReview(
        requirement="gdpr/Article 35(7)", document="=cmd()", sha256="0" * 64, reviewed_by="dora", on=date(2027, 1, 2)
    )
    project.ledger.append(EntryKind.MANUAL_DONE, body)
    explanation = GapExplanation(
        subject="checkpoint", name="crm_nightly", first=date(2026, 12, 30), last=date(2026, 12, 30), reason="Moved", by="ops"
    )  # fmt: skip
    seq = project.ledger.append(EntryKind.GAP_EXPLAINED, explanation).header.seq
    _, pack = project.close()
    deadlines = list(csv.DictReader(pack.files["tables/schedule.csv"].decode().splitlines()))
    assert [(row["day"], row["outcome"], row["explained_by_entry"]) for row in deadlines] == [
        ("2026-12-29", "done", ""), ("2026-12-30", "explained", str(seq)), ("2026-12-31", "done", ""),
    ]  # fmt: skip
    [review] = csv.DictReader(pack.files["tables/manual.csv"].decode().splitlines())
    assert (review["document"], review["on_record"], review["counts_at_end"]) == ("'=cmd()", f"entry {seq - 1}", "no")
    assert "Missed, with an explanation in schedule.csv: 1 of 3 deadlines" in pack.files["cover.html"].decode()
    readme = pack.files["README.txt"].decode()
    assert "tables/schedule.csv" in readme and "tables/manual.csv" in readme


def test_an_anchor_that_only_the_ledger_claims_counts_for_nothing(project: CycleProject) -> None:
    """Its owner can append any entry; the store that the policy names has no copy until it was asked."""
    head = project.ledger.read_head()
    project.ledger.append(EntryKind.ANCHOR, AnchorBody(kind="store", target="copies", seq=head.seq, head=head.digest))
    [item] = sources.list_unanchored(project.make_state())
    assert "of the ledger are not anchored" in item.sentence
    targets, directory = project.policy.words.evidence.anchor, project.policy.directory
    [outcome] = make_anchors(project.ledger, targets, directory)
    assert outcome.problem == ""
    assert list(sources.list_unanchored(project.make_state())) == []
    [again] = make_anchors(project.ledger, targets, directory)
    assert again.anchor == outcome.anchor
