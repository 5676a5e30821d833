"""One query on Spark: its jobs bear a tag, so that they can be cancelled, and no others."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from synth_expectations.engine.adapters.query_timer import QueryTimer
from synth_expectations.rules.time_limit import TimeLimit

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


class SparkQuery:
    """A query that is cancelled if it takes too long. Tags and job groups of the host stay as they are.

    Args:
        session: that runs it.
        table: the name of the batch in sentences.
        limit: the longest time; None for any time.
    """

    def __init__(self, session: SparkSession, table: str, limit: TimeLimit | None) -> None:
        self._session = session
        self._limit = limit
        self._tag = f"synth_expectations-{uuid.uuid4().hex}"
        self._timer = QueryTimer(table, limit, lambda: self._call("cancelJobsWithTag", "interruptTag"))

    @contextmanager
    def running(self) -> Iterator[None]:
        """Measure a call of the engine, and tag the jobs that it starts.

        Raises:
            QueryTimeoutError: the query has taken too long.
        """
        if self._limit is None:
            yield
            return
        self._call("addJobTag", "addTag")
        try:
            with self._timer.running():
                yield
        finally:
            self._call("removeJobTag", "removeTag")

    def _call(self, on_context: str, on_session: str) -> None:
        """Call a method with the tag: of the context, from Spark 3.5 on; Spark Connect has no context."""
        context: Any = getattr(self._session, "sparkContext", None)
        if context:
            getattr(context, on_context)(self._tag)
        else:
            getattr(self._session, on_session)(self._tag)
