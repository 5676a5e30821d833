"""A query that takes too long is cancelled and named; the other checks of its table keep their verdicts."""

from __future__ import annotations

import threading
import time
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from unittest.mock import Mock

import pytest
import sqlalchemy as sa

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.adapters.query_timer import timed_query
from synth_expectations.engine.adapters.settings import limited
from synth_expectations.engine.adapters.sqlalchemy import SqlAdapter
from synth_expectations.engine.count_query import CountQuery
from synth_expectations.engine.dialects.registry import by_name
from synth_expectations.engine.plan import Plan
from synth_expectations.engine.result import CheckResult
from synth_expectations.errors import QueryTimeoutError
from synth_expectations.expectations.catalogue import expectation_class
from synth_expectations.rules.expressions import field, look_up
from synth_expectations.rules.model import Check, Lookup, LookupCheck, Rule
from synth_expectations.rules.time_limit import TimeLimit
from synth_expectations.testing import Engine, Table

AS_OF = datetime(2026, 11, 22, 12, tzinfo=UTC)
ACCESSES, VERSIONS = 20_000, 80_000
LIMIT = {"spark": "PT10S"}
"""Spark alone plans a small query for seconds."""


@pytest.fixture(scope="module")
def batch() -> Table:
    rows = [
        {"id": number, "marker": "true", "persona": "p1", "at": AS_OF - timedelta(seconds=number)}
        for number in range(ACCESSES)
    ]
    return Table.of({"id": "integer", "marker": "text", "persona": "text", "at": "timestamptz"}, rows)


@pytest.fixture(scope="module")
def versions() -> Table:
    """So many versions of one persona that each access is compared with all of them: over a billion comparisons."""
    rows = [{"persona": "p1", "from": AS_OF + timedelta(days=number), "kind": "text"} for number in range(1, 3)]
    return Table.of({"persona": "text", "from": "timestamptz", "kind": "text"}, rows * (VERSIONS // 2))


def _slow_check() -> LookupCheck:
    valid = (field("from"), None)
    lookup = Lookup("persona", "versions", field("persona"), field("persona"), at=field("at"), valid=valid)
    lookup.attributes["text"] = field("kind").eq("text")
    rules = (Rule("persona was not yet made", look_up("persona", "text")),)
    population = field("marker").eq("true")
    return LookupCheck(
        rules=rules, population=population, record_key="id", lookups=(lookup,), expectation="expect_slowness"
    )


def _tagged() -> Check:
    return expectation_class("expect_records_to_be_tagged")(marker_column="marker", record_key="id").check


def _count_tagged(adapter: Adapter) -> CheckResult:
    plan = Plan(lambda: adapter, AS_OF)
    return plan.result_with_keys(plan.add(_tagged()))


@pytest.mark.full_on("spark")
def test_a_query_that_takes_too_long(engine: Engine, batch: Table, versions: Table) -> None:
    adapter = engine.adapter(batch, {"versions": versions})
    assert _count_tagged(adapter).error is None  # the first query of an engine takes longer
    adapter.limit = TimeLimit.parse(LIMIT.get(engine.name, "PT1S"))
    plan = Plan(lambda: adapter, AS_OF)
    tagged, slow = plan.add(_tagged()), plan.add(_slow_check())
    began = time.monotonic()
    error = plan.result(slow).error
    assert time.monotonic() - began < 60
    assert isinstance(error, QueryTimeoutError)
    assert error.message == (
        f"A query on the batch for expect_slowness took longer than {adapter.limit.written}, the timeout of the "
        "policy, and was cancelled."
    )
    kept = plan.result(tagged)
    assert (kept.error, kept.records, kept.violating) == (None, ACCESSES, 0)


def test_what_was_cancelled_leaves_the_engine_as_it_was(engine: Engine) -> None:
    rows = [{"id": number, "marker": "true" if number else None} for number in range(20_000)]
    adapter = engine.adapter(Table.of({"id": "integer", "marker": "text"}, rows), {})
    adapter.columns()
    # no query reads that many rows so fast, whether the engine ends it in time or not
    adapter.limit = TimeLimit.parse("PT0.001S")
    error = _count_tagged(adapter).error
    assert isinstance(error, QueryTimeoutError), error
    assert "for expect_records_to_be_tagged took longer than PT0.001S" in error.message
    assert not [thread for thread in threading.enumerate() if thread.name == "synth_expectations timeout"]
    adapter.limit = None
    assert _count_tagged(adapter).keys_by_rule == {"marker is missing": ["0"]}


@pytest.mark.full_on("spark")
def test_a_listing_within_the_limit(engine: Engine) -> None:
    rows = [{"id": number, "marker": None} for number in range(100)]
    adapter = engine.adapter(Table.of({"id": "integer", "marker": "text"}, rows), {})
    adapter.limit = TimeLimit.parse("PT5M")
    pieces = adapter.stream_violations(["marker IS NULL"], ["id"], 30)
    assert [len(piece) for piece in pieces] == [30, 30, 30, 10]
    stopped = adapter.stream_violations(["marker IS NULL"], ["id"], 30)
    assert len(next(stopped)) == 30
    stopped.close()  # type: ignore[attr-defined]
    assert _count_tagged(adapter).violating == 100


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize("isolation", ["READ COMMITTED", "AUTOCOMMIT"])
def test_a_listing_that_the_server_cancels(engine: Engine, isolation: str) -> None:
    started = engine.start().execution_options(isolation_level=isolation)  # type: ignore[attr-defined]
    rows = sa.select(sa.literal_column("n AS id, pg_sleep(0.05)")).select_from(sa.text("generate_series(1, 1000) AS n"))
    adapter = SqlAdapter(started.connect, rows, sa.table, "slow", limit=TimeLimit.parse("PT0.5S"))
    with pytest.raises(QueryTimeoutError, match="A query on slow took longer than"):
        list(adapter.stream_violations(["pg_sleep IS NOT NULL"], ["id"], 4))
    [counts] = adapter.count([CountQuery.of(["id < 3"], sa.text("generate_series(1, 5) AS id"))])
    assert counts.by_condition[0] == 2


@pytest.mark.only_on("postgresql")
@pytest.mark.parametrize(("own", "shown"), [("0", "5s"), ("1h", "5s"), ("2s", "2s")])
def test_a_stricter_limit_of_the_user_stays(engine: Engine, own: str, shown: str) -> None:
    limit = by_name("postgresql").statement_limit
    assert limit is not None
    for isolation in ("READ COMMITTED", "AUTOCOMMIT"):
        started = engine.start().execution_options(isolation_level=isolation)  # type: ignore[attr-defined]
        with started.connect() as connection:
            connection.exec_driver_sql(f"SET statement_timeout = '{own}'")
            with limited(connection, limit, 5_000):
                assert connection.exec_driver_sql("SHOW statement_timeout").scalar() == shown
            assert connection.exec_driver_sql("SHOW statement_timeout").scalar() == own
            connection.exec_driver_sql("RESET statement_timeout")


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("P1M", "has months or years"),
        ("PT0S", "is not a timeout: write a duration from"),
        ("P2D", "is not a timeout: write a duration from"),
        ("soon", "is not an ISO 8601 duration"),
    ],
)
def test_a_limit_is_a_short_duration(written: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        TimeLimit.parse(written)


@pytest.mark.parametrize(
    ("name", "statements"),
    [
        ("databricks", ["SET STATEMENT_TIMEOUT = 2", "query", "RESET STATEMENT_TIMEOUT"]),
        ("redshift", ["SET statement_timeout TO 1500", "query", "RESET statement_timeout"]),
        (
            "snowflake",
            [
                "ALTER SESSION SET STATEMENT_TIMEOUT_IN_SECONDS = 2",
                "query",
                "ALTER SESSION UNSET STATEMENT_TIMEOUT_IN_SECONDS",
            ],
        ),
        ("trino", ["SET SESSION query_max_run_time = '1500ms'", "query", "RESET SESSION query_max_run_time"]),
        ("bigquery", ["query"]),
    ],
)
@pytest.mark.parametrize("fails", [False, True])
def test_a_session_gets_its_own_limit_back(name: str, statements: list[str], fails: bool) -> None:
    connection, sent = Mock(), []
    connection.exec_driver_sql.side_effect = sent.append
    failure = pytest.raises(ZeroDivisionError) if fails else nullcontext()
    with (
        failure,
        timed_query(connection, by_name(name), "contact", TimeLimit.parse("PT1.5S")) as timer,
        timer.running(),
    ):
        sent.append("query")
        _ = 1 // (not fails)
    assert sent == statements
