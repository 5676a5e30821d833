"""When Python looks for garbage in a process of the command line.

What a process imports stays until it ends. To look through it once takes a tenth of a second, as long as to read a small
table, and finds nothing.
"""

from __future__ import annotations

import gc

_WHILE_IMPORTING = 200_000
"""More objects than a run without Great Expectations imports, which is 150,000."""
_WHILE_RUNNING = 50_000
"""Queries are trees whose nodes know their parents, so that garbage is found by the collector alone."""
_OLDER = (20, 20)


def collect_seldom() -> None:
    """Look for garbage less often than Python does by itself, in a process that belongs to the command line."""
    gc.set_threshold(_WHILE_IMPORTING, *_OLDER)


def keep_imported() -> None:
    """Never look through what has been imported; nothing is done in the process of somebody else."""
    if gc.get_threshold() == (_WHILE_IMPORTING, *_OLDER):
        gc.freeze()
        gc.set_threshold(_WHILE_RUNNING, *_OLDER)
