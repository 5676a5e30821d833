"""What several records have: digests, times, and a short form that is read in less time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema


class ShortRecord(BaseModel):
    """The fields of a record that following findings reads: by itself it skips all others, which halves the time.

    The whole record is a subclass, and a `ClosedModel` too: it has these fields, the others, and rejects unknown ones.
    Whether the rest of a record is as it should be is the question of `audit verify`.
    """

    model_config = ConfigDict(
        extra="ignore", frozen=True, hide_input_in_errors=True, populate_by_name=True, defer_build=True
    )


Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


def _format_utc(time: datetime) -> str:
    # strftime writes the year 999 with three digits on Linux, which nothing reads back
    return time.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


UtcTime = Annotated[
    AwareDatetime,
    PlainSerializer(_format_utc, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time"}, mode="serialization"),
]
"""A time, written in UTC with microseconds."""
