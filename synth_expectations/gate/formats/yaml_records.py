"""YAML of records, built from the events of the parser: a list entry by entry, so that a long one does not fill the memory.

Values stay texts but for `null`, `true` and `false`: telephone numbers keep their zeros. Of a repeated key all values count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from synth_expectations.gate.decoding import decode
from synth_expectations.gate.formats.yaml_document import MAX_LIST, NodeCount, parse_events
from synth_expectations.gate.model import UnreadFileError
from synth_expectations.gate.repository import SourceFile

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_MERGE = "<<"


@dataclass(frozen=True, slots=True)
class YamlPart:
    """A part of a YAML file.

    Attributes:
        document: the number of its document.
        value: it.
        line: where it begins.
        is_entry: whether it is an entry of the list that the document is, and not the whole document.
    """

    document: int
    value: Any
    line: int
    is_entry: bool


@dataclass(slots=True)
class _Open:
    """A list or mapping that is not closed yet."""

    is_list: bool
    anchor: str | None
    line: int
    entries: list[Any] = field(default_factory=list)
    pairs: list[tuple[str, Any]] = field(default_factory=list)
    key: str | None = None


def read_yaml_parts(file: SourceFile, build: Callable[[list[tuple[str, Any]]], dict[str, Any]]) -> Iterator[YamlPart]:
    """Yield the entries of each document that is a list, and other documents as a whole.

    Args:
        file: it.
        build: makes a mapping of its keys and values.

    Raises:
        UnreadFileError: it is not YAML, too large, too deep, or a bomb of aliases.
    """
    reader = _PartReader(build)
    for event in parse_events(decode(file.read_bytes(MAX_LIST))):
        yield from reader.take(event)


class _PartReader:
    def __init__(self, build: Callable[[list[tuple[str, Any]]], dict[str, Any]]) -> None:
        self._build = build
        self._nodes = NodeCount()
        self._open: list[_Open] = []
        self._anchors: dict[str, Any] = {}
        self._document = 0

    def take(self, event: Any) -> Iterator[YamlPart]:
        """Take an event of the parser, and yield the part that it completes."""
        kind = type(event).__name__
        self._nodes.take(kind, event)
        line = event.start_mark.line + 1 if event.start_mark else 1
        if kind == "DocumentStartEvent":
            self._document += 1
            self._anchors.clear()
        elif kind in {"SequenceStartEvent", "MappingStartEvent"}:
            self._open.append(_Open(kind == "SequenceStartEvent", event.anchor, line))
        elif kind in {"SequenceEndEvent", "MappingEndEvent"}:
            closed = self._open.pop()
            value = closed.entries if closed.is_list else self._build(_merge(closed.pairs))
            if self._open or not closed.is_list:  # the entries of a list at the top went before
                yield from self._keep(value, closed.anchor, closed.line)
        elif kind == "ScalarEvent":
            is_plain = event.implicit[0] and not event.style
            value = _WORDS.get(event.value, event.value) if is_plain else event.value
            yield from self._keep(value, event.anchor, line, event.value)
        elif kind == "AliasEvent":
            if event.anchor not in self._anchors:
                raise UnreadFileError(f"it is not valid YAML at line {line}")
            yield from self._keep(self._anchors[event.anchor], None, line)

    def _keep(self, value: Any, anchor: str | None, line: int, text: str | None = None) -> Iterator[YamlPart]:
        """Put a value where it belongs, and yield it if it is a part."""
        if anchor:
            self._anchors[anchor] = value
        if not self._open:
            yield YamlPart(self._document, value, line, is_entry=False)
            return
        parent = self._open[-1]
        if parent.is_list:
            if len(self._open) == 1:
                self._nodes.start_entry()
                yield YamlPart(self._document, value, line, is_entry=True)
            else:
                parent.entries.append(value)
        elif parent.key is None:
            if isinstance(value, dict | list):
                raise UnreadFileError("it is not valid YAML: a key or value of it cannot be read")
            parent.key = text if text is not None else str(value)
        else:
            parent.pairs.append((parent.key, value))
            parent.key = None


def _merge(pairs: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Return keys and values with those of the mappings that `<<` names, of which those that stand here go before."""
    merged = [value for key, value in pairs if key == _MERGE]
    if not merged:
        return pairs
    own = [(key, value) for key, value in pairs if key != _MERGE]
    names = {key for key, _ in own}
    for value in merged:
        for mapping in value if isinstance(value, list) else [value]:
            for key, part in mapping.items() if isinstance(mapping, dict) else ():
                if key not in names:
                    names.add(key)
                    own.append((key, part))
    return own
