"""The time for which a run evaluates its expectations, where an expectation has none of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_AS_OF: ContextVar[datetime | None] = ContextVar("synth_expectations_as_of", default=None)


def current_as_of() -> datetime:
    """Return the run's as_of, else now, in UTC."""
    return _AS_OF.get() or datetime.now(UTC)


def chosen_as_of() -> datetime | None:
    """Return the as_of that was set for a block, in UTC; None if there is none."""
    return _AS_OF.get()


@contextmanager
def evaluate_as_of(timestamp: datetime | None) -> Iterator[None]:
    """Evaluate expectations as of a given time while the block runs.

    Args:
        timestamp: without a zone, UTC; None leaves the time as it is.
    """
    if timestamp is None:
        yield
        return
    token = _AS_OF.set(timestamp.replace(tzinfo=UTC) if timestamp.tzinfo is None else timestamp.astimezone(UTC))
    try:
        yield
    finally:
        _AS_OF.reset(token)
