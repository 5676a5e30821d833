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

_LEFT_OUT = "partial_aggregate_pushdown"
"""An optimizer, new in DuckDB 2.0, that is not used: for counts side by side it takes a second, and gains nothing."""

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
    sa.event.listen(engine, "connect", _configure)
    return engine


def _configure(connection: Any, record: object) -> None:
    connection.execute("SET enable_progress_bar = false")
    query = "SELECT current_setting('disabled_optimizers') FROM duckdb_optimizers() WHERE name = ?"
    for (chosen,) in connection.execute(query, [_LEFT_OUT]).fetchall():  # older releases do not have it
        disabled = ",".join(filter(None, [chosen, _LEFT_OUT]))
        connection.execute(f"SET disabled_optimizers = '{disabled}'")
