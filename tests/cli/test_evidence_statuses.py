"""The evidence statuses of a real run: what was left out, not read, not approved or not reviewed supports nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.project import Project

TAGGED = "expect_records_to_be_tagged"
NO_SYNTHETIC = "expect_table_to_contain_no_synthetic_records"


@pytest.fixture
def approved(project: Project) -> Project:
    """A project with an approved policy, whose tables are held against their source."""
    project.reconcile()
    project.edit("version: 1\n", 'version: 1\napproved: {by: dpo@retailer.example, on: "2026-10-01", ticket: GRC-1}\n')
    project.compile()
    assert project.cli("audit", "approve", "--by", "dpo@retailer.example", "--role", "dpo").code == 0
    return project


def _run(project: Project, *options: str) -> dict[str, Any]:
    return project.run("--output", "json", *options).json()


def _require(document: dict[str, Any], regulation: str, requirement: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        item
        for item in document["requirements"]
        if (item["regulation"], item["requirement"]) == (regulation, requirement)
    )
    return found


def _list_reasons(requirement: dict[str, Any], status: str, kind: str) -> list[str]:
    return [
        reason["why"].removeprefix(f"{kind}: ")
        for reason in requirement["reasons"]
        if reason["status"] == status and reason["why"].startswith(kind)
    ]


def test_all_tables(approved: Project) -> None:
    document = _run(approved)
    assert document["run"]["policy"]["state"] == "approved"
    assert document["run"]["policy"]["ticket"] == "GRC-1"
    assert not any(document["run"]["selection"].values())
    article = _require(document, "gdpr", "Article 25")
    assert article["counts"]["supports"] >= 1
    assert article["shown"].startswith(f"supports {article['counts']['supports']} of ")
    assert sum(article["counts"].values()) > article["counts"]["supports"], "not all of it is planned"
    assert article["status"] != "supports"


def test_a_table_that_was_not_selected_is_not_run(approved: Project) -> None:
    whole = _require(_run(approved), "gdpr", "Article 5(1)(d)")
    document = _run(approved, "--table", "contact")
    part = _require(document, "gdpr", "Article 5(1)(d)")
    assert document["run"]["selection"]["tables"] == "contact"
    assert sum(part["counts"].values()) == sum(whole["counts"].values()), "a selection takes no item away"
    assert part["counts"]["supports"] < whole["counts"]["supports"]
    assert _list_reasons(part, "not run", NO_SYNTHETIC) == ["not selected by --table contact"]
    assert {(item["table"], item["status"], item["why"]) for item in document["not_run"] if item["suite"]} == {
        (table, "not run", "not selected by --table contact") for table in ("customer", "send")
    }


def test_a_table_of_another_checkpoint_is_not_run(approved: Project) -> None:
    approved.edit(
        "tables:\n  contact:", "checkpoints: {nightly: {tables: [contact]}, weekly: {tables: all}}\ntables:\n  contact:"
    )
    approved.edit('on: "2026-10-01"', 'on: "2026-10-02"')
    approved.compile()
    assert approved.cli("audit", "approve", "--by", "dpo@retailer.example", "--role", "dpo").code == 0
    part = _require(_run(approved), "gdpr", "Article 5(1)(d)")
    assert _list_reasons(part, "not run", NO_SYNTHETIC) == ["not in the checkpoint nightly"]


def test_an_excluded_check_is_excluded_with_its_reason(approved: Project) -> None:
    exclude = '{reason: CRM-1, approved_by: dpo@retailer.example, until: "2026-11-01"}'
    approved.edit("  send:\n", f"  send:\n    exclude: {{{NO_SYNTHETIC}: {exclude}}}\n")
    approved.edit(
        "    columns: {key: SendId}\n",
        "    columns: {key: SendId}\n    expectations: {expect_table_row_count_to_be_between: {min_value: 1}}\n",
    )
    approved.compile()
    document = _run(approved)
    found = _require(document, "gdpr", "Article 5(1)(d)")
    assert _list_reasons(found, "excluded", NO_SYNTHETIC) == [
        "CRM-1; approved by dpo@retailer.example until 2026-11-01"
    ]
    ended = _require(_run(approved, "--as-of", "2026-11-02"), "gdpr", "Article 5(1)(d)")
    assert _list_reasons(ended, "not run", NO_SYNTHETIC) == ["the exclusion ended on 2026-11-01: CRM-1"]


def test_a_policy_that_is_not_approved_supports_nothing(approved: Project) -> None:
    approved.edit("max: P90D", "max: P100D")
    approved.compile()
    document = _run(approved)
    assert (document["exit_code"], document["run"]["policy"]["state"]) == (0, "changed")
    assert "supports" not in {status for item in document["requirements"] for status in item["counts"]}
    assert "supports in part" not in {status for item in document["requirements"] for status in item["counts"]}
    judged = [control for table in document["tables"] for item in table["expectations"] for control in item["controls"]]
    judged = [control for control in judged if control["check"] != "nothing to check"]
    assert {control["check"] for control in judged} == {"inconclusive"}
    assert all(
        control["why"][0].startswith("unapproved policy: the policy changed since it was approved on ")
        for control in judged
    )


def test_an_overdue_review_makes_results_inconclusive_if_the_policy_says_so(project: Project) -> None:
    head = 'approved: {by: dpo@retailer.example, on: "2026-10-01"}\nreview: {every: P1M, last: "2026-08-01", overdue: '
    project.reconcile()
    project.edit("version: 1\n", f"version: 1\n{head}note}}\n")
    project.compile()
    assert project.cli("audit", "approve", "--by", "dpo@retailer.example", "--role", "dpo").code == 0
    document = _run(project)
    note = "The review of the policy was due on 2026-09-01. Review it, and write the day into review.last."
    assert note in document["notes"]
    assert _require(document, "gdpr", "Article 25")["counts"]["supports"] >= 1
    project.edit("overdue: note", "overdue: inconclusive")
    project.edit('on: "2026-10-01"', 'on: "2026-10-02"')
    project.compile()
    assert project.cli("audit", "approve", "--by", "dpo@retailer.example", "--role", "dpo").code == 0
    assert "supports" not in _require(_run(project), "gdpr", "Article 25")["counts"]


def test_nothing_to_check_is_never_support(approved: Project) -> None:
    """No record of the table is one that the checks are about."""
    approved.table("contact", [{"Id": "r1", "IsSynthetic": "false", "Email": "a@firm.example"}])
    document = _run(approved)
    contact = next(table for table in document["tables"] if table["table"] == "contact")
    nothing = [item for item in contact["expectations"] if item["verdict"] == "nothing_to_check"]
    assert nothing
    assert {control["check"] for item in nothing for control in item["controls"]} == {"nothing to check"}
    assert all(
        any("rows were read" in why for why in control["why"]) for item in nothing for control in item["controls"]
    )


def test_a_table_that_is_gone_is_inconclusive(approved: Project) -> None:
    (approved.root / "lake" / "send" / "part-0.parquet").unlink()
    document = _run(approved)
    assert document["exit_code"] == 2
    send = next(table for table in document["tables"] if table["table"] == "send")
    controls = [control for item in send["expectations"] for control in item["controls"]]
    assert {control["check"] for control in controls} == {"inconclusive"}
    assert all(control["why"][0].startswith("errored: ") for control in controls)


def test_a_review_of_a_document(approved: Project) -> None:
    review = 'requirement: gdpr/Article 35(7), document: DPIA-4, reviewed_by: dpo@retailer.example, on: "2026-09-01"'
    assert _require(_run(approved), "gdpr", "Article 35(7)")["shown"] == "manual open 1 of 1"
    approved.edit("version: 1\n", f'version: 1\nmanual: [{{{review}, until: "2026-11-30"}}]\n')
    approved.compile()
    found = _require(_run(approved), "gdpr", "Article 35(7)")
    assert (found["shown"], found["status"]) == ("manual done 1 of 1", "manual done")
    assert found["reasons"][0]["why"] == (
        "DPIA-4, reviewed by dpo@retailer.example on 2026-09-01 until 2026-11-30, without a digest"
    )
    late = _run(approved, "--as-of", "2026-12-01")
    assert _require(late, "gdpr", "Article 35(7)")["shown"] == "manual open 1 of 1"
    assert "gdpr/Article 35(7) is open: DPIA-4: the review of 2026-09-01 ended on 2026-11-30." in late["notes"]


def test_a_review_for_no_requirement_is_an_error_with_its_line(project: Project) -> None:
    review = 'requirement: gdpr/Article 35(8), document: DPIA-4, reviewed_by: dpo@retailer.example, on: "2026-09-01"'
    project.edit("version: 1\n", f"version: 1\nmanual: [{{{review}}}]\n")
    for command in ("compile", "check"):
        said = project.cli(command)
        assert said.code == 2
        assert (
            "policy.yml:2: manual.0.requirement: There is no requirement gdpr/Article 35(8). Did you mean " in said.err
        )
