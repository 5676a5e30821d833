"""A proposal whose TODOs are answered is compiled and run as it stands, whatever columns the table has."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest

from synth_expectations.expectations.declarations import PROVENANCE
from tests.cli.project import Said

Cli = Callable[..., Said]
POLICY = Path("great_expectations/policy.yml")
ANSWERS = {"owner: TODO": "owner: crm@retailer.example", "{max: TODO}": "{max: P90D}", "max_age: TODO": "max_age: P90D"}
VALUES = {
    "source": "crm-gen",
    "generated_at": "2026-11-01T10:00:00Z",
    "method": "ctgan",
    "algorithm_version": "1.0.0",
    "purpose": "testing",
    "dataset_id": "DS-1",
    "retention_class": "short",
}


def write(name: str, columns: tuple[str, ...]) -> None:
    lines = [",".join(("id", "email", "is_synthetic", *columns))]
    for number in range(9):
        values = [VALUES[column] if number % 3 == 0 else "" for column in columns]
        lines.append(",".join([f"{name}{number}", f"{name}{number}@mail.net", str(number % 3 == 0).lower(), *values]))
    Path(f"{name}.csv").write_text("\n".join(lines) + "\n")


def answer(cli: Cli) -> None:
    text = POLICY.read_text()
    for todo, answered in ANSWERS.items():
        text = text.replace(todo, answered)
    assert "TODO" not in "".join(line.partition("#")[0] for line in text.splitlines())
    POLICY.write_text(text)
    said = cli("compile")
    assert said.code == 0, said.err
    assert said.err.rstrip().endswith("Next: synth-expectations run nightly")


@pytest.mark.parametrize(
    "columns",
    [
        *[(word,) for word in (*PROVENANCE, "retention_class")],
        *[pair for pair in combinations((*PROVENANCE, "retention_class"), 2) if "generated_at" in pair],
    ],
    ids="+".join,
)
def test_each_subset_of_provenance_leads_to_a_run(
    columns: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    monkeypatch.chdir(tmp_path)
    write("contact", columns)
    assert cli("init", "contact.csv").code == 0
    assert ("max_age" in POLICY.read_text()) is (
        "generated_at" in columns and not {"purpose", "retention_class"} & {*columns}
    )
    answer(cli)


def test_tables_that_name_their_classes_differently(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli) -> None:
    monkeypatch.chdir(tmp_path)
    write("contact", ("generated_at", "purpose"))
    write("lead", ("generated_at", "retention_class"))
    write("member", ("generated_at",))
    assert cli("init", "contact.csv", "lead.csv").code == 0
    answer(cli)
    assert cli("init", "--add", "member.csv").code == 0
    answer(cli)
    assert POLICY.read_text().count("max_age: P90D") == 2
    said = cli("run", "nightly")
    assert said.code == 0, said.out + said.err


def test_a_policy_that_is_not_compiled_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli) -> None:
    monkeypatch.chdir(tmp_path)
    write("contact", ())
    assert cli("init", "contact.csv").code == 0
    said = cli("run", "nightly")
    assert said.code == 2
    assert "is not compiled yet" in said.err
    assert "Next: synth-expectations compile" in said.err


def test_a_directory_with_projects_and_environments_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli
) -> None:
    monkeypatch.chdir(tmp_path)
    write("contact", ())
    for file in ("venv/pyvenv.cfg", "gx/great_expectations.yml", "node_modules/x/data.csv"):
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        Path(file).write_text("")
    for file in ("venv/lib/data.csv", "gx/checkpoints/mine.json", "suites/mine.json", "evidence/x.json"):
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        Path(file).write_text('{\n  "name": "mine"\n}\n')
    assert cli("init", ".").code == 0
    assert "lake/contact.csv" in POLICY.read_text()
    assert POLICY.read_text().count("role:") == 1
    Path("great_expectations/policy.yml").unlink()
    Path("evidence/x.json").write_text('{"id": 1, "email": "x"}\n')
    assert cli("init", "evidence").code == 0, "a directory that is named is meant"
