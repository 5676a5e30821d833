"""The size of frames that are read from files, from the footers: Spark itself knows only how large the files are."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_MOST_ROWS = 50_000
MOST_BYTES = 32 * 2**20
"""Of a frame that is sent whole to every task; Spark itself sends 10 MB."""

_sizes: WeakKeyDictionary[DataFrame, tuple[int, int]] = WeakKeyDictionary()


def note_size(frame: DataFrame, rows: int, size: int) -> None:
    """Note how large a frame is at most.

    Args:
        frame: the frame.
        rows: the rows of its files.
        size: the bytes of their values, before compression.
    """
    _sizes[frame] = rows, size


def is_small(frame: DataFrame) -> bool:
    """Return whether a frame, each of its keys once, is known to fit into any driver."""
    rows, size = _sizes.get(frame, (_MOST_ROWS + 1, 0))
    return rows <= _MOST_ROWS and size <= MOST_BYTES
