"""The page that the comparison writes: PEERS.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.peers.checks import AS_OF, CHECKS
from benchmarks.peers.contenders import CONTENDERS, COUNTS, PARQUET, PEERS, SAMPLES
from benchmarks.peers.figures import Measured, fate, figure, ratio, rounds
from benchmarks.peers.goals import judged
from benchmarks.peers.reasons import REASONS

_INTRO = f"""\
# Against other validators

Made by `make bench-peers`: {len(CHECKS)} checks on a CRM in Parquet (contacts, a fifth as many customers, a tenth as many
decisions, a registry), judged as of {AS_OF}. Each way of asking is a script of its own in a process of its
own, one after the other in each round; figures are medians of the rounds. A time is printed only if all count the same.
Seconds are of a shared machine: the ratio to the SQL by hand, taken within each round, is what to read.

- **whole**: from the start of the process to its end. **checking**: without imports. **engine**: what the engine of the
  queries took, or, of those that send none, reading and validating.
- The SQL by hand counts and nothing else, in six queries. Soda Core is given the same conditions, as text. This package
  also writes Data Docs, trims white space of every kind, and counts what the rules say beside the twenty.
- **failing records**: what each shows of them beside their number.

![Engine time to that of the SQL by hand](peers.svg)
"""


def written(sizes: Sequence[Measured]) -> str:
    """The whole page, of all sizes."""
    parts = [
        _INTRO,
        *(_of_size(size) for size in sizes),
        _goals(sizes),
        _ahead(sizes),
        _checks(sizes),
        _versions(sizes),
    ]
    return "\n".join(part for part in parts if part)


def _of_size(size: Measured) -> str:
    lines = [
        f"## {size['rows']:,} contacts in {size['store']}",
        "",
        f"Rounds: {size['rounds']}, on {size['cores']} cores and {size['gib']:.0f} GiB of memory; a process may take "
        f"{size['limit']:.3g} GiB.",
        "",
        "| | whole | checking | engine | to SQL by hand | CPU | peak memory | queries | failing records |",
        "|---|--:|--:|--:|--:|--:|--:|--:|---|",
        *(_line(size, name) for name in CONTENDERS if name in size["measured"]),
        *_in_fewer_rounds(size),
        "",
    ]
    return "\n".join(lines)


def _line(size: Measured, name: str) -> str:
    title = CONTENDERS[name].title
    if reason := fate(size, name):
        return f"| {title} | {reason} | | | | | | | |"
    cells = [_seconds(figure(size, name, measure)) for measure in ("wall", "checking", "engine")]
    queries = figure(size, name, "queries")
    unasked = [check for check, count in _counts(size, name).items() if count is None]
    fewer = " ¹" if len(rounds(size, name)) < size["rounds"] else ""
    left_out = f" ({len(CHECKS) - len(unasked)} of {len(CHECKS)} checks)" if unasked else ""
    cells += [
        f"{ratio(size, name) or 0:.2f} ×",
        *_of_process(size, name),
        f"{queries:.0f}" if queries else "-",
        CONTENDERS[name].sampled,
    ]
    return f"| {title}{left_out}{fewer} | {' | '.join(cells)} |"


def _of_process(size: Measured, name: str) -> tuple[str, str]:
    """CPU and memory; where a server does the work, the client's say nothing."""
    if size["store"] != PARQUET:
        return "-", "-"
    return _seconds(figure(size, name, "cpu")), f"{figure(size, name, 'megabytes') or 0:,.0f} MB"


def _counts(size: Measured, name: str) -> dict[str, int | None]:
    counts: dict[str, int | None] = rounds(size, name)[0]["found"]["counts"]
    return counts


def _seconds(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f} s" if value < 100 else f"{value:,.0f} s"


def _in_fewer_rounds(size: Measured) -> Iterator[str]:
    if any(0 < len(rounds(size, name)) < size["rounds"] for name in size["measured"]):
        yield ""
        yield "¹ Measured in fewer rounds: the ratio is of those; of the medians, if only while the files were warmed."


def _goals(sizes: Sequence[Measured]) -> str:
    lines = ["## What this package wants to reach", "", "| goal | contacts | measured | reached |", "|---|--:|---|---|"]
    lines += [
        f"| {goal.goal} | {goal.rows:,} | {goal.found} | {'yes' if goal.reached else '**no**'} |"
        for goal in judged(sizes)
    ]
    return "\n".join([*lines, ""])


def _ahead(sizes: Sequence[Measured]) -> str:
    """Where a peer is ahead of this package, and why."""
    lines = []
    for name in PEERS:
        won = [
            f"{measure} at {', '.join(f'{rows:,}' for rows in better)}"
            for measure, kind in (("engine time", "engine"), ("whole time", "wall"), ("peak memory", "megabytes"))
            if (better := [size["rows"] for size in sizes if _better(size, name, kind)])
        ]
        if won:
            lines.append(f"- **{CONTENDERS[name].title}**: {'; '.join(won)}. {REASONS.get(name, '')}".rstrip())
    return "\n".join(["## Where a peer is ahead", "", *lines, ""]) if lines else ""


def _better(size: Measured, name: str, measure: str) -> bool:
    """Whether a peer is ahead of this package asked for the same: who shows no records, of its counts alone."""
    mine = COUNTS if CONTENDERS[name].sampled == "none" else SAMPLES
    theirs, ours = figure(size, name, measure), figure(size, mine, measure)
    return theirs is not None and ours is not None and theirs < ours


def _checks(sizes: Sequence[Measured]) -> str:
    """What is counted, and who cannot; of the largest size."""
    in_files = [size for size in sizes if size["store"] == PARQUET]
    if not in_files:
        return ""
    size = in_files[-1]
    counts_by_way = {name: _counts(size, name) for name in size["measured"] if rounds(size, name)}
    lines = ["## The checks", "", f"| check | counts | at {size['rows']:,} | not expressible in |", "|---|---|--:|---|"]
    for check, meaning in CHECKS.items():
        count = next(iter(counts_by_way.values()))[check]
        without = [CONTENDERS[name].title for name, counts in counts_by_way.items() if counts[check] is None]
        lines.append(f"| {check} | {meaning} | {count:,} | {', '.join(without)} |")
    return "\n".join([*lines, ""])


def _versions(sizes: Sequence[Measured]) -> str:
    versions: dict[str, str] = {}
    for size in sizes:
        for name in size["measured"]:
            for run in rounds(size, name):
                versions |= run["found"]["versions"]
    return "Versions: " + ", ".join(f"{name} {version}" for name, version in sorted(versions.items())) + ".\n"
