"""Files written, and what a batch of them says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import great_expectations.expectations as gxe
import pyarrow as pa
import pyarrow.parquet as pq
import sqlalchemy as sa

from synth_expectations.gx.datasources.duckdb.datasource import DuckDBDatasource

DAYS = ("2026-11-21", "2026-11-22", "2026-11-23")


def write(path: Path, **columns: list[Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(columns), path)
    return path


@contextmanager
def statements(source: DuckDBDatasource) -> Iterator[list[str]]:
    sent: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        sent.append(statement)

    sa.event.listen(source.get_engine(), "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(source.get_engine(), "before_cursor_execute", note)


def count(batch: Any) -> int:
    result = batch.validate(gxe.ExpectTableRowCountToBeBetween(min_value=0))
    assert result.success, result.exception_info
    return int(result.result["observed_value"])


def why(result: Any) -> str:
    """The first message of an errored result."""
    info = result.exception_info
    each = info if "raised_exception" in info else next(iter(info.values()))
    assert each["raised_exception"]
    return str(each["exception_message"])


def plan_of(source: DuckDBDatasource, query: Any) -> str:
    engine = source.get_execution_engine()
    sql = str(query.compile(dialect=engine.dialect, compile_kwargs={"literal_binds": True}))
    with engine.get_connection() as connection:
        return str(connection.exec_driver_sql(f"EXPLAIN ANALYZE {sql}").fetchall()[0][1])
