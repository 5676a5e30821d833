"""DuckDB."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Any

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.testing.engines.base import BATCH_NAME, find_reference
from synth_expectations.testing.tables import Table


class DuckdbEngine:
    """DuckDB over Parquet files."""

    name = "duckdb"
    address = "duckdb:///:memory:"

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._engine: Any = None
        self._numbers = count()

    def start(self) -> Any:
        """Return the SQLAlchemy engine, with one connection in memory."""
        if self._engine is None:
            import sqlalchemy as sa

            self._folder = Path(tempfile.mkdtemp(prefix="synth-cases-"))
            self._engine = sa.create_engine(self.address, poolclass=sa.pool.StaticPool)
        return self._engine

    def adapter(self, batch: Table, references: Mapping[str, Table]) -> Adapter:
        """See `Engine`."""
        from synth_expectations.engine.adapters.sqlalchemy import SqlAdapter

        engine = self.start()
        return SqlAdapter(engine.connect, self.relation(batch), find_reference(references, self.relation), BATCH_NAME)

    def relation(self, table: Table) -> Any:
        """Return a table as a view of a Parquet file."""
        import pyarrow.parquet as pq
        import sqlalchemy as sa

        engine = self.start()
        assert self._folder is not None
        name = f"cases_{next(self._numbers)}"
        path = self._folder / f"{name}.parquet"
        pq.write_table(table.arrow(), path)
        with engine.begin() as connection:
            connection.exec_driver_sql(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{path}')")
        return sa.table(name)

    def close(self) -> None:
        """See `Engine`."""
        if self._engine is not None:
            self._engine.dispose()
        if self._folder is not None:
            shutil.rmtree(self._folder)
