"""A PostgreSQL with the contacts of a CRM, and existing Great Expectations projects that read them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import sqlalchemy as sa

from tests.end_to_end.real.snowfakery_crm import as_production, generate, mix_in, stamp_provenance, strip_tags
from tests.postgres_server import serve_postgres

SECRET = "ge$HEIM-4711"  # a dollar: Great Expectations substitutes them
AS_OF = "2026-11-01"
_TYPES = {
    pa.string(): "text",
    pa.bool_(): "boolean",
    pa.date32(): "date",
    pa.timestamp("us", "UTC"): "timestamptz",
}


@dataclass
class Database:
    """A server with a table `public.contact`.

    Attributes:
        url: of its owner, who needs no password.
        engine: connected as its owner.
        folder: of its socket.
        untagged: the Ids of the synthetic contacts that have lost their tag.
        contacts: all of them.
    """

    url: str
    engine: sa.Engine
    folder: Path
    untagged: frozenset[str]
    contacts: pa.Table

    def url_of(self, user: str, password: str) -> str:
        return f"postgresql+psycopg://{user}:{password}@/postgres?host={self.folder}"

    def execute(self, *statements: str) -> list[Any]:
        """Run statements, each at once; the rows of the last."""
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            results = [connection.exec_driver_sql(each) for each in statements]
            return list(results[-1].fetchall()) if results[-1].returns_rows else []


@contextmanager
def serving() -> Iterator[Database]:
    """A server, until the block ends."""
    with serve_postgres() as server:
        folder = Path(server.pgdata)
        url = re.sub("^postgresql:", "postgresql+psycopg:", server.get_uri())
        engine = sa.create_engine(url)
        tagged, untagged = strip_tags(stamp_provenance(generate(120, 7)["Contact"]), 9, seed=1)
        contacts = mix_in(as_production(generate(400, 8)["Contact"], seed=2), tagged, seed=3)
        database = Database(url, engine, folder, frozenset(untagged), contacts)
        fill(database, "contact", contacts)
        hba = folder / "pg_hba.conf"
        hba.write_text(f"local all app,nobody scram-sha-256\n{hba.read_text()}")
        database.execute(
            f"CREATE ROLE app LOGIN PASSWORD '{SECRET}'",
            f"CREATE ROLE nobody LOGIN PASSWORD '{SECRET}'",
            "GRANT SELECT ON public.contact TO app",
            "SELECT pg_reload_conf()",
        )
        try:
            yield database
        finally:
            engine.dispose()


def fill(database: Database, name: str, table: pa.Table) -> None:
    """Make a table of records."""
    columns = ", ".join(f'"{field.name}" {_TYPES[field.type]}' for field in table.schema)
    with database.engine.begin() as connection:
        cursor = connection.connection.cursor()
        cursor.execute(f'DROP TABLE IF EXISTS public."{name}"')
        cursor.execute(f'CREATE TABLE public."{name}" ({columns})')
        with cursor.copy(f'COPY public."{name}" FROM STDIN') as copied:
            for row in table.to_pylist():
                copied.write_row(tuple(row.values()))


def day_with_untagged(database: Database) -> tuple[date, set[str]]:
    """A day on which a contact was made that has no tag any more, and the Ids of those."""
    rows = database.contacts.select(["Id", "CreatedDate"]).to_pylist()
    days = {row["Id"]: row["CreatedDate"].date() for row in rows}
    day = min(days[each] for each in database.untagged)
    return day, {each for each in database.untagged if days[each] == day}


def existing_project(root: Path, min_rows: object = 1) -> Path:
    """A project as Great Expectations makes it, with a data source, a suite and a checkpoint of its own."""
    import great_expectations as gx
    import great_expectations.expectations as gxe

    context = gx.get_context(mode="file", project_root_dir=root)
    source = context.data_sources.add_sql("warehouse", connection_string="${CRM_DATABASE}")
    asset = source.add_table_asset("people", table_name="contact", schema_name="public")
    suite = context.suites.add(
        gx.ExpectationSuite(
            "theirs",
            expectations=[
                gxe.ExpectColumnValuesToNotBeNull(column="Id"),
                gxe.ExpectColumnValuesToNotBeNull(column="IsSynthetic__c", severity="warning"),
                gxe.ExpectTableRowCountToBeBetween(min_value=min_rows),
            ],
        )
    )
    definition = context.validation_definitions.add(
        gx.ValidationDefinition(name="theirs", data=asset.add_batch_definition_whole_table("whole"), suite=suite)
    )
    context.checkpoints.add(gx.Checkpoint(name="their_nightly", validation_definitions=[definition]))
    return root / "gx"
