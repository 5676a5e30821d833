"""A ledger and its pack, made once for all tests that only read them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.pack.builder import EvidencePack
from tests.evidence.pack.sample_pack import make_ledger, make_pack


@pytest.fixture(scope="session")
def shared_ledger(tmp_path_factory: pytest.TempPathFactory) -> EvidenceLedger:
    """A ledger that no test may append to; copy it with `ledger`."""
    return make_ledger(tmp_path_factory.mktemp("shared") / "ledger")


@pytest.fixture
def ledger(shared_ledger: EvidenceLedger, tmp_path: Path) -> EvidenceLedger:
    """A ledger of the test's own."""
    path = tmp_path / "ledger"
    shutil.copytree(shared_ledger.store.path, path)  # type: ignore[attr-defined]
    return EvidenceLedger(type(shared_ledger.store)(path))  # type: ignore[call-arg]


@pytest.fixture(scope="session")
def pack(shared_ledger: EvidenceLedger) -> EvidencePack:
    """The pack of the last quarter of 2026."""
    return make_pack(shared_ledger)


@pytest.fixture(scope="session")
def shared_directory(
    shared_ledger: EvidenceLedger, pack: EvidencePack, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The pack, unzipped; no test may change it."""
    directory = tmp_path_factory.mktemp("unzipped") / "pack"
    for path, content in pack.files.items():
        (directory / path).parent.mkdir(parents=True, exist_ok=True)
        (directory / path).write_bytes(content)
    return directory


@pytest.fixture
def directory(shared_directory: Path, tmp_path: Path) -> Path:
    """The pack, unzipped, for a test to change."""
    return Path(shutil.copytree(shared_directory, tmp_path / "pack"))
