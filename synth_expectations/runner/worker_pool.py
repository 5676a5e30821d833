"""Several tables at the same time; each worker has the project open for itself.

Workers are threads, not processes: what takes long is waiting for a database, or DuckDB, and neither holds Python's
lock. Each worker opens the project, because an engine has one connection and the plans of its batches, and neither can
be shared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from queue import SimpleQueue

from synth_expectations.redaction import format_error
from synth_expectations.report.model import TableReport
from synth_expectations.rules.as_of import evaluate_as_of
from synth_expectations.runner.table_run import Definition, TableRun, report_failure


def evaluate_tables(
    workers: int,
    table_run: TableRun,
    definitions: Sequence[Definition],
    as_of: datetime,
    on_start: Callable[[str], None] | None = None,
) -> Iterator[TableReport]:
    """Yield the report of each table, in the order of the definitions, whichever was done first.

    Args:
        workers: how many tables are evaluated at the same time.
        table_run: what all tables have in common.
        definitions: of the tables.
        as_of: the time for which expectations are evaluated.
        on_start: called with the name of each table before it is read.
    """
    if min(workers, len(definitions)) == 1:
        yield from (_evaluate(table_run, definition, as_of, on_start) for definition in definitions)
        return
    idle: SimpleQueue[TableRun] = SimpleQueue()
    idle.put(table_run)
    others = [table_run.project.open_again() for _ in range(min(workers, len(definitions)) - 1)]
    for project in others:
        idle.put(replace(table_run, project=project))
    table_run.project.activate()

    def work(definition: Definition) -> TableReport:
        own = idle.get()
        try:
            return _evaluate(own, definition, as_of, on_start)
        finally:
            idle.put(own)

    with ThreadPoolExecutor(workers) as pool:
        try:
            yield from pool.map(work, definitions)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    for project in others:
        project.close()


def _evaluate(
    table_run: TableRun, definition: Definition, as_of: datetime, on_start: Callable[[str], None] | None
) -> TableReport:
    if on_start:
        on_start(definition.table)
    try:
        with evaluate_as_of(as_of):  # a thread does not see what another one has set
            return table_run.evaluate(definition)
    except Exception as error:  # noqa: BLE001 - whatever ends one table, the others are still evaluated
        return report_failure(definition, f"It was not evaluated: {format_error(error)}")
