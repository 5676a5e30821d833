"""Compiled files and policies that were changed by hand: found, and never passed over."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from tests.cli.project import Project


def suite(project: Project, name: str = "contact") -> Path:
    return project.root / "suites" / f"{name}.json"


def rewrite(project: Project, change: Callable[[dict], None], name: str = "contact") -> None:  # type: ignore[type-arg]
    document = json.loads(suite(project, name).read_text())
    change(document)
    suite(project, name).write_text(json.dumps(document, indent=2))


def test_an_expectation_that_nobody_knows(compiled: Project) -> None:
    rewrite(compiled, lambda suite: suite["expectations"][0].update(type="expect_the_unexpected"))
    said = compiled.run()
    assert said.code == 2
    assert "Expect the unexpected. It was not evaluated: its package was not imported." in said.flat
    assert "suites/contact.json was changed since it was compiled" in said.flat


def test_an_argument_that_it_does_not_take(compiled: Project) -> None:
    rewrite(compiled, lambda suite: suite["expectations"][0]["kwargs"].update(colour="red"))
    said = compiled.run()
    assert said.code == 2
    assert "colour is not an argument of it" in said.flat
    assert "send      whole table        1          0  passed   2" in said.out


def test_an_expectation_that_was_taken_out(compiled: Project) -> None:
    rewrite(compiled, lambda suite: suite["expectations"].pop())
    said = compiled.run()
    assert said.code == 2
    assert "suites/contact.json was changed since it was compiled" in said.flat


def test_a_suite_that_was_emptied(compiled: Project) -> None:
    rewrite(compiled, lambda suite: suite["expectations"].clear())
    said = compiled.run()
    assert said.code == 2
    assert "Its suite has no expectations: nothing was checked." in said.flat


def test_a_suite_that_is_gone(compiled: Project) -> None:
    suite(compiled).unlink()
    said = compiled.run()
    assert said.code == 2
    assert "Traceback" not in said.err


def test_an_argument_loosened_by_hand(compiled: Project) -> None:
    rewrite(compiled, lambda suite: suite["expectations"][0]["kwargs"].update(mostly=0.1))
    said = compiled.run()
    assert said.code == 2
    assert "what it would check differs: compile, then review the diff" in said.flat


def test_a_policy_that_was_changed_since(compiled: Project) -> None:
    compiled.edit("max: P90D", "max: P900D")
    said = compiled.run()
    assert said.code == 2
    assert "policy.yml was changed since it was compiled: compile, then review the diff." in said.flat


def test_a_comment_is_no_change(compiled: Project) -> None:
    compiled.edit("version: 1", "version: 1  # the first")
    assert compiled.run().code == 0


def test_a_policy_changed_since_it_was_approved(project: Project) -> None:
    approved = 'approved: {by: dpo@retailer.example, on: "2026-10-01"}\n'
    project.edit("version: 1\n", f"version: 1\n{approved}")
    project.compile()
    assert "Whoever approves it runs: synth-expectations audit approve" in project.run().flat
    assert project.cli("audit", "approve", "--by", "dpo@retailer.example", "--role", "dpo").code == 0
    assert "approved" not in project.run().out
    project.edit("max: P90D", "max: P100D")
    project.compile()
    said = project.run()
    assert said.code == 0
    assert "The policy changed since dpo@retailer.example approved it on " in said.flat


def test_a_run_changes_nothing_of_the_users(compiled: Project) -> None:
    def files() -> dict[Path, bytes]:
        kept = {compiled.root / "great_expectations" / "uncommitted", compiled.root / "evidence"}
        return {
            file: file.read_bytes()
            for file in compiled.root.rglob("*")
            if file.is_file() and kept.isdisjoint(file.parents)
        }

    before = files()
    compiled.table("send", [{"SendId": "m1", "IsSynthetic": "false"}])
    assert files() == before
    compiled.run()
    compiled.cli("check")
    compiled.cli("docs")
    assert files() == before
