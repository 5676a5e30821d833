"""Runs the benchmark, and writes its table to benchmarks/RESULTS.md."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

import duckdb

from benchmarks.data import AS_OF, make
from synth_expectations.policy.compile.compiler import compile_policy

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "RESULTS.md"

POLICY = """\
version: 1
owner: bench@retailer.example
data_sources:
  lake: {{type: parquet, path: "{lake}"}}
allowed: {{methods: [rule_based, ctgan, llm], purposes: [testing, model_training, personalisation]}}
retention:
  classes: {{testing: {{max: P90D}}, model_training: {{max: P10Y}}, personalisation: {{max: P1Y}}}}
tables:
  contact:
    role: mixed
    parquet: lake/*.parquet
    marker: {{column: RecordOrigin__c, synthetic: [synthetic], real: [real], partial: [partial], masked: [masked]}}
    columns:
      {{key: Id, source: SyntheticSource__c, generated_at: SyntheticGeneratedAt__c, method: SyntheticMethod__c,
       algorithm_version: SyntheticVersion__c, purpose: SyntheticPurpose__c, dataset_id: SyntheticDataset__c,
       loaded_at: CreatedDate}}
    expectations:
      expect_synthetic_provenance_to_be_well_formed: {{not_before: "2024-01-01"}}
    exclude:
{excluded}
checkpoints:
  bench: {{tables: all}}
"""
MEASURED = (
    "expect_records_to_be_tagged",
    "expect_synthetic_records_to_have_provenance",
    "expect_synthetic_provenance_to_be_well_formed",
    "expect_synthetic_records_to_expire_on_time",
)
"""Row rules alone: what the query by hand asks too."""


def main() -> None:
    """Measure by turns, each in a process of its own, and take the medians."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--directory", type=Path, default=ROOT / "build" / "benchmarks")
    options = parser.parse_args()
    lake, rows = options.directory / f"{options.rows}", options.rows
    projects = {}
    for name in ("pass", "fail"):
        make(lake / name, rows, bad=name == "fail")
        projects[name] = _project(options.directory / f"{name}-{rows}" / "great_expectations", lake / name)
    taken: dict[str, list[dict[str, Any]]] = {"by hand": [], "pass": [], "fail, by hand": [], "fail": []}
    for turn in range(options.turns + 1):
        found = {
            "by hand": _measure("by_hand", lake / "pass"),
            "pass": _measure("ours", projects["pass"]),
            "fail, by hand": _measure("by_hand", lake / "fail"),
            "fail": _measure("ours", projects["fail"]),
        }
        _agree(found)
        assert (found["pass"]["verdict"], found["fail"]["verdict"]) == ("passed", "failed"), found
        if turn:  # the first warms the files
            for name, each in found.items():
                taken[name].append(each)
    from benchmarks.queries import section  # not before: a child's peak of memory is never below that of its parent

    text = "\n".join([_table(rows, options.turns, taken), *section(options.directory / "queries")])
    RESULTS.write_text(text, encoding="utf-8")
    print(text)


def _project(directory: Path, lake: Path) -> Path:
    from synth_expectations.policy.roles import picks

    picked = {type_name for type_name, reference in picks("mixed").items() if reference is None}
    excluded = sorted(picked - set(MEASURED))
    reason = '{reason: not measured, approved_by: bench@retailer.example, until: "2099-12-31"}'
    directory.mkdir(parents=True, exist_ok=True)
    lines = "\n".join(f"      {kind}: {reason}" for kind in excluded)
    (directory / "policy.yml").write_text(POLICY.format(lake=lake, excluded=lines), encoding="utf-8")
    compile_policy(directory / "policy.yml").write(force=True)
    return directory


def _measure(what: str, where: Path) -> dict[str, Any]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-m", "benchmarks.one", what, str(where)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _agree(found: dict[str, dict[str, Any]]) -> None:
    """No time is printed unless both count the same."""
    for ours, hand in (("pass", "by hand"), ("fail", "fail, by hand")):
        mine = sorted(count for name, count in found[ours]["counts"].items() if count)
        theirs = sorted(count for count in found[hand]["counts"][1:] if count)
        if mine != theirs:
            raise SystemExit(f"{ours}: the counts differ: {mine} and {theirs}; {found[ours]['counts']}")


def _table(rows: int, turns: int, taken: dict[str, list[dict[str, Any]]]) -> str:
    def of(name: str, what: str) -> float:
        return float(median(each[what] for each in taken[name]))

    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    passed, hand = taken["pass"][0], "by hand"
    lines = [
        f"# {rows:,} contacts in Parquet",
        "",
        f"Made by `make bench`: medians of {turns} turns, each way in a process of its own, one after the other in each turn,",
        f"on {len(os.sched_getaffinity(0))} cores and {memory:.0f} GiB of memory, with DuckDB {duckdb.__version__};",
        f"{passed['expectations']} expectations, {len(passed['counts'])} rules, judged as of {AS_OF}. A time is printed only if",
        "both ways counted the same. The ratio is what to read: seconds are of a shared machine.",
        "",
        "| | queries | engine time | to the query by hand | outside engine and import | peak memory |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for name, label, base in (
        ("by hand", "one query by hand", hand),
        ("pass", "this package, all pass", hand),
        ("fail, by hand", "one query by hand, every rule broken", "fail, by hand"),
        ("fail", "this package, every rule broken, samples and Data Docs included", "fail, by hand"),
    ):
        outside = f"{of(name, 'outside'):.2f} s" if "outside" in taken[name][0] else "-"
        ratio = median(mine["engine"] / other["engine"] for mine, other in zip(taken[name], taken[base], strict=True))
        lines.append(
            f"| {label} | {of(name, 'queries'):.0f} | {of(name, 'engine'):.2f} s | {ratio:.2f} × | {outside} "
            f"| {of(name, 'megabytes'):,.0f} MB |"
        )
    wall = [
        (bad["engine"] + bad["outside"]) / (good["engine"] + good["outside"])
        for bad, good in zip(taken["fail"], taken["pass"], strict=True)
    ]
    lines += ["", f"A run in which every rule is broken takes {median(wall):.2f} × one in which all pass.", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
