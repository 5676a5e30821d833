"""Release DuckDB after the last exit handler, or it lists on stderr the objects that outlive the interpreter.

Great Expectations keeps SQLAlchemy's dialects alive to the very end; through them lives the module `duckdb_engine`, and
through that the types of DuckDB. Python clears its modules after all exit handlers have run: only then are the engines
of this package closed, and the references of `duckdb_engine` dropped. No exit handler of anyone sees a difference.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable, MutableMapping
from typing import Any, Protocol

import duckdb_engine


class Closable(Protocol):
    """Something that holds a connection."""

    def close(self) -> None:
        """Close the connection."""


class _Teardown:
    """Runs when Python clears this module. It holds all that it needs: by then globals may be gone."""

    def __init__(self, engines: Iterable[Closable], module: MutableMapping[str, Any]) -> None:
        self._engines = engines
        self._module = module

    def __del__(self) -> None:
        for engine in list(self._engines):
            engine.close()
        # DBAPI stays: an engine of the host that is still open uses it to roll back
        for name in ("Error", "TransactionException", "ParserException"):
            setattr(self._module["DBAPI"], name, Exception)
        for name in [name for name in self._module if not name.startswith("__") and name != "DBAPI"]:
            del self._module[name]


_open: weakref.WeakSet[Closable] = weakref.WeakSet()
_teardown = _Teardown(_open, vars(duckdb_engine))


def close_at_teardown(engine: Closable) -> None:
    """Close an engine after the last exit handler, unless it is gone by then."""
    _open.add(engine)


def close_engines() -> None:
    """Close all engines now, in a process that ends without clearing its modules."""
    for engine in list(_open):
        engine.close()
