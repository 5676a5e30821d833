"""Ctrl-C while anything is imported ends the process with 130 and a sentence, and never with a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from synth_expectations.cli.interrupt import raised_interrupts
from synth_expectations.process import INTERRUPTED, INTERRUPTED_SENTENCE
from tests.cli.project import Project
from tests.paths import ROOT

_AT_IMPORT = """\
import os, signal, sys

class Interrupts:
    def find_spec(self, name, path=None, target=None):
        if name == os.environ["INTERRUPT_AT"]:
            sys.meta_path.remove(self)
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupts())
"""


_OF_GX = {"great_expectations", "pandas", "synth_expectations.gx.fast_path"}
"""What a run of this package's expectations imports only if it is told to."""
_THROUGH = ("--through-great-expectations",)


@pytest.mark.parametrize(
    "module",
    [
        "wrapt",
        "typer",
        "synth_expectations.cli.run",
        "synth_expectations.runner.run",
        "great_expectations",
        pytest.param("pandas", marks=pytest.mark.full),
        pytest.param("synth_expectations.gx.fast_path", marks=pytest.mark.full),
        pytest.param("duckdb", marks=pytest.mark.full),
    ],
)
def test_while_a_module_is_imported(compiled: Project, module: str) -> None:
    (compiled.root / "sitecustomize.py").write_text(_AT_IMPORT)
    paths = os.pathsep.join([str(compiled.root), str(ROOT)])
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever started the tests may ignore it
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "synth_expectations", "run", "nightly", *(_THROUGH if module in _OF_GX else ())],
            cwd=compiled.root, env={**os.environ, "PYTHONPATH": paths, "INTERRUPT_AT": module},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    finally:
        signal.signal(signal.SIGINT, before)
    assert (ended.returncode, ended.stdout, ended.stderr) == (INTERRUPTED, "", f"{INTERRUPTED_SENTENCE}\n")
    assert list(compiled.root.rglob("*.tmp")) == []


def test_a_process_that_imports_the_package_keeps_its_handler(tmp_path: Path) -> None:
    script = (
        "import signal, synth_expectations, synth_expectations.cli.app\n"
        "assert signal.getsignal(signal.SIGINT) is signal.default_int_handler"
    )
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        subprocess.run([sys.executable, "-c", script], check=True)
    finally:
        signal.signal(signal.SIGINT, before)


def test_handlers_are_restored() -> None:
    before, report = signal.getsignal(signal.SIGINT), sys.unraisablehook
    with raised_interrupts():
        pass
    assert (signal.getsignal(signal.SIGINT), sys.unraisablehook) == (before, report)
