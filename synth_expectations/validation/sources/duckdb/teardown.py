"""Close the engines of this package after the last exit handler, unless they are gone by then.

DuckDB lists on stderr the objects that outlive the interpreter. Python clears its modules after all exit handlers have
run: only then are the engines closed, so no exit handler of anyone sees a difference.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable
from typing import Protocol


class Closable(Protocol):
    """Something that holds a connection."""

    def close(self) -> None:
        """Close the connection."""


class _Teardown:
    """Runs when Python clears this module. It holds all that it needs: by then globals may be gone."""

    def __init__(self, engines: Iterable[Closable]) -> None:
        self._engines = engines

    def __del__(self) -> None:
        for engine in list(self._engines):
            engine.close()


open_engines: weakref.WeakSet[Closable] = weakref.WeakSet()
"""The engines that are open."""
_teardown = _Teardown(open_engines)


def close_at_teardown(engine: Closable) -> None:
    """Close an engine after the last exit handler, unless it is gone by then."""
    open_engines.add(engine)


def close_engines() -> None:
    """Close all engines now, in a process that ends without clearing its modules."""
    for engine in list(open_engines):
        engine.close()
