"""Several tables at the same time, each worker with the project opened for itself.

Threads, not processes: what takes long is waiting for a database, or DuckDB, and neither holds Python's lock; a process
of its own would first take seconds to import Great Expectations. The project is opened for each, since an engine has
one connection, and the plans of its batches, and neither can be shared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from queue import SimpleQueue

from great_expectations.data_context.data_context.context_factory import project_manager

from synth_expectations.rules.as_of import evaluate_as_of
from synth_expectations.runner.project import one_line, open_project
from synth_expectations.runner.table_run import Definition, Judged, Judging, not_judged


def judged_by(
    workers: int, judging: Judging, root: Path, definitions: Sequence[Definition], as_of: datetime
) -> Iterator[Judged]:
    """What became of each table, in the order of the definitions, whichever was done first.

    Args:
        workers: how many tables are judged at the same time.
        judging: of the run.
        root: the directory of great_expectations.yml.
        definitions: of the tables.
        as_of: the moment for which time is judged.
    """
    if min(workers, len(definitions)) == 1:
        yield from (_judged(judging, each, as_of) for each in definitions)
        return
    free: SimpleQueue[Judging] = SimpleQueue()
    free.put(judging)
    for _ in range(min(workers, len(definitions)) - 1):
        free.put(replace(judging, context=open_project(root)))
    project_manager.set_project(judging.context)  # Great Expectations' own is the one that was opened last

    def work(definition: Definition) -> Judged:
        mine = free.get()
        try:
            return _judged(mine, definition, as_of)
        finally:
            free.put(mine)

    with ThreadPoolExecutor(workers) as pool:
        try:
            yield from pool.map(work, definitions)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _judged(judging: Judging, definition: Definition, as_of: datetime) -> Judged:
    try:
        with evaluate_as_of(as_of):  # a thread knows nothing of what was set in another one
            return judging.judge(definition)
    except Exception as error:  # noqa: BLE001 - whatever ends one table, the others are still judged
        return not_judged(definition, f"It was not judged: {one_line(error)}")
