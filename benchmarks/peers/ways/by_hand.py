"""The twenty checks as SQL, written by hand for DuckDB. The other contenders are compared with it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from benchmarks.peers.measurement import Engine, report
from benchmarks.peers.sql import BY_QUERY, OF_ALL, OF_SYNTHETIC, SYNTHETIC


def queries(tables: Mapping[str, str]) -> list[tuple[list[str], str]]:
    """What is asked, with the checks that each query answers; synthetic records apart, so that DuckDB reads only them."""
    of_synthetic, of_all = (
        ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in some) for some in _ON_THE_ROW
    )
    columns = [
        (list(OF_SYNTHETIC), f"SELECT {of_synthetic} FROM {{contact}} WHERE {SYNTHETIC}"),
        (list(OF_ALL), f"SELECT {of_all} FROM {{contact}}"),
        *(([name], query) for name, query in BY_QUERY.items()),
    ]
    return [(names, query.format(**tables)) for names, query in columns]


_ON_THE_ROW = (OF_SYNTHETIC.values(), OF_ALL.values())


def ask(data: Path, engine: Engine) -> dict[str, int | None]:
    """Run one query after the other."""
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    tables = {path.name: f"read_parquet('{path}/*.parquet')" for path in data.iterdir() if path.is_dir()}
    counts: dict[str, int | None] = {}
    for names, query in queries(tables):
        with engine.at_work():
            (row,) = connection.execute(query).fetchall()
        engine.queries += 1
        counts |= dict(zip(names, map(int, row), strict=True))
    return counts


if __name__ == "__main__":
    report(ask, {"duckdb": duckdb.__version__})
