"""The arguments that Great Expectations reads itself: those of its own expectations, and the row_condition of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from great_expectations.compatibility import pydantic as pydantic_v1
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.legacy_row_conditions import ConditionParserError
from great_expectations.expectations.registry import get_expectation_impl
from great_expectations.expectations.row_conditions import Condition

from synth_expectations.errors import nearest
from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.redaction import format_error

_WHOLE = "__root__"
"""What pydantic calls an expectation as a whole."""
_COLUMNS = ("column", "column_A", "column_B", "column_list")
_ASKS_FOR_COLUMNS = {"expect_column_to_exist", "expect_table_columns_to_match_ordered_list"}
"""Expectations that fail, and are not errored, if a table lacks the column that they name."""


@dataclass(frozen=True)
class InvalidArgument:
    """What Great Expectations finds wrong with an argument.

    Attributes:
        name: of the argument; empty if several do not fit each other.
        message: what is wrong, without a stop at the end.
        hint: what was probably meant; may be empty.
    """

    name: str
    message: str
    hint: str = ""


@dataclass(frozen=True)
class ArgumentReading:
    """An expectation's arguments as Great Expectations reads them.

    Attributes:
        invalid: what is wrong with them.
        columns: the columns that the table must have, each after the argument that names it.
    """

    invalid: tuple[InvalidArgument, ...]
    columns: tuple[tuple[str, str], ...]


def read_arguments(type_name: str, kwargs: Mapping[str, Any]) -> ArgumentReading:
    """Return what Great Expectations makes of arguments, as they are stored in a suite."""
    try:
        expectation = get_expectation_impl(type_name)(**kwargs)
    except pydantic_v1.ValidationError as error:
        return ArgumentReading(tuple(_find_invalid(error)), ())
    except ConditionParserError:
        hint = 'Write col("COLUMN") == 1, or col("COLUMN").notnull().'
        return ArgumentReading((InvalidArgument("row_condition", "it cannot be read", hint),), ())
    except Exception as error:  # noqa: BLE001 - a validator may raise anything
        return ArgumentReading((InvalidArgument("", format_error(error).rstrip(".")),), ())
    return ArgumentReading((), tuple(_find_columns(type_name, expectation, kwargs)))


def _find_invalid(error: pydantic_v1.ValidationError) -> Iterator[InvalidArgument]:
    by_name: dict[str, list[dict[str, Any]]] = {}
    for problem in error.errors():
        name = str(problem["loc"][0])
        by_name.setdefault("" if name == _WHOLE else name, []).append(dict(problem))
    if len(by_name) > 1:
        by_name.pop("", None)  # arguments that are invalid alone do not fit each other either
    for name, problems in by_name.items():
        # each argument may also be a parameter, which is a dict: that it is none is worth saying only if nothing else is
        told = [problem for problem in problems if problem["type"] != "type_error.dict"] or problems
        message = "; ".join(dict.fromkeys(str(problem["msg"]).rstrip(".") for problem in told))
        context: dict[str, Any] = next(
            (problem["ctx"] for problem in told if "permitted" in problem.get("ctx", {})), {}
        )
        guess = nearest(str(context["given"]), [str(value) for value in context["permitted"]]) if context else None
        yield InvalidArgument(name, message, f"Did you mean {guess}?" if guess else "")


def _find_columns(type_name: str, expectation: Expectation, kwargs: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    others = type_name in _ASKS_FOR_COLUMNS or type_name in all_expectations()  # whose plan knows their columns
    for argument in () if others else _COLUMNS:
        value = kwargs.get(argument)
        names = value if isinstance(value, list | tuple) else [value]
        yield from ((argument, name) for name in names if isinstance(name, str))
    yield from (("row_condition", name) for name in _columns_of(getattr(expectation, "row_condition", None)))


def _columns_of(condition: Any) -> Iterator[str]:
    if not isinstance(condition, Condition):
        return
    if column := getattr(condition, "column", None):
        yield column.name
    for part in getattr(condition, "conditions", ()):
        yield from _columns_of(part)
