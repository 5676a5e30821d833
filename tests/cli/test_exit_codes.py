"""Each command exits with the codes that docs/runs.md lists: 2 on bad input of each kind, with a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from synth_expectations.cli.app import app
from tests.cli.project import Project, within
from tests.paths import ROOT

PAGE = ROOT / "docs" / "runs.md"
NO_POLICY = "version: 1\nowner: [\n"


def nothing(project: Project) -> None:
    """Leave the project as it is."""


def spoil_policy(project: Project) -> None:
    project.policy.write_text(NO_POLICY)


def remove_project(project: Project) -> None:
    project.policy.rename(project.root / "policy.txt")
    project.policy.parent.rmdir()


def edit_suite(project: Project) -> None:
    project.compile()
    (project.root / "suites" / "send.json").write_text("{}")


def remove_table(project: Project) -> None:
    project.compile()
    (project.root / "lake" / "send" / "part-0.parquet").unlink()


def expire_waiver(project: Project) -> None:
    waiver = 'rule: SD001, path: lake, reason: the pilot, approved_by: ann@shop.example, until: "2020-01-01"'
    project.policy.write_text(f"{project.policy.read_text()}\ngate: {{accept: [{{{waiver}}}]}}\n")


def break_load(project: Project) -> None:
    (project.root / "load.json").write_text('{"records": [{"attributes"')


def lay_key(project: Project) -> None:
    Path("key").write_text("of an earlier comparison")


def compile_first(project: Project) -> None:
    project.compile()


BAD: dict[str, dict[str, tuple[Callable[[Project], None], tuple[str, ...]]]] = {
    "init": {
        "files or tables that cannot be read": (remove_project, ("--parquet", "lake/nowhere/*.parquet")),
        "an invalid address": (remove_project, ("--table", "crm:t", "--connection", "nowhere")),
        "an existing policy": (nothing, ("--parquet", "lake/send/*.parquet")),
        "a wrong option": (nothing, ("--parqet", "x")),
    },
    "check": {
        "problems": (remove_table, ()),
        "a policy that is not valid": (spoil_policy, ()),
        "no project": (remove_project, ()),
        "a wrong option": (nothing, ("--projct", "x")),
    },
    "compile": {
        "a policy that is not valid": (spoil_policy, ()),
        "files that were edited by hand": (edit_suite, ()),
        "no project": (remove_project, ()),
        "a wrong option": (nothing, ("--forse",)),
    },
    "run": {
        "something is errored": (remove_table, ("nightly",)),
        "an unknown checkpoint or table": (compile_first, ("nigthly",)),
        "a policy that is not valid": (spoil_policy, ("nightly",)),
        "no project": (remove_project, ("nightly",)),
        "a wrong option": (compile_first, ("nightly", "--as-of", "noon")),
    },
    "demo": {
        "a directory that cannot be written": (nothing, ("great_expectations/policy.yml",)),
        "a wrong option": (nothing, ("--contacts", "many")),
    },
    "list": {"a wrong option": (nothing, ("--famly", "x"))},
    "explain": {
        "an unknown expectation": (nothing, ("expect_the_unexpected",)),
        "a wrong option": (nothing, ("--all",)),
    },
    "controls": {
        "an unknown regulation": (nothing, ("--regulation", "the_law")),
        "a policy that is not valid": (spoil_policy, ()),
        "a wrong option": (nothing, ("--regulaton", "x")),
    },
    "gate": {
        "a path that does not exist": (nothing, ("nowhere",)),
        "a policy that is not valid": (spoil_policy, ()),
        "an expired waiver": (expire_waiver, ()),
        "a file bound for production that cannot be read": (break_load, ("--production", "load.json")),
        "a wrong option": (nothing, ("--producton", "x")),
    },
    "fingerprint": {
        "no project": (remove_project, ("contact", "--out", "f.parquet", "--new-key", "key")),
        "a table that is not in the policy": (nothing, ("contacts", "--out", "f.parquet", "--new-key", "key")),
        "a key that exists already": (lay_key, ("contact", "--out", "f.parquet", "--new-key", "key")),
        "a wrong option": (nothing, ("contact", "--key", "x")),
    },
    "docs": {"no project": (remove_project, ()), "a wrong option": (nothing, ("--projct", "x"))},
}
"""What is bad input of each command, by the words of the page: what makes it so, and the arguments."""

WITH_AN_ANSWER = {
    "problems",
    "something is errored",
    "files that were edited by hand",
    "an expired waiver",
    "a file bound for production that cannot be read",
}
"""Bad input that is found at work: a report, problems or changes are printed before."""


def listed() -> dict[str, list[str]]:
    """Return the kinds of bad input of each command, as the page lists them."""
    rows = re.findall(r"^\| `(\w+)` \|[^|]*\|[^|]*\|([^|]*)\|$", PAGE.read_text(), re.MULTILINE)
    return {command: [kind.strip() for kind in kinds.split(",")] for command, kinds in rows}


def test_the_page_lists_each_command_and_each_kind() -> None:
    commands = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]
    assert sorted(listed()) == sorted(name.rstrip("_") for name in commands)
    assert listed() == {command: list(kinds) for command, kinds in BAD.items()}


@pytest.mark.parametrize(("command", "kind"), [(command, kind) for command, kinds in BAD.items() for kind in kinds])
def test_bad_input_exits_with_2_and_a_sentence(project: Project, command: str, kind: str) -> None:
    spoil, arguments = BAD[command][kind]
    spoil(project)
    said = project.cli(command, *arguments)
    assert said.code == 2, said
    assert "Traceback" not in said.out + said.err
    assert bool(said.out) == (kind in WITH_AN_ANSWER), said
    assert said.err.startswith(("ERROR  ", "Usage: ")) or kind in WITH_AN_ANSWER, said


def test_nothing_but_violations_exits_with_1(project: Project, tmp_path: Path) -> None:
    assert project.cli("compile", "--check").code == 1
    project.compile()
    assert project.cli("compile", "--check").code == 0
    assert project.run().code == 0
    project.table("send", [{"SendId": "m1", "IsSynthetic": "true"}])
    assert project.run().code == 1
    with within(tmp_path):
        assert [project.cli(command).code for command in ("list", "controls")] == [0, 0]
