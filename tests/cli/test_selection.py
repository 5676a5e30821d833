"""A run is told which tables of its checkpoint to check: by name, by owner, by tag."""

from __future__ import annotations

import pytest

from tests.cli.project import Project


@pytest.fixture
def owned(compiled: Project) -> Project:
    text = compiled.policy.read_text()
    text = text.replace("  customer:\n", "  customer:\n    owner: sales@retailer.example\n    tags: [eu, gold]\n")
    compiled.policy.write_text(text.replace("  send:\n", "  send:\n    tags: eu\n"))
    assert compiled.cli("compile").code == 0
    return compiled


@pytest.mark.parametrize(
    ("options", "tables"),
    [
        ((), ["contact", "customer", "send"]),
        (("--owner", "sales@retailer.example"), ["customer"]),
        (("--owner", "crm-data@retailer.example"), ["contact", "send"]),
        (("--tag", "eu"), ["customer", "send"]),
        (("--tag", "gold"), ["customer"]),
        (("--tag", "eu", "--owner", "crm-data@retailer.example"), ["send"]),
        (("--tag", "eu", "--table", "c*"), ["customer"]),
    ],
)
def test_tables_that_are_run(owned: Project, options: tuple[str, ...], tables: list[str]) -> None:
    said = owned.run(*options, "--output", "json")
    assert [each["table"] for each in said.json()["tables"]] == tables


def test_a_tag_that_is_nearly_one(owned: Project) -> None:
    said = owned.run("--tag", "glod")
    assert (said.code, said.out) == (2, "")
    assert "has no table with the tag glod. Did you mean gold?" in " ".join(said.err.split())
