"""YAML files as plain data, with the line of each part."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap, CommentedSeq

from synth_expectations.policy.errors import PolicyError, combine_errors
from synth_expectations.policy.load.bounded_yaml import parse, read_text
from synth_expectations.policy.load.plain_yaml import Address, NotPlainError, read_plain_document


@dataclass(frozen=True)
class Mark:
    """A line of a file, from 1."""

    file: str
    line: int


@dataclass(frozen=True)
class Document:
    """The contents of a YAML file.

    Attributes:
        data: mappings, lists and plain values.
        marks: the line of each part.
        text: the file, line ends as LF.
    """

    data: dict[str, Any]
    marks: dict[Address, Mark] = field(default_factory=dict)
    text: str = ""

    def find_mark(self, address: Address) -> Mark:
        """Return the line of a part, or of the nearest part that contains it."""
        while address not in self.marks and address:
            address = address[:-1]
        return self.marks[address]


def read_document(path: Path) -> Document:
    """Read a YAML file.

    Raises:
        PolicyError: it is not there, is not YAML, has a key twice, a `TODO`, or a date without quotes; or several.
    """
    document = read_draft(path)
    if invalid := combine_errors(find_leftovers(document)):
        raise invalid
    return document


def read_draft(path: Path) -> Document:
    """Read a YAML file that may still have gaps.

    Raises:
        PolicyError: it is not there, is not YAML, or has a key twice.
    """
    file = str(path)
    text = read_text(path)
    try:
        plain = read_plain_document(text)
    except NotPlainError:
        return read_slowly(text, file)
    if not isinstance(plain.data, dict):
        raise _build_no_mapping_error(file)
    marks = {address: Mark(file, line) for address, line in plain.lines.items()}
    return Document(plain.data, {(): Mark(file, 1)} | marks, text)


def read_slowly(text: str, file: str) -> Document:
    """Read a text by the round-trip loader, which knows what is wrong, in which line.

    Raises:
        PolicyError: it is not YAML, or has a key twice.
    """
    tree = parse(text, file)
    if not isinstance(tree, CommentedMap):
        raise _build_no_mapping_error(file)
    marks: dict[Address, Mark] = {(): Mark(file, 1)}
    return Document(_to_plain(tree, (), marks, file), marks, text)


def _build_no_mapping_error(file: str) -> PolicyError:
    return PolicyError("It is not a mapping of keys to values.", "Start one with: synth-expectations init.", file, 1)


def read_yaml(path: Path) -> dict[str, Any]:
    """Return the data of a YAML file that may still have gaps.

    Raises:
        PolicyError: it is not there, or no YAML.
    """
    return read_draft(path).data


def _to_plain(node: Any, address: Address, marks: dict[Address, Mark], file: str) -> Any:
    if isinstance(node, CommentedMap):
        for name in node:
            at = node.lc.data.get(name) if node.lc.data else None  # none for what a YAML merge brought
            mark = Mark(file, at[0] + 1) if at else marks[address]
            if not isinstance(name, str) and str(name) in node:  # 90: and "90":
                raise PolicyError(
                    f'The key {name} is there twice, also as "{name}".', "Keep one of them.", file, mark.line
                )
            marks[*address, str(name)] = mark
        return {str(name): _to_plain(value, (*address, str(name)), marks, file) for name, value in node.items()}
    if isinstance(node, CommentedSeq):
        for number in range(len(node)):
            marks[*address, number] = Mark(file, node.lc.item(number)[0] + 1)
        return [_to_plain(value, (*address, number), marks, file) for number, value in enumerate(node)]
    for kind in (bool, int, float, str):
        if isinstance(node, kind):
            return kind(node)
    return node


def find_leftovers(document: Document) -> Iterator[PolicyError]:
    """Yield an error for each gap: a `TODO`, a date without quotes."""
    return _find_leftovers(document.data, (), document.marks)


def _find_leftovers(data: Any, address: Address, marks: dict[Address, Mark]) -> Iterator[PolicyError]:
    mark = marks[address]
    if isinstance(data, dict):
        for name, value in data.items():
            yield from _find_leftovers(value, (*address, name), marks)
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _find_leftovers(value, (*address, number), marks)
    elif data == "TODO":
        yield PolicyError(
            f"{format_address(address)} is still TODO.",
            "Fill it in: the comment says what belongs there.",
            mark.file,
            mark.line,
        )
    elif isinstance(data, date | datetime):
        day = data.isoformat()[:10]
        yield PolicyError(f"{format_address(address)}: a date without quotes.", f'Write "{day}".', mark.file, mark.line)
    elif isinstance(data, float) and not math.isfinite(data):
        yield PolicyError(
            f"{format_address(address)}: {data} is not a number.", "Write a finite one.", mark.file, mark.line
        )
    elif not isinstance(data, bool | int | float | str | None):
        yield PolicyError(
            f"{format_address(address)}: a {type(data).__name__} does not belong here.", "", mark.file, mark.line
        )


def format_address(address: Address) -> str:
    """Return an address as errors write it: `tables.contact.columns.key`."""
    return ".".join(str(part) for part in address)
