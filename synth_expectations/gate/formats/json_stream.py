"""JSON files, read record by record, so that a large one does not fill the memory."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, TextIO

from synth_expectations.gate.decoding import decode
from synth_expectations.gate.formats.repeated_keys import refuse_repeated
from synth_expectations.gate.model import UnreadFileError
from synth_expectations.gate.repository import SourceFile

MAX_RECORD = 4_000_000
"""Characters of one record."""
MAX_DOCUMENT = 16_000_000
"""Bytes of a document that is read as a whole, such as a plan."""
MAX_VALUES = 1_500_000
"""Values of such a document: an empty list is two bytes there, and 64 in memory."""
_CHUNK = 262_144
_MAX_DEPTH = 8
_SPACE = re.compile(r"[\s]*")
_PLAIN = json.JSONDecoder(object_pairs_hook=refuse_repeated)
BuildObject = Callable[[list[tuple[str, Any]]], dict[str, Any]]
"""Makes an object of its keys and values."""


_COMMENT = re.compile(r'("(?:\\.?|[^"\\])*+(?:"|\Z))|//[^\n]*|/\*.*?(?:\*/|\Z)', re.DOTALL)
_LAST_COMMA = re.compile(r'("(?:\\.?|[^"\\])*+(?:"|\Z))|,(?=\s*[}\]])', re.DOTALL)
"""Texts and comments that are not closed go on to the end: else each quote would have the rest read anew."""


def read_json_file(
    file: SourceFile, limit: int = MAX_DOCUMENT, build: BuildObject = refuse_repeated, *, has_comments: bool = False
) -> Any:
    """Return the data of a JSON file as a whole.

    Args:
        file: it.
        limit: bytes.
        build: makes an object; by default one that names a key more than once is refused.
        has_comments: whether comments and a comma behind the last value are allowed, as in the configuration of editors.

    Raises:
        UnreadFileError: it is not JSON, too large or too deep.
    """
    text = decode(file.read_bytes(limit))
    if sum(map(text.count, ",{[")) > MAX_VALUES:
        raise UnreadFileError(f"it holds more than {MAX_VALUES:,} values")
    try:
        return json.loads(text, object_pairs_hook=build)
    except json.JSONDecodeError as error:
        if has_comments:
            with suppress(ValueError, RecursionError):
                plain = _LAST_COMMA.sub(_keep_text, _COMMENT.sub(_keep_text, text))
                return json.loads(plain, object_pairs_hook=build)
        raise UnreadFileError(f"it is not valid JSON at line {error.lineno}") from None
    except (RecursionError, ValueError):  # nested too deeply, or a number of thousands of digits
        raise UnreadFileError("it is nested too deeply, or has an invalid number") from None


def _keep_text(match: re.Match[str]) -> str:
    return match[1] or ""


class NoListError(UnreadFileError):
    """A document has no list at its top where one was looked for."""


class TooLongError(UnreadFileError):
    """A value has more characters than one record may have."""


class _Window:
    """The part of a text that was read and not yet used, with the line that it begins at."""

    def __init__(self, stream: TextIO, build: BuildObject | None = None) -> None:
        self._stream = stream
        self._decoder = json.JSONDecoder(object_pairs_hook=build) if build else _PLAIN
        self.text = ""
        self.at = 0
        self._line = 1
        self._counted = 0
        self.is_ended = False

    def fill(self) -> bool:
        """Read on, and forget what was used; return whether there was more."""
        self.line_here()
        self._counted = 0
        chunk = self._stream.read(_CHUNK)
        self.text, self.at = self.text[self.at :] + chunk, 0
        self.is_ended = not chunk
        return bool(chunk)

    def line_here(self) -> int:
        """Return the line of the position."""
        self._line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at
        return self._line

    def skip_space(self) -> str:
        """Go to the next character that is not a space, and return it; empty at the end."""
        while True:
            match = _SPACE.match(self.text, self.at)
            self.at = match.end() if match else self.at
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.fill():
                return ""

    def take(self, character: str) -> bool:
        """Go past a character, and return whether it was there."""
        if self.skip_space() != character:
            return False
        self.at += 1
        return True

    def value(self) -> Any:
        """Return the next value.

        Raises:
            UnreadFileError: it is none, or too large.
        """
        self.skip_space()
        while True:
            try:
                value, end = self._decoder.raw_decode(self.text, self.at)
            except (RecursionError, ValueError) as error:
                if isinstance(error, RecursionError):
                    raise UnreadFileError(f"it is nested too deeply at line {self.line_here()}") from None
                if len(self.text) - self.at > MAX_RECORD:
                    raise TooLongError(
                        f"a record at line {self.line_here()} has more than {MAX_RECORD:,} characters, or is not valid JSON"
                    ) from None
                start, before = self.at, len(self.text)
                needed = max(_CHUNK, before - start)  # doubles, so that a long record is not parsed again and again
                while len(self.text) - self.at < before - start + needed and self.fill():
                    pass
                if self.is_ended and len(self.text) - self.at == before - start:
                    raise UnreadFileError(f"it is not valid JSON at line {self.line_here()}") from None
            else:
                if end == len(self.text) and not self.is_ended and self.fill():
                    continue  # a number may go on
                self.at = end
                return value


def read_json_records(
    file: SourceFile, key: str = "records", build: BuildObject | None = None
) -> Iterator[tuple[Any, int]]:
    """Yield the records of a JSON file with their lines: those of a list, or of the list at `key` of an object.

    Raises:
        UnreadFileError: it is not JSON, or has no such list.
    """
    with file.open_text(newline="") as (stream, _):
        yield from _read_records(_Window(stream, build), key)


def read_json_members(file: SourceFile, build: BuildObject | None = None) -> Iterator[tuple[str, Any, int]]:
    """Yield what an object of JSON has by key, with lines: of a list each entry by itself, so that it may be long.

    Raises:
        UnreadFileError: it is not JSON, or a part of it is too large.
    """
    with file.open_text(newline="") as (stream, _):
        window = _Window(stream, build)
        yield from _read_members(window, 0)
        _require_end(window)


def _read_members(window: _Window, depth: int) -> Iterator[tuple[str, Any, int]]:
    """Yield what an object has; of an object within it that is long, what that one has."""
    if not window.take("{"):
        raise UnreadFileError(f"it is not valid JSON at line {window.line_here()}")
    names: set[str] = set()
    while not window.take("}"):
        name = window.value()
        if not isinstance(name, str) or not window.take(":"):
            raise UnreadFileError(f"it is not valid JSON at line {window.line_here()}")
        first = window.skip_space()
        if name in names and first not in {"[", "{"}:
            raise UnreadFileError(f"its object names a key more than once at line {window.line_here()}")
        names.add(name)
        if first == "[":
            yield from ((name, [value], line) for value, line in _read_list(window))
        else:
            try:
                yield name, window.value(), window.line_here()
            except TooLongError:  # its beginning was not used up
                if first != "{" or depth > _MAX_DEPTH:
                    raise
                yield from _read_members(window, depth + 1)
        if not window.take(",") and window.skip_space() != "}":
            raise UnreadFileError(f"it is not valid JSON at line {window.line_here()}")


def holds_several_values(file: SourceFile) -> bool:
    """Return whether a file of JSON holds objects one after the other, as exports of MongoDB and logs do."""
    try:
        with file.open_text(newline="") as (stream, _):
            window = _Window(stream)
            return window.skip_space() == "{" and isinstance(window.value(), dict) and window.skip_space() == "{"
    except UnreadFileError:
        return False  # reading it says why


def read_json_values(stream: TextIO, build: BuildObject | None = None) -> Iterator[tuple[Any, int]]:
    """Yield the JSON values of a text with their lines: one, one a line, or those of one list.

    Raises:
        UnreadFileError: a value is none, or too large.
    """
    window = _Window(stream, build)
    if window.skip_space() == "[":
        yield from _read_list(window)
        _require_end(window)
        return
    while window.skip_space():
        line = window.line_here()
        yield window.value(), line


def _read_records(window: _Window, key: str) -> Iterator[tuple[Any, int]]:
    if window.skip_space() == "[":
        yield from _read_list(window)
        _require_end(window)
        return
    if not window.take("{"):
        raise UnreadFileError(f"it is not valid JSON at line {window.line_here()}")
    found = False
    while not window.take("}"):
        name = window.value()
        if not isinstance(name, str) or not window.take(":"):
            raise UnreadFileError(f"it is not valid JSON at line {window.line_here()}")
        if name == key and window.skip_space() == "[":
            found = True
            yield from _read_list(window)
        else:
            window.value()
        if not window.take(",") and window.skip_space() != "}":
            raise UnreadFileError(f"it is not valid JSON at line {window.line_here()}")
    _require_end(window)
    if not found:
        raise NoListError(f"it has no list of {key}")


def _read_list(window: _Window) -> Iterator[tuple[Any, int]]:
    window.take("[")
    while not window.take("]"):
        window.skip_space()
        line = window.line_here()
        yield window.value(), line
        if not window.take(",") and window.skip_space() != "]":
            raise UnreadFileError(f"it is not valid JSON at line {window.line_here()}")


def _require_end(window: _Window) -> None:
    if window.skip_space():
        raise UnreadFileError(f"it is not valid JSON at line {window.line_here()}: something follows its end")
