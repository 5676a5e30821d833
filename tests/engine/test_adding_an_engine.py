"""An engine is one file in `engine/dialects/` and an extra: proved on a made-up warehouse in a copy of the repository.

`tests/engine/made_up/harbour.py` is that file; CONTRIBUTING shows it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.paths import ROOT

MADE_UP = Path(__file__).parent / "made_up"
COPIED = ("synth_expectations", "tests", "tools", "pyproject.toml")


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository with the one file and the extra, beside the vendor's installed package."""
    copy = tmp_path_factory.mktemp("repository")
    leave_out = shutil.ignore_patterns("__pycache__", "__snapshots__")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=leave_out)
        else:
            shutil.copy(ROOT / name, copy / name)
    shutil.copy(MADE_UP / "harbour.py", copy / "synth_expectations" / "engine" / "dialects")
    project = copy / "pyproject.toml"
    extras = "[project.optional-dependencies]\n"
    assert project.read_text().count(extras) == 1
    project.write_text(project.read_text().replace(extras, f'{extras}harbour = ["harbour-sqlalchemy>=1"]\n'))

    installed = copy / "installed"
    metadata = installed / "harbour_sqlalchemy-1.0.dist-info"
    metadata.mkdir(parents=True)
    shutil.copy(MADE_UP / "harbour_sqlalchemy.py", installed)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: harbour-sqlalchemy\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[sqlalchemy.dialects]\nharbour = harbour_sqlalchemy:HarbourDialect\n")
    return copy


def run(repository: Path, *command: str) -> str:
    """Run a command in the copy, with its code and the vendor's package; return what it printed."""
    paths = os.pathsep.join((str(repository), str(repository / "installed")))
    done = subprocess.run(
        command,
        cwd=repository,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_lint(repository: Path) -> None:
    ruff = (sys.executable, "-m", "ruff")
    run(repository, *ruff, "check", "--no-cache", "synth_expectations")
    run(repository, *ruff, "format", "--no-cache", "--check", "synth_expectations")
    run(repository, str(Path(sys.executable).with_name("lint-imports")), "--no-cache")


@pytest.mark.full
def test_the_tests_of_dialects_and_cases(repository: Path) -> None:
    pytest_ = (sys.executable, "-m", "pytest", "-q", "-o", "addopts=--strict-markers", "-p", "no:cacheprovider")
    tests = (
        "tests/engine/dialects",
        "tests/engine/test_date_ranges.py",
        "tests/warehouses/test_rendered.py",
        "tests/engine/made_up/cases_on_harbour.py",
    )
    # of the rendered cases those with odd names, in which engines differ most; all of them would take a minute
    chosen = "harbour and (odd_name or not (read_back or would_be_sent))"
    printed = run(repository, *pytest_, *tests, "-k", chosen, "--snapshot-update", "--update-golden", "-rA")
    for test in tests:
        assert f"PASSED {test}" in printed
    assert "SKIPPED" not in printed


@pytest.mark.full
def test_the_page_of_engines(repository: Path) -> None:
    made = run(
        repository, sys.executable, "-c", "from tools.docs import engines; print(dict(engines.pages())['engines.md'])"
    )
    row = "| harbour | rendered only | `synth-expectations[harbour]`, which installs `harbour-sqlalchemy` |"
    assert row in made.splitlines()
