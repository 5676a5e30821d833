"""What a role asks for and the policy does not say enough for, from the policy to what people read."""

from __future__ import annotations

from tests.cli.project import GOOD, REAL, Project

SANDBOX = "expect_synthetic_records_to_stay_in_sandbox"
NEEDS = ["tables.contact.columns.environment", "allowed.environments"]
WORDS = "environment in tables.contact.columns and environments in allowed"
PROVENANCE = "expect_synthetic_records_to_have_provenance"


def test_it_is_shown_and_fails_nothing(project: Project) -> None:
    project.edit("    role: mixed", "    role: [mixed, synthetic]")
    checked = project.cli("check")
    assert f"NOT COVERED  contact: {SANDBOX} is not covered. To cover it, name {WORDS}.\n" in checked.err
    assert checked.code == 0
    project.compile()
    done = project.run()
    assert done.code == 0, done
    section = done.out[done.out.index("Not covered: a role requires it") :].partition("\n\n")[0]
    assert " ".join(section.split()).endswith(f"contact: {SANDBOX}: name {WORDS}")
    document = project.run("--output", "json").json()
    assert document["not_covered"] == [
        {"table": "contact", "type": SANDBOX, "because": "role synthetic", "needs": NEEDS, "in_part": False}
    ]
    assert document["verdict"] == "passed"
    project.edit("      key: Id\n", "      key: Id\n      environment: Source\n")
    project.edit("allowed: {", "allowed: {environments: [generator], ")
    project.compile()
    assert project.run("--output", "json").json()["not_covered"] == []


def test_some_words_of_provenance_cover_a_part(project: Project) -> None:
    project.edit("      method: Method\n", "")
    project.compile()
    document = project.run("--output", "json").json()
    needs = ["tables.contact.columns.method"]
    assert document["not_covered"] == [
        {"table": "contact", "type": PROVENANCE, "because": "role mixed", "needs": needs, "in_part": True}
    ]
    [table] = [table for table in document["tables"] if table["table"] == "contact"]
    assert PROVENANCE in {expectation["type"] for expectation in table["expectations"]}
    checked = project.cli("check")
    assert (
        f"{PROVENANCE} is covered in part. To cover all of it, name method in tables.contact.columns.\n" in checked.err
    )


def test_a_marker_is_enough_to_find_what_is_untagged(project: Project) -> None:
    text = project.policy.read_text()
    columns = text[text.index("      source: Source\n") : text.index("  customer:\n")]
    project.edit(columns, "")
    project.edit("allowed: {methods: [ctgan], purposes: [testing]}\nretention: {classes: {testing: {max: P90D}}}\n", "")
    project.table("contact", [GOOD, REAL, {**REAL, "Id": "r2", "IsSynthetic": None}])
    project.compile()
    document = project.run("--output", "json", "--table", "contact").json()
    [contact] = document["tables"]
    tagged = next(each for each in contact["expectations"] if each["type"] == "expect_records_to_be_tagged")
    assert (contact["verdict"], tagged["unexpected_count"]) == ("failed", 1)
    assert {uncovered["type"] for uncovered in document["not_covered"] if uncovered["table"] == "contact"} == {
        "expect_real_records_to_have_no_synthetic_provenance",
        "expect_synthetic_provenance_to_be_well_formed",
        "expect_synthetic_records_to_expire_on_time",
        PROVENANCE,
        "expect_synthetic_records_to_not_copy_real_records",
        "expect_table_to_have_provenance_columns",
    }
