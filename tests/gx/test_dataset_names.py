"""Tables have the names of OpenLineage's specification, without a user, a password or a parameter of an address."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa

from synth_expectations.validation.dataset_names import name_datasets


def asset(address: str, dialect: str, default_schema: str | None = None, **more: Any) -> Any:
    engine = SimpleNamespace(
        url=sa.make_url(address), dialect=SimpleNamespace(name=dialect, default_schema_name=default_schema)
    )
    return SimpleNamespace(datasource=SimpleNamespace(get_engine=lambda: engine), **more)


TABLE = {"schema_name": "crm", "table_name": "contact"}
QUERY = {"query": "SELECT * FROM crm.contact WHERE origin = 'x'"}


@pytest.mark.parametrize("what", [TABLE, QUERY], ids=["table", "query"])
@pytest.mark.parametrize(
    ("address", "dialect", "name"),
    [
        ("postgresql+psycopg://me:secret@db.example:5433/shop?password=secret", "postgresql",
         ("postgres://db.example:5433", "shop.crm.contact")),
        ("postgresql://me:secret@db.example/shop", "postgresql", ("postgres://db.example:5432", "shop.crm.contact")),
        ("redshift+psycopg2://me:secret@shop.abc123.eu-west-1.redshift.amazonaws.com:5439/dev", "redshift",
         ("redshift://shop.eu-west-1:5439", "dev.crm.contact")),
        ("snowflake://me:secret@org-account/SHOP/PUBLIC?warehouse=w", "snowflake",
         ("snowflake://org-account", "SHOP.crm.contact")),
        ("bigquery://project/other", "bigquery", ("bigquery", "project.crm.contact")),
        ("trino://me:secret@trino.example:8443/hive/other", "trino", ("trino://trino.example:8443", "hive.crm.contact")),
    ],
)  # fmt: skip
def test_databases(address: str, dialect: str, name: tuple[str, str], what: dict[str, Any]) -> None:
    assert name_datasets(asset(address, dialect, **what)) == (name,)


def test_a_schema_that_is_not_written() -> None:
    table = {"schema_name": None, "table_name": '"Odd.Table"'}
    address = "postgresql://me@db.example/shop"
    assert name_datasets(asset(address, "postgresql", "sales", **table)) == (
        ("postgres://db.example:5432", "shop.sales.Odd.Table"),
    )
    assert name_datasets(asset(address, "postgresql", **table))[0][1] == "shop.public.Odd.Table"


@pytest.mark.parametrize(
    "broken",
    [SimpleNamespace(), asset("postgresql://x", "postgresql", query="SELECT FROM WHERE (")],
    ids=["empty", "query"],
)
def test_what_cannot_be_named_fails_nothing(broken: Any) -> None:
    assert name_datasets(broken) == ()
