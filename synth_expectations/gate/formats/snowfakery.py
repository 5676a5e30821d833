"""Recipes of Snowfakery: what they generate, with which fake values and which constants."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from synth_expectations.gate.formats.yaml_document import read_yaml_file
from synth_expectations.gate.model import UnreadFileError
from synth_expectations.gate.repository import SourceFile, resolve

_SIGN = re.compile(rb"(?m)^\s*-\s*(object|macro|plugin|snowfakery_version|include_file|option|var)\s*:")
_FAKE = re.compile(r"\bfake\s*\.\s*([A-Za-z_]+)")


@dataclass(frozen=True)
class RecipeObject:
    """An object template of a recipe.

    Attributes:
        object: the sObject.
        line_name: its nickname, or an empty text.
        fields: by name; of a macro, too.
    """

    object: str
    line_name: str
    fields: dict[str, Any]

    def fakes(self) -> Iterator[tuple[str, str]]:
        """Yield each field that Faker fills, with Faker's name, folded: `freeemail`, `phonenumber`."""
        for name, value in self.fields.items():
            for fake in _find_fakes(value, 0):
                yield name, re.sub("[^a-z]", "", fake.casefold())


def is_recipe(file: SourceFile) -> bool:
    """Return whether a YAML file looks like a recipe."""
    head = file.beginning
    return bool(_SIGN.search(head)) and (b"object:" in head or b"snowfakery_version" in head or b"include_file" in head)


def read_recipe(file: SourceFile, included: dict[str, SourceFile], depth: int = 0) -> list[RecipeObject]:
    """Return the object templates of a recipe, with friends and what nested fields create.

    Args:
        file: the recipe.
        included: the files of the tree, for `include_file`.
        depth: of inclusion.

    Raises:
        UnreadFileError: it is not a recipe.
    """
    return list(_read_objects(_read_statements(file, included, set(), depth)))


def _read_statements(
    file: SourceFile, files: dict[str, SourceFile], seen: set[str], depth: int
) -> list[dict[str, Any]]:
    data = read_yaml_file(file)
    if not isinstance(data, list):
        raise UnreadFileError("it is not a recipe of Snowfakery: not a list")
    statements: list[dict[str, Any]] = []
    for entry in data:
        if not isinstance(entry, dict):
            continue
        name = entry.get("include_file")
        if isinstance(name, str) and depth < 10:
            path = resolve(file.folder, name)
            if path not in files:
                raise UnreadFileError("it includes a file that is not there")
            if path not in seen:
                statements += _read_statements(files[path], files, {*seen, path}, depth + 1)
        statements.append(entry)
    return statements


def _read_objects(statements: list[dict[str, Any]]) -> Iterator[RecipeObject]:
    macros = {str(part["macro"]): part for part in statements if "macro" in part}
    for entry in statements:
        if "object" in entry:
            yield from _read_template(entry, macros, 0)


def _read_template(entry: dict[str, Any], macros: dict[str, Any], depth: int) -> Iterator[RecipeObject]:
    fields, friends = _collect(entry, macros, set())
    yield RecipeObject(str(entry.get("object")), str(entry.get("nickname") or ""), fields)
    if depth >= 20:
        return
    for nested in (*friends, *fields.values()):
        if isinstance(nested, dict) and "object" in nested:
            yield from _read_template(nested, macros, depth + 1)
        for part in nested if isinstance(nested, list) else ():
            if isinstance(part, dict) and "object" in part:
                yield from _read_template(part, macros, depth + 1)


def _collect(entry: dict[str, Any], macros: dict[str, Any], seen: set[str]) -> tuple[dict[str, Any], list[Any]]:
    """Return the fields and friends of a template, those of its macros before its own."""
    fields: dict[str, Any] = {}
    friends: list[Any] = []
    for name in str(entry.get("include") or "").split(","):
        if (macro := macros.get(name.strip())) and name.strip() not in seen:
            more, others = _collect(macro, macros, {*seen, name.strip()})
            fields |= more
            friends += others
    own, friendly = entry.get("fields"), entry.get("friends")
    fields |= {str(key): value for key, value in own.items()} if isinstance(own, dict) else {}
    friends += friendly if isinstance(friendly, list) else []
    return fields, friends


def _find_fakes(value: Any, depth: int) -> Iterator[str]:
    if depth > 20:
        return
    if isinstance(value, str):
        yield from _FAKE.findall(value)
    elif isinstance(value, dict):
        for key, part in value.items():
            if str(key) == "fake" and isinstance(part, str | dict):
                yield from [part] if isinstance(part, str) else map(str, part)
            elif str(key).startswith("fake."):
                yield str(key).removeprefix("fake.")
            if not isinstance(part, dict) or "object" not in part:
                yield from _find_fakes(part, depth + 1)
    elif isinstance(value, list):
        for part in value:
            yield from _find_fakes(part, depth + 1)
