"""The types that a user may pass for an argument, as source text."""

from __future__ import annotations

import types
from collections.abc import Iterator
from datetime import datetime
from enum import Enum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator

from synth_expectations.expectations.argument_types import Columns

VALUE = "_Value"
"""The stub's name for a marker value: a boolean, a number or text."""

_VALUE_TYPES = {bool, int, float, str}
_PLAIN = {bool: "bool", int: "int", float: "float", str: "str", types.NoneType: "None", datetime: "datetime | str"}
(_ONE_OR_MANY,) = (part for part in get_args(Columns) if isinstance(part, BeforeValidator))


class UnknownTypeError(Exception):
    """A type for which the stub has no source text yet."""


def format_type(hint: Any) -> str:
    """Return the source text of the type that a user passes where a field has this type hint.

    A field holds a tuple where a user may pass any sequence, or a single item; an enum where a user passes its value;
    a model where a user passes a dictionary.

    Args:
        hint: a type hint with its `Annotated` metadata.

    Raises:
        UnknownTypeError: the hint has a form that no field had so far.
    """
    return " | ".join(dict.fromkeys(_members(hint, is_one_or_many=False)))


def find_models(hint: Any) -> Iterator[type[BaseModel]]:
    """Yield the models in a type hint."""
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        yield hint
    for part in get_args(hint):
        yield from find_models(part)


def format_model_name(model: type[BaseModel]) -> str:
    """Return the stub's name for the dictionary of a model."""
    return f"_{model.__name__}"


def _members(hint: Any, *, is_one_or_many: bool) -> Iterator[str]:
    """Yield the members of the union that a hint stands for."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        inner, *metadata = arguments
        yield from _members(inner, is_one_or_many=_ONE_OR_MANY in metadata)
    elif origin in {Union, types.UnionType}:
        if set(arguments) == _VALUE_TYPES:
            yield VALUE
        else:  # None last, as people write it
            for member in sorted(arguments, key=lambda member: member is types.NoneType):
                yield from _members(member, is_one_or_many=False)
    elif origin is Literal:
        yield _literal(arguments)
    elif origin is tuple and arguments[1:] == (...,):
        yield from _sequence(arguments[0], is_one_or_many=is_one_or_many)
    elif origin is dict:
        yield f"Mapping[{format_type(arguments[0])}, {format_type(arguments[1])}]"
    elif isinstance(hint, type) and issubclass(hint, Enum):
        yield _literal(tuple(member.value for member in hint))
    elif isinstance(hint, type) and issubclass(hint, BaseModel):
        yield format_model_name(hint)
    elif hint in _PLAIN:
        yield _PLAIN[hint]
    else:
        raise UnknownTypeError(f"The stub cannot express {hint!r}: add it to tools/stubs/argument_types.py.")


def _sequence(item_hint: Any, *, is_one_or_many: bool) -> Iterator[str]:
    item = format_type(item_hint)
    if is_one_or_many:
        yield item
        yield f"Sequence[{item}]"
    elif item == "str":  # text is a sequence of text to a type checker, but no list of texts to the expectation
        yield "list[str]"
        yield "tuple[str, ...]"
    else:
        yield f"Sequence[{item}]"


def _literal(values: tuple[Any, ...]) -> str:
    return f"Literal[{', '.join(map(repr, values))}]"
