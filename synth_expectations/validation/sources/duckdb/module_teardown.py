"""Release `duckdb_engine` after the last exit handler; imported for that where an engine uses it.

Great Expectations keeps SQLAlchemy's dialects alive to the very end; through them lives the module `duckdb_engine`, and
through that the types of DuckDB, which DuckDB would list on stderr. The module is imported before this one is complete:
in the other order, Python clears it too late.
"""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from typing import Any

import duckdb_engine

from synth_expectations.validation.sources.duckdb.teardown import Closable, open_engines


class _ModuleTeardown:
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


_teardown = _ModuleTeardown(open_engines, vars(duckdb_engine))
