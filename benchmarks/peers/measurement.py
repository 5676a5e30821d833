"""What a way to ask reports of itself: one line of JSON. Runs in every environment, so nothing but Python in it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

MARK = "measured: "
"""How the line begins that is the report: others may print too."""


@dataclass
class Engine:
    """The time that an engine takes, and how many queries it is sent.

    Time is added up wherever it is watched; a call within a watched call is not counted twice.
    """

    seconds: float = 0.0
    queries: int = 0
    _depth: int = field(default=0, repr=False)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Whatever happens within is the engine's time."""
        start = perf_counter()
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            if not self._depth:
                self.seconds += perf_counter() - start

    def watch(self, cursor: type[Any]) -> None:
        """Time what a class of cursors executes and fetches; a SELECT is counted as a query."""
        for name in ("execute", "fetchone", "fetchmany", "fetchall"):
            setattr(cursor, name, self._watched(name, getattr(cursor, name, None)))

    def _watched(self, name: str, method: Callable[..., Any] | None) -> Callable[..., Any]:
        def call(this: Any, *arguments: Any, **named: Any) -> Any:
            if name == "execute":
                self.queries += str(arguments[0]).lstrip().upper().startswith(("SELECT", "WITH"))
            with self.at_work():
                # such cursors hand on what they do not know: to their connection
                return method(this, *arguments, **named) if method else this.__getattr__(name)(*arguments, **named)

        return call


def report(ask: Callable[[Path, Engine], Mapping[str, int | None]], versions: Mapping[str, str]) -> None:
    """Ask of the directory on the command line, and print what was counted and how long it took.

    Args:
        ask: gives by check what it counted; None for one that cannot be expressed. Whoever has no statements to be
            watched tells the engine when it is at work.
        versions: of what is measured.
    """
    engine = Engine()
    with redirect_stdout(sys.stderr):  # some write a log there
        start = perf_counter()
        counts = ask(Path(sys.argv[1]), engine)
        checking = perf_counter() - start
    result = {"counts": dict(counts), "engine": engine.seconds, "queries": engine.queries, "checking": checking}
    print(MARK + json.dumps({**result, "versions": dict(versions)}))
