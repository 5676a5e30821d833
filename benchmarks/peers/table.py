"""The page PEERS.md, which the comparison writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.peers.checks import AS_OF, CHECKS
from benchmarks.peers.contenders import CONTENDERS, COUNTS, PARQUET, PEERS, SAMPLES, TITLES
from benchmarks.peers.figures import Measured, fate, figure, ratio, rounds
from benchmarks.peers.goals import evaluate_goals
from benchmarks.peers.reasons import MISSED, REASONS

_INTRO = f"""\
# Against other validators

`make bench-peers` writes this page. It runs {len(CHECKS)} checks on a CRM in Parquet as of {AS_OF}. The CRM has contacts, a
fifth as many customers, a tenth as many decisions, and a registry.

Each contender is a script in its own process. In each round, the contenders run one after the other. The figures are medians of
the rounds. A time is printed only if all contenders count the same. The seconds come from a shared machine, so read the ratio to
the SQL by hand, which is taken within each round.

- **whole** is the time from the start of the process to its end.
- **checking** is the same time without what a script imports at its start.
- **engine** is the time that the engine spends on queries. For contenders without queries, it is the time to read and validate.
- **failing records** is what a contender shows of the failing records, besides their number.

The SQL by hand only counts, in six queries. Soda Core gets the same conditions as text. This package is measured as
`synth-expectations run`. So it also counts the other rules of its expectations besides the twenty checks, trims every kind of
white space, stores the results in the format of Great Expectations, reads the fingerprints of the files, and records the run as
evidence. The form of addresses and unique keys are expectations of a plug-in in its language. One line has those of Great
Expectations in their place, which is then imported.

![Engine time relative to the SQL by hand](peers.svg)
"""


def written(sizes: Sequence[Measured]) -> str:
    """Return the page with all sizes."""
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
        f"Rounds: {size['rounds']}, on {size['cores']} cores and {size['gib']:.0f} GiB of memory; a process may use "
        f"{size['limit']:.3g} GiB.",
        "",
        "| | whole | checking | engine | relative to SQL by hand | CPU | peak memory | queries | failing records |",
        "|---|--:|--:|--:|--:|--:|--:|--:|---|",
        *(_line(size, name) for name in size["measured"]),
        *_in_fewer_rounds(size),
        "",
    ]
    return "\n".join(lines)


def _line(size: Measured, name: str) -> str:
    title = TITLES[name]
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
        CONTENDERS[name].sampled if name in CONTENDERS else "none",
    ]
    return f"| {title}{left_out}{fewer} | {' | '.join(cells)} |"


def _of_process(size: Measured, name: str) -> tuple[str, str]:
    """Return CPU time and memory, or dashes if a server does the work."""
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
        yield "¹ Measured in fewer rounds. The ratio is of these rounds, or of medians if only the warm-up round was measured."


def _goals(sizes: Sequence[Measured]) -> str:
    goals = list(evaluate_goals(sizes))
    lines = ["## Goals of this package", "", "| goal | contacts | measured | reached |", "|---|--:|---|---|"]
    lines += [
        f"| {goal.goal} | {goal.rows:,} | {goal.found} | {'yes' if goal.reached else f'**no** ({goal.kind})'} |"
        for goal in goals
    ]
    missed = list(dict.fromkeys(goal.kind for goal in goals if not goal.reached))
    lines += ["", *(f"- **{kind}**: {MISSED[kind]}" for kind in missed)] if missed else []
    return "\n".join([*lines, ""])


def _ahead(sizes: Sequence[Measured]) -> str:
    """Return where a peer is faster or smaller than this package, and why."""
    lines = []
    for name in PEERS:
        won = [
            f"{measure} at {', '.join(f'{rows:,}' for rows in better)}"
            for measure, kind in (("engine time", "engine"), ("whole time", "wall"), ("peak memory", "megabytes"))
            if (better := [size["rows"] for size in sizes if _better(size, name, kind)])
        ]
        if won:
            lines.append(f"- **{CONTENDERS[name].title}**: {'; '.join(won)}. {REASONS.get(name, '')}".rstrip())
    return "\n".join(["## Where a peer is faster or smaller", "", *lines, ""]) if lines else ""


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
