"""`make bench-copies`: measure how many copies are found, and write docs/near_copies.md.

It takes an hour on two cores, most of it SDMetrics. Each part is kept in `--work`, and made again when it is deleted.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.copies import page
from benchmarks.copies.measurement import measure

_PINS = Path(__file__).parent / "requirements.txt"
_ROOT = Path(__file__).parents[2]
SEEDS = 10
LARGE = [
    *((rows, 20_000, columns) for rows in (10_000, 100_000, 1_000_000, 10_000_000) for columns in ("few", "many")),
    (100_000, 100_000, "many"),
]
"""Rows of each table, rows of each reference that are drawn, and which columns are compared."""
COPIES = 12


def main() -> None:
    """Measure what is not in the work directory yet, and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.copies", description=__doc__)
    parser.add_argument("--work", type=Path, default=Path("build/bench-copies"), help="where the parts are kept")
    parser.add_argument("--environment", type=Path, help="a virtual environment that has requirements.txt")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    environment = options.environment or options.work / "environment"
    packages = _make_environment(environment)
    parts = {
        "trials": (dataclasses.asdict(outcome) for outcome in measure(packages, SEEDS)),
        "sdmetrics": _run(str(environment / "bin/python"), "sdmetrics_scores", str(packages), str(SEEDS)),
        "large_tables": (line for asked in LARGE for line in _judge_large(*asked)),
    }
    read = {name: list(_keep(options.work / f"{name}.jsonl", lines)) for name, lines in parts.items()}
    text = page.build(read["trials"], read["sdmetrics"], read["large_tables"])
    (_ROOT / "docs/near_copies.md").write_text(text, encoding="utf-8")


def _make_environment(environment: Path) -> Path:
    """Return the directory of packages of the environment, which is made if it is not there."""
    if not environment.is_dir():
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
        pip = [str(environment / "bin/python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        subprocess.run([*pip, "-r", str(_PINS)], check=True)
    (packages,) = environment.glob("lib/python*/site-packages")
    return packages


def _keep(path: Path, lines: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the lines of a part that was measured before, else measure it."""
    if not path.is_file():
        partial = path.with_suffix(".partial")
        with partial.open("w", encoding="utf-8") as file:
            for line in lines:
                print(json.dumps(line, default=sorted), file=file, flush=True)
        partial.rename(path)
    for text in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(text)


def _judge_large(rows: int, reference_size: int, columns: str) -> Iterator[dict[str, Any]]:
    yield from _run(sys.executable, "large_tables", str(rows), str(COPIES), str(reference_size), columns)


def _run(python: str, module: str, *arguments: str) -> Iterator[dict[str, Any]]:
    """Yield the lines of JSON that a module of this package prints in a process of its own."""
    command = [python, "-m", f"benchmarks.copies.{module}", *arguments]
    with subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            yield json.loads(line)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)


if __name__ == "__main__":
    main()
