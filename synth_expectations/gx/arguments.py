"""Our expectations, made from arguments as Great Expectations keeps them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pydantic import ValidationError
from pydantic_core import to_json

from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.expectations.invalid_arguments import describe_invalid_arguments


def checked(governed: type[SyntheticDataExpectation], arguments: Mapping[str, Any]) -> SyntheticDataExpectation:
    """One of our expectations with its arguments; with the same ones, the same object.

    Raises:
        InvalidArgumentsError: they do not fit.
    """
    return _checked(governed, as_json(arguments))


@lru_cache(maxsize=4096)
def _checked(governed: type[SyntheticDataExpectation], arguments: str) -> SyntheticDataExpectation:
    try:
        return governed(**json.loads(arguments))
    except ValidationError as error:
        raise describe_invalid_arguments(governed, error) from None


def as_json(arguments: Mapping[str, Any]) -> str:
    """Arguments as text."""
    return to_json(dict(arguments)).decode()
