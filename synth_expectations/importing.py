"""Importing Great Expectations in less time: most of what its modules make is never garbage."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """No garbage is looked for within. Collections go on afterwards, if they did before."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()


def keep_what_is_imported() -> None:
    """Where the collector is off: leave what there is alone from now on, at the end of the process too.

    Half a million objects are not looked through again, which saves one of seven seconds. Not once DuckDB is there: it
    complains on stderr of what is left of it at the end.
    """
    if not gc.isenabled() and "duckdb" not in sys.modules:
        gc.freeze()
