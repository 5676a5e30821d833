"""Ctrl-C during a query: engines do not look for signals, so the work is done beside the thread that gets them."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from threading import Event, Thread
from typing import Generic, TypeVar

from synth_expectations.cli.talk import INTERRUPTED, INTERRUPTED_SENTENCE, tell

Result = TypeVar("Result")

_PATIENCE = 5.0
"""Seconds that an interrupted query gets to end; what is written is written wholly or not at all in any case."""


class Interruptible(Generic[Result]):
    """Work that Ctrl-C ends.

    Args:
        work: takes a function to be called between two steps, which ends the work if it was interrupted.
    """

    def __init__(self, work: Callable[[Callable[[], None]], Result]) -> None:
        self._work = work
        self._stop, self._ended = Event(), Event()
        self._done: list[Result] = []
        self._failed: list[BaseException] = []

    def result(self) -> Result:
        """Do it, and wait.

        Raises:
            KeyboardInterrupt: it was interrupted, and has ended.
        """
        Thread(target=self._run, daemon=True).start()
        try:
            while not self._ended.wait(0.1):  # not join(): an interrupted one takes the thread for ended
                pass
        except KeyboardInterrupt:
            self._stop.set()
            interrupt_queries()
            if not self._ended.wait(_PATIENCE):  # a database that does not answer: leave it
                tell(INTERRUPTED_SENTENCE)
                sys.stderr.flush()
                os._exit(INTERRUPTED)
            raise
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


def interrupt_queries() -> None:
    """End the queries that run in this process."""
    from synth_expectations.gx.datasource_exit import interrupt_all

    interrupt_all()
