"""YAML files, read with bounds on their size, their depth and what their aliases stand for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import YAMLError

from synth_expectations.gate.decoding import decode
from synth_expectations.gate.model import UnreadFileError
from synth_expectations.gate.repository import SourceFile

MAX_BYTES = 8_000_000
"""Bytes of a document that is read as a whole."""
MAX_LIST = 24_000_000
"""Bytes of a file of records, which may be a list that is read entry by entry."""
MAX_DEPTH = 64
MAX_NODES = 500_000
"""Values after aliases are replaced by what they stand for."""


def read_yaml_file(file: SourceFile) -> Any:
    """Return the data of a YAML file of one document: mappings, lists and plain values.

    Raises:
        UnreadFileError: it is not YAML, names a key more than once, is too large, too deep, or a bomb of aliases.
    """
    return _read(file)


def _read(file: SourceFile) -> Any:
    text = decode(file.read_bytes(MAX_BYTES))
    nodes = NodeCount()
    for event in parse_events(text):
        nodes.take(type(event).__name__, event)
    with _refuse_invalid():
        return _name_keys(YAML(typ="safe").load(text))


def parse_events(text: str) -> Iterator[Any]:
    """Yield the events of the parser.

    Raises:
        UnreadFileError: it is not YAML.
    """
    with _refuse_invalid():
        yield from YAML(typ="safe").parse(text)


@contextmanager
def _refuse_invalid() -> Iterator[None]:
    try:
        yield
    except UnreadFileError:
        raise
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}" if mark else ""
        if isinstance(error, DuplicateKeyError):
            raise UnreadFileError(f"it names a key more than once{where}") from None
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


class NodeCount:
    """Counts the values of a text, with what its aliases stand for, before much of it is built."""

    def __init__(self) -> None:
        self._total = 0
        self._open_at: list[int] = []
        self._names: list[str | None] = []
        self._sizes: dict[str | None, int] = {}

    def start_entry(self) -> None:
        """Count anew: what was read before is not kept."""
        self._total = 0

    def take(self, kind: str, event: Any) -> None:
        """Take an event of the parser.

        Args:
            kind: the name of its class.
            event: it.

        Raises:
            UnreadFileError: there are too many values, they are nested too deeply, or an alias is part of itself.
        """
        if kind in {"MappingEndEvent", "SequenceEndEvent"}:
            name, before = self._names.pop(), self._open_at.pop()
            if name:
                self._sizes[name] = self._total - before
            return
        if kind not in {"ScalarEvent", "AliasEvent", "MappingStartEvent", "SequenceStartEvent"}:
            return
        anchor = getattr(event, "anchor", None)
        if kind == "AliasEvent":
            if anchor in self._names:
                raise UnreadFileError(f"it is not a tree: the alias *{anchor} is part of what it stands for")
            self._total += self._sizes.get(anchor, 1)
        else:
            self._total += 1
            if kind != "ScalarEvent":
                self._names.append(anchor)
                self._open_at.append(self._total - 1)
        if self._total > MAX_NODES:
            raise UnreadFileError(f"it holds more than {MAX_NODES:,} values, aliases included")
        if len(self._names) > MAX_DEPTH:
            raise UnreadFileError(f"it is nested more than {MAX_DEPTH} levels deep")
