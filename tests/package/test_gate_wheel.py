"""The distribution `synth-gate`: the modules of this repository, in an environment with one other package, and no file twice."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import subprocess
import sysconfig
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.package.environments import build_wheel, install_wheel, run_installed
from tests.paths import ROOT

PACKAGING = ROOT / "packaging" / "gate"
SOURCE = "synth_gate/source/"
PEOPLE = "LastName,Email\nMoor,a.moor@example.com\nLund,b.lund@example.com\n"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_wheel(PACKAGING, tmp_path_factory.mktemp("dist"))


def _list_files(name: str) -> Iterator[tuple[str, Path]]:
    """The files of an installed distribution, but its scripts and bytecode."""
    for file in importlib.metadata.files(name) or ():
        if file.suffix != ".pyc" and ".." not in file.parts:
            yield file.as_posix(), Path(str(file.locate()))


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel and the reader of YAML that it asks for, and nothing else."""
    folder = tmp_path_factory.mktemp("environment")
    site = install_wheel(wheel, folder)
    for name, file in _list_files("ruamel.yaml"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, site / name)
    return folder


def _run(environment: Path, directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run_installed(environment / "bin" / "synth-gate", directory, *arguments)


def test_it_asks_for_one_package(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    lines = archive.read(metadata).decode().splitlines()
    asked = [
        line.split()[1].replace("ruamel-yaml", "ruamel.yaml")
        for line in lines
        if line.startswith("Requires-Dist:") and "extra ==" not in line
    ]
    assert asked == ["ruamel.yaml>=0.18"]
    whole = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"Version: {whole['version']}" in lines
    assert asked[0] in [dependency.partition(";")[0] for dependency in whole["dependencies"]]


def test_its_modules_are_those_of_the_repository(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    packed = {name.removeprefix(SOURCE): name for name in archive.namelist() if name.startswith(SOURCE)}
    own = packed.pop("synth_expectations/__init__.py")
    assert archive.read(own) == (PACKAGING / "synth_expectations.py").read_bytes()
    for path, name in packed.items():
        assert archive.read(name) == (ROOT / path).read_bytes(), path
    gate = {
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "synth_expectations" / "gate").rglob("*")
        if file.is_file() and file.parent.name != "__pycache__"
    }
    assert gate <= set(packed)
    assert not [name for name in archive.namelist() if name.startswith("synth_expectations/")]


@pytest.mark.parametrize("output", ["text", "json", "sarif", "gitlab", "junit"])
def test_it_finds_what_is_untagged_with_nothing_else_installed(environment: Path, tmp_path: Path, output: str) -> None:
    (tmp_path / "great_expectations").mkdir()
    (tmp_path / "great_expectations" / "policy.yml").write_text("gate: {production: [data]}\n", encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "Contact.csv").write_text(PEOPLE, encoding="utf-8")
    ended = _run(environment, tmp_path, "--output", output)
    assert (ended.returncode, ended.stderr) == (1, "")
    assert "SD001" in ended.stdout


def test_its_errors_and_help_call_it_by_its_name(environment: Path, tmp_path: Path) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert _run(environment, tmp_path, "--version").stdout == f"synth-gate {version}\n"
    assert _run(environment, tmp_path, "--help").stdout.startswith("usage: synth-gate [")
    wrong = _run(environment, tmp_path, "--wrong")
    assert (wrong.returncode, "Try 'synth-gate -h' for help." in wrong.stderr) == (2, True)
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    assert "NOT READ  a.parquet: install pyarrow to have it read" in _run(environment, tmp_path).stdout


def test_it_lies_beside_the_whole_package(environment: Path, tmp_path: Path) -> None:
    """It takes its own modules, and the whole package stays what `import synth_expectations` finds."""
    (site,) = environment.glob("lib/python*/site-packages")
    beside = site / "beside.pth"
    beside.write_text(f"{ROOT}\n{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    try:
        code = "import synth_expectations as whole; print(whole.__file__)"
        variables = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        command = [str(environment / "bin" / "python"), "-c", code]
        found = subprocess.run(command, cwd=tmp_path, env=variables, capture_output=True, text=True, check=True).stdout
        assert Path(found.strip()) == ROOT / "synth_expectations" / "__init__.py"
        (tmp_path / "Contact.csv").write_text(PEOPLE, encoding="utf-8")
        assert _run(environment, tmp_path, "--production", "**").returncode == 1
    finally:
        beside.unlink()
