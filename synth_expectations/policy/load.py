"""Reads policy.yml with everything that it includes, and merges defaults and profiles into each table."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from synth_expectations.errors import nearest
from synth_expectations.policy.document import Address, Document, Mark, dotted, read_document
from synth_expectations.policy.errors import PolicyError, together
from synth_expectations.policy.model import PolicyFile, TableEntry, unknown

_INCLUDED = {"tables", "profiles"}
"""What a file of `include` may hold."""


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
    data, marks = _with_includes(read_document(path), path)
    errors = list(_unknown_profiles(data, marks))
    merged, marks = _merged(data, marks)
    try:
        words = PolicyFile.model_validate(merged)
    except ValidationError as error:
        errors += _said(error, merged, marks)
        words = None
    if words is None or errors:
        found = together(errors)
        assert found is not None
        raise found
    signed = {key: value for key, value in merged.items() if key != "approved"}
    digest = hashlib.sha256(json.dumps(signed, sort_keys=True, default=str).encode()).hexdigest()
    return Policy(path, words, marks, digest)


def _with_includes(document: Document, path: Path) -> tuple[dict[str, Any], dict[Address, Mark]]:
    data, marks, errors = dict(document.data), dict(document.marks), list[PolicyError]()
    patterns = data.get("include") or []
    for pattern in [patterns] if isinstance(patterns, str) else patterns:
        files = sorted(path.parent.glob(str(pattern)))
        if not files:
            mark = document.mark(("include",))
            errors.append(PolicyError(f"include: {pattern} matches no file.", "Correct it.", mark.file, mark.line))
        for file in files:
            other = read_document(file)
            for block, entries in other.data.items():
                mark = other.mark((block,))
                if block not in _INCLUDED or not isinstance(entries, dict):
                    hint = "An included file holds tables and profiles."
                    errors.append(PolicyError(f"{block} has no place here.", hint, mark.file, mark.line))
                    continue
                data[block] = {**(data.get(block) or {})}
                for name, entry in entries.items():
                    mark = other.mark((block, name))
                    if name in data[block]:
                        before = marks[block, name]
                        hint = f"It is also in {before.file}:{before.line}: rename one."
                        errors.append(PolicyError(f"{block}.{name} is there twice.", hint, mark.file, mark.line))
                        continue
                    data[block][name] = entry
                marks.setdefault((block,), mark)
                marks |= {at: mark for at, mark in other.marks.items() if at[:1] == (block,) and at not in marks}
    if found := together(errors):
        raise found
    return data, marks


def _unknown_profiles(data: Mapping[str, Any], marks: Mapping[Address, Mark]) -> Iterator[PolicyError]:
    profiles = _mapping(data.get("profiles"))
    for name, entry in _mapping(data.get("tables")).items():
        profile = _mapping(entry).get("profile")
        if profile is not None and profile not in profiles:
            mark = marks["tables", name, "profile"]
            yield PolicyError(_sentence(unknown("profile", str(profile), profiles)), "", mark.file, mark.line)


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
        if profile is not None:
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


def _said(error: ValidationError, data: dict[str, Any], marks: Mapping[Address, Mark]) -> Iterator[PolicyError]:
    for each in error.errors(include_url=False, include_context=True):
        address, missing = _located(each["loc"], data)
        while address not in marks:
            address = address[:-1]
        mark = marks[address]
        said = each["msg"].removeprefix("Value error, ")
        match each["type"]:
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
    model: Any = PolicyFile
    for part in address[:-1]:
        if field := _fields(model).get(str(part)):
            model = _model_of(field.annotation)
    return sorted(_fields(model))


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
