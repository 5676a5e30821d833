"""What `explain` says of an expectation, as text and as plain data."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from dataclasses import asdict
from enum import Enum
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from pydantic_core import PydanticUndefined, to_jsonable_python

from synth_expectations.cli.terminal import DEFAULT_WIDTH, find_width
from synth_expectations.controls import find_controls
from synth_expectations.expectations.base import SyntheticDataExpectation


def format_explanation(kind: type[SyntheticDataExpectation]) -> Iterator[str]:
    """Yield the lines of an explanation, as wide as the terminal."""
    yield kind.type_name()
    yield f"{kind.family()}, checks the {'whole table' if kind.scope == 'table' else 'batch'}"
    for paragraph in kind.paragraphs():
        yield ""
        yield from textwrap.wrap(paragraph, find_width(), break_on_hyphens=False)
    yield from _format_controls(kind)
    own = [name for name in kind.model_fields if name not in SyntheticDataExpectation.model_fields]
    shared = [name for name in kind.model_fields if name in SyntheticDataExpectation.model_fields]
    for title, names in (("Arguments", own), ("Arguments that all expectations share", shared)):
        if names:
            yield ""
            yield title
            for name in names:
                yield from _format_argument(kind, name)


def _format_controls(kind: type[SyntheticDataExpectation]) -> Iterator[str]:
    requirements = find_controls(kind.type_name())
    if requirements:
        yield ""
        yield "Controls"
    for control in requirements:
        text = f"{control.regulation} {control.requirement}: {control.title} ({control.strength})"
        yield from textwrap.wrap(text, find_width(), initial_indent="  ", subsequent_indent="    ")


def _format_argument(kind: type[SyntheticDataExpectation], name: str) -> Iterator[str]:
    field = kind.model_fields[name]
    default = field.get_default(call_default_factory=True)
    sentences = [field.description] if field.description else []
    if choices := _list_choices(field.annotation):
        sentences.append(f"One of {', '.join(choices)}.")
    if default is PydanticUndefined:
        sentences.append("Required.")
    elif default not in (None, (), {}):
        default_json = json.dumps(to_jsonable_python(default))
        sentences.append(
            f"Default: {default_json}." if len(default_json) <= DEFAULT_WIDTH else f"Default: a list of {len(default)}."
        )
    yield f"  {name}"
    yield from textwrap.wrap(" ".join(sentences), find_width(), initial_indent="    ", subsequent_indent="    ")


def _list_choices(annotation: Any) -> list[str]:
    """Return the values that an argument may have, or the values of a mapping; none if there are others too."""
    if get_origin(annotation) is Literal:
        return [str(value) for value in get_args(annotation)]
    if annotation is bool:
        return ["true", "false"]
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return [str(member.value) for member in annotation]
    parts = [part for part in get_args(annotation) if part not in {NoneType, str}]
    return _list_choices(parts[-1]) if len(parts) == 1 else []


def to_document(kind: type[SyntheticDataExpectation]) -> dict[str, Any]:
    """Return an explanation as plain data."""
    return {
        "type": kind.type_name(),
        "class": kind.__name__,
        "family": kind.family(),
        "scope": kind.scope,
        "sentence": kind.summary(),
        "does_not_show": kind.does_not_show(),
        "controls": [asdict(control) for control in find_controls(kind.type_name())],
        "arguments": kind.model_json_schema(),
    }
