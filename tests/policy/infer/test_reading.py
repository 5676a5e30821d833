"""Reading for a proposal: every dialect alike, odd names, and errors that say what to do and no secret."""

from __future__ import annotations

import os
import sqlite3
from contextlib import ExitStack
from functools import partial

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from synth_expectations.engine.schema import Family
from synth_expectations.errors import SynthError
from synth_expectations.policy.infer import (
    ProfiledTable,
    ProposalError,
    ProposedValue,
    add_references,
    count_known_in_table,
    profile_parquet,
    profile_table,
    propose,
    render_policy,
)
from synth_expectations.policy.infer.schemas import find_family
from tests.policy.infer.profiles import found
from tests.postgres_server import serve_postgres

ODD = 'Odd.Table "x'


@pytest.fixture(scope="module", params=["sqlite", "duckdb", "postgresql"])
def database(request):
    """An engine with a table of customers, a view of it, and a table with odd names."""
    servers = ExitStack()
    address, pool = {"sqlite": "sqlite://", "duckdb": "duckdb:///:memory:"}.get(request.param), {}
    if address:
        pool = {"poolclass": sa.pool.StaticPool}
    else:
        server = servers.enter_context(serve_postgres())
        address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    engine = sa.create_engine(address, **pool)
    odd = ODD.replace('"', '""')
    with engine.begin() as connection:
        for statement in (
            "CREATE TABLE customer_synth (customer_id integer, email varchar(80), first_name text, last_name text,"
            " record_origin varchar(20), source text, generated_at timestamp, method text, algorithm_version text,"
            " purpose text, dataset_id integer, is_deleted boolean)",
            f'CREATE TABLE "{odd}" ("Record Id" integer, "E-mail" text, "Is Synthetic?" text, "select" text, "ü" text)',
            "CREATE VIEW customers AS SELECT * FROM customer_synth",
            "CREATE TABLE shopper (ref varchar(9) PRIMARY KEY, email text, is_test boolean)",
            "CREATE TABLE purchase (nr integer PRIMARY KEY, buyer varchar(9) REFERENCES shopper (ref), total integer)",
            "CREATE TABLE balance (shopper_id varchar(9), snapshot_date date, points integer,"
            " PRIMARY KEY (shopper_id, snapshot_date))",
            "INSERT INTO shopper VALUES ('s1', 'ada@firm.example', false), ('s2', 'eve@firm.example', true)",
            "INSERT INTO purchase VALUES (1, 's1', 10), (2, 's1', 20)",
            "INSERT INTO balance VALUES ('s1', '2026-11-21', 1), ('s1', '2026-11-22', 2), ('s2', '2026-11-22', 3)",
        ):
            connection.exec_driver_sql(statement)
        kinds = ("real", "synthetic", None)
        for i in range(30):
            kind = "NULL" if kinds[i % 3] is None else f"'{kinds[i % 3]}'"
            made = "'gen', '2026-01-01 00:00:00', 'gan', '1.0.0', 'testing', 1"
            connection.exec_driver_sql(
                f"INSERT INTO customer_synth VALUES ({i}, 'a{i}@firm.example', 'Fn{i}', 'Ln{i}', {kind},"
                f" {'NULL, NULL, NULL, NULL, NULL, NULL' if kinds[i % 3] == 'real' else made}, false)"
            )
        connection.exec_driver_sql(f"INSERT INTO \"{odd}\" VALUES (1, 'x@firm.example', 'Y', 's', NULL)")
        connection.exec_driver_sql(f"INSERT INTO \"{odd}\" VALUES (2, 'x@firm.example', NULL, 's', NULL)")
    yield engine
    engine.dispose()
    servers.close()


def test_every_dialect_gives_the_same_proposal(database):
    text = render_policy([propose(profile_table(database, "customer_synth")), propose(profile_table(database, ODD))])
    assert 'connection: "${WAREHOUSE_URL}"}' in text
    assert text.split("tables:\n")[1] == (
        """\
  customer_synth:
    role: mixed  # its marker has synthetic records and others
    data_source: warehouse
    table: customer_synth  # 30 records
    where: "is_deleted = false"  # name; 0 soft-deleted; retention still sees them
    marker:
      column: record_origin  # name; synthetic 10, real 10, empty 10
      synthetic: [synthetic]
      real: [real]
    columns:
      key: customer_id  # name; unique, never empty
      source: source  # name; filled in 20 of 30
      generated_at: generated_at  # name; filled in 20 of 30
      method: method  # name; filled in 20 of 30
      algorithm_version: algorithm_version  # name; filled in 20 of 30
      purpose: purpose  # name; filled in 20 of 30
      dataset_id: dataset_id  # name; filled in 20 of 30
    identifiers:
      email: email  # name; filled in 30 of 30
      name: [first_name, last_name]  # name
  odd_table_x:
    role: mixed  # its marker has synthetic records and others
    data_source: warehouse
    table: "Odd.Table \\"x"  # 2 records
    marker:
      column: "Is Synthetic?"  # name; Y 1, empty 1
      synthetic: ["Y"]
      real: ["N"]  # no record has it yet; records without a value (1) count as untagged
    columns:
      key: "Record Id"  # name; unique, never empty
    identifiers:
      email: E-mail  # name; filled in 2 of 2
    # not covered, since no column is named like it: source, generated_at, method, algorithm_version, purpose, dataset_id

checkpoints:
  nightly: {tables: all}
"""
    )


def test_keys_that_a_database_declares_and_snapshots_by_day(database):
    tables = []
    for name in ("shopper", "purchase", "balance"):
        profile = profile_table(database, name)
        tables.append(ProfiledTable(profile, propose(profile), partial(count_known_in_table, database, name)))
    shopper, purchase, balance = add_references(tables)
    assert shopper.entry["columns"]["key"] == ProposedValue("ref", "the table's primary key")
    assert found(purchase, "columns") == {"key": "nr", "buyer": "buyer"}
    assert purchase.references == {"buyer": ProposedValue({"table": "shopper"}, "foreign key")}
    assert balance.entry["batch"].value == {"by": "day", "column": "snapshot_date"}
    assert found(balance, "columns") == {"key": "shopper_id"}


def test_views_schemas_and_other_cases_are_found(database):
    schema = sa.inspect(database).default_schema_name if database.dialect.name == "postgresql" else "main"
    assert profile_table(database, "customers").rows == 30
    assert profile_table(database, "CUSTOMER_SYNTH").location == "customer_synth"
    assert profile_table(database, f"{schema}.customer_synth").location == f"{schema}.customer_synth"
    assert profile_table(database, "customer_synth", schema).location == f"{schema}.customer_synth"


@pytest.mark.parametrize(
    ("name", "schema", "nearest"),
    [
        ("custmer_synth", None, "Nearest: customer_synth."),
        ("qqq", None, "There are Odd.Table"),
        ("zz.customers", None, "no table"),
    ],
)
def test_an_unknown_table_names_the_nearest(database, name, schema, nearest):
    with pytest.raises(ProposalError) as raised:
        profile_table(database, name, schema)
    assert name in raised.value.message
    assert nearest in str(raised.value)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql+psycopg://bob:hunter2@127.0.0.1:1/db", "did not answer"),
        ("postgresql+psycopg://h/db?password=hunter2&host=127.0.0.1&port=1", "did not answer"),
        ("postgresql+psycopg://bob:hunter2@127.0.0.1:port/db", "not the address"),
        ("bob:hunter2", "not the address"),
        ("postgresql+psycopg://bob:x@hunter2/y@127.0.0.1:1/db", "more than one way"),
        ("postgresql+psycopg://bob:hunter2/ '$ü%@127.0.0.1:1/db", "did not answer"),
        ("postgresql+psycopg://bob:%40hunter2%2F@127.0.0.1:1/db", "did not answer"),
        ("nosuch://bob:hunter2@h/db", "No SQLAlchemy dialect nosuch"),
        ("oracle+oracledb://bob:hunter2@h/db", "driver oracledb"),
        ("sqlite:////nowhere/at/all.db", "did not answer"),
    ],
)
def test_a_database_that_cannot_be_reached_is_a_sentence_without_password(address, said):
    with pytest.raises(SynthError) as raised:
        profile_table(address, "contact")
    assert said in raised.value.message
    assert raised.value.hint
    assert "hunter2" not in str(raised.value)
    assert raised.value.__cause__ is None


def test_a_broken_view_is_a_sentence_without_values(tmp_path):
    path = tmp_path / "crm.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (is_synthetic boolean)")
        connection.execute("CREATE VIEW v AS SELECT is_synthetic FROM t")
        connection.execute("DROP TABLE t")
    with pytest.raises(ProposalError, match=r"^The table v could not be read"):
        profile_table(f"sqlite:///{path}", "v")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (sa.Boolean(), Family.BOOLEAN),
        (sa.DateTime(timezone=True), Family.ZONED),
        (sa.DateTime(), Family.NAIVE),
        (sa.Date(), Family.DATE),
        (sa.Numeric(10, 2), Family.NUMBER),
        (sa.Float(), Family.FLOAT),
        (sa.Enum("a", "b"), Family.TEXT),
        (sa.JSON(), Family.OTHER),
        (type("TIMESTAMP_NTZ", (sa.types.TypeEngine,), {})(), Family.NAIVE),  # as Snowflake's dialect calls it
        (type("TIMESTAMP_TZ", (sa.types.TypeEngine,), {})(), Family.ZONED),
    ],
)
def test_types(kind, expected):
    assert find_family(kind) == expected


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    os.makedirs("extracts/contact")
    pq.write_table(pa.table({"Id": ["1"], "Synthetic_Method": ["ctgan"]}), "extracts/contact/part-0.parquet")
    return tmp_path


@pytest.mark.parametrize(
    ("glob", "said"),
    [
        ("extracts/contct/*.parquet", "has no contct. Nearest: contact."),
        ("extracts/contact/*.parq", "check the part with *"),
        ("extracts/contact", "is a directory. Name the files: 'extracts/contact/*.parquet'."),
        ("s3://bucket/contact/*.parquet", "not a local path"),
    ],
)
def test_files_that_are_not_there(files, glob, said):
    with pytest.raises(ProposalError) as raised:
        profile_parquet(glob)
    assert said in str(raised.value)


@pytest.mark.parametrize("content", [b"", b"PAR1", b"Id,Email\n1,a@b.example\n", b"PAR1" + b"x" * 40 + b"PAR1"])
def test_a_file_that_is_no_parquet_is_named(files, content):
    (files / "extracts/contact/part-1.parquet").write_bytes(content)
    with pytest.raises(ProposalError, match=r"part-1.parquet is not a readable Parquet file"):
        profile_parquet("extracts/contact/*.parquet")


def test_a_damaged_page_is_a_sentence(files):
    path = files / "extracts/contact/part-0.parquet"
    pq.write_table(pa.table({"IsSynthetic": ["true", "false"] * 5000, "Id": [str(i) for i in range(10000)]}), path)
    data = bytearray(path.read_bytes())
    data[4:400] = b"\xff" * 396
    path.write_bytes(data)
    with pytest.raises(ProposalError, match="cannot be read as one table"):
        profile_parquet("extracts/contact/*.parquet")


def test_files_whose_types_do_not_fit_are_a_sentence_without_values(files):
    pq.write_table(pa.table({"Id": ["1"], "Synthetic_Method": [1]}), "extracts/contact/part-0.parquet")
    pq.write_table(pa.table({"Id": ["1"], "Synthetic_Method": ["ann@firm.example"]}), "extracts/contact/part-1.parquet")
    try:
        said = str(profile_parquet("extracts/contact/*.parquet").columns[0])
    except ProposalError as error:
        said = str(error)
    assert "ann@" not in said


def test_columns_that_differ_by_case_are_refused(files):
    pq.write_table(pa.table({"id": ["1"], "ID": ["2"]}), "extracts/contact/part-0.parquet")
    with pytest.raises(ProposalError, match="id and ID of contact differ only by case"):
        profile_parquet("extracts/contact/*.parquet")


def test_a_path_with_signs_of_a_pattern_and_quotes(tmp_path):
    path = tmp_path / "it's [1]" / "con{}tact.parquet"
    path.parent.mkdir()
    pq.write_table(pa.table({"Id": ["1"]}), path)
    profile = profile_parquet(f"{tmp_path}/it's [[]1]/con*.parquet")
    assert profile.rows == 1


def test_several_tables_are_not_read_as_one(files):
    pq.write_table(pa.table({"order_id": ["1"]}), "extracts/orders.parquet")
    with pytest.raises(ProposalError, match="make 2 tables"):
        profile_parquet("extracts/**/*.parquet")
