"""What this package wants to reach, and whether it did at the sizes that were measured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.peers.contenders import COUNTS, PARQUET, PEERS, SAMPLES
from benchmarks.peers.figures import Measured, fate, figure, ratio

_TEN, _FIFTY = 10_000_000, 50_000_000


@dataclass(frozen=True)
class Judged:
    """A goal at a size.

    Attributes:
        goal: in words.
        rows: of the size.
        found: what was measured, in words.
        reached: whether it is so.
    """

    goal: str
    rows: int
    found: str
    reached: bool


def judged(sizes: Sequence[Measured]) -> Iterator[Judged]:
    """Each goal at each size that it speaks of, as far as it was measured."""
    in_files = [size for size in sizes if size["store"] == PARQUET]
    for size in sizes:
        yield from _to_hand(size)
    for size in in_files:
        yield from _to_soda(size)
        if size["rows"] == _TEN:
            yield from _to_gx(size)
        if size["rows"] == _FIFTY:
            yield from _memory(size)
    if len(in_files) > 1:
        yield from _linear(in_files[0], in_files[-1])


def _to_hand(size: Measured) -> Iterator[Judged]:
    counts, samples = (COUNTS, "counts alone"), (SAMPLES, "with keys of every failing rule")
    limits = ((*counts, 1.0), (*samples, 1.5)) if size["store"] == PARQUET else ((*counts, 1.1),)
    for name, measure, limit in limits:
        factor = ratio(size, name)
        if factor is not None:
            goal = f"{size['store']}: engine time {measure}: at most {limit:.2f} × the SQL by hand"
            yield Judged(goal, size["rows"], f"{factor:.2f} ×", factor <= limit)


def _to_soda(size: Measured) -> Iterator[Judged]:
    engine = ratio(size, COUNTS, to="soda")
    if engine is not None:
        yield Judged("counts alone: less engine time than Soda Core", size["rows"], f"{engine:.2f} ×", engine < 1)
    whole = ratio(size, COUNTS, "wall", "soda")
    if whole is not None and size["rows"] == _FIFTY:
        yield Judged("counts alone: sooner done than Soda Core", size["rows"], f"{whole:.2f} ×", whole < 1)


def _to_gx(size: Measured) -> Iterator[Judged]:
    faster = ratio(size, "gx", "wall", SAMPLES)
    if faster is not None:
        goal = "at least 15 × sooner done than Great Expectations on pandas"
        yield Judged(goal, size["rows"], f"{faster:.1f} ×", faster >= 15)


def _memory(size: Measured) -> Iterator[Judged]:
    mine = figure(size, SAMPLES, "megabytes")
    theirs = {name: megabytes for name in PEERS if (megabytes := figure(size, name, "megabytes")) is not None}
    if mine is not None and theirs:
        least = min(theirs, key=lambda name: theirs[name])
        gone = [name for name in PEERS if fate(size, name) == "out of memory"]
        comparison = f"{mine:,.0f} MB; {least}: {theirs[least]:,.0f} MB" + (
            f"; out of it: {', '.join(gone)}" if gone else ""
        )
        yield Judged("less memory than any peer", size["rows"], comparison, mine < theirs[least])


def _linear(small: Measured, large: Measured) -> Iterator[Judged]:
    per_row = [(figure(size, SAMPLES, "engine") or 0) / size["rows"] * 1e6 for size in (small, large)]
    if all(per_row):
        grown = per_row[1] / per_row[0]
        growth = f"{per_row[0]:.2f} s a million at {small['rows']:,}, {per_row[1]:.2f} s at {large['rows']:,}"
        yield Judged("engine time grows no faster than rows (a fifth is allowed)", large["rows"], growth, grown <= 1.2)
