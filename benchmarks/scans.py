"""The rows and files that queries read, as DuckDB reports them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa


@dataclass(frozen=True)
class Scan:
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
def record_scans() -> Iterator[list[Scan]]:
    """What each query read that is sent to DuckDB meanwhile; each is run twice for that, once to be asked."""
    scans: list[Scan] = []

    def ask(connection: sa.Connection, _: Any, statement: str, *__: Any) -> None:
        if connection.dialect.name != "duckdb" or not statement.lstrip().startswith(("SELECT", "WITH")):
            return
        beside = connection.connection.driver_connection.cursor()  # type: ignore[union-attr]
        beside.execute(f"EXPLAIN (ANALYZE, FORMAT json) {statement}")
        [[_, plan]] = beside.fetchall()
        profile = json.loads(plan)
        query, files = (
            profile["query"],
            [node["extra_info"].get("Total Files Read") for node in _nodes(profile["operator"])],
        )
        if any(files):
            scans.append(
                Scan(
                    statement,
                    int(query["total_rows_scanned"]),
                    int(query["total_row_groups_scanned"]),
                    sum(int(file) for file in files if file),
                    int(profile["io"]["total_bytes_read"]),
                )
            )

    sa.event.listen(sa.Engine, "before_cursor_execute", ask)
    try:
        yield scans
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", ask)


def _nodes(nodes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for node in nodes:
        yield node
        yield from _nodes(node.get("children", []))
