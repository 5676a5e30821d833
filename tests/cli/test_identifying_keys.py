"""`check` refuses a record key whose values look like identifiers: keys are shown in results."""

from __future__ import annotations

import pytest

from tests.cli.project import GOOD, Project

EMAILS = ["ann@firm.example", "Bob.Jones@mail.firm.example"]
NAMES = ["Anna Larsen", "O'Neill, Mary", "Jean-Luc Picard", "\u00c9va Nagy", "ZOE DOE"]


def keys(project: Project, values: list[str], spelled: str = "Id") -> list[str]:
    """Return the problems that `check` finds in the keys of the contacts."""
    if spelled != "Id":
        project.edit("      key: Id", f"      key: {spelled}")
        project.compile()
    project.table("contact", [{**GOOD, "Id": value} for value in values])
    said = project.cli("check")
    problems = [line for line in said.out.splitlines() if "holds what looks like" in line]
    assert (said.code == 2) is bool(problems)
    assert not any(value in said.out + said.err for value in values if len(value) > 5)
    return problems


@pytest.mark.parametrize(
    ("values", "what"),
    [
        (EMAILS, "e-mail addresses, in 2 of 2 values"),
        ([*EMAILS[:1], *map(str, range(50))], "e-mail addresses, in 1 of 51 values"),
        (["+45 33 12 34 56", "(212) 555-0187", "020 7946 0018", "x"], "telephone numbers, in 3 of 4 values"),
        (NAMES, "names of people, in 5 of 5 values"),
    ],
)
def test_what_looks_like_an_identifier(compiled: Project, values: list[str], what: str) -> None:
    [problem] = keys(compiled, values)
    assert problem.startswith(
        f"PROBLEM  contact: the key Id holds what looks like {what}, and keys are shown in results."
    )
    assert "Name a column that says nothing of the person." in problem


def test_a_declared_kind_settles_names_and_no_address(compiled: Project) -> None:
    assert keys(compiled, ["Summer Sale", "Winter Sale"], "{name: Id, kind: text}") == []
    assert len(keys(compiled, EMAILS)) == 1


@pytest.mark.parametrize(
    "values",
    [
        ["0035g00000Abc12AAB", "0035g00000Abd12AAB"],
        ["cc78a2f0-49af-4ae8-b8b2-edac4e528388", "01234567-1234-1234-1234-123456789012"],
        ["4530121234", "0012345678", "2026-11-01", "01-2026-000123"],
        ["Campaign 7", "DE_north", "ann@", "n/a", "A"],
    ],
)
def test_keys_that_name_nobody(compiled: Project, values: list[str]) -> None:
    assert keys(compiled, values) == []
