"""Conditions on the effective parameters of a run: a looser run gives no evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Literal, Self

import isodate
from pydantic import Field, model_validator

from synth_expectations.expectations.argument_types import Duration
from synth_expectations.policy.types import ClosedModel

_ANCHORS = tuple(datetime(year, month, 1) for year in range(2023, 2027) for month in range(1, 13))
"""Where windows are laid to compare them: a month is not a fixed number of days, so one must hold from every start."""


_EMPTY: tuple[Any, ...] = ("", [], (), {})


class Limit(ClosedModel):
    """The limits of a parameter; all operators that are given hold together."""

    eq: bool | int | float | str | None = Field(None, description="It is this value.")
    min: float | None = Field(None, description="It is a number, and not smaller.")
    max: float | None = Field(None, description="It is a number, and not greater.")
    min_duration: Duration | None = Field(None, description="It is a duration, or several, and none is shorter.")
    max_duration: Duration | None = Field(None, description="It is a duration, or several, and none is longer.")
    given: Literal[True] | None = Field(None, description="It is set, and not empty.")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self._operators():
            raise ValueError(f"name an operator: {', '.join(type(self).model_fields)}")
        return self

    def describe(self) -> str:
        """Return the limit as words that follow the parameter's name: `is at most PT1H`."""
        return " and ".join(_SAID[name].format(operand) for name, operand in self._operators().items())

    def holds(self, value: Any) -> bool:
        """Return whether an effective parameter meets the limit; an unset one never does."""
        return value is not None and all(_HOLDS[name](value, operand) for name, operand in self._operators().items())

    def _operators(self) -> dict[str, Any]:
        values = {name: getattr(self, name) for name in type(self).model_fields}
        return {name: value for name, value in values.items() if value is not None}


def find_loose_parameters(limits: Mapping[str, Limit], parameters: Mapping[str, Any]) -> Iterator[str]:
    """Yield a sentence for each parameter that is looser than its limit."""
    for name, limit in limits.items():
        value = parameters.get(name)
        if not limit.holds(value):
            current = "not set" if value is None or value in _EMPTY else _format_value(value)
            yield f"{name} is {current}; evidence needs: {name} {limit.describe()}"


def _format_value(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {item}" for name, item in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _is_equal(value: Any, wanted: Any) -> bool:
    """Compare two values; True is not equal to 1."""
    return isinstance(value, bool) == isinstance(wanted, bool) and bool(value == wanted)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _list_values(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return list(value) if isinstance(value, list | tuple) else [value]


def _is_never_longer(shorter: Any, longer: Any) -> bool:
    """Return whether a duration is never longer than another, from any start."""
    try:
        short, other = isodate.parse_duration(shorter), isodate.parse_duration(longer)
    except (isodate.ISO8601Error, TypeError):
        return False
    return all(_add_duration(start, short) <= _add_duration(start, other) for start in _ANCHORS)


def _add_duration(start: datetime, duration: Any) -> datetime:
    try:
        end = start + duration
    except (OverflowError, ValueError):
        return datetime.max
    assert isinstance(end, datetime)
    return end


_HOLDS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": _is_equal,
    "min": lambda value, least: _is_number(value) and value >= least,
    "max": lambda value, most: _is_number(value) and value <= most,
    "min_duration": lambda value, least: (
        bool(_list_values(value)) and all(_is_never_longer(least, duration) for duration in _list_values(value))
    ),
    "max_duration": lambda value, most: (
        bool(_list_values(value)) and all(_is_never_longer(duration, most) for duration in _list_values(value))
    ),
    "given": lambda value, _: value not in _EMPTY,
}

_SAID = {
    "eq": "is {}",
    "min": "is at least {:g}",
    "max": "is at most {:g}",
    "min_duration": "is at least {}",
    "max_duration": "is at most {}",
    "given": "is given",
}
