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
from tools.mutations.worker import make_matrix, run_column

PAGE = DOCS / "mutations.md"


def main() -> int:
    """Run the matrix, with a process for each core; write its page, or check it."""
    cells: dict[str, Sequence[Cell | None]] = {}
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        columns = pool.map(run_column, range(len(SPOILINGS)))
        for number, (spoiling, column) in enumerate(zip(SPOILINGS, columns, strict=True), 1):
            cells[spoiling.name] = column
            print(f"{number:3} of {len(SPOILINGS)}  {spoiling.sentence}", flush=True)
    violations = make_matrix().violations
    text = format_page(SPOILINGS, violations, cells)
    problems = [*find_unexplained(violations, cells), *find_unused(cells)]
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
