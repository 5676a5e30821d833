"""The command `python -m tools.mutations`, which writes docs/mutations.md; `--check` compares, and writes nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from tools.docs.__main__ import DOCS
from tools.mutations.matrix import Cell
from tools.mutations.matrix_page import format_page
from tools.mutations.reasons import find_unexplained, find_unused
from tools.mutations.spoilings import SPOILINGS
from tools.mutations.stores import PARQUET, STORES
from tools.mutations.worker import make_matrix, run_column

PAGE = DOCS / "mutations.md"


def main() -> int:
    """Run the matrix for each kind of store, with a process for each core; write its page, or check it."""
    columns = [(store, number) for store in STORES for number in range(len(SPOILINGS))]
    cells: dict[str, dict[str, Sequence[Cell | None]]] = {store: {} for store in STORES}
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        for (store, number), column in zip(columns, pool.map(run_column, *zip(*columns, strict=True)), strict=True):
            cells[store][SPOILINGS[number].name] = column
            print(f"{store}  {number + 1:3} of {len(SPOILINGS)}  {SPOILINGS[number].sentence}", flush=True)
    violations = make_matrix(PARQUET).violations
    text = format_page(SPOILINGS, violations, cells)
    problems = [sentence for store in STORES for sentence in find_unexplained(store, violations, cells[store])]
    problems += find_unused(cells.values())
    is_stale = not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != text
    if is_stale and "--check" in sys.argv[1:]:
        problems.append(f"docs/{PAGE.name} is stale: make mutations")
    elif is_stale:
        PAGE.write_text(text, encoding="utf-8")
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
