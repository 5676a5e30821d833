"""What is redacted is gone, and on record; what is adopted is not proved."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from synth_expectations.errors import SynthError
from synth_expectations.evidence.adoption import adopt_results
from synth_expectations.evidence.canonical import compute_digest
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.errors import RedactedError
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.store import DirectoryStore
from synth_expectations.evidence.redactions import redact_result
from synth_expectations.evidence.verification.ledger_verifier import verify_ledger
from synth_expectations.evidence.verification.report import VerificationReport, Weight
from tests.evidence.sample_ledger import write_sample_ledger

RESULT = b'{"broken": 17, "type": "expect_untagged_records_to_not_look_synthetic"}'
DIGEST = compute_digest(RESULT)


@pytest.fixture
def ledger(tmp_path: Path) -> EvidenceLedger:
    return write_sample_ledger(tmp_path / "evidence", runs=2)


def list_altered(report: VerificationReport) -> list[str]:
    return [finding.message for finding in report.findings if finding.weight is Weight.ALTERED]


def test_a_redacted_result_is_gone_and_on_record(ledger: EvidenceLedger) -> None:
    redact_result(ledger, DIGEST[:8].upper(), "Erasure GDPR-77", by="dpo@shop.example")
    assert b"broken" not in (ledger.store.read(f"objects/{DIGEST}") or b"")
    report = verify_ledger(ledger.store)
    assert (report.exit_code, list_altered(report)) == (0, [])
    assert any(finding.message == "redacted, on record: Erasure GDPR-77" for finding in report.findings)
    with pytest.raises(RedactedError, match="was redacted"):
        ledger.read_object(DIGEST)
    with pytest.raises(SynthError, match="was redacted already, by entry 6"):
        redact_result(ledger, DIGEST, "again")


def test_what_was_redacted_does_not_come_back(ledger: EvidenceLedger) -> None:
    """A later run that has the same result keeps its digest."""
    redact_result(ledger, DIGEST, "Erasure GDPR-77")
    assert ledger.put_object(RESULT) == DIGEST
    with pytest.raises(RedactedError):
        ledger.read_object(DIGEST)


def test_a_redaction_that_was_killed_is_ended_by_the_next(
    ledger: EvidenceLedger, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(DirectoryStore, "replace", lambda self, name, content: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            redact_result(ledger, DIGEST, "Erasure GDPR-77")
    assert list_altered(verify_ledger(ledger.store)) == [
        "Its redaction is on record, but its content is still there: redact it again."
    ]
    redact_result(ledger, DIGEST, "Erasure GDPR-78")
    report = verify_ledger(ledger.store)
    assert report.exit_code == 0
    assert sum(entry.header.kind is EntryKind.REDACTION for entry in ledger.read_entries()) == 1


def test_a_tombstone_that_nothing_explains_is_named(ledger: EvidenceLedger) -> None:
    ledger.store.replace(f"objects/{DIGEST}", b'{"entry":2,"schema":"tombstone/1","sha256":"%s"}' % DIGEST.encode())
    assert list_altered(verify_ledger(ledger.store)) == ["A tombstone is in its place, but no entry says why."]


def test_only_results_are_redacted(ledger: EvidenceLedger) -> None:
    entries = list(ledger.read_entries())
    policy = json.loads(ledger.read_object(entries[1].header.body_sha256))["policy"]["sha256"]
    for digest, sentence in (
        (entries[1].header.body_sha256, "is the body of entry 2"),
        (policy, "is not the result of any run"),
        ("0" * 64, "No object of the ledger has a digest that begins with"),
        (DIGEST[:7], "is not a digest of a result"),
        ("../../etc/passwd", "is not a digest of a result"),
    ):
        with pytest.raises(SynthError, match=sentence):
            redact_result(ledger, digest, "because")
    assert verify_ledger(ledger.store).exit_code == 0


def test_adopted_results_are_not_proved(ledger: EvidenceLedger, tmp_path: Path) -> None:
    stored = tmp_path / "validations" / "customer"
    stored.mkdir(parents=True)
    result = {"results": [], "meta": {"run_id": {"run_name": None, "run_time": "2026-05-01T04:30:00+00:00"}}}
    (stored / "a.json").write_text(json.dumps(result))
    (stored / ".ge_store_backend_id").write_text("store_backend_id = x")
    entry, body = adopt_results(ledger, tmp_path / "validations", "ann")
    assert [(adopted.path, adopted.run_time) for adopted in body.results] == [
        ("customer/a.json", "2026-05-01T04:30:00+00:00")
    ]
    report = verify_ledger(ledger.store)
    assert report.exit_code == 0
    note = next(finding for finding in report.findings if finding.entry == entry.header.seq)
    assert note.message == "1 result of before the ledger: not proved, nothing shows when and how."
    (ledger.store.path / "objects" / body.results[0].sha256).unlink()  # type: ignore[attr-defined]
    assert list_altered(verify_ledger(ledger.store)) == ["The object that results.0.sha256 names is missing."]


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"results": 1, "meta": {"run_id": 1}}', "[" * 100_000])
def test_other_files_are_not_adopted(ledger: EvidenceLedger, tmp_path: Path, content: str) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a.json").write_text(content)
    with pytest.raises(SynthError, match="is not a result that Great Expectations stored"):
        adopt_results(ledger, tmp_path / "other")
    shutil.rmtree(tmp_path / "other")
    with pytest.raises(SynthError, match="There are no results in"):
        adopt_results(ledger, tmp_path / "other")
