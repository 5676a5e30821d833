"""A ledger, and an authority that stamps its heads; both are made once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from synth_expectations.evidence.anchors.timestamps import RootCertificates
from synth_expectations.evidence.keys.key_ring import KeyRing
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.store import DirectoryStore
from synth_expectations.evidence.verification.anchors import AnchorWitnesses
from synth_expectations.evidence.verification.ledger_verifier import verify_ledger
from synth_expectations.evidence.verification.report import VerificationReport, Weight
from synth_expectations.policy.anchors import TimestampAuthority
from tests.evidence.sample_ledger import write_sample_ledger
from tests.timestamp_authority import TestAuthority, make_authority, serving_authority


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestAuthority]:
    with serving_authority(make_authority(tmp_path_factory.mktemp("authority"))) as served:
        yield served


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("original")
    write_sample_ledger(directory, runs=2)
    return directory


@pytest.fixture
def ledger(original: Path, tmp_path: Path, authority: TestAuthority) -> EvidenceLedger:
    authority.answer = None
    return EvidenceLedger(DirectoryStore(Path(shutil.copytree(original, tmp_path / "evidence"))))


def stamped_by(authority: TestAuthority, url: str = "") -> TimestampAuthority:
    return TimestampAuthority(rfc3161=url or authority.url, root=str(authority.root))


def verify(
    ledger: EvidenceLedger, root: Path | None = None, *places: str, trust: KeyRing | None = None
) -> VerificationReport:
    witnesses = AnchorWitnesses(RootCertificates(root) if root else None, places)
    return verify_ledger(DirectoryStore(ledger.store.path), trust=trust, witnesses=witnesses)  # type: ignore[attr-defined]


def list_messages(report: VerificationReport, weight: Weight) -> list[str]:
    return [finding.message for finding in report.findings if finding.weight is weight]
