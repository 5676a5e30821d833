"""The arguments of expectations, as Great Expectations stores them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from pydantic_core import to_json

from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.expectations.instances import build_expectation
from synth_expectations.expectations.invalid_arguments import describe_invalid_arguments

GX_FIELDS = frozenset({
    "batch_id", "catch_exceptions", "condition_parser", "description", "id", "meta", "notes", "rendered_content",
    "result_format", "row_condition", "severity", "windows",
})  # fmt: skip
"""The arguments that Great Expectations itself defines; a test compares them with those of its classes."""

_SEVERITIES = ("critical", "warning", "info")


def own_arguments(kwargs: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of an expectation without those that Great Expectations defines, such as row_condition."""
    return {name: value for name, value in kwargs.items() if name not in GX_FIELDS}


def has_parameter(arguments: Mapping[str, Any]) -> bool:
    """Return whether an argument is a `$PARAMETER`, whose value only a run knows."""
    return any(isinstance(value, dict) and "$PARAMETER" in value for value in arguments.values())


def is_plain(type_name: str, kwargs: Mapping[str, Any]) -> bool:
    """Return whether an expectation is one of this package, and Great Expectations has nothing to work out for it.

    It would have to for a row condition or another argument that it defines, and for a `$PARAMETER`. Whether the
    arguments fit is another question, which `make_expectation` answers.

    Args:
        type_name: such as `expect_records_to_be_tagged`.
        kwargs: the arguments as they are stored, without the id of a batch.
    """
    return type_name in all_expectations() and not GX_FIELDS & kwargs.keys() and not has_parameter(kwargs)


def is_labelled_plainly(stored: Mapping[str, Any]) -> bool:
    """Return whether the id, severity, description and meta of a stored expectation are as Great Expectations reads them.

    It refuses some of others, and changes the rest; a result that repeats them cannot be read back.

    Args:
        stored: the expectation as it lies in its suite.
    """
    try:
        UUID(stored.get("id") or str(UUID(int=0)))
    except (ValueError, TypeError, AttributeError):
        return False
    return (
        stored.get("severity", "critical") in _SEVERITIES
        and isinstance(stored.get("description"), str | None)
        and isinstance(stored.get("meta"), dict | None)
    )


def read_plain(stored: Mapping[str, Any]) -> SyntheticDataExpectation | None:
    """Return the expectation of a stored one that is plain, and whose arguments and labels fit; None for any other.

    Args:
        stored: the expectation as it lies in its suite.
    """
    type_name, kwargs = stored["type"], stored["kwargs"]
    if not is_plain(type_name, kwargs) or not is_labelled_plainly(stored):
        return None
    try:
        return make_expectation(all_expectations()[type_name], kwargs)
    except ValueError:  # an argument that does not fit: Great Expectations, or the run, reports it
        return None


def make_expectation(
    expectation_class: type[SyntheticDataExpectation], arguments: Mapping[str, Any]
) -> SyntheticDataExpectation:
    """Return an expectation with these arguments; the same object for the same arguments.

    Raises:
        InvalidArgumentsError: they do not fit.
    """
    try:
        return build_expectation(expectation_class, arguments)
    except ValidationError as error:
        raise describe_invalid_arguments(expectation_class, error) from None


def as_json(arguments: Mapping[str, Any]) -> str:
    """Return arguments as JSON text."""
    return to_json(dict(arguments)).decode()
