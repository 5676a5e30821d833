"""An expectation is two files: CONTRIBUTING's example, and what `make new` writes, work in a copy of the repository."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from synth_expectations.errors import SynthError
from tests.paths import CASES, ROOT
from tools.new import write_expectation

EXAMPLE = "expect_synthetic_records_to_have_a_steward"
STARTED = {"expect_records_to_be_started_from_a_template": "mixed", "expect_accesses_to_be_started": "access_log"}
COPIED = (
    "synth_expectations",
    "tools",
    "tests",
    "docs",
    "suites",
    "checkpoints",
    "great_expectations",
    "pyproject.toml",
)


def example() -> tuple[str, str]:
    """The class and the cases in CONTRIBUTING's fenced blocks."""
    blocks = re.findall(r"^( *)```(\w+)\n(.*?)^ *```", (ROOT / "CONTRIBUTING.md").read_text(), re.DOTALL | re.MULTILINE)
    found = {language: textwrap.dedent(text) for _, language, text in blocks}
    return found["python"], found["yaml"]


def run(copy: Path, *command: str) -> str:
    """A tool's output in the copy."""
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    done = subprocess.run(
        [sys.executable, *command], cwd=copy, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository with three more expectations, two files each."""
    root = tmp_path_factory.mktemp("repository")
    for name in COPIED:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "uncommitted", "__snapshots__")
            shutil.copytree(ROOT / name, root / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, root / name)
    text, cases = example()
    (root / "synth_expectations" / "expectations" / "governance" / f"{EXAMPLE}.py").write_text(text)
    (root / "tests" / "cases" / "governance" / f"{EXAMPLE}.yml").write_text(cases)
    for name, role in STARTED.items():
        assert len(write_expectation(name, "governance", role, root)) == 2
    return root


def test_it_is_linted(copy: Path) -> None:
    paths = [f"{folder}/governance" for folder in ("synth_expectations/expectations", "tests/cases")]
    run(copy, "-m", "ruff", "check", "--no-cache", *paths)
    run(copy, "-m", "ruff", "format", "--no-cache", "--check", *paths)
    run(copy, "-c", "from importlinter.cli import lint_imports; import sys; sys.exit(lint_imports())")


@pytest.mark.full
def test_its_cases_run(copy: Path) -> None:
    chosen = " or ".join([*(name.removeprefix("expect_") for name in (EXAMPLE, *STARTED)), "every_expectation_a_file"])
    command = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/conformance/test_cases.py")
    out = run(copy, *command, "-k", chosen, "--engines", "duckdb,pandas")
    # seven cases each on two engines, a file with its compulsory kinds each, and no orphan
    assert f"{3 * 7 * 2 + 3 + 1} passed" in out


@pytest.mark.full
def test_it_has_a_page_that_knows_what_it_does(copy: Path) -> None:
    run(copy, "-m", "tools.docs")
    page = (copy / "docs" / "expectations" / f"{EXAMPLE}.md").read_text()
    assert "Selected by role `mixed`." in page
    assert "It gives evidence for nothing yet." in page
    assert f"expectations/{EXAMPLE}.md) | always | `columns.steward` |" in (copy / "docs" / "roles.md").read_text()


def test_the_policy_compiles_and_says_that_it_is_not_covered(copy: Path) -> None:
    out = run(copy, "-m", "synth_expectations", "compile")
    assert "18 suites, 1 checkpoint: 1 file written" in out
    lock = json.loads((copy / "great_expectations" / "policy.lock.json").read_text())
    assert [(found["table"], found["type"], found["needs"]) for found in lock["not_covered"]] == [
        ("contact", "expect_records_to_be_started_from_a_template", ["tables.contact.columns.value"]),
        ("contact", EXAMPLE, ["tables.contact.columns.steward"]),
        ("access_log", "expect_accesses_to_be_started", ["tables.access_log.columns.value"]),
    ]


@pytest.mark.parametrize(
    ("name", "family", "role", "sentence"),
    [
        ("Expect_it", "governance", None, "Expect_it is not a name of an expectation."),
        ("check_it", "governance", None, "check_it is not a name of an expectation."),
        ("expect_records_to_be_tagged", "provenance", None, "expect_records_to_be_tagged exists already."),
        ("expect_it", "goverance", None, "FAMILY: there is no family goverance: did you mean governance?"),
        ("expect_it", "signatures", None, "FAMILY: there is no family signatures"),
        ("expect_it", "governance", "mixd", "ROLE: there is no role mixd: did you mean mixed?"),
    ],
)
def test_what_cannot_be_started_is_refused(name: str, family: str, role: str | None, sentence: str) -> None:
    with pytest.raises(SynthError) as refused:
        write_expectation(name, family, role, ROOT)
    assert refused.value.message.startswith(sentence)
    assert not list(CASES.rglob("expect_it.yml"))
