"""The tests that begin early are files that exist: a renamed one would come last again, and keep a core waiting."""

from __future__ import annotations

from tests.conftest import LONG
from tests.paths import ROOT


def test_files_that_begin_early_exist() -> None:
    assert [name for name in sorted(LONG) if not (ROOT / name).is_file()] == []
