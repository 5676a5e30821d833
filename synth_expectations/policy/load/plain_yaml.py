"""YAML that can be read in one way alone, by libyaml: in a fraction of the time of the reader that can say what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)
from ruamel.yaml.nodes import ScalarNode

MAX_DEPTH = 32
"""Levels of lists and mappings. A policy has six, and arguments of Great Expectations' own expectations a few more."""
MAX_NODES = 200_000
"""Values of a file after its aliases are replaced by what they stand for; more than a file of that size has itself."""
_ODD = re.compile("[\0-\t\v-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""Characters of which YAML 1.1, which libyaml reads, and 1.2 think differently; and tabs, and what is no text."""
_READ_IN_TWO_WAYS = frozenset({"<<", "="})
"""A merge, and a value of no type: the two readers differ in them."""
_VALUES = frozenset(f"tag:yaml.org,2002:{name}" for name in ("str", "null", "bool", "int", "float"))

Address = tuple[str | int, ...]
"""Where something stands in a document: `("tables", "contact", "columns", "key")`."""


class NotPlainError(Exception):
    """The text is wrong, or holds something that could be read in two ways."""


@dataclass
class PlainDocument:
    """The contents of a YAML file.

    Attributes:
        data: mappings with texts as keys, lists, texts, numbers, true, false and None.
        lines: the line of each key and each item, from 1.
    """

    data: Any = None
    lines: dict[Address, int] = field(default_factory=dict)


def read_plain_document(text: str) -> PlainDocument:
    """Read a text of mappings, lists and values that stand for nothing but themselves.

    Raises:
        NotPlainError: it has a tag, an anchor, a merge, a date, a key twice or one that is no text, is nested deeply,
            or is no YAML. Another reader says what is wrong, if anything is.
    """
    if _ODD.search(text):
        raise NotPlainError
    return _Reader(text).read()


class _Reader:
    """What builds a document while libyaml reads it, so that nothing is built of what follows an oddity."""

    def __init__(self, text: str) -> None:
        reader = YAML(typ="safe")
        self._events: Iterator[Any] = iter(reader.parse(text))
        self._constructor = reader.constructor
        self._resolver = reader.resolver
        self._nodes = 0
        self._values: dict[str, Any] = {}
        """What each text without quotes stands for: keys and words come again and again."""
        self._document = PlainDocument()

    def read(self) -> PlainDocument:
        """Return the only document.

        Raises:
            NotPlainError: see `read_plain_document`.
        """
        try:
            self._expect(StreamStartEvent)
            start = self._expect(DocumentStartEvent)
            if start.version or start.tags:
                raise NotPlainError
            self._document.data = self._read(next(self._events), ())
            self._expect(DocumentEndEvent)
            self._expect(StreamEndEvent)
        except (YAMLError, ValueError, StopIteration) as error:
            raise NotPlainError from error
        return self._document

    def _expect(self, kind: type) -> Any:
        event = next(self._events)
        if type(event) is not kind:
            raise NotPlainError
        return event

    def _read(self, event: Any, address: Address) -> Any:
        self._nodes += 1
        kind = type(event)
        if self._nodes > MAX_NODES or len(address) >= MAX_DEPTH or getattr(event, "anchor", None):
            raise NotPlainError
        if kind is ScalarEvent:
            return self._read_value(event)
        if event.tag is not None:  # also of an alias, which has none: it is no plain text
            raise NotPlainError
        if kind is MappingStartEvent:
            return self._read_mapping(address)
        if kind is SequenceStartEvent:
            return self._read_list(address)
        raise NotPlainError

    def _read_mapping(self, address: Address) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while type(event := next(self._events)) is not MappingEndEvent:
            if type(event) is not ScalarEvent or event.anchor:
                raise NotPlainError
            key = self._read_value(event)
            if type(key) is not str or key in mapping:
                raise NotPlainError
            at = (*address, key)
            self._document.lines[at] = event.start_mark.line + 1
            mapping[key] = self._read(next(self._events), at)
        return mapping

    def _read_list(self, address: Address) -> list[Any]:
        items: list[Any] = []
        while type(event := next(self._events)) is not SequenceEndEvent:
            at = (*address, len(items))
            self._document.lines[at] = event.start_mark.line + 1
            items.append(self._read(event, at))
        return items

    def _read_value(self, event: ScalarEvent) -> Any:
        if event.tag is not None:
            raise NotPlainError
        value = event.value
        if not event.implicit[0]:  # it stands in quotes
            return value
        if value not in self._values:
            self._values[value] = self._construct(value, event.implicit)
        return self._values[value]

    def _construct(self, value: str, implicit: tuple[bool, bool]) -> Any:
        tag = self._resolver.resolve(ScalarNode, value, implicit)
        if value in _READ_IN_TWO_WAYS or str(tag) not in _VALUES:
            raise NotPlainError
        return self._constructor.construct_object(ScalarNode(tag, value))
