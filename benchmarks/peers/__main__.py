"""Run the comparison size by size, and write the table and the chart of all sizes that were measured here."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.peers import chart, table
from benchmarks.peers.checks import CHECKS
from benchmarks.peers.contenders import BY_HAND, CONTENDERS, IN_POSTGRES, PARQUET, POSTGRES, Contender
from benchmarks.peers.environments import python_of, variables
from benchmarks.peers.processes import Limits, run
from benchmarks.peers.projects import compiled, install_plugin
from benchmarks.spark.section import place_section, read_section

_ROOT = Path(__file__).parents[2]
_HERE = Path(__file__).parent
_MEMORY = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def main() -> None:
    """Measure in rounds. In each round, the contenders run one after the other."""
    options = _options()
    directory = options.directory.resolve()
    results = directory / "results"
    results.mkdir(parents=True, exist_ok=True)
    for rows in options.rows:
        chosen = [contender for name, contender in CONTENDERS.items() if name in options.only]
        size = _measured(rows, PARQUET, chosen, options, {"PEERS_DATA": str(_made(directory, rows))})
        _keep(size, results / f"{rows}.json", options.add)
    if options.postgres:
        from benchmarks.peers.postgres import filled

        data = _made(directory, options.postgres)
        with filled(directory / "postgres", data) as url:
            places = {"PEERS_DATA": str(data), "PEERS_URL": url}
            size = _measured(options.postgres, POSTGRES, list(IN_POSTGRES), options, places)
        _keep(size, results / f"postgres-{options.postgres}.json", options.add)
    sizes = [json.loads(path.read_text(encoding="utf-8")) for path in results.glob("*.json")]
    sizes.sort(key=lambda size: (size["store"], int(size["rows"])))
    page = options.output / "PEERS.md"
    on_spark = read_section(page.read_text(encoding="utf-8")) if page.is_file() else ""
    text = place_section(table.written(sizes), on_spark)
    page.write_text(text, encoding="utf-8")
    (options.output / "peers.svg").write_text(chart.drawn(sizes), encoding="utf-8")
    print(text)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers")
    parser.add_argument(
        "--rows", type=int, nargs="*", default=[1_000_000, 10_000_000], help="numbers of contacts; may be several"
    )
    parser.add_argument("--postgres", type=int, default=1_000_000, help="contacts in PostgreSQL; 0 for none")
    parser.add_argument("--rounds", type=int, default=5, help="rounds that count; one more round warms the file cache")
    parser.add_argument("--add", action="store_true", help="add these rounds to earlier ones")
    parser.add_argument("--only", nargs="+", choices=list(CONTENDERS), default=list(CONTENDERS))
    parser.add_argument("--memory", type=float, default=0.85 * _MEMORY / 2**30, help="GiB that a process may use")
    parser.add_argument("--minutes", type=float, default=30, help="minutes that a process may take")
    parser.add_argument(
        "--patience", type=float, default=120, help="seconds; a contender that takes longer is measured once"
    )
    parser.add_argument(
        "--directory", type=Path, default=_ROOT / "build" / "peers", help="directory for data and environments"
    )
    parser.add_argument("--output", type=Path, default=_HERE.parent, help="directory for the table and the chart")
    options = parser.parse_args()
    if BY_HAND not in options.only:
        options.only.append(BY_HAND)
    return options


def _made(directory: Path, rows: int) -> Path:
    data = directory / "data" / str(rows)
    # in its own process: a child starts with the peak memory of the process that it was forked from
    subprocess.run([sys.executable, "-m", "benchmarks.peers.data", str(data), str(rows)], cwd=_ROOT, check=True)
    return data


def _measured(
    rows: int, store: str, chosen: list[Contender], options: argparse.Namespace, places: dict[str, str]
) -> dict[str, Any]:
    directory = options.directory.resolve()
    path = os.pathsep.join(filter(None, (install_plugin(directory / "plugin"), os.environ.get("PYTHONPATH"))))
    projects = compiled(directory / "projects" / store, {**places, "PYTHONPATH": path})
    limits = Limits(int(options.memory * 2**30), options.minutes * 60)
    pythons = {contender.name: python_of(contender, directory / "environments") for contender in chosen}
    kept: dict[str, list[dict[str, Any]]] = {contender.name: [] for contender in chosen}
    done: set[str] = set()
    counted: dict[str, int | None] = {}
    for number in range(options.rounds + 1):
        for contender in chosen:
            if contender.name in done:
                continue
            of_project = (
                {"PEERS_PROJECT": str(projects[contender.project]), "PYTHONPATH": path} if contender.project else {}
            )
            command = [pythons[contender.name], "-m", f"benchmarks.peers.ways.{contender.script}", places["PEERS_DATA"]]
            outcome = run(command, _ROOT, variables(**places, **of_project), limits)
            fate = outcome.fate or f"{outcome.wall:.1f} s"
            print(f"{rows:,} rows in {store}, round {number}, {contender.name}: {fate}", flush=True)
            if not outcome.fate:
                counted = counted or outcome.found["counts"]
                _agree(contender, outcome.found["counts"], counted)
            slow = bool(outcome.fate) or outcome.wall > options.patience
            if number or slow:  # the first round warms the files
                kept[contender.name].append({"round": number, **outcome.plain()})
            if slow:
                done.add(contender.name)
    return {
        "store": store,
        "rows": rows,
        "rounds": options.rounds,
        "cores": len(os.sched_getaffinity(0)),
        "gib": _MEMORY / 2**30,
        "limit": options.memory,
        "measured": kept,
    }


def _keep(size: dict[str, Any], file: Path, add: bool) -> None:
    """Write what was measured of a size: anew, or its rounds after those of before."""
    if add and file.exists():
        before = json.loads(file.read_text(encoding="utf-8"))
        for name, runs in size["measured"].items():
            later = [run | {"round": run["round"] and before["rounds"] + run["round"]} for run in runs]
            before["measured"].setdefault(name, []).extend(later)
        size |= {"rounds": before["rounds"] + size["rounds"], "measured": before["measured"]}
    file.write_text(json.dumps(size, indent=1), encoding="utf-8")


def _agree(contender: Contender, counts: dict[str, int | None], by_hand: dict[str, int | None]) -> None:
    """No time is printed unless all count the same, in what they can express."""
    differing = [
        f"{check}: {counts.get(check)}, by hand {by_hand[check]}"
        for check in CHECKS
        if counts.get(check, -1) not in {None, by_hand[check]}
    ]
    if differing:
        raise SystemExit(f"{contender.name} counts otherwise: {'; '.join(differing)}")


if __name__ == "__main__":
    main()
