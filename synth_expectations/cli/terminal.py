"""The terminal: how wide it is, whether it shows colours, and what is coloured."""

from __future__ import annotations

import os
import re
import shutil
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
_VERDICT = re.compile(r"(?<=  )(FAILED|ERRORED|passed)(?= +\d)")


def find_width() -> int:
    """Return the width of the terminal, or what `COLUMNS` says, within bounds; 80 without a terminal."""
    return min(max(shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns, NARROWEST), WIDEST)


def shows_colors(stream: IO[str]) -> bool:
    """Return whether a stream is a terminal that shows colours; `NO_COLOR`, if it is not empty, forbids them.

    See https://no-color.org.
    """
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def paint(text: str) -> str:
    """Return text with its verdicts in colour: a word at the start of a line, or in the column of verdicts."""
    return _VERDICT.sub(_style, _HEAD.sub(_style, text, count=1) if _HEAD.match(text) else text)


def _style(word: re.Match[str]) -> str:
    return typer.style(word[0], fg=_COLORS[word[0]], bold=True)
