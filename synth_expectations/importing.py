"""Importing many modules at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """No garbage is looked for within: modules make objects by the hundred thousand, and none of it is garbage.

    Great Expectations takes a tenth less time to import. Collections go on afterwards, if they did before.
    """
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()
