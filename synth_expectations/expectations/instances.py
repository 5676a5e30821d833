"""Expectations by their arguments: equal arguments are one object, whose check is built once for all tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pydantic_core import to_json

from synth_expectations.expectations.base import SyntheticDataExpectation


def build_expectation(
    expectation_class: type[SyntheticDataExpectation], arguments: Mapping[str, Any]
) -> SyntheticDataExpectation:
    """Return an expectation with these arguments; the same object for the same arguments.

    Args:
        expectation_class: the class.
        arguments: by name, in any order; what JSON can say.

    Raises:
        ValidationError: they do not fit.
    """
    return _build(expectation_class, to_json(dict(sorted(arguments.items()))))


@lru_cache(maxsize=4096)
def _build(expectation_class: type[SyntheticDataExpectation], arguments: bytes) -> SyntheticDataExpectation:
    return expectation_class(**json.loads(arguments))
