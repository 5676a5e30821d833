"""Medians and ratios of the measurements at one size."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median
from typing import Any

from benchmarks.peers.contenders import BY_HAND

Measured = Mapping[str, Any]
"""The stored measurements of one size: `rows`, facts about the machine, and `measured`, with one entry per round by contender.
Round 0 warms the file cache. It is stored only for slow contenders."""


def rounds(size: Measured, name: str) -> list[dict[str, Any]]:
    """Return the finished rounds of a contender."""
    return [each for each in size["measured"].get(name, []) if not each["fate"]]


def fate(size: Measured, name: str) -> str:
    """Return why there is no figure of a contender, or an empty text if there is one."""
    if rounds(size, name):
        return ""
    ended = size["measured"].get(name)
    return ended[-1]["fate"] if ended else "not run"


def figure(size: Measured, name: str, what: str) -> float | None:
    """Return the median of `wall`, `cpu`, `megabytes`, or of a reported `engine`, `checking` or `queries`."""
    runs = rounds(size, name)
    return median(_value(each, what) for each in runs) if runs else None


def ratio(size: Measured, name: str, what: str = "engine", to: str = BY_HAND) -> float | None:
    """Return the median of the ratios within each round, or the ratio of the medians if no round has both."""
    mine, theirs = ({each["round"]: _value(each, what) for each in rounds(size, one)} for one in (name, to))
    if not mine or not theirs:
        return None
    if both := mine.keys() & theirs.keys():
        return median(mine[number] / theirs[number] for number in both)
    return median(mine.values()) / median(theirs.values())


def _value(run: Mapping[str, Any], what: str) -> float:
    return float(run[what] if what in run else run["found"][what])
