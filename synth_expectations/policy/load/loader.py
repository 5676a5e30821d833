"""Reads policy.yml with everything that it includes, and merges defaults and profiles into each table."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from synth_expectations.errors import nearest, read_invalid_values
from synth_expectations.policy.errors import PolicyError, together
from synth_expectations.policy.load.includes import with_includes
from synth_expectations.policy.load.yaml import Address, Mark, dotted
from synth_expectations.policy.schema import PolicyFile, TableEntry
from synth_expectations.policy.types import unknown


@dataclass(frozen=True)
class Policy:
    """A policy as it counts: each table with its profile and the defaults merged in.

    Attributes:
        path: of policy.yml.
        words: what it says.
        marks: the line of each part.
        sha256: a digest of what it says, without comments, order, and its approval.
    """

    path: Path
    words: PolicyFile
    marks: Mapping[Address, Mark]
    sha256: str

    @property
    def directory(self) -> Path:
        """Where it lies: the directory of the Great Expectations project."""
        return self.path.parent

    @property
    def tables(self) -> dict[str, TableEntry]:
        """Every table by name."""
        return self.words.tables

    def error(self, address: Address, message: str, hint: str = "") -> PolicyError:
        """An error about a part of it, with its line."""
        while address and address not in self.marks:
            address = address[:-1]
        mark = self.marks[address]
        return PolicyError(message, hint, mark.file, mark.line)


def load(path: Path) -> Policy:
    """Read a policy.

    Args:
        path: of policy.yml.

    Raises:
        PolicyError: everything that is wrong with it, each with its line.
    """
    errors: list[PolicyError] = []
    data, marks = with_includes(path, errors)
    unread = {(each.file, each.line) for each in errors}
    meant = list(_profile_errors(data, marks))
    merged, marks = _merged(data, marks)
    words = None
    try:
        words = PolicyFile.model_validate(merged)
    except ValidationError as error:
        meant += _said(error, merged, marks)
    found = together([*errors, *(each for each in meant if (each.file, each.line) not in unread)])
    if words is None or found:
        assert found is not None
        raise found
    signed = {key: value for key, value in merged.items() if key != "approved"}
    digest = hashlib.sha256(json.dumps(signed, sort_keys=True, default=str).encode()).hexdigest()
    return Policy(path, words, marks, digest)


def _profile_errors(data: Mapping[str, Any], marks: Mapping[Address, Mark]) -> Iterator[PolicyError]:
    profiles = _mapping(data.get("profiles"))
    for name, entry in _mapping(data.get("tables")).items():
        profile = _mapping(entry).get("profile")
        if isinstance(profile, str) and profile not in profiles:
            mark = marks["tables", name, "profile"]
            yield PolicyError(unknown("profile", profile, profiles), "", mark.file, mark.line)
    layers: list[tuple[Address, Any]] = [(("defaults",), data.get("defaults"))]
    layers += [(("profiles", name), entry) for name, entry in profiles.items()]
    for address, entry in layers:
        if "profile" in _mapping(entry):
            mark = marks[*address, "profile"]
            hint = "Name it in each table that has it."
            yield PolicyError(f"{dotted(address)} cannot have a profile itself.", hint, mark.file, mark.line)


def _merged(data: dict[str, Any], marks: Mapping[Address, Mark]) -> tuple[dict[str, Any], dict[Address, Mark]]:
    """The data with defaults and profiles in each table, and the line of each part of it."""
    everywhere = dict(marks)
    tables = {}
    for name, entry in _mapping(data.get("tables")).items():
        if not isinstance(entry, dict):
            tables[name] = entry
            continue
        profile = entry.get("profile")
        layers: list[tuple[Any, Address]] = [(data.get("defaults"), ("defaults",))]
        if isinstance(profile, str):
            layers.append((_mapping(data.get("profiles")).get(profile), ("profiles", profile)))
        layers.append((entry, ("tables", name)))
        merged: Any = {}
        for layer, source in layers:
            if isinstance(layer, dict):
                merged = _over(merged, layer, ("tables", name), source, marks, everywhere)
        tables[name] = merged
    return {**data, **({"tables": tables} if tables else {})}, everywhere


def _over(
    below: Any, above: Any, address: Address, source: Address, marks: Mapping[Address, Mark], into: dict[Address, Mark]
) -> Any:
    """Mappings are merged key by key, anything else replaces."""
    if source in marks:
        into[address] = marks[source]
    if isinstance(above, dict):
        merged = dict(below) if isinstance(below, dict) else {}
        for key, value in above.items():
            merged[key] = _over(merged.get(key), value, (*address, key), (*source, key), marks, into)
        return merged
    if isinstance(above, list):
        for number, value in enumerate(above):
            _over(None, value, (*address, number), (*source, number), marks, into)
    return above


_IN_WORDS = {
    "dict_type": "names with what belongs to each are wanted here, as {name: …}",
    "model_type": "keys with values are wanted here, as {key: value}",
    "tuple_type": "a list is wanted here, as [one, another]",
    "list_type": "a list is wanted here, as [one, another]",
    "string_type": "text is wanted here",
    "too_short": "it is empty: fill it in, or remove it",
    "string_too_short": "it is empty: fill it in, or remove it",
}
"""What pydantic calls otherwise than people do."""


def _said(error: ValidationError, data: dict[str, Any], marks: Mapping[Address, Mark]) -> Iterator[PolicyError]:
    of_many: set[tuple[Mark, Address, str]] = set()
    for invalid in read_invalid_values(error):
        address, missing = _located(invalid.address, data)
        mark, kind = _mark(marks, address), invalid.kind
        said = _IN_WORDS.get(kind) or invalid.message
        if invalid.value is None and kind != "missing":
            said = _IN_WORDS["too_short"]
        # what defaults and profiles say wrongly is wrong in each of their tables: it is said once
        depth = {"defaults": 1, "profiles": 2, "tables": 2}.get(str(address[0]) if address else "", 0)
        same = (mark, (*address[depth:], *missing), kind)
        if depth and address[0] == "tables" and same in of_many:
            continue
        of_many.add(same)
        match kind:
            case "extra_forbidden":
                known = _keys(address)
                guess = nearest(str(address[-1]), known)
                hint = (
                    f"Did you mean {guess}?" if guess else f"There {'are' if known else 'is none'}: {', '.join(known)}."
                )
                yield PolicyError(f"{dotted(address)}: there is no such key.", hint, mark.file, mark.line)
            case "missing":
                name = ".".join([*map(str, address), *missing])
                yield PolicyError(f"{name} is missing.", "", mark.file, mark.line)
            case _:
                where = dotted(address)
                yield PolicyError(_sentence(f"{where}: {said}" if where else said), "", mark.file, mark.line)


def _mark(marks: Mapping[Address, Mark], address: Address) -> Mark:
    while address not in marks:
        address = address[:-1]
    return marks[address]


def _located(loc: tuple[int | str, ...], data: Any) -> tuple[Address, list[str]]:
    """Where in the file an error of pydantic stands: it also names kinds of a union, and items of what is one value."""
    address: list[int | str] = []
    rest: list[str] = []
    for part in loc:
        if isinstance(data, dict) and str(part) in data:
            address, rest = [*address, str(part)], []
            data = data[str(part)]
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            address, rest = [*address, part], []
            data = data[part]
        elif isinstance(part, str) and isinstance(data, dict):
            rest = [part]
    return tuple(address), rest


def _keys(address: Address) -> list[str]:
    """The keys that may stand where an unknown one does."""
    annotation: Any = PolicyFile
    for part in address[:-1]:
        model = _model_of(annotation)
        if _names_of(annotation) is not None:
            annotation = _names_of(annotation)
        elif field := _fields(model).get(str(part)):
            annotation = field.annotation
    return sorted(_fields(_model_of(annotation)))


def _names_of(annotation: Any) -> Any:
    """What belongs to each name of a mapping of names; None for anything else."""
    if get_origin(annotation) is dict:
        return get_args(annotation)[1]
    if isinstance(annotation, type):
        return None
    return next((found for each in get_args(annotation) if (found := _names_of(each)) is not None), None)


def _fields(model: Any) -> dict[str, FieldInfo]:
    return {field.alias or name: field for name, field in getattr(model, "model_fields", {}).items()}


def _model_of(annotation: Any) -> Any:
    if isinstance(annotation, type) and hasattr(annotation, "model_fields"):
        return annotation
    return next((found for each in get_args(annotation) if (found := _model_of(each)) is not None), None)


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?")) else f"{text}."
