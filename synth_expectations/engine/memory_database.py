"""A DuckDB in memory."""

from __future__ import annotations

from typing import Any

import duckdb
import duckdb_engine
import sqlalchemy as sa
from sqlalchemy.dialects import registry
from sqlalchemy.util import LRUCache

KEPT_SQL = "synth_kept_sql"
"""The execution option of a connection that holds the SQL kept on it: what a query gives as its `compiled_cache`."""

_MOST_KEPT = 64
"""How many queries are kept; those of a table are three, of some thirty kilobytes each."""

_PLAIN, _CACHING = "duckdb", "duckdb+synth_caching"

registry.register("duckdb.synth_caching", "synth_expectations.engine.caching_dialect", "CachingDialect")


def open_memory_database(name: str = "", /, *, keeps_sql: bool = False, **kwargs: Any) -> sa.Engine:
    """Return an engine with one connection, which closes when the engine is disposed.

    DuckDB shows a progress bar on standard output where it takes the process for interactive, such as in a notebook or
    under `python -c`. It would stand between the lines of a report.

    Args:
        name: of a database that all connections of this name share while one is open; to open it again takes a tenth of
            the time. Views and tables that are not temporary are shared too. Empty for a database of its own.
        keeps_sql: whether the SQL of queries that ask for it is kept; see `CachingDialect` for the conditions.
        kwargs: further arguments of SQLAlchemy's `create_engine`.
    """
    if not kwargs:
        # with nothing to configure: else duckdb_engine opens one more database, to ask which settings there are (20 ms)
        kwargs["creator"] = lambda: duckdb_engine.ConnectionWrapper(duckdb.connect(f":memory:{name}"))
    engine = sa.create_engine(
        f"{_CACHING if keeps_sql else _PLAIN}:///:memory:{name}", poolclass=sa.pool.StaticPool, **kwargs
    )
    if keeps_sql:
        engine.update_execution_options(compiled_cache=None, **{KEPT_SQL: LRUCache(_MOST_KEPT)})
    sa.event.listen(engine, "connect", _hide_progress)
    return engine


def _hide_progress(connection: Any, record: object) -> None:
    connection.execute("SET enable_progress_bar = false")
