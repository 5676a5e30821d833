"""The collector of garbage, which is off while modules are imported at once."""

from __future__ import annotations

import gc
import subprocess
import sys

import pytest

from synth_expectations.importing import without_collector


def test_collections_go_on_afterwards_whatever_happens() -> None:
    within = []

    def fails() -> None:
        within.append(gc.isenabled())
        raise ImportError

    with pytest.raises(ImportError), without_collector():
        fails()
    assert (within, gc.isenabled()) == ([False], True)


def test_who_collects_nothing_is_left_alone() -> None:
    gc.disable()
    try:
        with without_collector():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_the_runner_is_the_first_to_import_great_expectations() -> None:
    """Else it would be imported with the collector on."""
    code = "import sys, gc; gc.disable = lambda: print('great_expectations' in sys.modules); import synth_expectations.runner"
    assert _run(code).stdout.splitlines()[:1] == ["False"]


def _run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
