"""The adapter for records of an engine that speaks SQL, whichever way a run goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from synth_expectations.engine.adapters.sqlalchemy import SqlAdapter
from synth_expectations.rules.time_limit import TimeLimit
from synth_expectations.validation.sources.duckdb.views import DuckDBViews


def make_sql_adapter(
    engine: Any,
    rows: Any,
    find: Callable[[str], Any],
    table: str,
    accepts: Callable[[str], bool] = lambda _: False,
    limit: TimeLimit | None = None,
) -> SqlAdapter:
    """Return the adapter for records.

    Args:
        engine: gives connections by `get_connection`.
        rows: the records, a selectable.
        find: finds references by name.
        table: the name of the records in sentences.
        accepts: whether the policy accepts that row-level security filters a table, by its name.
        limit: how long a query may take; None for any time.
    """
    if isinstance(engine, DuckDBViews):
        return SqlAdapter(
            engine.get_connection,
            rows,
            find,
            table,
            engine.reads_far_away,
            engine.described,
            limit=limit,
            add_files=engine.add_files,
        )
    return SqlAdapter(engine.get_connection, rows, find, table, accepts_row_security=accepts, limit=limit)
