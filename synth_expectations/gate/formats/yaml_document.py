"""YAML files, read with bounds on their size, their depth and what their aliases stand for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from synth_expectations.gate.decoding import decode
from synth_expectations.gate.model import UnreadFileError
from synth_expectations.gate.repository import SourceFile

MAX_BYTES = 8_000_000
MAX_DEPTH = 64
MAX_NODES = 500_000
"""Values after aliases are replaced by what they stand for."""


def read_yaml_file(file: SourceFile) -> Any:
    """Return the data of a YAML file of one document: mappings, lists and plain values.

    Raises:
        UnreadFileError: it is not YAML, too large, too deep, or a bomb of aliases.
    """
    return _read(file, lambda reader, text: reader.load(text))


def read_yaml_documents(file: SourceFile) -> list[Any]:
    """Return the data of each document of a YAML file.

    Raises:
        UnreadFileError: as of `read_yaml_file`.
    """
    documents: list[Any] = _read(file, lambda reader, text: list(reader.load_all(text)))
    return documents


def _read(file: SourceFile, load: Callable[[YAML, str], Any]) -> Any:
    text = decode(file.read_bytes(MAX_BYTES))
    try:
        _measure(text)
        reader = YAML(typ="safe")
        reader.allow_duplicate_keys = True
        return _name_keys(load(reader, text))
    except UnreadFileError:
        raise
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}" if mark else ""
        raise UnreadFileError(f"it is not valid YAML{where}") from None
    except Exception:  # noqa: BLE001 - a date that is none, a list as a key, a tag: ruamel.yaml raises what it meets
        raise UnreadFileError("it is not valid YAML: a key or value of it cannot be read") from None


def _name_keys(document: Any) -> Any:
    """Return a document with texts as the keys of mappings, changed in place: `200`, `true` and days are keys of YAML too."""
    waiting, seen = [document], {id(document)}
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict) and not all(isinstance(key, str) for key in part):
            items = [(str(key), value) for key, value in part.items()]
            part.clear()
            part.update(items)
        for value in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
            if isinstance(value, dict | list) and id(value) not in seen:  # an alias is the same object
                seen.add(id(value))
                waiting.append(value)
    return document


def _measure(text: str) -> None:
    """Count the values of a text before anything of it is built.

    Raises:
        UnreadFileError: there are too many, or they are nested too deeply.
    """
    total = 0
    open_at: list[int] = []
    names: list[str | None] = []
    sizes: dict[str | None, int] = {}
    for event in YAML(typ="safe").parse(text):
        kind = type(event).__name__
        if kind in {"MappingEndEvent", "SequenceEndEvent"}:
            name, before = names.pop(), open_at.pop()
            if name:
                sizes[name] = total - before
            continue
        if kind not in {"ScalarEvent", "AliasEvent", "MappingStartEvent", "SequenceStartEvent"}:
            continue
        anchor = getattr(event, "anchor", None)
        if kind == "AliasEvent":
            if anchor in names:
                raise UnreadFileError(f"it is not a tree: the alias *{anchor} is part of what it stands for")
            total += sizes.get(anchor, 1)
        else:
            total += 1
            if kind != "ScalarEvent":
                names.append(anchor)
                open_at.append(total - 1)
        if total > MAX_NODES:
            raise UnreadFileError(f"it holds more than {MAX_NODES:,} values, aliases included")
        if len(names) > MAX_DEPTH:
            raise UnreadFileError(f"it is nested more than {MAX_DEPTH} levels deep")
