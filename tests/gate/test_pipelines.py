"""The hook, the action and the templates of pipelines: valid, and each command of them runs as it stands."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.gate.conftest import Gate
from tests.paths import ROOT

FILES = [ROOT / "action.yml", ROOT / ".pre-commit-hooks.yaml", *sorted((ROOT / "examples" / "ci").glob("*.yml"))]


def _read(path: Path) -> Any:
    return YAML(typ="safe").load(path)


def _commands(text: str) -> Iterator[list[str]]:
    """Yield the arguments of each call of the gate that has no variable of the shell in it."""
    command = r"(?m)^ *(?:- |entry: )?synth-(?:expectations )?gate\b(?!:)"
    for line in re.findall(command + r"([^\n|\"$]*(?:\"[^\"]*\"[^\n|\"$]*)*)", text):
        cleaned = line.replace("$(Build.ArtifactStagingDirectory)/", "")
        if "${" not in cleaned:
            yield shlex.split(cleaned)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
@pytest.mark.usefixtures("contacts")
def test_its_commands_run(gate: Gate, path: Path) -> None:
    _read(path)
    commands = list(_commands(path.read_text(encoding="utf-8")))
    assert commands or path.name in {"action.yml", "github.yml"}
    for arguments in commands:
        ended = gate(*arguments)
        assert (ended.code, ended.err) == (1, ""), arguments


def test_the_hook_runs_on_files_that_the_gate_reads() -> None:
    hook = next(hook for hook in _read(ROOT / ".pre-commit-hooks.yaml") if hook["id"] == "synth-gate")
    for name in (
        "data/Contact.csv",
        "a-plan.json",
        "cumulusci.yml",
        "d.sql",
        "F.field-meta.xml",
        "p.parquet",
        "x.jsonl",
    ):
        assert re.search(hook["files"], name)
    assert not re.search(hook["files"], "README.md")
    assert hook["pass_filenames"] is False


@pytest.mark.usefixtures("contacts")
def test_the_action_runs(tmp_path: Path) -> None:
    action = _read(ROOT / "action.yml")
    step = next(step for step in action["runs"]["steps"] if step["name"] == "Gate")
    inputs = {name: entry["default"] for name, entry in action["inputs"].items()}
    given = {**inputs, "production": "data/**\nmore data/**\n", "paths": "scripts\n"}
    variables = {
        name: given[re.fullmatch(r"\$\{\{ inputs\.([\w-]+) \}\}", value)[1]]  # type: ignore[index]
        for name, value in step["env"].items()
    }
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "synth-gate"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m synth_expectations gate "$@"\n')
    command.chmod(0o755)
    environment = {**os.environ, **variables, "PATH": f"{command.parent}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", step["run"]],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (1, "")
    assert "SD001" in ended.stdout
    assert (tmp_path / "synth-gate.sarif").is_file()
    assert "${{" not in step["run"]


def test_the_example_of_github_uses_inputs_that_exist() -> None:
    steps = _read(ROOT / "examples" / "ci" / "github.yml")["jobs"]["gate"]["steps"]
    step = next(step for step in steps if "synth_expectations" in step.get("uses", ""))
    assert set(step["with"]) <= set(_read(ROOT / "action.yml")["inputs"])


def test_the_artifacts_of_gitlab_are_written_by_its_script() -> None:
    job = _read(ROOT / "examples" / "ci" / "gitlab.yml")["synth-gate"]
    script = "\n".join(job["script"])
    assert all(f"--output-file {file}" in script for file in job["artifacts"]["reports"].values())


@pytest.mark.usefixtures("contacts")
def test_the_commands_of_the_page_run(gate: Gate) -> None:
    """Word for word, of both names of the command."""
    page = (ROOT / "docs" / "gate.md").read_text(encoding="utf-8")
    commands = re.findall(r"^synth-(?:expectations )?gate\b(?!:)([^#\n]*)", page, re.MULTILINE)
    assert len(commands) >= 5
    for command in commands:
        ended = gate(*shlex.split(command))
        assert (ended.code, ended.err) == (0 if "--version" in command else 1, ""), command
