"""Which batch of a table a run judges."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from great_expectations.core.batch_definition import BatchDefinition

from synth_expectations.errors import SynthError

_PARTS = {
    "partition_on_year": ("year",),
    "partition_on_year_and_month": ("year", "month"),
    "partition_on_year_and_month_and_day": ("year", "month", "day"),
}
"""What chooses a batch, by Great Expectations' method; the last is what it is called after."""
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


def period(text: str) -> Period:
    """A batch as it is given on the command line.

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
        raise SynthError(f"{text} is no batch.", "Write a day, 2026-11-22, or a month, 2026-11.")
    return Period(text, parts)


def parameters(definition: BatchDefinition, wanted: Period | None) -> dict[str, int] | None:
    """What chooses the batch of a definition; None for a whole table.

    Raises:
        SynthError: it has batches, and none of them was chosen.
    """
    partitioner = definition.partitioner
    if partitioner is None:
        return None
    names = _PARTS.get(getattr(partitioner, "method_name", ""))
    if names is None:
        raise SynthError("Its batches are no days, months or years.", "Run it with Great Expectations itself.")
    unit = names[-1]
    if wanted is None:
        raise SynthError(f"It is checked by {unit}, and no batch was given.", f"Run it with --batch {_EXAMPLES[unit]}")
    if len(wanted.parts) < len(names):
        raise SynthError(f"It is checked by {unit}, and the batch {wanted.text} names none.", "Give it in full.")
    return dict(zip(names, wanted.parts, strict=False))


def shown(chosen: dict[str, int] | None) -> str | None:
    """A batch as people read it: `2026-11-22`."""
    return "-".join(f"{value:02d}" for value in chosen.values()) if chosen else None
