"""The section on Spark of the page PEERS.md. The rest of the page is written by `benchmarks.peers`, which keeps it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from benchmarks.peers.checks import CHECKS
from benchmarks.spark.contenders import BY_HAND, CONTENDERS, COUNTS, KEYS
from benchmarks.spark.session import MASTER, MEMORY

HEADING = "## On Spark"
_NEXT = "\n## "
_GOALS = ((COUNTS, "counts only", 1.2), (KEYS, "with keys of every failing rule", 1.6))
_MISSED = {
    COUNTS: (
        "of a million contacts in a warm session, the scan of the row rules takes 4.6 s, by hand 1.1 s: texts are trimmed, "
        "addresses are searched for twenty forms, and each of 48 counts is a column that Spark writes and reads again. "
        "Lookups take 3.7 s, by hand 0.5 s: whether the subject of a decision is known and tagged is asked too, and keys "
        "that may not fit into the driver are shuffled, not broadcast. In a new session, Java has not compiled the code yet: "
        "the same run takes half as long again. Tried, and kept: functions of an array beside the values, so that Java "
        "compiles all of the scan (the run took 13.3 s, and takes 9.8 s); references are cut down to the keys of the batch "
        "(lookups took 9.4 s, then 5.1 s). Tried, without gain: a lower `spark.sql.codegen.hugeMethodLimit`."
    ),
    KEYS: (
        "the keys of broken rules are read in one more scan, which evaluates those rules again, and in one for each lookup: "
        "Spark has no aggregate for the smallest values. The counting misses the goal before that."
    ),
}
"""Why a goal is missed, by contender; the figures are sums over the stages of a run."""
_GROWTH = 1.2
"""By how much the time of a record may grow from one size to the next."""

_INTRO = f"""\
{HEADING}

`python -m benchmarks.spark` writes this section. Each contender runs the {len(CHECKS)} checks once, in a process and session of
its own (`{MASTER}`, a driver of {MEMORY}, else settings as Spark has them). **task CPU** is the processor time of the tasks, from
Spark's status store: other processes of the machine do not change it much. It has no time of the driver, and nothing of Java's
compiler and its collector. **records read** counts a record each time that a task reads it, relative to the contacts.
Stock Great Expectations keeps the contacts in Spark's memory after the first pass, which this package never does.
"""


def write_section(sizes: Sequence[Mapping[str, Any]]) -> str:
    """Return the section.

    Args:
        sizes: what was measured of each number of contacts, by contender; smallest first.
    """
    lines = [_INTRO, "| contacts | | task CPU | relative to SQL by hand | checking | records read | shuffled |"]
    lines.append("|--:|---|--:|--:|--:|--:|--:|")
    lines += [_write_line(size, name) for size in sizes for name in CONTENDERS if name in size["measured"]]
    lines += ["", "| goal | contacts | measured | reached |", "|---|--:|---|---|", *_write_goals(sizes), ""]
    lines += [*_write_reasons(sizes), ""]
    versions = next(found["versions"] for size in sizes for found in size["measured"].values() if not found["fate"])
    return "\n".join(
        [*lines, "Versions: " + ", ".join(f"{name} {version}" for name, version in versions.items()) + ".", ""]
    )


def read_section(page: str) -> str:
    """Return the section of a page; empty if it has none."""
    _, heading, rest = page.partition(f"\n{HEADING}")
    return f"{HEADING}{rest.partition(_NEXT)[0]}".rstrip() + "\n" if heading else ""


def place_section(page: str, section: str) -> str:
    """Return a page with the section at its end, in the place of one that it had."""
    before, heading, rest = page.partition(f"\n{HEADING}")
    after = _NEXT + rest.partition(_NEXT)[2] if heading and _NEXT in rest else ""
    return f"{(before + after).rstrip()}\n\n{section}" if section else page


def _write_line(size: Mapping[str, Any], name: str) -> str:
    found = size["measured"][name]
    title = CONTENDERS[name].title
    if found["fate"]:
        return f"| {size['rows']:,} | {title} | {found['fate']} | | | | |"
    unasked = sum(count is None for count in found["counts"].values())
    checks = f" ({len(CHECKS) - unasked} of {len(CHECKS)} checks)" if unasked else ""
    cells = [
        f"{found['cpu']:.1f} s",
        f"{_ratio(size, name) or 0:.2f} ×",
        f"{found['checking']:.0f} s",
        f"{found['records'] / size['rows']:.1f} ×",
        f"{found['shuffled']:,.0f} MB",
    ]
    return f"| {size['rows']:,} | {title}{checks} | {' | '.join(cells)} |"


def _ratio(size: Mapping[str, Any], name: str) -> float | None:
    found = {contender: size["measured"].get(contender, {"fate": "not run"}) for contender in (name, BY_HAND)}
    if any(measured["fate"] for measured in found.values()):
        return None
    return float(found[name]["cpu"] / found[BY_HAND]["cpu"])


def _write_goals(sizes: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for size in sizes:
        for name, measure, limit in _GOALS:
            factor = _ratio(size, name)
            if factor is not None:
                goal = f"task CPU, {measure}: at most {limit:.1f} × the SQL by hand"
                yield _write_goal(goal, size["rows"], f"{factor:.2f} ×", factor <= limit)
    for small, large in pairwise(sizes):
        times = [size["measured"].get(COUNTS, {"fate": "not run"}) for size in (small, large)]
        if not any(found["fate"] for found in times):
            per_million = [found["cpu"] / size["rows"] * 1e6 for found, size in zip(times, (small, large), strict=True)]
            found = (
                f"{per_million[0]:.1f} s per million at {small['rows']:,}, {per_million[1]:.1f} s at {large['rows']:,}"
            )
            reached = per_million[1] <= _GROWTH * per_million[0]
            yield _write_goal("task CPU per record grows by at most a fifth", large["rows"], found, reached)


def _write_reasons(sizes: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for name, measure, limit in _GOALS:
        if any((_ratio(size, name) or 0) > limit for size in sizes):
            yield f"- **{measure}**: {_MISSED[name]}"


def _write_goal(goal: str, rows: int, found: str, reached: bool) -> str:
    return f"| {goal} | {rows:,} | {found} | {'yes' if reached else '**no**'} |"
