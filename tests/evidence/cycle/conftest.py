"""The quarter that the tests of the cycle close."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evidence.cycle.quarter import CycleProject


@pytest.fixture
def project(tmp_path: Path) -> CycleProject:
    return CycleProject(tmp_path)
