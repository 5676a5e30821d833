"""The time that one query takes, over all calls of the engine that it needs, and its end if that is too long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from time import perf_counter
from typing import Any

import sqlalchemy as sa

from synth_expectations.engine.adapters.settings import limited
from synth_expectations.engine.dialects.base import Dialect
from synth_expectations.errors import SynthError, build_timeout_error
from synth_expectations.rules.time_limit import TimeLimit

_AGAIN = 0.2
"""Seconds after which a query is cancelled again: it may not have begun, or be between two of its parts."""


class QueryTimer:
    """Measures one query; without a limit it does nothing.

    Args:
        table: the name of the batch in sentences.
        limit: the longest time that the engine may work on the query; None for any time.
        cancel: ends the query, called in a second thread; None where the engine ends it by itself.
    """

    def __init__(self, table: str, limit: TimeLimit | None, cancel: Callable[[], object] | None = None) -> None:
        self._table = table
        self._limit = limit
        self._cancel = cancel
        self._spent = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Measure a call of the engine.

        Raises:
            QueryTimeoutError: the query has taken too long, whatever else the engine says of it.
        """
        if self._limit is None:
            yield
            return
        began = perf_counter()
        try:
            with self._cancelled_in_time(self._limit.seconds - self._spent):
                yield
        except SynthError:
            raise
        except Exception:  # of any driver: raised again, or a timeout if the time is up
            self._add(perf_counter() - began)
            raise
        self._add(perf_counter() - began)

    def _add(self, seconds: float) -> None:
        self._spent += seconds
        if self._limit and self._spent >= self._limit.seconds:
            raise build_timeout_error(self._table, self._limit.written) from None

    @contextmanager
    def _cancelled_in_time(self, seconds: float) -> Iterator[None]:
        """Cancel what runs in this context if it takes too long; the thread that does it ends with the context."""
        cancel = self._cancel
        if cancel is None:
            yield
            return
        ended = Event()

        def watch() -> None:
            wait = seconds
            while not ended.wait(wait):
                with suppress(Exception):  # it ended just now, or its connection is closed
                    cancel()
                wait = _AGAIN

        watcher = Thread(target=watch, name="synth_expectations timeout", daemon=True)
        watcher.start()
        try:
            yield
        finally:
            ended.set()
            watcher.join()


@contextmanager
def timed_query(
    connection: sa.Connection, dialect: Dialect, table: str, limit: TimeLimit | None
) -> Iterator[QueryTimer]:
    """Give the timer of one query on a connection, which the engine or the timer ends if it takes too long.

    Args:
        connection: of the engine.
        dialect: of the engine.
        table: the name of the batch in sentences.
        limit: the longest time; None for any time.
    """
    if limit and dialect.statement_limit:
        with limited(connection, dialect.statement_limit, limit.milliseconds):
            yield QueryTimer(table, limit)
    elif limit and dialect.is_interrupted:
        driver: Any = connection.connection.driver_connection
        yield QueryTimer(table, limit, driver.interrupt)
    else:
        yield QueryTimer(table, None)
