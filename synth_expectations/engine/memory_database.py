"""A DuckDB in memory."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

ADDRESS = "duckdb:///:memory:"


def open_memory_database(name: str = "", /, **kwargs: Any) -> sa.Engine:
    """Return an engine with one connection, which closes when the engine is disposed.

    DuckDB shows a progress bar on standard output where it takes the process for interactive, such as in a notebook or
    under `python -c`. It would stand between the lines of a report.

    Args:
        name: of a database that all connections of this name share while one is open; to open it again takes a tenth of
            the time. Views and tables that are not temporary are shared too. Empty for a database of its own.
        kwargs: further arguments of SQLAlchemy's `create_engine`.
    """
    engine = sa.create_engine(ADDRESS + name, poolclass=sa.pool.StaticPool, **kwargs)
    sa.event.listen(engine, "connect", _hide_progress)
    return engine


def _hide_progress(connection: Any, record: object) -> None:
    connection.execute("SET enable_progress_bar = false")
