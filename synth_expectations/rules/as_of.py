"""The moment for which time is judged, where an expectation does not say its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_AS_OF: ContextVar[datetime | None] = ContextVar("synth_expectations_as_of", default=None)


def current_as_of() -> datetime:
    """The run's moment, else now, in UTC."""
    return _AS_OF.get() or datetime.now(UTC)


@contextmanager
def evaluate_as_of(moment: datetime | None) -> Iterator[None]:
    """Judge time as of a moment while the block runs.

    Args:
        moment: without a zone, UTC; None leaves it as it is.
    """
    if moment is None:
        yield
        return
    token = _AS_OF.set(moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC))
    try:
        yield
    finally:
        _AS_OF.reset(token)
