"""The report of a contender, as one line of JSON. The module runs in every environment, so it imports nothing but Python."""

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
"""The start of the line with the report. Other lines may be printed too."""


@dataclass
class Engine:
    """The time of an engine, and the number of queries that it receives.

    A watched call within another watched call is not counted twice.
    """

    seconds: float = 0.0
    queries: int = 0
    _depth: int = field(default=0, repr=False)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Count the time of the block as time of the engine."""
        start = perf_counter()
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            if not self._depth:
                self.seconds += perf_counter() - start

    def watch(self, cursor: type[Any]) -> None:
        """Measure what a class of cursors executes and fetches, and count each SELECT as a query."""
        for name in ("execute", "fetchone", "fetchmany", "fetchall"):
            setattr(cursor, name, self._watched(name, getattr(cursor, name, None)))

    def _watched(self, name: str, method: Callable[..., Any] | None) -> Callable[..., Any]:
        def call(this: Any, *arguments: Any, **named: Any) -> Any:
            if name == "execute":
                self.queries += str(arguments[0]).lstrip().upper().startswith(("SELECT", "WITH"))
            with self.at_work():
                # such a cursor passes unknown names on to its connection
                return method(this, *arguments, **named) if method else this.__getattr__(name)(*arguments, **named)

        return call


def report(ask: Callable[[Path, Engine], Mapping[str, int | None]], versions: Mapping[str, str]) -> None:
    """Run the checks on the directory from the command line, and print the counts and the time.

    Args:
        ask: returns the count of each check, or None for a check that it cannot express. If it sends no statements, it
            tells the engine when it is at work.
        versions: the versions of the measured packages.
    """
    engine = Engine()
    with redirect_stdout(sys.stderr):  # some packages log to stdout
        start = perf_counter()
        counts = ask(Path(sys.argv[1]), engine)
        checking = perf_counter() - start
    result = {"counts": dict(counts), "engine": engine.seconds, "queries": engine.queries, "checking": checking}
    print(MARK + json.dumps({**result, "versions": dict(versions)}))
