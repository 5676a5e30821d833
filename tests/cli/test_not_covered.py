"""What a role asks for and the policy does not say enough for, from the policy to what people read."""

from __future__ import annotations

from tests.cli.project import Project

SANDBOX = "expect_synthetic_records_to_stay_in_sandbox"
NEEDS = ["tables.contact.columns.environment", "allowed.environments"]


def test_it_is_shown_and_fails_nothing(project: Project) -> None:
    project.edit("    role: mixed", "    role: [mixed, synthetic]")
    project.edit("owner: crm", "review: {every: P3M}\nowner: crm")
    checked = project.cli("check")
    assert f"NOT COVERED  contact: {SANDBOX} is not covered. To cover it, name {', '.join(NEEDS)}.\n" in checked.err
    assert "Not yet watched: review." in checked.err
    assert checked.code == 0
    project.compile()
    done = project.run()
    assert done.code == 0, done
    section = done.out[done.out.index("Not covered: a role asks for it") :].partition("\n\n")[0]
    assert " ".join(section.split()).endswith(f"contact: {SANDBOX}: name {', '.join(NEEDS)}")
    document = project.run("--output", "json").json()
    assert document["not_covered"] == [
        {"table": "contact", "type": SANDBOX, "because": "role synthetic", "needs": NEEDS}
    ]
    assert document["verdict"] == "passed"
    project.edit("      key: Id\n", "      key: Id\n      environment: Source\n")
    project.edit("allowed: {", "allowed: {environments: [generator], ")
    project.compile()
    assert project.run("--output", "json").json()["not_covered"] == []
