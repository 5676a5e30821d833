"""A line that shows, on a terminal, that a long table is still being read."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Lock, Thread
from time import monotonic
from types import TracebackType
from typing import IO, Any

from synth_expectations.redaction import escape_invisible

_CLEAR = "\r\x1b[2K"
_PATIENCE = 2.0
"""Seconds that a table may take before it is shown: most take less."""
_INTERVAL = 0.5


class Progress:
    """The tables that are being read, for how long, and how many queries the run has sent.

    Attributes:
        queries: how many queries were sent so far.
    """

    def __init__(self, stream: IO[str], width: int, clock: Callable[[], float] = monotonic) -> None:
        """Prepare to write to a terminal of a width; the clock counts seconds."""
        self.queries = 0
        self._stream, self._width, self._clock = stream, width, clock
        self._started: dict[str, float] = {}
        self._lock, self._ended = Lock(), Event()
        self._is_shown = False

    def start(self, table: str) -> None:
        """Note that a table is being read."""
        with self._lock:
            self._started[table] = self._clock()

    def finish(self, table: str) -> None:
        """Note that a table was read, and make room for a line."""
        with self._lock:
            self._started.pop(table, None)
            self._clear()

    def draw(self) -> None:
        """Write the line anew, if a table takes long."""
        with self._lock:
            self._clear()
            if line := self._format():
                self._stream.write(line)
                self._is_shown = True
            self._stream.flush()

    def _format(self) -> str:
        now = self._clock()
        slow = {table: now - start for table, start in self._started.items() if now - start >= _PATIENCE}
        if not slow:
            return ""
        tables = ", ".join(f"{escape_invisible(table)} {seconds:.0f} s" for table, seconds in slow.items())
        line = f"{tables}; {self.queries:,} {'query' if self.queries == 1 else 'queries'} so far"
        return line if len(line) < self._width else line[: self._width - 2] + "…"

    def _clear(self) -> None:
        if self._is_shown:
            self._stream.write(_CLEAR)
            self._is_shown = False

    def __enter__(self) -> Progress:
        """Draw every half second from here on, and count the queries of all engines."""
        from sqlalchemy import Engine, event

        event.listen(Engine, "before_cursor_execute", self._count)
        Thread(target=self._redraw, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop, and leave no trace of the line."""
        from sqlalchemy import Engine, event

        event.remove(Engine, "before_cursor_execute", self._count)
        self._ended.set()
        with self._lock:
            self._started.clear()
            self._clear()
            self._stream.flush()

    def _count(self, *_: Any) -> None:
        self.queries += 1

    def _redraw(self) -> None:
        while not self._ended.wait(_INTERVAL):
            self.draw()
