"""What a process of the pool does: it makes a demo of its own, and spoils copies of it."""

from __future__ import annotations

import atexit
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.mutations.crm_copy import CrmCopy
from tools.mutations.matrix import Cell, Matrix
from tools.mutations.spoilings import SPOILINGS
from tools.mutations.stores import STORES


@cache
def make_matrix(store: str) -> Matrix:
    """Return the matrix of this process for a kind of store, with a demo of its own."""
    directory = TemporaryDirectory()
    atexit.register(directory.cleanup)
    return Matrix(CrmCopy.make(Path(directory.name) / "demo", STORES[store]()))


def run_column(store: str, number: int) -> list[Cell | None]:
    """Return the cells of a spoiling, by its number."""
    return make_matrix(store).run_column(SPOILINGS[number])
