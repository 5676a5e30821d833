"""The rows and files that queries read, as DuckDB reports them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa


@dataclass(frozen=True)
class Scanned:
    """What one query read.

    Attributes:
        statement: the query.
        rows: the rows of all scans.
        row_groups: the row groups of Parquet files that were searched.
        files: the files, each as often as it was read.
        bytes: the bytes of all scans.
    """

    statement: str
    rows: int
    row_groups: int
    files: int
    bytes: int


@contextmanager
def scanned() -> Iterator[list[Scanned]]:
    """Collect what each query reads that is sent to DuckDB. Each query runs twice, once to explain it."""
    found: list[Scanned] = []

    def ask(connection: sa.Connection, _: Any, statement: str, *__: Any) -> None:
        if connection.dialect.name != "duckdb" or not statement.lstrip().startswith(("SELECT", "WITH")):
            return
        beside = connection.connection.driver_connection.cursor()  # type: ignore[union-attr]
        beside.execute(f"EXPLAIN (ANALYZE, FORMAT json) {statement}")
        [[_, plan]] = beside.fetchall()
        told = json.loads(plan)
        query, files = told["query"], [each["extra_info"].get("Total Files Read") for each in _nodes(told["operator"])]
        if any(files):
            found.append(
                Scanned(
                    statement,
                    int(query["total_rows_scanned"]),
                    int(query["total_row_groups_scanned"]),
                    sum(int(each) for each in files if each),
                    int(told["io"]["total_bytes_read"]),
                )
            )

    sa.event.listen(sa.Engine, "before_cursor_execute", ask)
    try:
        yield found
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", ask)


def _nodes(nodes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for each in nodes:
        yield each
        yield from _nodes(each.get("children", []))
