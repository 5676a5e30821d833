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
    """What was measured of a contender, rounds that came to their end; empty if none did."""
    return [run for run in size["measured"].get(name, []) if not run["fate"]]


def fate(size: Measured, name: str) -> str:
    """Return why there is no figure of a contender, or an empty text if there is one."""
    if rounds(size, name):
        return ""
    ended = size["measured"].get(name)
    return ended[-1]["fate"] if ended else "not run"


def figure(size: Measured, name: str, measure: str) -> float | None:
    """The median of `wall`, `cpu`, `megabytes`, or of what the contender reports: `engine`, `checking`, `queries`."""
    runs = rounds(size, name)
    return median(_value(run, measure) for run in runs) if runs else None


def ratio(size: Measured, name: str, measure: str = "engine", to: str = BY_HAND) -> float | None:
    """The median of the ratios within each round; of the medians where no round has both."""
    mine, theirs = ({run["round"]: _value(run, measure) for run in rounds(size, way)} for way in (name, to))
    if not mine or not theirs:
        return None
    if both := mine.keys() & theirs.keys():
        return median(mine[number] / theirs[number] for number in both)
    return median(mine.values()) / median(theirs.values())


def _value(run: Mapping[str, Any], measure: str) -> float:
    return float(run[measure] if measure in run else run["found"][measure])
