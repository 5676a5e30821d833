"""Run the benchmark and write benchmarks/RESULTS.md."""

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
"""The expectations that the query by hand evaluates too. They have only row rules."""


def main() -> None:
    """Measure in turns, each in its own process, and write the medians."""
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
    runs: dict[str, list[dict[str, Any]]] = {"by hand": [], "pass": [], "fail, by hand": [], "fail": []}
    for turn in range(options.turns + 1):
        measured = {
            "by hand": _measure("by_hand", lake / "pass"),
            "pass": _measure("ours", projects["pass"]),
            "fail, by hand": _measure("by_hand", lake / "fail"),
            "fail": _measure("ours", projects["fail"]),
        }
        _agree(measured)
        assert (measured["pass"]["verdict"], measured["fail"]["verdict"]) == ("passed", "failed"), measured
        if turn:  # the first warms the files
            for name, figures in measured.items():
                runs[name].append(figures)
    from benchmarks.queries import section  # not before: a child's peak of memory is never below that of its parent

    text = "\n".join([_table(rows, options.turns, runs), *section(options.directory / "queries")])
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


def _measure(way: str, where: Path) -> dict[str, Any]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-m", "benchmarks.single_run", way, str(where)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _agree(measured: dict[str, dict[str, Any]]) -> None:
    """No time is printed unless both count the same."""
    for ours, hand in (("pass", "by hand"), ("fail", "fail, by hand")):
        mine = sorted(count for name, count in measured[ours]["counts"].items() if count)
        theirs = sorted(count for count in measured[hand]["counts"][1:] if count)
        if mine != theirs:
            raise SystemExit(f"{ours}: the counts differ: {mine} and {theirs}; {measured[ours]['counts']}")


def _table(rows: int, turns: int, runs: dict[str, list[dict[str, Any]]]) -> str:
    def of(name: str, figure: str) -> float:
        return float(median(run[figure] for run in runs[name]))

    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    passed, hand = runs["pass"][0], "by hand"
    lines = [
        f"# {rows:,} contacts in Parquet",
        "",
        f"`make bench` writes this page. It runs {passed['expectations']} expectations with {len(passed['counts'])} rules as of",
        f"{AS_OF}, and the same rules as one query written by hand.",
        "",
        f"The figures are medians of {turns} turns on {len(os.sched_getaffinity(0))} cores and {memory:.0f} GiB of memory, with",
        f"DuckDB {duckdb.__version__}. In each turn, every line of the table runs in its own process, one after the other.",
        "A time is printed only if both count the same. The seconds come from a shared machine, so read the ratio.",
        "",
        "| | queries | engine time | relative to the query by hand | outside the engine | peak memory |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for name, label, base in (
        ("by hand", "one query by hand", hand),
        ("pass", "this package, all pass", hand),
        ("fail, by hand", "one query by hand, every rule broken", "fail, by hand"),
        ("fail", "this package, every rule broken, samples and evidence included", "fail, by hand"),
    ):
        outside = f"{of(name, 'outside'):.2f} s" if "outside" in runs[name][0] else "-"
        ratio = median(mine["engine"] / other["engine"] for mine, other in zip(runs[name], runs[base], strict=True))
        lines.append(
            f"| {label} | {of(name, 'queries'):.0f} | {of(name, 'engine'):.2f} s | {ratio:.2f} × | {outside} "
            f"| {of(name, 'megabytes'):,.0f} MB |"
        )
    wall = [
        (bad["engine"] + bad["outside"]) / (good["engine"] + good["outside"])
        for bad, good in zip(runs["fail"], runs["pass"], strict=True)
    ]
    lines += [
        "",
        f"A run in which every rule is broken takes {median(wall):.2f} × as long as one in which all pass.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
