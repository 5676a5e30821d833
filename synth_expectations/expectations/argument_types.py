"""The types of arguments: names of columns and tables, values, durations and times."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import isodate
from pydantic import AfterValidator, BeforeValidator, Field

from synth_expectations.rules.phone_plans import require_calling_code


def _one_or_many(value: Any) -> Any:
    return (value,) if isinstance(value, str | bool | int | float) else value


def _duration(value: Any) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise ValueError(f"{value} is not a duration: write P{value}D for days (ISO 8601)")
    if isinstance(value, str):
        try:
            isodate.parse_duration(value)
        except isodate.ISO8601Error as error:
            raise ValueError(f"{value!r} is not an ISO 8601 duration, such as P90D, P2Y or PT5M") from error
        if value.startswith("-"):
            raise ValueError(f"{value!r} is negative: a window has a length")
    return value


def _in_utc(value: datetime) -> datetime:
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ArgumentKind(Enum):
    """What an argument names, for those who fill it in."""

    COLUMN = "column"
    REFERENCE = "reference"


Column = Annotated[str, Field(min_length=1, description="The name of a column."), ArgumentKind.COLUMN]
Columns = Annotated[tuple[Column, ...], BeforeValidator(_one_or_many), Field(description="Names of columns.")]
Values = Annotated[
    tuple[bool | int | float | str, ...],
    BeforeValidator(_one_or_many),
    Field(
        description="Values; booleans, numbers and text are compared alike, and text is trimmed and not case-sensitive."
    ),
]
Duration = Annotated[str, BeforeValidator(_duration), Field(description="An ISO 8601 duration, such as P90D.")]
Time = Annotated[datetime, AfterValidator(_in_utc), Field(description="A timestamp; without an offset, UTC.")]
Reference = Annotated[
    str, Field(min_length=1, description="A table of the policy, or of the same data source."), ArgumentKind.REFERENCE
]

CallingCode = Annotated[
    str,
    Field(pattern="^[1-9][0-9]{0,2}$", description="The calling code of numbers without one."),
    AfterValidator(require_calling_code),
]


def find_kinds(*parts: Any) -> Iterator[Any]:
    """Yield the kinds that an annotation carries, also inside unions."""
    for part in parts:
        if isinstance(part, ArgumentKind):
            yield part
        elif isinstance(part, UnionType) or get_origin(part) in {Union, Annotated}:
            yield from find_kinds(*getattr(part, "__metadata__", ()), *get_args(part))
