"""The arguments of an expectation, with their types in words."""

from __future__ import annotations

import json
from typing import Any

from pydantic_core import PydanticUndefined, to_jsonable_python

from synth_expectations.expectations.argument_types import ArgumentKind
from synth_expectations.expectations.base import SyntheticDataExpectation, TimedExpectation
from tools.docs.markdown import code, plain, table

_LONGEST_DEFAULT = 60
_IN_WORDS = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "null": "",
    "": "value",
}


def own_arguments(kind: type[SyntheticDataExpectation]) -> list[str]:
    """Return a table of the arguments that only this expectation has; empty if none."""
    shared = TimedExpectation.model_fields
    return _rows(kind, [name for name in kind.model_fields if name not in shared])


def shared_arguments() -> list[str]:
    """Return a table of the arguments that every expectation has."""
    return _rows(TimedExpectation, list(TimedExpectation.model_fields))


def _rows(kind: type[SyntheticDataExpectation], names: list[str]) -> list[str]:
    schema = kind.model_json_schema()
    rows = [
        (code(name), _type(kind, name, schema), _default(kind, name), plain(kind.model_fields[name].description or ""))
        for name in names
    ]
    return table(("argument", "type", "default", "meaning"), rows) if rows else []


def _default(kind: type[SyntheticDataExpectation], name: str) -> str:
    default = kind.model_fields[name].get_default(call_default_factory=True)
    if default is PydanticUndefined:
        return "required"
    if default in (None, (), {}):
        return ""
    default_json = json.dumps(to_jsonable_python(default))
    return code(default_json) if len(default_json) <= _LONGEST_DEFAULT else f"a list of {len(default)}"


def _type(kind: type[SyntheticDataExpectation], name: str, schema: dict[str, Any]) -> str:
    for known, words in ((ArgumentKind.COLUMN, "name of a column"), (ArgumentKind.REFERENCE, "name of a table")):
        if name in kind.arguments_of_kind(known):
            return words
    return _in_words(schema["properties"][name], schema.get("$defs", {}))


def _in_words(schema: dict[str, Any], definitions: dict[str, Any]) -> str:
    """Return a JSON schema in words."""
    if "$ref" in schema:
        schema = definitions[schema["$ref"].rpartition("/")[2]]
    if "anyOf" in schema:
        return _any_of(schema["anyOf"], definitions)
    if choices := [schema["const"]] if "const" in schema else schema.get("enum"):
        return f"{'one of ' * (len(choices) > 1)}{', '.join(code(str(choice)) for choice in choices)}"
    if schema.get("type") == "array":
        items: dict[str, Any] = schema.get("items") or next(iter(schema.get("prefixItems", [])), {})
        return f"list of {_in_words(items, definitions)}s".replace("texts", "text")
    if schema.get("type") == "object":
        return _object(schema, definitions)
    return "timestamp" if schema.get("format") == "date-time" else _IN_WORDS[schema.get("type", "")]


def _any_of(schemas: list[dict[str, Any]], definitions: dict[str, Any]) -> str:
    if {item.get("type") for item in schemas} >= {"boolean", "integer", "string"}:
        return "value"
    return " or ".join(dict.fromkeys(filter(None, (_in_words(item, definitions) for item in schemas))))


def _object(schema: dict[str, Any], definitions: dict[str, Any]) -> str:
    if "properties" in schema:
        return f"{{{', '.join(f'{code(name)}: {_in_words(item, definitions)}' for name, item in schema['properties'].items())}}}"
    values = schema.get("additionalProperties")
    return f"for each name: {_in_words(values, definitions) if isinstance(values, dict) else 'value'}"
