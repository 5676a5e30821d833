"""The loader of policy.yml, which merges defaults and profiles into each table."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from synth_expectations.errors import nearest, read_invalid_values
from synth_expectations.policy.errors import PolicyError, combine_errors
from synth_expectations.policy.load.includes import read_with_includes
from synth_expectations.policy.load.plain_yaml import Address
from synth_expectations.policy.load.yaml import Mark, format_address
from synth_expectations.policy.schema import PolicyFile
from synth_expectations.policy.table_entry import TableEntry
from synth_expectations.policy.types import format_unknown


@dataclass(frozen=True)
class Policy:
    """A policy with defaults and profiles merged into each table.

    Attributes:
        path: of policy.yml.
        words: what it says.
        marks: the line of each part.
        content: what it says as JSON, without comments, order, and its approval.
    """

    path: Path
    words: PolicyFile
    marks: Mapping[Address, Mark]
    content: bytes

    @cached_property
    def sha256(self) -> str:
        """The digest of what it says."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def files(self) -> list[Path]:
        """The file of the policy, and those that it includes."""
        included = sorted({mark.file for mark in self.marks.values()} - {str(self.path)})
        return [self.path, *map(Path, included)]

    @property
    def directory(self) -> Path:
        """The directory of policy.yml, which is that of the Great Expectations project."""
        return self.path.parent

    @property
    def tables(self) -> dict[str, TableEntry]:
        """Every table by name."""
        return self.words.tables

    def error(self, address: Address, message: str, hint: str = "") -> PolicyError:
        """Return an error about a part of the policy, with its line."""
        while address and address not in self.marks:
            address = address[:-1]
        mark = self.marks[address]
        return PolicyError(message, hint, mark.file, mark.line)


def load_policy(path: Path) -> Policy:
    """Read a policy.

    Args:
        path: of policy.yml.

    Raises:
        PolicyError: everything that is wrong with it, each with its line.
    """
    errors: list[PolicyError] = []
    data, marks = read_with_includes(path, errors)
    unread = {(error.file, error.line) for error in errors}
    meant = list(_find_profile_errors(data, marks))
    merged, marks = _merge_tables(data, marks)
    words = None
    try:
        words = PolicyFile.model_validate(merged)
    except ValidationError as error:
        meant += _to_errors(error, merged, marks)
    invalid = combine_errors([*errors, *(error for error in meant if (error.file, error.line) not in unread)])
    if words is None or invalid:
        assert invalid is not None
        raise invalid
    signed = {key: value for key, value in merged.items() if key != "approved"}
    return Policy(path, words, marks, json.dumps(signed, sort_keys=True, default=str).encode())


def _find_profile_errors(data: Mapping[str, Any], marks: Mapping[Address, Mark]) -> Iterator[PolicyError]:
    profiles = _to_mapping(data.get("profiles"))
    for name, entry in _to_mapping(data.get("tables")).items():
        profile = _to_mapping(entry).get("profile")
        if isinstance(profile, str) and profile not in profiles:
            mark = marks["tables", name, "profile"]
            yield PolicyError(format_unknown("profile", profile, profiles), "", mark.file, mark.line)
    layers: list[tuple[Address, Any]] = [(("defaults",), data.get("defaults"))]
    layers += [(("profiles", name), entry) for name, entry in profiles.items()]
    for address, entry in layers:
        if "profile" in _to_mapping(entry):
            mark = marks[*address, "profile"]
            hint = "Name it in each table that has it."
            yield PolicyError(f"{format_address(address)} cannot have a profile itself.", hint, mark.file, mark.line)


def _merge_tables(data: dict[str, Any], marks: Mapping[Address, Mark]) -> tuple[dict[str, Any], dict[Address, Mark]]:
    """Return the data with defaults and profiles merged into each table, and the line of each part."""
    everywhere = dict(marks)
    tables = {}
    for name, entry in _to_mapping(data.get("tables")).items():
        if not isinstance(entry, dict):
            tables[name] = entry
            continue
        profile = entry.get("profile")
        layers: list[tuple[Any, Address]] = [(data.get("defaults"), ("defaults",))]
        if isinstance(profile, str):
            layers.append((_to_mapping(data.get("profiles")).get(profile), ("profiles", profile)))
        layers.append((entry, ("tables", name)))
        merged: Any = {}
        for layer, source in layers:
            if isinstance(layer, dict):
                merged = _merge(merged, layer, ("tables", name), source, marks, everywhere)
        tables[name] = merged
    return {**data, **({"tables": tables} if tables else {})}, everywhere


def _merge(
    below: Any, above: Any, address: Address, source: Address, marks: Mapping[Address, Mark], into: dict[Address, Mark]
) -> Any:
    """Merge mappings key by key; replace anything else."""
    if source in marks:
        into[address] = marks[source]
    if isinstance(above, dict):
        merged = dict(below) if isinstance(below, dict) else {}
        for key, value in above.items():
            merged[key] = _merge(merged.get(key), value, (*address, key), (*source, key), marks, into)
        return merged
    if isinstance(above, list):
        for number, value in enumerate(above):
            _merge(None, value, (*address, number), (*source, number), marks, into)
    return above


_IN_WORDS = {
    "dict_type": "a mapping of names is needed here, as {name: …}",
    "model_type": "a mapping of keys to values is needed here, as {key: value}",
    "tuple_type": "a list is needed here, as [first, second]",
    "list_type": "a list is needed here, as [first, second]",
    "string_type": "text is needed here",
    "too_short": "it is empty: fill it in, or remove it",
    "string_too_short": "it is empty: fill it in, or remove it",
}
"""What pydantic calls otherwise than people do."""


def _to_errors(error: ValidationError, data: dict[str, Any], marks: Mapping[Address, Mark]) -> Iterator[PolicyError]:
    of_many: set[tuple[Mark, Address, str]] = set()
    for invalid in read_invalid_values(error):
        address, missing = _locate(invalid.address, data)
        mark, kind = _find_mark(marks, address), invalid.kind
        message = _IN_WORDS.get(kind) or invalid.message
        if invalid.value is None and kind != "missing":
            message = _IN_WORDS["too_short"]
        # an error in defaults or profiles is an error in each of their tables: report it once
        depth = {"defaults": 1, "profiles": 2, "tables": 2}.get(str(address[0]) if address else "", 0)
        signature = (mark, (*address[depth:], *missing), kind)
        if depth and address[0] == "tables" and signature in of_many:
            continue
        of_many.add(signature)
        match kind:
            case "extra_forbidden":
                known = _list_keys(address)
                guess = nearest(str(address[-1]), known)
                allowed = f"The keys here are {', '.join(known)}." if known else "No key is allowed here."
                hint = f"Did you mean {guess}?" if guess else allowed
                yield PolicyError(f"{format_address(address)}: there is no such key.", hint, mark.file, mark.line)
            case "missing":
                name = ".".join([*map(str, address), *missing])
                yield PolicyError(f"{name} is missing.", "", mark.file, mark.line)
            case _:
                where = format_address(address)
                yield PolicyError(_end_sentence(f"{where}: {message}" if where else message), "", mark.file, mark.line)


def _find_mark(marks: Mapping[Address, Mark], address: Address) -> Mark:
    while address not in marks:
        address = address[:-1]
    return marks[address]


def _locate(loc: tuple[int | str, ...], data: Any) -> tuple[Address, list[str]]:
    """Return the address in the file of a pydantic error, without the names of union members."""
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


def _list_keys(address: Address) -> list[str]:
    """Return the keys that are allowed where an unknown one was found."""
    annotation: Any = PolicyFile
    for part in address[:-1]:
        model = _find_model(annotation)
        if _find_value_type(annotation) is not None:
            annotation = _find_value_type(annotation)
        elif field := _list_fields(model).get(str(part)):
            annotation = field.annotation
    return sorted(_list_fields(_find_model(annotation)))


def _find_value_type(annotation: Any) -> Any:
    """Return the value type of a mapping from names; None for any other type."""
    if get_origin(annotation) is dict:
        return get_args(annotation)[1]
    if isinstance(annotation, type):
        return None
    return next(
        (values for argument in get_args(annotation) if (values := _find_value_type(argument)) is not None), None
    )


def _list_fields(model: Any) -> dict[str, FieldInfo]:
    return {field.alias or name: field for name, field in getattr(model, "model_fields", {}).items()}


def _find_model(annotation: Any) -> Any:
    if isinstance(annotation, type) and hasattr(annotation, "model_fields"):
        return annotation
    return next((nested for argument in get_args(annotation) if (nested := _find_model(argument)) is not None), None)


def _to_mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _end_sentence(text: str) -> str:
    return text if text.endswith((".", "?")) else f"{text}."
