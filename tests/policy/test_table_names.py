"""Names of tables: the one that is written is the one that is read, on a real PostgreSQL, with and without `where`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import great_expectations as gx
import great_expectations.expectations as gxe
import pytest
import sqlalchemy as sa

from synth_expectations.policy.compile.compiler import compile_policy
from tests.policy.conftest import change, said
from tests.postgres_server import serve_postgres

TABLES = {
    "send": "public.send",
    "sales.send": "sales.send",
    "Send": 'public."Send"',
    "sales.Send": 'sales."Send"',
    "Sales.Send": '"Sales"."Send"',
    '"Odd Schema"."odd.name"': '"Odd Schema"."odd.name"',
    "order": 'public."order"',
    "odd name": 'public."odd name"',
    '"quo""te"': 'public."quo""te"',
    "postgres.sales.send": "sales.send",
    '"$HOME"': 'public."$HOME"',
}


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """The address of a server whose tables hold as many records as their place in TABLES."""
    with serve_postgres() as server:
        url = re.sub("^postgresql:", "postgresql+psycopg:", server.get_uri())
        engine = sa.create_engine(url)
        with engine.begin() as connection:
            for schema in ("sales", '"Sales"', '"Odd Schema"'):
                connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
            for rows, name in enumerate(dict.fromkeys(TABLES.values()), start=1):
                connection.exec_driver_sql(
                    f"CREATE TABLE {name} AS SELECT i, 'x :y' AS note FROM generate_series(1, {rows}) i"
                )
        engine.dispose()
        yield url


def read(policy: Path, url: str, name: str, where: str = "") -> int:
    """How many records Great Expectations finds in a table of a compiled policy."""
    change(policy, "  lake: {", '  crm: {type: sql, connection: "${SYNTH_TEST_DATABASE}"}\n  lake: {')
    narrowed = f"    where: {where}\n" if where else ""
    change(policy, "    parquet: lake/send/*.parquet\n", f"    data_source: crm\n    table: '{name}'\n{narrowed}")
    compile_policy(policy).write()
    context = gx.get_context(mode="file", context_root_dir=policy.parent)
    source = context.data_sources.get("crm")
    batch = source.get_asset("send").get_batch_definition("all").get_batch()
    source.get_engine().dispose()  # type: ignore[union-attr]
    result = batch.validate(gxe.ExpectTableRowCountToEqual(value=0))
    assert "observed_value" in result.result, result.exception_info
    return int(result.result["observed_value"])


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize(
    "where", ["", "i > 0 AND note = ' :y'", "i > 0 AND note = 'x :y'"], ids=["all", "none", "where"]
)
def test_the_table_that_is_written(
    policy: Path, database: str, name: str, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SYNTH_TEST_DATABASE", database)
    rows = list(dict.fromkeys(TABLES.values())).index(TABLES[name]) + 1
    assert read(policy, database, name, where) == (0 if where.endswith("' :y'") else rows)


@pytest.mark.parametrize("name", ["a..b", ".", "a.", '"a', 'a."b', 'x"y', "a.b.c.d", " "])
def test_no_name(policy: Path, name: str) -> None:
    change(policy, "  lake: {", '  crm: {type: postgres, connection: "${CRM}"}\n  lake: {')
    change(policy, "    parquet: lake/send/*.parquet\n", f"    data_source: crm\n    table: '{name}'\n")
    assert said(policy)[0].startswith(f"35: send: {name} is not a name of a table. Write TABLE, SCHEMA.TABLE")


def test_a_variable_is_not_read_in_a_name(policy: Path) -> None:
    change(policy, "  lake: {", '  crm: {type: postgres, connection: "${CRM}"}\n  lake: {')
    change(policy, "    parquet: lake/send/*.parquet\n", "    data_source: crm\n    table: ${SCHEMA}.send\n")
    assert said(policy) == [
        "35: send: ${SCHEMA}.send has a variable, which is not read in names of tables. "
        "The connection may have one, and name the schema."
    ]


def test_a_warehouse_folds_names_itself(policy: Path) -> None:
    change(policy, "  lake: {", '  crm: {type: snowflake, connection: "${SF}"}\n  lake: {')
    change(policy, "    parquet: lake/send/*.parquet\n", "    data_source: crm\n    table: CRM.MARKETING_SEND\n")
    asset = compile_policy(policy).sources["crm"]["assets"]["send"]
    assert (asset["type"], asset["schema_name"], asset["table_name"]) == ("table", "CRM", "MARKETING_SEND")
