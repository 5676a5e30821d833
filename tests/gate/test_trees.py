"""Repositories of any shape are walked: links, odd names, many levels, and names that lead to other files."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from synth_expectations.gate.globs import compile_glob
from synth_expectations.gate.repository import read_tree, resolve
from tests.gate.conftest import Gate, write
from tests.gate.texts import PEOPLE


def test_links_out_of_the_tree_are_listed(gate: Gate, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    write(outside, "Contact.csv", PEOPLE)
    (tmp_path / "file.csv").symlink_to(outside / "Contact.csv")
    (tmp_path / "folder").symlink_to(outside)
    (tmp_path / "nowhere.csv").symlink_to(tmp_path / "gone.csv")
    (tmp_path / "circle").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe.csv")
    ended = gate("--production", "**")
    assert ended.code == 2
    assert "SD001" not in ended.out
    for name in ("file.csv", "folder"):
        assert f"NOT READ  {name}: it is a link that leads out" in ended.out
    assert "NOT READ  nowhere.csv: it is a link to a file that is not there" in ended.out
    assert "NOT READ  pipe.csv: it is not a file" in ended.out


@pytest.mark.parametrize("output", ["text", "json", "sarif", "gitlab", "junit"])
def test_odd_file_names(gate: Gate, tmp_path: Path, output: str) -> None:
    names = [b"Contact \xff.csv", "Cont\u202eact.csv".encode(), b"a:b.csv", b"Contact\n2.csv", b"<&'\">.csv"]
    for name in names:
        (tmp_path / os.fsdecode(name)).write_text(PEOPLE, encoding="utf-8")
    ended = gate("--output", output, "--fail-on", "note")
    assert ended.code == 1
    assert ended.out.count("SD020") >= len(names)
    ended.out.encode()
    assert "\u202e" not in ended.out


def test_plans_that_name_absent_files_or_each_other(gate: Gate, tmp_path: Path) -> None:
    plan = [
        {"sobject": "Contact", "files": ["gone.json", "b-plan.json", "../../out.json", "/etc/passwd", "a-plan.json"]}
    ]
    write(tmp_path, "data/a-plan.json", json.dumps(plan))
    write(tmp_path, "data/b-plan.json", json.dumps([{"sobject": "Contact", "files": ["a-plan.json"]}]))
    ended = gate("--production", "data/a-plan.json")
    assert "NOT READ  data/gone.json: the plan data/a-plan.json names it, and it is not there." in ended.out
    assert ended.out.count("it names a file outside the repository") == 2
    assert "data/a-plan.json: It names the plan data/b-plan.json" in ended.out
    assert "data/b-plan.json: It names the plan data/a-plan.json" in ended.out
    assert ended.code == 2


def test_a_tree_of_many_levels(gate: Gate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(300):
        os.mkdir("d")
        os.chdir("d")
    monkeypatch.chdir(tmp_path)
    ended = gate("--production", "**")
    assert (ended.code, ended.err) == (2, "")
    assert "it lies more than 200 directories deep. It is bound for production" in ended.out


def test_a_tree_of_many_files(tmp_path: Path) -> None:
    for folder in range(20):
        (tmp_path / f"f{folder}").mkdir()
        for number in range(100):
            (tmp_path / f"f{folder}" / f"{number}.cls").touch()
    assert len(read_tree([tmp_path]).files) == 2_000


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("data", "data/a.csv", True),
        ("data/", "data/b/a.csv", True),
        ("data/*.csv", "data/b/a.csv", False),
        ("data/**/a.csv", "data/a.csv", True),
        ("**/a.csv", "a.csv", True),
        ("**", "x/y", True),
        ("./data/?.csv", "data/a.csv", True),
        ("data", "database/a.csv", False),
        ("[a].csv", "[a].csv", True),
    ],
)
def test_globs(pattern: str, path: str, fits: bool) -> None:
    assert (compile_glob(pattern).fullmatch(path) is not None) is fits


@pytest.mark.parametrize(
    ("name", "path"),
    [("a.csv", "f/a.csv"), ("../a.csv", "a.csv"), ("../../a.csv", None), ("/a.csv", None), ("b\\a", "f/b/a")],
)
def test_relative_names(name: str, path: str | None) -> None:
    assert resolve("f", name) == path
