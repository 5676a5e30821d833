"""A quiet end of the process: DuckDB lists on stderr what of it outlives the interpreter.

Great Expectations keeps SQLAlchemy's dialects alive to the very end, through them the module `duckdb_engine`, and
through that DuckDB's own types. So when the process ends, our engines are closed and that module is emptied. `DBAPI`
stays: engines of others that are still open use it to roll back.
"""

from __future__ import annotations

import atexit
import weakref
from typing import Protocol

import duckdb_engine


class Closable(Protocol):
    """Something that holds a connection."""

    def close(self) -> None:
        """Let go of it."""


_open: weakref.WeakSet[Closable] = weakref.WeakSet()


def close_at_exit(engine: Closable) -> None:
    """Close an engine when the process ends, unless it is gone by then."""
    _open.add(engine)


@atexit.register
def _end() -> None:
    for engine in list(_open):
        engine.close()
    kept = duckdb_engine.DBAPI
    for name in ("Error", "TransactionException", "ParserException"):
        setattr(kept, name, Exception)
    for name in [each for each in vars(duckdb_engine) if not each.startswith("__") and each != "DBAPI"]:
        delattr(duckdb_engine, name)
