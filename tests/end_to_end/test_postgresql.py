"""What PostgreSQL has besides plain tables and text: the same contacts, kept otherwise, give the same verdict."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa

from synth_expectations.engine.adapters.sqlalchemy import SqlAdapter
from tests.cli.project import Said
from tests.end_to_end.database import SECRET, Database
from tests.end_to_end.test_database import RUN, compiled, connected, database, edit, found_untagged

Cli = Callable[..., Said]
__all__ = ["compiled", "connected", "database"]

KEPT = {
    "view": ["CREATE VIEW kept.contact AS SELECT * FROM public.contact"],
    "materialised view": ["CREATE MATERIALIZED VIEW kept.contact AS SELECT * FROM public.contact"],
    "partitioned table": [
        'CREATE TABLE kept.contact (LIKE public.contact) PARTITION BY HASH ("Id")',
        *(
            f"CREATE TABLE kept.part_{each} PARTITION OF kept.contact FOR VALUES WITH (MODULUS 3, REMAINDER {each})"
            for each in range(3)
        ),
        "INSERT INTO kept.contact SELECT * FROM public.contact",
    ],
    "char, varchar and name": [
        'CREATE TABLE kept.contact AS SELECT *, "Email"::varchar(200) AS e FROM public.contact',
        'ALTER TABLE kept.contact DROP COLUMN "Email", ALTER COLUMN "Id" TYPE char(40)',
        'ALTER TABLE kept.contact RENAME COLUMN e TO "Email"',
    ],
    "times without a zone": [
        "SET TIME ZONE 'UTC'; CREATE TABLE kept.contact AS SELECT * FROM public.contact;"
        ' ALTER TABLE kept.contact ALTER COLUMN "CreatedDate" TYPE timestamp'
    ],
    "numeric and jsonb columns beside": [
        "CREATE TABLE kept.contact AS SELECT *, 1.50::numeric(10, 2) AS score, '{\"a\": 1}'::jsonb AS extra,"
        " ARRAY[1, 2] AS list, 'NaN'::numeric AS odd FROM public.contact"
    ],
}
"""How the contacts are kept, by what makes that."""


@pytest.fixture
def kept(compiled: Database) -> Iterator[Database]:
    """A schema that is gone afterwards."""
    compiled.execute("CREATE SCHEMA kept", "GRANT USAGE ON SCHEMA kept TO PUBLIC")
    yield compiled
    compiled.execute("DROP SCHEMA kept CASCADE")


@pytest.mark.parametrize("kind", KEPT)
def test_contacts_kept_otherwise(kept: Database, cli: Cli, kind: str) -> None:
    kept.execute(*KEPT[kind])
    edit("table: public.contact", "table: kept.contact")
    assert cli("check").code == 0
    assert cli("compile").code == 0
    said = cli(*RUN, "--output", "json")
    assert {each.strip() for each in found_untagged(said)} == kept.untagged
    assert said.json()["tables"][0]["records"] == {"all": 520, "synthetic": 111, "real": 400, "untagged": 9}


@pytest.mark.parametrize("name", ["Contact 2026", "new.er", "a: b", "contact's", "select"])
def test_names_that_need_quotes(kept: Database, cli: Cli, name: str) -> None:
    kept.execute(f'CREATE TABLE kept."{name}" AS SELECT * FROM public.contact')
    quoted = f'kept."{name}"'.replace("'", "''")
    edit("table: public.contact", f"table: '{quoted}'")
    assert cli("compile").code == 0
    assert found_untagged(cli(*RUN, "--output", "json")) == kept.untagged


def test_a_percent_sign_in_a_name(kept: Database, cli: Cli) -> None:
    kept.execute('CREATE TABLE kept."50 %%" AS SELECT * FROM public.contact WHERE NOT "IsDeleted"')
    edit("table: public.contact", "table: 'kept.\"50 %\"'")
    said = cli("compile")
    assert (said.code, "doubles the percent sign of a name in a query" in said.flat) == (2, True)
    edit('where: "IsDeleted = false"', "# where: read whole")
    assert cli("compile").code == 0
    assert found_untagged(cli(*RUN, "--output", "json")) == kept.untagged


def test_a_percent_sign_in_a_condition(kept: Database, cli: Cli) -> None:
    left_out = min(kept.untagged)
    note = f"CASE WHEN TRIM(\"Id\") = '{left_out}' THEN '50%%' ELSE '50%%%%' END"
    kept.execute(f'CREATE TABLE kept.contact AS SELECT *, {note} AS "Note", 7 AS "Rest" FROM public.contact')
    edit("table: public.contact", "table: kept.contact")
    edit('"IsDeleted = false"', "\"IsDeleted = false AND Note <> '50%' AND Rest % 4 = 3 AND Note LIKE '%0%'\"")
    assert cli("compile").code == 0
    assert found_untagged(cli(*RUN, "--output", "json")) == kept.untagged - {left_out}


def test_what_many_conditions_read_is_computed_once_and_by_several_workers(connected: Database) -> None:
    adapter = SqlAdapter(connected.engine.connect, sa.table("contact", schema="public"), sa.table, "contact")
    rows = adapter.project(['"Id"'], {"synth_m0": 'LOWER("Email")'})
    query = sa.select(sa.literal_column("COUNT(synth_m0), MAX(synth_m0), MIN(synth_m0)")).select_from(rows)
    with connected.engine.connect() as connection:
        for setting in ("min_parallel_table_scan_size", "parallel_setup_cost", "parallel_tuple_cost"):
            connection.exec_driver_sql(f"SET LOCAL {setting} = 0")  # the table is a small one
        explained = connection.exec_driver_sql(f"EXPLAIN VERBOSE {query.compile(dialect=connection.dialect)}")
        plan = "\n".join(row[0] for row in explained)
    assert "Parallel Seq Scan on public.contact" in plan
    assert "count((lower(" in plan  # of what was computed below; PostgreSQL would write count(lower( if it did so there


@pytest.fixture
def reader(compiled: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A role that may read the contacts, and nothing else: no temporary table, nothing written."""
    compiled.execute(
        f"CREATE ROLE reader LOGIN PASSWORD '{SECRET}'",
        "GRANT SELECT ON public.contact TO reader",
        "REVOKE TEMPORARY, CREATE ON DATABASE postgres FROM PUBLIC",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "ALTER ROLE reader SET default_transaction_read_only = on",
    )
    monkeypatch.setenv("CRM_DATABASE", compiled.url_of("reader", SECRET))
    yield compiled
    compiled.execute("DROP OWNED BY reader", "DROP ROLE reader", "GRANT TEMPORARY ON DATABASE postgres TO PUBLIC")


def test_a_role_that_may_only_read(reader: Database, cli: Cli) -> None:
    tables = "SELECT count(*) FROM pg_class"
    before = reader.execute(tables)
    assert found_untagged(cli(*RUN, "--output", "json")) == reader.untagged
    assert reader.execute(tables) == before


@pytest.fixture
def slow(compiled: Database, cli: Cli) -> Database:
    """A table whose first row takes half a minute."""
    edit('where: "IsDeleted = false"', 'where: "Id <> CAST(pg_sleep(30) AS VARCHAR)"')
    assert cli("compile").code == 0
    return compiled


def test_a_statement_timeout_is_an_error_that_says_so(slow: Database, reader: Database, cli: Cli) -> None:
    slow.execute("ALTER ROLE reader SET statement_timeout = '300ms'")
    said = cli(*RUN)
    assert said.code == 2
    assert "canceling statement due to statement timeout" in said.flat
    assert SECRET not in said.flat


def test_a_query_that_outlasts_the_timeout_of_the_policy_is_cancelled_in_the_server(slow: Database, cli: Cli) -> None:
    edit("table: public.contact", "table: public.contact\n    timeout: PT1S")
    assert cli("compile").code == 0
    began = time.monotonic()
    said = cli(*RUN)
    assert time.monotonic() - began < 25
    assert said.code == 2
    assert "A query on contact for expect_" in said.flat
    assert "took longer than PT1S, the timeout of the policy, and was cancelled." in said.flat
    assert slow.execute("SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep'") == []


def test_a_connection_that_is_lost_is_an_error_and_no_hang(slow: Database, cli: Cli) -> None:
    lost: list[str] = []
    done = threading.Event()

    def cut() -> None:
        asleep = "SELECT query, pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
        while not done.wait(0.1):
            lost.extend(query for query, _ in slow.execute(asleep))

    cutting = threading.Thread(target=cut)
    cutting.start()
    try:
        said = cli(*RUN)
    finally:
        done.set()
        cutting.join()
    assert said.code == 2
    assert lost
    assert len(lost) == len(set(lost))  # nothing is asked again
    assert "ERRORED" in said.out
    assert "terminating connection" in said.flat


def test_two_names_of_one_table(kept: Database, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """The search path fills in the schema, and a server has several addresses."""
    kept.execute("CREATE TABLE kept.other AS SELECT * FROM public.contact")
    monkeypatch.setenv("CRM_MIRROR", f"{kept.url_of('app', SECRET)}&application_name=mirror".replace("$", "\\$"))
    again = "".join(
        f"  {name}:\n    role: registry\n    data_source: {source}\n    table: {table}\n    columns: {{key: Id}}\n"
        for name, source, table in (
            ("bare", "crm", "contact"),
            ("quoted", "crm", "'\"contact\"'"),
            ("mirrored", "mirror", "public.contact"),
            ("another", "crm", "kept.other"),
        )
    )
    edit("data_sources:\n", 'data_sources:\n  mirror: {type: postgres, connection: "${CRM_MIRROR}"}\n')
    edit("\ncheckpoints:\n", f"{again}\ncheckpoints:\n")
    edit('where: "IsDeleted = false"', "# where: read whole")
    said = cli("check").flat
    for name in ("bare", "quoted", "mirrored"):
        assert f"{name} is the same table of the database as contact. Their records count twice." in said, said
    assert "another is the same" not in said


def test_the_words_of_a_function_that_raises_are_not_repeated(kept: Database, cli: Cli) -> None:
    kept.execute(
        "CREATE FUNCTION kept.checked(text) RETURNS text LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the record of %% is wrong', $1; END $$",
        'CREATE VIEW kept.contact AS SELECT "Id", "IsDeleted", kept.checked("Email") AS "Email", "Phone", "FirstName", '
        '"LastName", "CreatedDate" FROM public.contact',
    )
    edit("table: public.contact", "table: kept.contact")
    assert cli("compile").code == 0
    said = cli(*RUN)
    assert said.code == 2, said
    assert "a function of the database raised an error, whose words may quote a record" in said.flat, said
    assert "is wrong" not in said.out + said.err


def test_what_the_user_may_not_see(kept: Database, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """A schema without USAGE is a problem of its table; a catalogue that may not be read leaves tables unlisted."""
    kept.execute("CREATE TABLE kept.contact AS SELECT * FROM public.contact", "REVOKE USAGE ON SCHEMA kept FROM PUBLIC")
    monkeypatch.setenv("CRM_DATABASE", kept.url_of("app", SECRET))
    kept.execute("REVOKE SELECT ON pg_catalog.pg_class FROM PUBLIC")
    try:
        said = cli("check").flat
        assert (
            "Note: The tables of crm:public cannot be listed, so it is unknown which ones the policy lacks" in said
        ), said
        assert "permission denied for" in said
    finally:
        kept.execute("GRANT SELECT ON pg_catalog.pg_class TO PUBLIC")
    edit("table: public.contact", "table: kept.contact")
    checked = cli("check")
    assert checked.code == 2
    assert "PROBLEM contact: The query on contact failed: permission denied for schema kept" in checked.flat, checked
