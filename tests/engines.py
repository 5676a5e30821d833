"""The engines that tests share: each starts at its first use, once a process, and stops when the session ends."""

from __future__ import annotations

from synth_expectations.testing import ENGINES, Engine
from tests.conftest import HOSTILE_ZONE

_started: dict[str, Engine] = {}


def started(name: str) -> Engine:
    """Return an engine; the sessions of DuckDB, also over CSV, PostgreSQL and Spark stand in New York."""
    if name not in _started:
        _started[name] = ENGINES[name]()
        _set_hostile_zone(_started[name])
    return _started[name]


def stop_all() -> None:
    """Stop the engines that were started."""
    while _started:
        _, engine = _started.popitem()
        engine.close()


def _set_hostile_zone(engine: Engine) -> None:
    match engine.name:
        case "duckdb" | "csv" | "postgresql":
            with engine.start().connect() as connection:  # type: ignore[attr-defined]
                connection.exec_driver_sql(f"SET TimeZone = '{HOSTILE_ZONE}'")
                if engine.name == "postgresql":  # each case commits its tables
                    connection.exec_driver_sql("SET synchronous_commit = off")
                connection.commit()
        case "spark":
            engine.start().conf.set("spark.sql.session.timeZone", HOSTILE_ZONE)  # type: ignore[attr-defined]
