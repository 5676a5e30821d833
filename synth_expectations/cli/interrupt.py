"""The handling of Ctrl-C during a query: engines ignore signals, so the work runs in a second thread."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import Any, Generic, TypeVar

from synth_expectations.process import end_interrupted

Result = TypeVar("Result")

_PATIENCE = 5
"""Seconds that an interrupted query gets to end; what is written is written wholly or not at all in any case."""


_interrupted = Event()


@contextmanager
def raised_interrupts() -> Iterator[None]:
    """Raise KeyboardInterrupt on Ctrl-C within the block, so that files are cleaned up; and remember it.

    Libraries turn it into errors of their own, above all while they are imported, and Python only reports it where it
    is raised in the clean-up of an object. In a process whose Ctrl-C is ignored it stays ignored.
    """
    before, report = signal.getsignal(signal.SIGINT), sys.unraisablehook

    def interrupt(*_: Any) -> None:
        _interrupted.set()
        raise KeyboardInterrupt

    def end_if_interrupted(unraisable: Any) -> None:
        if isinstance(unraisable.exc_value, KeyboardInterrupt):
            end_interrupted()
        report(unraisable)

    if before is signal.SIG_IGN:
        yield
        return
    signal.signal(signal.SIGINT, interrupt)
    sys.unraisablehook = end_if_interrupted
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        sys.unraisablehook = report


def is_interrupted() -> bool:
    """Return whether the process was interrupted, whatever error that became."""
    return _interrupted.is_set()


class Interruptible(Generic[Result]):
    """Work that Ctrl-C can end.

    Args:
        work: takes a function to be called between two steps, which ends the work if it was interrupted.
    """

    def __init__(self, work: Callable[[Callable[[], None]], Result]) -> None:
        self._work = work
        self._stop, self._ended = Event(), Event()
        self._done: list[Result] = []
        self._failed: list[BaseException] = []

    def result(self) -> Result:
        """Do the work and wait for its result.

        Raises:
            KeyboardInterrupt: it was interrupted, and has ended.
        """
        with self._watched() as connections:
            Thread(target=self._run, daemon=True).start()
            try:
                while not self._ended.wait(0.1):  # not join(): an interrupted one takes the thread for ended
                    pass
            except KeyboardInterrupt:
                self._stop.set()
                for _ in range(_PATIENCE):
                    for connection in connections():
                        Thread(target=_cancel, args=[connection], daemon=True).start()  # a server may not answer
                    if self._ended.wait(1):
                        raise
                sys.stderr.flush()
                end_interrupted()
        if self._failed:
            raise self._failed[0]
        return self._done[0]

    def _run(self) -> None:
        try:
            self._done.append(self._work(self._between))
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            self._failed.append(error)
        finally:
            self._ended.set()

    def _between(self) -> None:
        if self._stop.is_set():
            raise KeyboardInterrupt

    @contextmanager
    def _watched(self) -> Iterator[Callable[[], list[Any]]]:
        """Record the connections in use, and Spark's: a query goes on in its server after the client has left."""
        from sqlalchemy import Connection, Engine, event

        from synth_expectations.runner.host_process import find_running_queries

        used: dict[int, Any] = {}

        def before(connection: Connection, *_: Any) -> None:
            self._between()  # no query after the one that was ended
            driver = connection.connection.driver_connection
            used[id(driver)] = driver

        event.listen(Engine, "before_cursor_execute", before)
        try:
            yield lambda: [*used.values(), *find_running_queries()]
        finally:
            event.remove(Engine, "before_cursor_execute", before)


def _cancel(connection: Any) -> None:
    """End the query of a connection, if its driver can: PostgreSQL's `cancel` and Spark's, DuckDB's `interrupt`."""
    for name in ("cancel", "interrupt"):
        with suppress(Exception):  # it is closed, or has nothing of that name
            getattr(connection, name)()
