"""The tokens of SQL, of any dialect, read from a stream: texts, names, words, numbers and signs, without comments."""

from __future__ import annotations

import re
import sys
from enum import Enum
from typing import NamedTuple, TextIO

from synth_expectations.gate.model import UnreadFileError

_CHUNK = 262_144
_MAX_TOKEN = 4_000_000
"""Characters of one token, such as a text."""


class TokenKind(Enum):
    """What a token is."""

    TEXT = "text"
    NAME = "name in quotes"
    WORD = "word"
    NUMBER = "number"
    SIGN = "sign"


class Token(NamedTuple):
    """A token; of texts and names, what stands within the quotes."""

    kind: TokenKind
    value: str


_REST = r"""
    |(?P<quoted>[Nn]?[Qq]'(?:\[.*?\]|\{.*?\}|<.*?>|\(.*?\)|(?P<mark>[^\s\[{<(]).*?(?P=mark))')
    |(?P<dollar>\$(?P<tag>(?:[A-Za-z_]\w*)?)\$.*?\$(?P=tag)\$)
    |(?P<name>"(?:[^"]|"")*+"|`(?:[^`]|``)*+`|\[[^\]\n]{0,200}\])
    |(?P<word>[^\W\d][\w$]*)
    |(?P<number>-?(?:0x[0-9A-Fa-f]+|\d[\d.]*(?:[eE][+-]?\d+)?))
    |(?P<sign>.)
"""
_STANDARD = re.compile(
    r"(?P<space>\s+|--[^\n]*|/\*.*?\*/)|(?P<text>[Ee]'(?:[^'\\]|\\.|'')*+'|(?:[NnUuBbXx]&?)?'(?:[^']|'')*+')" + _REST,
    re.VERBOSE | re.DOTALL,
)
_MYSQL = re.compile(
    r"(?P<space>\s+|--[^\n]*|\#[^\n]*|/\*.*?\*/)|(?P<text>(?:_\w+\s*)?[NnBbXxEe]?'(?:[^'\\]|\\.|'')*+')" + _REST,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(.)|''", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": ""}
_UNICODE = re.compile(r"\\(?:(\\)|\+([0-9A-Fa-f]{6})|([0-9A-Fa-f]{4}))")
"""Escapes of `U&'…'`."""
_OPEN = re.compile(r"[Nn]?[Qq]'|'|/\*|\$(?:[A-Za-z_]\w*)?\$")
"""What a text or comment begins with that is not closed in what was read; `$1` is a parameter."""
_MAX_TAG = 210
"""Characters of a name in square brackets, or between the signs of a dollar before a text, and a little more."""
_KINDS = {
    "text": TokenKind.TEXT,
    "quoted": TokenKind.TEXT,
    "mark": TokenKind.TEXT,
    "dollar": TokenKind.TEXT,
    "tag": TokenKind.TEXT,
    "name": TokenKind.NAME,
    "word": TokenKind.WORD,
    "number": TokenKind.NUMBER,
    "sign": TokenKind.SIGN,
}


class SqlText:
    """SQL that is read on as its tokens are taken.

    Args:
        stream: the text.
        is_mysql: whether a backslash within a text takes the next character as it is, and `#` begins a comment.
    """

    def __init__(self, stream: TextIO, *, is_mysql: bool) -> None:
        self._stream = stream
        self._pattern = _MYSQL if is_mysql else _STANDARD
        self.is_mysql = is_mysql
        self._text = ""
        self._at = 0
        self._line = 1
        self._counted = 0
        self._is_ended = False

    @property
    def line(self) -> int:
        """The line of the position, from 1."""
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def take(self) -> Token | None:
        """Return the next token, or None at the end.

        Raises:
            UnreadFileError: a text or a comment is not closed, or too long.
        """
        while True:
            match = self._pattern.match(self._text, self._at)
            if match is None:
                if not self._fill():
                    return None
                continue
            kind = match.lastgroup or ""
            is_open = kind in {"sign", "word"} and _OPEN.match(self._text, self._at)
            may_go_on = is_open or match[0] in {'"', "`"} or match.end() > len(self._text) - _MAX_TAG
            if may_go_on and not self._is_ended:
                self._fill()
                continue
            if is_open:
                raise UnreadFileError(f"a text or comment that begins at line {self.line} is not closed")
            self._at = match.end()
            if kind != "space":
                return Token(_KINDS[kind], self._read(kind, match[0]))

    def take_line(self) -> str | None:
        """Return the rest of the line, or None at the end."""
        while (end := self._text.find("\n", self._at)) < 0:
            if not self._fill():
                end = len(self._text)
                break
        if self._at >= len(self._text):
            return None
        line = self._text[self._at : end]
        self._at = end + 1
        return line.rstrip("\r")

    def _fill(self) -> bool:
        """Read on, and forget what was used; return whether there was more.

        Raises:
            UnreadFileError: a token is too long.
        """
        if self._is_ended:
            return False
        rest = len(self._text) - self._at
        if rest > _MAX_TOKEN:
            raise UnreadFileError(f"a text or comment at line {self.line} has more than {_MAX_TOKEN:,} characters")
        self._line, self._counted = self.line, 0
        chunk = self._stream.read(max(_CHUNK, rest))
        self._text, self._at = self._text[self._at :] + chunk, 0
        self._is_ended = not chunk
        return bool(chunk)

    def _read(self, kind: str, text: str) -> str:
        if kind == "text":
            quote = text.index("'")
            inner = text[quote + 1 : -1]
            if text[0] in "Uu" and text[1] == "&" and "\\" in inner:
                inner = _UNICODE.sub(_read_unicode, inner)
            if "\\" in inner and (self.is_mysql or text[:quote] in {"E", "e"}):
                return _ESCAPE.sub(lambda match: _ESCAPES.get(match[1], match[1]) if match[1] else "'", inner)
            return inner.replace("''", "'") if "'" in inner else inner
        if kind in {"quoted", "mark"}:  # Oracle's q'[O'Moor]'
            return text[text.index("'") + 2 : -2]
        if kind == "name":
            return text[1:-1]
        if kind in {"dollar", "tag"}:
            edge = text.index("$", 1) + 1
            return text[edge:-edge]
        return text


def _read_unicode(match: re.Match[str]) -> str:
    code = int(match[2] or match[3] or "5C", 16)
    return chr(code) if code <= sys.maxunicode else ""
