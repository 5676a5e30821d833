"""`check` finds a marker that no record has a known value of, and shows the values that are there."""

from __future__ import annotations

from tests.cli.project import GOOD, Project


def check(project: Project) -> str:
    said = project.cli("check")
    assert said.code == 2
    [problem] = [line for line in said.out.splitlines() if "is understood nowhere" in line]
    return problem


def test_the_values_are_named(compiled: Project) -> None:
    compiled.table("contact", [{**GOOD, "Id": value, "IsSynthetic": value} for value in ("SYN", "R", "R")])
    problem = check(compiled)
    assert problem.startswith("PROBLEM  contact: The marker IsSynthetic is understood nowhere")
    assert "in any of 3 records. Its values are 'R', 'SYN'." in problem


def test_what_may_name_a_person_is_not_shown(compiled: Project) -> None:
    compiled.table("contact", [{**GOOD, "IsSynthetic": "ann@shop.test"}])
    problem = check(compiled)
    assert "Its values are (not shown)." in problem
    assert "ann@" not in problem


def test_no_value_of_an_identifier_is_shown(compiled: Project) -> None:
    compiled.edit("column: IsSynthetic", "column: Email")
    compiled.table("contact", [{**GOOD, "Email": "Ann"}])
    problem = check(compiled)
    assert problem.startswith("PROBLEM  contact: The marker Email is understood nowhere")
    assert "Ann" not in problem


def test_many_values_are_no_marker(compiled: Project) -> None:
    compiled.table("contact", [{**GOOD, "Id": str(number), "IsSynthetic": f"kind {number}"} for number in range(11)])
    problem = check(compiled)
    assert "more than 10 different values" in problem
    assert "kind 3" not in problem
