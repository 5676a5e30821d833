"""Expectations by their arguments: equal arguments are one object, whose check is built once for all tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from synth_expectations.expectations.base import SyntheticDataExpectation


def build_expectation(
    expectation_class: type[SyntheticDataExpectation], arguments: Mapping[str, Any]
) -> SyntheticDataExpectation:
    """Return an expectation with these arguments; the same object for the same arguments that JSON can say.

    Args:
        expectation_class: the class.
        arguments: by name, in any order, as the names in them.

    Raises:
        ValidationError: they do not fit.
    """
    if not _is_json(arguments):  # a date, or a number as a key: the class refuses it, and JSON would make it text
        return expectation_class(**arguments)
    return _build(expectation_class, json.dumps(dict(arguments), sort_keys=True))


def _is_json(value: Any) -> bool:
    """Return whether JSON can say a value without making another of it."""
    if isinstance(value, Mapping):
        return all(isinstance(key, str) for key in value) and all(map(_is_json, value.values()))
    if isinstance(value, list | tuple):
        return all(map(_is_json, value))
    return value is None or isinstance(value, bool | int | float | str)


@lru_cache(maxsize=4096)
def _build(expectation_class: type[SyntheticDataExpectation], arguments: str) -> SyntheticDataExpectation:
    return expectation_class(**json.loads(arguments))
