"""Each recipe of docs/cookbook.md runs as it stands there: its files, its commands and their exit codes."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.cli.conftest import cli
from tests.cli.project import Said, within
from tests.paths import ROOT

__all__ = ["cli"]

PAGE = (ROOT / "docs" / "cookbook.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_EXIT = re.compile(r"\s+# exit (\d).*$")
SYNTHETIC, REAL = {"is_synthetic": "true", "country": "FR"}, {"is_synthetic": "false", "country": "DE"}
LAKE: dict[str, list[dict[str, Any]]] = {
    "contact/day=2026-11-21": [
        {"id": "c1", "email": "a@firm.example", **SYNTHETIC},
        {"id": "c2", "email": "b@firm.example", **SYNTHETIC},
        {"id": "c3", "email": "c@firm.example", **REAL},
    ],
    "contact/day=2026-11-22": [
        {"id": "c1", "email": "a@firm.example", **SYNTHETIC},
        {"id": "c2", "email": "b@firm.example", "is_synthetic": None, "country": "FR"},
        {"id": "c3", "email": "c@firm.example", **REAL},
    ],
    "customer": [{"id": "k1", "email": "c@firm.example"}],
    "send": [
        {"id": "s1", "contact_id": "c1", "is_synthetic": "true", "channel": "mail"},
        {"id": "s2", "contact_id": "c3", "is_synthetic": "false", "channel": "mail"},
    ],
}


def recipes() -> dict[str, list[tuple[str, str]]]:
    """Return the blocks of each recipe, with their languages."""
    sections = re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]
    return {section.partition("\n")[0]: _BLOCK.findall(section) for section in sections}


def write_lake(directory: Path) -> None:
    for name, rows in LAKE.items():
        folder = directory / "lake" / name
        folder.mkdir(parents=True)
        columns = {column: pa.array([row[column] for row in rows], pa.string()) for column in rows[0]}
        pq.write_table(pa.table(columns), folder / "part-0.parquet")


def write_file(directory: Path, text: str) -> None:
    file = directory / text.partition("\n")[0].removeprefix("# ")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def run_line(line: str, cli: Callable[..., Said], monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    """Run a line of a recipe, with its variables; return the exit code and what was said."""
    words = shlex.split(_EXIT.sub("", line))
    with monkeypatch.context() as variables:
        while "=" in words[0]:
            variables.setenv(*words.pop(0).split("=", 1))
        if words[0] == "synth-expectations":
            said = cli(*words[1:])
            return said.code, said.out + said.err
        done = subprocess.run(words, check=False, capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr


def run_recipe(
    blocks: list[tuple[str, str]], directory: Path, cli: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_lake(directory)
    for language, text in blocks:
        if language == "yaml":
            write_file(directory, text)
    with within(directory):
        for language, text in blocks:
            for line in text.splitlines() if language == "sh" else ():
                expected = int(found[1]) if (found := _EXIT.search(line)) else 0
                code, said = run_line(line, cli, monkeypatch)
                assert code == expected, f"{line}\n{said}"
            if language == "python":
                done = subprocess.run([sys.executable, "-c", text], check=False, capture_output=True, text=True)
                assert done.returncode == 0, done.stderr


RUN = [title for title, blocks in recipes().items() if blocks]


def test_the_page_has_the_recipes() -> None:
    assert len(RUN) >= 11
    assert all(any(language == "sh" for language, _ in recipes()[title]) for title in RUN)


@pytest.mark.parametrize("title", RUN[:2])
def test_the_first_recipes_run(
    title: str, tmp_path: Path, cli: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    run_recipe(recipes()[title], tmp_path, cli, monkeypatch)


@pytest.mark.full
@pytest.mark.parametrize("title", RUN[2:])
def test_the_other_recipes_run(
    title: str, tmp_path: Path, cli: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    run_recipe(recipes()[title], tmp_path, cli, monkeypatch)


def test_a_recipe_that_does_something_else_is_found(
    tmp_path: Path, cli: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks = [("sh", "synth-expectations compile\n")]
    with pytest.raises(AssertionError, match="synth-expectations compile"):
        run_recipe(blocks, tmp_path, cli, monkeypatch)
