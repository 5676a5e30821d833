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


def _is_json(arguments: Mapping[str, Any]) -> bool:
    """Return whether JSON can say arguments without making others of them."""
    pending: list[Any] = [arguments]
    while pending:
        value = pending.pop()
        if value is None or isinstance(value, str | int | float):
            continue
        if isinstance(value, list | tuple):
            pending.extend(value)
        elif isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
            pending.extend(value.values())
        else:
            return False
    return True


@lru_cache(maxsize=4096)
def _build(expectation_class: type[SyntheticDataExpectation], arguments: str) -> SyntheticDataExpectation:
    return expectation_class(**json.loads(arguments))
