"""Keys that an object or a header names more than once: formats allow it, and tools differ in which value they take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from synth_expectations.gate.fields import classify
from synth_expectations.gate.model import UnreadFileError

_BETWEEN = " | "
_MAX_COPIES = 50
"""Values of one key that are kept; of a person, more tell nothing more."""


def refuse_repeated(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of its keys and values.

    Raises:
        UnreadFileError: it names a key more than once, so that what it says depends on the tool.
    """
    built = dict(pairs)
    if len(built) != len(pairs):
        raise UnreadFileError("an object of it names a key more than once, and tools differ in which value they take")
    return built


class RepeatedKeys:
    """Builds objects with all values of a repeated key, and counts them.

    Attributes:
        count: how many objects name a key more than once.
    """

    def __init__(self) -> None:
        self.count = 0

    def build(self, pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
        """Return an object of its keys and values; of a repeated key all values count."""
        built = dict(pairs)
        if len(built) == len(pairs):
            return built
        self.count += 1
        return combine(pairs)


def combine(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return keys and values, of which several may have one key: all of them count."""
    combined: dict[str, Any] = {}
    for key, value in pairs:
        add_value(combined, key, value)
    return combined


def add_value(values: dict[str, Any], key: str, value: Any) -> None:
    """Add a value to others.

    Another value of a person's field, a list or an object gets a key of its own: `Email_2`. Other values are joined, so
    that a marker that says both `true` and `false` is none.
    """
    if key not in values:
        values[key] = value
        return
    known = values[key]
    if known == value:
        return
    kind = classify(key)
    if isinstance(value, dict | list) or isinstance(known, dict | list) or (kind and classify(f"{key}_2") is kind):
        for number in range(2, _MAX_COPIES):
            if values.setdefault(f"{key}_{number}", value) == value:
                return
    elif _BETWEEN not in str(known):
        values[key] = f"{known}{_BETWEEN}{value}"
