"""Run the comparison on Spark size by size, and write its section into PEERS.md."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.peers.checks import CHECKS
from benchmarks.peers.environments import variables
from benchmarks.peers.processes import Limits, run
from benchmarks.spark.contenders import BY_HAND, CONTENDERS
from benchmarks.spark.projects import compile_projects
from benchmarks.spark.section import place_section, write_section

_ROOT = Path(__file__).parents[2]
_PAGE = _ROOT / "benchmarks" / "PEERS.md"
_MOST_MEMORY = 4 * 2**30
"""Bytes that the Python process of a contender may use."""


def main() -> None:
    """Run each contender once for each size; contenders that were not asked for keep what was measured before."""
    options = _options()
    results = options.directory / "results"
    results.mkdir(parents=True, exist_ok=True)
    for rows in options.rows:
        file = results / f"{rows}.json"
        measured = json.loads(file.read_text(encoding="utf-8"))["measured"] if file.is_file() else {}
        for name in options.only:
            measured[name] = _measure(options.directory, rows, name, options.minutes)
            _require_equal_counts(name, measured)
            file.write_text(json.dumps({"rows": rows, "measured": measured}, indent=1), encoding="utf-8")
    sizes = [json.loads(file.read_text(encoding="utf-8")) for file in results.glob("*.json")]
    section = write_section(sorted(sizes, key=lambda size: int(size["rows"])))
    _PAGE.write_text(place_section(_PAGE.read_text(encoding="utf-8"), section), encoding="utf-8")
    print(section)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.spark")
    parser.add_argument("--rows", type=int, nargs="*", default=[1_000_000, 5_000_000], help="numbers of contacts")
    parser.add_argument("--only", nargs="*", choices=list(CONTENDERS), default=list(CONTENDERS))
    parser.add_argument("--minutes", type=float, default=30, help="minutes that a process may take")
    parser.add_argument("--directory", type=Path, default=_ROOT / "build" / "spark", help="for data and results")
    options = parser.parse_args()
    options.directory = options.directory.resolve()
    return options


def _measure(directory: Path, rows: int, name: str, minutes: float) -> dict[str, Any]:
    data = directory / "data" / str(rows)
    subprocess.run([sys.executable, "-m", "benchmarks.peers.data", str(data), str(rows)], cwd=_ROOT, check=True)
    contender, more = CONTENDERS[name], {"PEERS_DATA": str(data), "PYTHONPATH": str(_ROOT)}
    if contender.project:
        more["PEERS_PROJECT"] = str(compile_projects(directory / "projects", more)[contender.project])
    command = [sys.executable, "-m", f"benchmarks.spark.{contender.module}", str(data)]
    outcome = run(command, _ROOT, variables(**more), Limits(_MOST_MEMORY, minutes * 60))
    print(f"{rows:,} rows, {name}: {outcome.fate or outcome.found['cpu']}", flush=True)
    return {"fate": outcome.fate, **outcome.found}


def _require_equal_counts(name: str, measured: dict[str, dict[str, Any]]) -> None:
    """Refuse to write a time of a contender that counts otherwise than the SQL by hand."""
    found, by_hand = measured[name].get("counts"), measured.get(BY_HAND, {}).get("counts")
    if not found or not by_hand:
        return
    differing = [check for check in CHECKS if found[check] not in {None, by_hand[check]}]
    if differing:
        raise SystemExit(f"{name} counts otherwise: {', '.join(differing)}")


if __name__ == "__main__":
    main()
