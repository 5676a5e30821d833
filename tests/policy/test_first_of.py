"""`columns: {word: [new, old]}`: the first that is not NULL, computed by the asset, in every dialect the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from synth_expectations.policy.compile.compiler import compile_policy
from tests.policy.conftest import change, said

SOURCE = "      source: Source\n"


def test_files(policy: Path) -> None:
    change(policy, SOURCE, "      source: [Source, Old Source]\n")
    compiled = compile_policy(policy)
    assert compiled.sources["lake"]["assets"]["contact"]["first_of"] == {
        "Source or Old Source": ["Source", "Old Source"]
    }
    asked = next(suite for suite in compiled.suites if suite.name == "contact").expectations
    filled = next(each for each in asked if each.type == "expect_synthetic_records_to_have_provenance")
    assert filled.arguments["fields"][0] == "Source or Old Source"


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("postgres", 'SELECT *, COALESCE("SendId", old_id) AS "SendId or old_id" FROM sales.send'),
        ("snowflake", 'SELECT *, COALESCE(SendId, old_id) AS "SendId or old_id" FROM sales.send'),
        ("bigquery", "SELECT *, COALESCE(SendId, old_id) AS `SendId or old_id` FROM sales.send"),
    ],
)
def test_tables_of_a_database(policy: Path, kind: str, wanted: str) -> None:
    change(policy, "  lake: {", f'  crm: {{type: {kind}, connection: "${{CRM}}"}}\n  lake: {{')
    change(policy, "    parquet: lake/send/*.parquet\n", "    data_source: crm\n    table: sales.send\n")
    change(policy, "{key: SendId}", "{key: [SendId, old_id]}")
    asset: dict[str, Any] = compile_policy(policy).sources["crm"]["assets"]["send"]
    assert (asset["type"], asset["query"]) == ("query", wanted)


@pytest.mark.parametrize("written", ["[]", "[Source]", "[Source, Source]"])
def test_lists_that_are_none(policy: Path, written: str) -> None:
    change(policy, SOURCE, f"      source: {written}\n")
    (line,) = said(policy)
    assert "a list needs two or more different columns" in line


def test_an_identifier_among_the_keys_is_refused(policy: Path) -> None:
    change(policy, "      key: Id\n", "      key: [Id, email]\n")
    (line,) = said(policy)
    assert "the key Id or email is an identifier" in line
