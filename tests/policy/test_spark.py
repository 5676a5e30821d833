"""`engine: spark`: a data source beside the policy's, with what its tables need; suites stay as they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from synth_expectations.policy.compile.compiler import compile_policy
from tests.policy.conftest import Errors, change, said

SEND, CONTACT = "    parquet: lake/send/*.parquet\n", "    parquet: lake/contact/*.parquet\n"


def sources(policy: Path) -> dict[str, Any]:
    return compile_policy(policy).sources


def test_a_table_moves_with_what_it_looks_records_up_in(policy: Path) -> None:
    before = compile_policy(policy)
    change(policy, CONTACT, f"{CONTACT}    engine: spark\n")
    compiled = compile_policy(policy)
    spark, duckdb = compiled.sources["lake__spark"], compiled.sources["lake"]
    assert (spark["type"], spark["path"], sorted(spark["assets"])) == (
        "spark_parquet",
        "../lake",
        ["contact", "customer"],
    )
    assert (duckdb["type"], sorted(duckdb["assets"])) == ("duckdb_parquet", ["customer", "send"])
    assert spark["assets"]["customer"]["glob"] == "customer/*.parquet"
    suites = {path: text for path, text in compiled.files.items() if "suites/" in path}
    assert suites == {path: text for path, text in before.files.items() if "suites/" in path}
    assert compiled.files["validation_definitions/send.json"] == before.files["validation_definitions/send.json"]
    assert '"name": "lake__spark"' in compiled.files["validation_definitions/contact.json"]


def test_a_table_of_duckdb_looks_records_up_in_files_that_spark_reads(policy: Path) -> None:
    change(
        policy, "    parquet: lake/customer/*.parquet\n", "    parquet: lake/customer/*.parquet\n    engine: spark\n"
    )
    found = sources(policy)
    assert sorted(found["lake"]["assets"]) == ["contact", "customer", "send"]
    assert sorted(found["lake__spark"]["assets"]) == ["customer"]


def test_in_defaults_with_one_table_left_to_duckdb(policy: Path) -> None:
    change(policy, "allowed:", "defaults: {engine: spark}\nallowed:")
    assert list(sources(policy)) == ["lake__spark"]
    change(policy, SEND, f"{SEND}    engine: duckdb\n")
    assert {name: sorted(each["assets"]) for name, each in sources(policy).items()} == {
        "lake__spark": ["contact", "customer"],
        "lake": ["send"],
    }


def test_the_change_is_said_in_words(policy: Path) -> None:
    compile_policy(policy).write()
    change(policy, SEND, f"{SEND}    engine: spark\n")
    assert compile_policy(policy).changes == ("send: ~ data source: lake -> lake__spark",)
    compile_policy(policy).write()
    again = compile_policy(policy)
    assert (again.stale, again.edited, again.changes) == ((), (), ())


def test_batches_and_computed_columns(policy: Path) -> None:
    change(
        policy,
        CONTACT,
        f"{CONTACT}    engine: spark\n    batch: {{by: month, column: loaded}}\n    where: Live = true\n",
    )
    change(policy, "source: Source", "source: [Source, Old]")
    assets = sources(policy)["lake__spark"]["assets"]
    assert assets["contact"]["where"] == "`Live` = TRUE"
    assert "where" not in assets["contact__all_rows"]
    assert assets["contact"]["first_of"] == {"Source or Old": ["Source", "Old"]}
    assert (
        assets["contact"]["batch_definitions"]["month"]["partitioner"]["method_name"] == "partition_on_year_and_month"
    )


@pytest.mark.parametrize(
    ("where", "sql"),
    [
        ("IsDeleted = false AND n > 1 -- live", "`IsDeleted` = FALSE AND `n` > 1"),
        ('"odd \'x`y" IS NOT NULL', "NOT `odd 'x``y` IS NULL"),
        ("d >= DATE '2026-01-31'", "`d` >= CAST('2026-01-31' AS DATE)"),
        ("t < TIMESTAMP '2026-01-31 10:00:00'", "`t` < CAST('2026-01-31 10:00:00' AS TIMESTAMP_NTZ)"),
        ("regexp_matches(a, '^x[.]y$')", "`a` RLIKE '^x[.]y(?![^a]|a)'"),
        ("a = '${x}' OR b = 'it''s \\d'", "`a` = '\\u0024{x}' OR `b` = 'it\\'s \\\\d'"),
        ("lower(trim(a)) IN ('x', 'y')", "LOWER(TRIM(`a`)) IN ('x', 'y')"),
    ],
)
def test_where_in_sparks_sql(policy: Path, where: str, sql: str) -> None:
    change(policy, SEND, f"{SEND}    engine: spark\n    where: >-\n      {where}\n")
    compiled = compile_policy(policy)
    assert compiled.sources["lake__spark"]["assets"]["send"]["where"] == sql
    assert f'"where": "{where}"'.replace("\\", "\\\\") in compiled.files["../suites/send.json"] or '"' in where


@pytest.mark.parametrize(
    "where",
    [
        "CAST(a AS INT) = 1",
        "a::TIMESTAMPTZ > '2026-01-01'",
        "t > TIMESTAMPTZ '2026-01-01 00:00:00+02'",
        "d > DATE '2026'",
        "year(t) = 2026",
        "list_contains(a, 1)",
        "a % 2 = 0",
        "a ~ 'x'",
        "regexp_matches(a, 'x')",
        "regexp_matches(a, '^a$|^b$')",
        "a LIKE 'x\\_y'",
        "a GLOB 'x*'",
        "s.part = 1",
    ],
)
def test_what_has_no_equivalent(policy: Path, where: str) -> None:
    change(policy, SEND, f"{SEND}    engine: spark\n    where: >-\n      {where}\n")
    (line,) = said(policy)
    assert line.startswith("35: send: where has ")
    assert "which has no equivalent on Spark. The same on both engines are comparisons" in line


def test_on_a_table_of_a_database(policy: Path, errors: Errors) -> None:
    (line,) = errors(
        ("  lake: {", '  crm: {type: postgres, connection: "${CRM}"}\n  lake: {'),
        (SEND, "    data_source: crm\n    table: sales.send\n    engine: spark\n"),
    )
    assert line.startswith("36: send: engine: spark is for parquet:, and the rules of a table: run in its database.")


def test_a_reference_in_a_database(policy: Path, errors: Errors) -> None:
    lines = errors(
        ("  lake: {", '  crm: {type: postgres, connection: "${CRM}"}\n  lake: {'),
        (CONTACT, f"{CONTACT}    engine: spark\n"),
        ("    parquet: lake/customer/*.parquet\n", "    data_source: crm\n    table: sales.customer\n"),
    )
    assert any(
        "customer, which lies in crm, not in lake. Bring customer into lake (load it there" in line for line in lines
    )


def test_names_and_values_that_are_none(policy: Path, errors: Errors) -> None:
    change(policy, SEND, f"{SEND}    engine: flink\n")
    (line,) = said(policy)
    assert line.startswith("34: ")
    assert "'duckdb' or 'spark'" in line
    change(policy, "engine: flink", "engine: spark")
    change(policy, "  lake: {", "  lake__spark: {type: parquet, path: x}\n  lake: {")
    (line,) = said(policy)
    assert line.startswith("5: The data source lake__spark has the name that compile gives to lake on Spark.")
