"""Great Expectations' own expectations in a policy: `check` finds what is wrong with their arguments, by line."""

from __future__ import annotations

from tests.cli.project import Project, Said

KEY = "    columns: {key: SendId}\n"
REASONED = 'reason: r, approved_by: a, until: "2027-03-31"'
FIRST = 37
"""The line of the first expectation in the policy."""


def add(project: Project, *entries: str) -> None:
    """Add expectations to the last table, one a line."""
    project.edit(KEY, f"{KEY}    expectations:\n" + "".join(f"      {entry}\n" for entry in entries))


def problems(said: Said) -> list[str]:
    """Return the problems that name a line of the policy."""
    lines = (said.out + said.err).splitlines()
    return [line.partition("policy.yml:")[2] for line in lines if "policy.yml:" in line]


NAMES = (
    (
        "expect_column_values_to_be_between: {colum: SendId, min_valu: 1}",
        "has no argument colum. Did you mean column?",
        "has no argument min_valu. Did you mean min_value?",
        "needs column. Write column: … there.",
    ),
    ("expect_column_values_to_be_in_set: {column: SendId}", "needs value_set. Write value_set: … there."),
    (
        f"expect_table_row_count_to_equal: {{value: 1, mostly: 0.5, {REASONED}}}",
        "has no argument mostly. It takes value, row_condition.",
    ),
    (
        f"expect_column_to_exist: {{column: SendId, row_condition: x, {REASONED}}}",
        "has no argument row_condition. It takes column, column_index.",
    ),
    (
        "expect_column_max_to_be_between: {column: SendId, max_value: 1, result_format: COMPLETE}",
        "has no argument result_format. It takes column, max_value, min_value, row_condition, strict_max, strict_min.",
    ),
)

VALUES = (
    (
        "expect_column_values_to_be_between: {column: SendId, min_value: 1, strict_min: maybe}",
        "strict_min: value could not be parsed to a boolean.",
    ),
    (
        "expect_column_values_to_match_regex_list: {column: SendId, regex_list: [a], match_on: anny}",
        "match_on: unexpected value; permitted: 'any', 'all'. Did you mean any?",
    ),
    ("expect_column_value_lengths_to_be_between: {column: SendId}", "min_value and max_value cannot both be None."),
    ("expect_column_values_to_be_in_set: {column: SendId, value_set: a}", "value_set: value is not a valid list."),
    (
        f"expect_column_values_to_not_be_null: {{column: SendId, row_condition: 'col((x', {REASONED}}}",
        'row_condition: it cannot be read. Write col("COLUMN") == 1, or col("COLUMN").notnull().',
    ),
    (
        f"expect_records_to_be_tagged: {{row_condition: 'Id = 1', {REASONED}}}",
        'row_condition: it cannot be read. Write col("COLUMN") == 1, or col("COLUMN").notnull().',
    ),
    (
        f"expect_table_to_contain_no_synthetic_records: {{row_condition: 'col(\"SentId\") == 1', {REASONED}}}",
        "Column SentId is not in send. Nearest: SendId. It has IsSynthetic, SendId.",
    ),
    (
        "expect_column_values_to_be_unique: {column: SendIt}",
        "Column SendIt is not in send. Nearest: SendId. It has IsSynthetic, SendId.",
    ),
    (
        "expect_compound_columns_to_be_unique: {column_list: [SendId, Nope]}",
        "Column Nope is not in send. It has IsSynthetic, SendId.",
    ),
    (
        "expect_column_pair_values_to_be_equal: {column_A: SendId, column_B: Nope}",
        "Column Nope is not in send. It has IsSynthetic, SendId.",
    ),
)


def test_compile_knows_the_names_of_arguments(project: Project) -> None:
    add(project, *(entry for entry, *_ in NAMES))
    expected = [
        f"{FIRST + number}: send: {entry.partition(':')[0]} {sentence}"
        for number, (entry, *sentences) in enumerate(NAMES)
        for sentence in sentences
    ]
    for command in ("compile", "check"):
        said = project.cli(command)
        assert (said.code, said.out) == (2, "")
        assert problems(said) == expected


def test_check_finds_what_great_expectations_refuses(project: Project) -> None:
    add(project, *(entry for entry, _ in VALUES))
    said = project.cli("check")
    assert said.code == 2
    assert sorted(problems(said)) == sorted(
        f"{FIRST + number}: send: {entry.partition(':')[0]}: {sentence}"
        for number, (entry, sentence) in enumerate(VALUES)
    )
    (project.root / "lake" / "send" / "part-0.parquet").unlink()
    without_table = project.cli("check")
    assert len(problems(without_table)) == 6, "what needs no table is found without one"
    assert "send has no files" in without_table.out


def test_the_wrong_one_of_several_is_named_by_its_line(project: Project) -> None:
    several = (
        "expect_column_values_to_not_be_null:\n        - column: SendId\n        - column: SendId\n          mostl: 1"
    )
    add(project, several)
    expected = f"{FIRST + 3}: send: expect_column_values_to_not_be_null has no argument mostl. Did you mean mostly?"
    assert problems(project.cli("compile")) == [expected]
    project.edit("          mostl: 1", "          mostly: 1\n        - column: Nope")
    (found,) = problems(project.cli("check"))
    assert found.startswith(f"{FIRST + 4}: send: expect_column_values_to_not_be_null: Column Nope is not in send.")


def test_what_is_right_is_no_problem(project: Project) -> None:
    add(
        project,
        "expect_column_values_to_be_in_set: {column: SendId, value_set: {$PARAMETER: allowed}}",
        "expect_column_to_exist: {column: Nope}",
        "expect_table_columns_to_match_set: {column_set: [Nope]}",
        f"expect_column_values_to_not_be_null: {{column: sendid, row_condition: 'col(\"SendId\").notnull()', {REASONED}}}",
    )
    said = project.cli("check")
    assert (said.code, said.out) == (0, "")
