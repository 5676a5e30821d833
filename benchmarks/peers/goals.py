"""The goals of this package, and whether it reached them at the sizes that were measured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.peers.contenders import BY_HAND, COUNTS, PARQUET, PEERS, SAMPLES, WHOLE
from benchmarks.peers.figures import Measured, fate, figure, ratio

_TEN = 10_000_000


@dataclass(frozen=True)
class GoalResult:
    """A goal at one size.

    Attributes:
        goal: the goal as a sentence.
        rows: the number of contacts.
        found: the measurement as text.
        reached: whether the goal is reached.
        kind: which of the reasons of `MISSED` says why it is not.
    """

    goal: str
    rows: int
    found: str
    reached: bool
    kind: str


def evaluate_goals(sizes: Sequence[Measured]) -> Iterator[GoalResult]:
    """Yield each goal at each size to which it applies, if that size was measured."""
    in_files = [size for size in sizes if size["store"] == PARQUET]
    for size in sizes:
        yield from _to_hand(size)
    for size in in_files:
        yield from _to_soda(size)
        if size["rows"] == _TEN:
            yield from _to_gx(size)
        yield from _memory(size)
    if len(in_files) > 1:
        yield from _linear(in_files[0], in_files[-1])


def _to_hand(size: Measured) -> Iterator[GoalResult]:
    is_in_files = size["store"] == PARQUET
    base, by_hand = (BY_HAND, "the SQL by hand") if is_in_files else (WHOLE, "SQL by hand that asks the same questions")
    limits = (1.0, 1.3) if is_in_files else (1.05, 1.5)
    for name, measure, kind, limit in (
        (COUNTS, "counts only", "engine", limits[0]),
        (SAMPLES, "with keys of every failing rule", "keys", limits[1]),
    ):
        factor = ratio(size, name, to=base)
        if factor is not None:
            goal = f"{size['store']}: engine time {measure}: at most {limit:.2f} × {by_hand}"
            yield GoalResult(goal, size["rows"], f"{factor:.2f} ×", factor <= limit, f"{kind}, {size['store']}")


def _to_soda(size: Measured) -> Iterator[GoalResult]:
    for measure, what in (("engine", "less engine time"), ("wall", "less time in all")):
        factor = ratio(size, COUNTS, measure, "soda")
        if factor is not None:
            kind = "Soda Core" if measure == "engine" else "whole"
            goal = f"counts only: {what} than Soda Core"
            yield GoalResult(goal, size["rows"], f"{factor:.2f} ×", factor < 1, kind)


def _to_gx(size: Measured) -> Iterator[GoalResult]:
    faster = ratio(size, "gx", "wall", SAMPLES)
    if faster is not None:
        goal = "at least 15 × faster than Great Expectations on pandas"
        yield GoalResult(goal, size["rows"], f"{faster:.1f} ×", faster >= 15, "Great Expectations")


def _memory(size: Measured) -> Iterator[GoalResult]:
    mine = figure(size, SAMPLES, "megabytes")
    theirs = {name: megabytes for name in PEERS if (megabytes := figure(size, name, "megabytes")) is not None}
    if mine is not None and theirs:
        least = min(theirs, key=lambda name: theirs[name])
        gone = [name for name in PEERS if fate(size, name) == "out of memory"]
        comparison = f"{mine:,.0f} MB; {least}: {theirs[least]:,.0f} MB" + (
            f"; out of it: {', '.join(gone)}" if gone else ""
        )
        yield GoalResult("less memory than any peer", size["rows"], comparison, mine < theirs[least], "memory")


def _linear(small: Measured, large: Measured) -> Iterator[GoalResult]:
    per_row = [(figure(size, SAMPLES, "engine") or 0) / size["rows"] * 1e6 for size in (small, large)]
    if all(per_row):
        grown = per_row[1] / per_row[0]
        growth = f"{per_row[0]:.2f} s a million at {small['rows']:,}, {per_row[1]:.2f} s at {large['rows']:,}"
        goal = "engine time grows no faster than rows (a fifth is allowed)"
        yield GoalResult(goal, large["rows"], growth, grown <= 1.2, "growth")
