"""The types of fields that several records have: digests and times."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AwareDatetime, Field, PlainSerializer, WithJsonSchema

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
