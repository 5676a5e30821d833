"""Files that a policy includes: they add tables, and their errors have their own lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from synth_expectations.policy.compile.compiler import compile_policy
from synth_expectations.policy.load.loader import load_policy
from tests.policy.conftest import change, said

LETTER = """\
tables:
  letter:
    role: production
    parquet: lake/letter/*.parquet
    marker: none
    all: real
    columns: {key: Id}
"""


@pytest.fixture
def folder(policy: Path) -> Path:
    """Of files that the policy includes."""
    change(policy, "version: 1\n", "version: 1\ninclude: [policy.d/*.yml]\n")
    found = policy.parent / "policy.d"
    found.mkdir()
    return found


def test_tables_and_profiles_are_added(policy: Path, folder: Path) -> None:
    (folder / "a.yml").write_text("profiles:\n  real: {marker: none, all: real}\n")
    letter = LETTER.replace("    marker: none\n    all: real\n", "    profile: real\n")
    (folder / "b.yml").write_text(letter)
    tables = compile_policy(policy).policy.tables
    assert list(tables) == ["contact", "customer", "send", "letter"]
    assert tables["letter"].all == "real"


def test_all_files_are_read_before_anything_is_said(policy: Path, folder: Path) -> None:
    (folder / "a.yml").write_text("tables: [\n")
    (folder / "b.yml").write_text(LETTER.replace("role: production", "rolle: production").replace("Id}", "TODO}"))
    (folder / "c.yml").write_text("owner: me\ntables:\n  send: {}\n")
    change(policy, "methods: [ctgan]", "metods: [ctgan]")
    assert said(policy) == [
        "policy.d/a.yml:2: It is not valid YAML: expected the node content, but found '<stream end>'. Fix it first.",
        "policy.d/b.yml:3: tables.letter.rolle: there is no such key. Did you mean role?",
        "policy.d/b.yml:7: tables.letter.columns.key is still TODO. Fill it in: the comment says what belongs there.",
        "policy.d/c.yml:1: owner does not belong here. An included file holds tables and profiles.",
        f"policy.d/c.yml:3: tables.send is there twice. It is also in {policy}:32: rename one.",
        "7: allowed.metods: there is no such key. Did you mean methods?",
    ]


def test_a_file_that_two_patterns_match_is_read_once(policy: Path, folder: Path) -> None:
    (folder / "letter.yml").write_text(LETTER)
    change(policy, "[policy.d/*.yml]", "[policy.d/*.yml, policy.d/letter.yml]")
    assert "letter" in load_policy(policy).tables


def test_tables_that_are_all_commented_out(policy: Path, folder: Path) -> None:
    (folder / "letter.yml").write_text("tables:\n#  letter:\n")
    assert "letter" not in load_policy(policy).tables


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("[nowhere/*.yml]", "2: include: nowhere/*.yml matches no file. Correct it."),
        ("[/etc/*.yml]", "2: include: /etc/*.yml is not a pattern of files beside the policy."),
        ('[""]', "2: include:  is not a pattern of files beside the policy."),
        ("5", "2: include: a number, true or false, where text belongs: write it in quotes."),
        ("[[a]]", "2: include.0: text is needed here."),
    ],
)
def test_patterns_that_cannot_be_meant(policy: Path, folder: Path, pattern: str, sentence: str) -> None:
    change(policy, "[policy.d/*.yml]", pattern)
    assert any(each.startswith(sentence) for each in said(policy)), said(policy)


def test_tables_of_the_policy_that_are_no_mapping(policy: Path, folder: Path) -> None:
    (folder / "letter.yml").write_text(LETTER)
    policy.write_text(policy.read_text().partition("tables:")[0] + "tables: [send]\n")
    assert said(policy) == ["9: tables: a mapping of names is needed here, as {name: …}."]
    change(policy, "tables: [send]", "")
    (folder / "letter.yml").write_text("tables: [send]\n")
    assert said(policy)[0] == "policy.d/letter.yml:1: tables is not a mapping of names."


def test_an_included_table_counts_in_the_digest(policy: Path, folder: Path) -> None:
    (folder / "letter.yml").write_text(LETTER)
    before = load_policy(policy).sha256
    (folder / "letter.yml").write_text("# a comment\n" + LETTER)
    assert load_policy(policy).sha256 == before
    (folder / "letter.yml").write_text(LETTER.replace("Id", "LetterId"))
    assert load_policy(policy).sha256 != before
