"""The batch of a table that a run checks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from synth_expectations.errors import SynthError

_EXAMPLES = {"day": "2026-11-22", "month": "2026-11", "year": "2026"}


@dataclass(frozen=True)
class Period:
    """A day, a month or a year.

    Attributes:
        text: as it was given: `2026-11-22`, `2026-11`, `2026`.
        parts: year, month, day, as far as they are given.
    """

    text: str
    parts: tuple[int, ...]


def parse_period(text: str) -> Period:
    """Return the day, month or year of a text.

    Raises:
        SynthError: it is none.
    """
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", text)
    if match:
        parts = tuple(int(part) for part in match.groups() if part)
        try:
            date(*(*parts, 1, 1)[:3])
        except ValueError:
            match = None
    if not match:
        raise SynthError(f"{text} is not a batch.", "Write a day, 2026-11-22, or a month, 2026-11.")
    return Period(text, parts)


def choose_batch(partition: tuple[str, ...] | None, period: Period | None) -> dict[str, int] | None:
    """Return the year, month and day that choose a batch; None for a whole table.

    Args:
        partition: the parts by which the table is divided; None if it is not, empty if it is by something else.
        period: what was asked for, if anything.

    Raises:
        SynthError: the table has batches, and the period does not choose one.
    """
    if partition is None:
        return None
    if not partition:
        raise SynthError("Its batches are not days, months or years.", "Run it with Great Expectations itself.")
    unit = partition[-1]
    if period is None:
        raise SynthError(f"It is checked by {unit}, but no batch was given.", f"Run it with --batch {_EXAMPLES[unit]}")
    if len(period.parts) < len(partition):
        raise SynthError(f"It is checked by {unit}, but the batch {period.text} names none.", "Give it in full.")
    return dict(zip(partition, period.parts, strict=False))


def format_batch(batch: Mapping[str, int] | None) -> str | None:
    """Return a batch as people read it, such as `2026-11-22`; None for a whole table."""
    return "-".join(f"{part:02d}" for part in batch.values()) if batch else None
