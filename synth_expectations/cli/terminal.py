"""The terminal: how wide it is, whether it shows colours, and what is coloured."""

from __future__ import annotations

import os
import re
import shutil
import textwrap
from typing import IO

import typer

NARROWEST, WIDEST = 40, 160
"""Bounds of the width: narrower lines cannot hold a table, and wider ones are hard to read."""
DEFAULT_WIDTH = 80
"""Where nobody looks: files, pipes and logs read alike everywhere."""

_COLORS = {
    "FAILED": "red",
    "ERRORED": "red",
    "ERROR": "red",
    "PROBLEM": "red",
    "DISAGREED": "red",
    "NOT COVERED": "yellow",
    "Note": "yellow",
    "Note:": "yellow",
    "AGREED": "green",
    "passed": "green",
}
_HEAD = re.compile(rf"(?:{'|'.join(sorted(map(re.escape, _COLORS), key=len, reverse=True))})(?=\s)")
_LABEL = re.compile(r"(?:[A-Z][A-Za-z]*(?: [A-Z]+)* {2,}| +|Note: )")
"""What stands before the words of a line: a label such as `NOT COVERED`, or an indent."""
_VERDICT = re.compile(r"(?<=  )(FAILED|ERRORED|passed)(?= +\d)")


def find_width() -> int:
    """Return the width of the terminal, or what `COLUMNS` says, within bounds; 80 without a terminal."""
    return min(max(shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns, NARROWEST), WIDEST)


def shows_colors(stream: IO[str]) -> bool:
    """Return whether a stream is a terminal that shows colours; `NO_COLOR`, if it is not empty, forbids them.

    See https://no-color.org.
    """
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def fit(text: str, width: int) -> str:
    """Return text in lines of a width; those that continue another stand below its words, behind its label.

    Words longer than a line stay whole: paths and names are there to be copied.
    """
    return "\n".join("\n".join(_wrap(line, width)) for line in text.split("\n"))


def _wrap(line: str, width: int) -> list[str]:
    label = _LABEL.match(line)
    indent = label.end() if label else 0
    if len(line) <= width or indent > width // 2:
        return [line]
    words = textwrap.wrap(
        line[indent:], width - indent, break_long_words=False, break_on_hyphens=False, replace_whitespace=False
    )
    start = line[:indent]
    return [(start if number == 0 else " " * indent) + part for number, part in enumerate(words)]


def paint(text: str) -> str:
    """Return text with its verdicts in colour: a word at the start of a line, or in the column of verdicts."""
    return _VERDICT.sub(_style, _HEAD.sub(_style, text, count=1) if _HEAD.match(text) else text)


def _style(word: re.Match[str]) -> str:
    return typer.style(word[0], fg=_COLORS[word[0]], bold=True)
