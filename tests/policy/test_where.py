"""`where` narrows the asset: a condition on one row, in every dialect the same, and never seen by retention."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from synth_expectations.policy.compile.compiler import compile_policy
from synth_expectations.policy.errors import PolicyError
from tests.policy.conftest import change, said

SEND = "    parquet: lake/send/*.parquet\n"


def narrowed(policy: Path, where: str) -> None:
    change(policy, SEND, f"{SEND}    where: >-\n      {where}\n")


def query(policy: Path, where: str, kind: str, connection: str = "${CRM}") -> str:
    change(policy, "  lake: {", f'  crm: {{type: {kind}, connection: "{connection}"}}\n  lake: {{')
    change(policy, SEND, f"    data_source: crm\n    table: sales.send\n    where: >-\n      {where}\n")
    asset: dict[str, Any] = compile_policy(policy).sources["crm"]["assets"]["send"]
    assert asset["type"] == "query"
    return str(asset["query"])


@pytest.mark.parametrize(
    "where",
    [
        "IsDeleted = false",
        "a = 1 AND (b IS NULL OR lower(c) LIKE 'x%')",
        '"Odd ""Name"".x" <> \'it\'\'s :y $HOME\'',
        "d >= DATE '2026-01-01' -- since then",
        "a IN (1, 2) /* both */",
        "regexp_matches(a, '^x[.]y$')",
    ],
)
def test_files_are_narrowed_by_the_text_itself(policy: Path, where: str) -> None:
    narrowed(policy, where)
    compiled = compile_policy(policy)
    assert compiled.sources["lake"]["assets"]["send"]["where"] == where
    assert next(suite for suite in compiled.suites if suite.table == "send").name == "send"


@pytest.mark.parametrize(
    ("where", "sentence"),
    [
        ("a =", "send: where is not a condition: something is missing in it. It is: a ="),
        ("a = 'x", "send: where is not a condition: something is missing in it."),
        ("a /* x", "send: where is not a condition: something is missing in it."),
        ("a b c", "send: where is not a condition: it cannot be read. It is: a b c"),
        ("a = 1) OR (1 = 1", "send: where is not a condition: it cannot be read."),
        ("a = 1; DROP TABLE send", "send: where is not a condition of one row."),
        ("a = 1 LIMIT 5", "send: where is not a condition of one row. It is: a = 1 LIMIT 5"),
        ("a = 1 GROUP BY a", "send: where is not a condition of one row."),
        ("a = 1 UNION SELECT 1", "send: where is not a condition of one row."),
        ("count(*) > 1", "send: where is not a condition of one row. It may have no aggregates, windows, subqueries"),
        ("row_number() OVER () = 1", "send: where is not a condition of one row. It may have no aggregates"),
        ("a IN (SELECT b FROM customer)", "send: where is not a condition of one row. It may have no aggregates"),
        ("EXISTS (SELECT 1)", "send: where is not a condition of one row. It may have no aggregates"),
        ("a = ?", "send: where is not a condition of one row. It may have no aggregates"),
        ("d > current_date", "send: where depends on the clock or on chance: no run could be repeated."),
        ("d > now()", "send: where depends on the clock or on chance"),
        ("random() < 0.1", "send: where depends on the clock or on chance"),
        ("a = $1", "send: where is not a condition of one row. It may have no aggregates"),
    ],
)
def test_no_condition_on_one_row(policy: Path, where: str, sentence: str) -> None:
    narrowed(policy, where)
    found = said(policy)
    assert len(found) == 1
    assert found[0].startswith(f"34: {sentence}")


def test_every_wrong_where_is_said(policy: Path) -> None:
    narrowed(policy, "a =")
    change(policy, "    parquet: lake/customer/*.parquet\n", "    parquet: lake/customer/*.parquet\n    where: b =\n")
    assert [each.partition(":")[0] for each in said(policy)] == ["27", "35"]


@pytest.mark.parametrize(
    ("kind", "connection", "sql"),
    [
        ("postgres", "${CRM}", 'SELECT * FROM sales.send WHERE "IsDeleted" = FALSE AND n > 1'),
        ("snowflake", "${CRM}", "SELECT * FROM sales.send WHERE IsDeleted = FALSE AND n > 1"),
        ("sql", "${CRM}", 'SELECT * FROM sales.send WHERE "IsDeleted" = FALSE AND n > 1'),
        ("sql", "bigquery://project/crm", "SELECT * FROM sales.send WHERE `IsDeleted` = FALSE AND n > 1"),
    ],
)
def test_tables_are_narrowed_in_their_dialect(policy: Path, kind: str, connection: str, sql: str) -> None:
    assert query(policy, "IsDeleted = false AND n > 1 -- live", kind, connection) == sql


def test_what_is_quoted_stays_quoted(policy: Path) -> None:
    assert query(policy, '"order" = 1 AND "a.b" = 2', "postgres").endswith('WHERE "order" = 1 AND "a.b" = 2')


@pytest.mark.parametrize(
    ("where", "sent"),
    [
        ("a = ' :y'", "a = (' ' || ':' || 'y')"),
        ("a = '12:30'", "a = '12:30'"),
        ("CAST(a AS INT) = 1", "CAST(a AS INT) = 1"),
        ("a::INT = 1", "CAST(a AS INT) = 1"),
    ],
)
def test_a_colon_is_no_parameter(policy: Path, where: str, sent: str) -> None:
    """Great Expectations reads queries with `sqlalchemy.text`: `:y` would be NULL, and nothing would be found."""
    assert query(policy, where, "postgres") == f"SELECT * FROM sales.send WHERE {sent}"


def test_retention_and_what_the_auditor_sees(policy: Path) -> None:
    change(
        policy, "    parquet: lake/contact/*.parquet\n", "    parquet: lake/contact/*.parquet\n    where: Live = true\n"
    )
    compiled = compile_policy(policy)
    suites = {
        suite.name: [asked.type for asked in suite.expectations]
        for suite in compiled.suites
        if suite.table == "contact"
    }
    assert suites["contact__all_rows"] == ["expect_synthetic_records_to_expire_on_time"]
    assert "expect_synthetic_records_to_expire_on_time" not in suites["contact"]
    assets = compiled.sources["lake"]["assets"]
    assert (assets["contact"]["where"], assets["contact__all_rows"].get("where")) == ("Live = true", None)
    assert '"where": "Live = true"' in compiled.files["../suites/contact.json"]
    assert '"where": ""' in compiled.files["../suites/contact__all_rows.json"]


def test_a_colon_in_a_name_is_refused(policy: Path) -> None:
    with pytest.raises(PolicyError, match="Great Expectations takes the colon for the start of a parameter"):
        query(policy, '"a :b" = 1', "postgres")


@pytest.mark.parametrize(
    ("where", "sent"),
    [
        ("a = '50%'", "a = ('50' || CHR(37))"),
        ("a LIKE '%'", "a LIKE (CHR(37))"),
        ("(n + 1) % 2 = 0", "MOD(n + 1, 2) = 0"),
    ],
)
def test_a_percent_sign_is_one(policy: Path, where: str, sent: str) -> None:
    """Great Expectations doubles them twice, and the driver takes one of four back."""
    assert query(policy, where, "postgres") == f"SELECT * FROM sales.send WHERE {sent}"


def test_a_percent_sign_in_a_name_is_refused(policy: Path) -> None:
    with pytest.raises(PolicyError, match="Great Expectations doubles the percent sign of a name in a query"):
        query(policy, '"a %" = 1', "postgres")
