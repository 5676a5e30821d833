"""Controls on the command line, in `explain`, and in the JSON document of a run."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.project import Project, Said

Cli = Callable[..., Said]
TAGGED = "expect_records_to_be_tagged"


def test_all_in_short(cli: Cli) -> None:
    said = cli("controls", "--as-of", "2026-11-22")
    assert (said.code, said.err) == (0, "")
    assert [line for line in said.out.splitlines() if line.endswith(("eu_ai_act", "gdpr", "nist_ai_rmf", "us_lending"))]
    assert "On 2026-11-22:" in said.out
    assert "Not legal advice" in said.out
    assert max(map(len, said.out.splitlines())) <= 80


def test_one_in_full_on_a_day(cli: Cli) -> None:
    before, after = (cli("controls", "eu_ai_act", "--as-of", day).out for day in ("2026-11-22", "2027-12-03"))
    assert "preparation, no duty yet" in before
    assert before.count("preparation, no duty yet") > after.count("preparation, no duty yet")
    assert "Does not show:" in after
    assert "to confirm" in after  # what is unsure says so to the reader


def test_as_json(cli: Cli) -> None:
    found = json.loads(cli("controls", "gdpr", "--as-of", "2026-11-22", "--json").out)
    assert [each["id"] for each in found["regulations"]] == ["gdpr"]
    assert found["as_of"] == "2026-11-22"


def test_where_the_policy_of_the_project_stands(project: Project) -> None:
    assert "Unapproved: no approver is named." in project.cli("controls").out
    review = '{requirement: gdpr/Article 35(7), document: DPIA-4, reviewed_by: dpo@retailer.example, on: "2026-09-01"}'
    project.edit(
        "version: 1\n",
        'version: 1\napproved: {by: dpo@retailer.example, on: "2026-10-01", ticket: GRC-4}\n'
        'review: {every: P1M, last: "2026-10-01"}\ndpia: {D1: {reviewed: "2025-10-01", every: P1Y}}\n'
        f"not_covered: [{{what: Backups, because: Another team governs them.}}]\nmanual: [{review}]\n",
    )
    text = " ".join(project.cli("controls", "gdpr", "--as-of", "2026-10-15").out.split())
    assert "Policy Unverified, by dpo@retailer.example on 2026-10-01, GRC-4." in text
    assert "Review Due by 2026-11-01, last on 2026-10-01." in text
    assert "DPIA D1: reviewed on 2025-10-01, again by 2026-10-01 (overdue)." in text
    assert "Left out Backups: Another team governs them." in text
    assert "manual done DPIA-4, reviewed by dpo@retailer.example on 2026-09-01, without a digest." in text
    assert "manual open The policy has no review on record." in text
    document = project.cli("controls", "gdpr", "--as-of", "2026-08-31", "--json").json()
    assert document["policy"]["ticket"] == "GRC-4"
    (found,) = [each for each in document["regulations"][0]["requirements"] if each["id"] == "Article 35(7)"]
    assert (found["status"], found["counts"]) == ("manual open", {"manual open": 1})


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("gdpt",), "There is no regulation gdpt."),
        (("gdpr", "--as-of", "22.11.2026"), "22.11.2026 is not a day."),
    ],
)
def test_wrong_use(arguments: tuple[str, ...], sentence: str, cli: Cli) -> None:
    said = cli("controls", *arguments)
    assert said.code == 2
    assert sentence in said.err


def test_explain_names_them(cli: Cli) -> None:
    assert "gdpr Article 5(2): Accountability (supporting)" in cli("explain", TAGGED).out
    assert json.loads(cli("explain", TAGGED, "--json").out)["controls"]


def controls(said: Said, kind: str) -> list[dict[str, Any]]:
    every = [each for table in said.json()["tables"] for each in table["expectations"]]
    return next(each["controls"] for each in every if each["type"] == kind)


def test_a_run_says_what_it_is_evidence_for(compiled: Project) -> None:
    compiled.edit("version: 1\n", 'version: 1\napproved: {by: dpo@retailer.example, on: "2026-10-01"}\n')
    assert compiled.cli("audit", "approve", "--by", "dpo@retailer.example", "--role", "dpo").code == 0
    served = controls(compiled.run("--output", "json"), TAGGED)
    assert {each["regulation"] for each in served} == {"eu_ai_act", "gdpr", "nist_ai_rmf", "owasp_aisvs", "us_lending"}
    assert {each["check"] for each in served} == {"supports in part"}
    assert {why for each in served for why in each["why"]} == {"the number of rows in its source is unknown"}
    assert {each["status"] for each in served if each["applies"] == "not_yet"} == {"not yet in force"}
    compiled.edit(
        "    references:\n      real:",
        f"    expectations:\n      {TAGGED}: {{mostly: 0.5, reason: old rows, approved_by: dpo@retailer.example,"
        ' until: "2027-03-31"}\n    references:\n      real:',
    )
    compiled.compile()
    loose = controls(compiled.run("--output", "json"), TAGGED)
    assert {each["check"] for each in loose} == {"inconclusive"}
    assert all(any("mostly" in why for why in each["why"]) for each in loose)
