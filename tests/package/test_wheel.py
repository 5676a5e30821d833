"""The wheel holds everything: installed where nothing of the repository is, it works from an empty directory."""

from __future__ import annotations

import os
import subprocess
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.package.environments import build_wheel, install_wheel, run_installed
from tests.paths import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(ROOT, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel in it, that sees the other packages here, but not the checkout."""
    folder = tmp_path_factory.mktemp("environment")
    site = install_wheel(wheel, folder)
    (site / "others.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder


def run(environment: Path, directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run_installed(environment / "bin" / "synth-expectations", directory, *arguments)


def test_it_holds_what_is_no_python(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    data = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "synth_expectations").rglob("*")
        if path.is_file() and path.parent.name != "__pycache__"
    }
    assert data <= names
    assert "synth_expectations/demo/policy.yml" in names
    assert not [name for name in names if name.startswith(("tests/", "great_expectations/"))]


def test_it_is_the_wheel_that_runs(environment: Path, tmp_path: Path) -> None:
    command = [
        str(environment / "bin" / "python"),
        "-c",
        "import synth_expectations; print(synth_expectations.__file__)",
    ]
    variables = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    where = subprocess.run(command, cwd=tmp_path, env=variables, capture_output=True, text=True, check=True).stdout
    assert where.startswith(str(environment))


@pytest.mark.full
def test_the_demo_and_an_own_project_in_an_empty_directory(environment: Path, tmp_path: Path) -> None:
    demo = run(environment, tmp_path, "demo", "--contacts", "1000")
    assert demo.returncode == 0, demo.stdout + demo.stderr
    assert "AGREED" in demo.stdout
    assert demo.stderr == ""
    (tmp_path / "build" / "demo" / "extracts").rename(tmp_path / "extracts")

    contacts, customers = "extracts/contact/**/*.parquet", "extracts/customer/*.parquet"
    proposed = run(environment, tmp_path, "init", "--parquet", contacts, "--parquet", customers)
    assert proposed.returncode == 0, proposed.stderr
    file = tmp_path / "great_expectations" / "policy.yml"
    answers = {"owner: TODO": "owner: me", "all: TODO": "all: real", "{max: TODO}": "{max: P10Y}"}
    text = file.read_text()
    for todo, answer in answers.items():
        text = text.replace(todo, answer)
    file.write_text(text)

    checked = run(environment, tmp_path, "check")
    assert (checked.returncode, checked.stdout) == (0, ""), checked
    assert run(environment, tmp_path, "compile").returncode == 0
    ran = run(environment, tmp_path, "run", "nightly", "--batch", "2026-11-01", "--as-of", "2026-11-01")
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "marker is missing" in ran.stdout
    assert ran.stderr == ""
