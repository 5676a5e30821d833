"""What is told of runs to whatever started them: plain JSON, without a value of the data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from synth_expectations.errors import SynthError
from synth_expectations.report.json import run_to_document
from synth_expectations.report.model import EXIT_CODES, RunReport
from synth_expectations.rules.verdict import Verdict, worst


def summary(runs: Mapping[str, RunReport | SynthError], as_of: datetime) -> dict[str, Any]:
    """The verdict of all runs, and of each its counts, what it is evidence for, and where results and Data Docs are.

    Args:
        runs: by checkpoint, with their evidence. An error stands for a run that never began.
        as_of: the moment for which time was judged.
    """
    each = [{"checkpoint": name, **_said(run)} for name, run in runs.items()]
    verdict = worst(Verdict(one["verdict"]) for one in each)
    return {
        "verdict": verdict.value,
        "exit_code": EXIT_CODES[verdict],
        "message": "; ".join(f"{one['checkpoint']}: {one['message']}" for one in each) or "No checkpoint was named.",
        "as_of": as_of.isoformat(),
        "runs": each,
    }


def _said(run: RunReport | SynthError) -> dict[str, Any]:
    if isinstance(run, SynthError):
        return {"verdict": Verdict.ERRORED.value, "message": run.message, "next": [run.hint] if run.hint else []}
    said = run_to_document(run)
    taken = ("verdict", "fail_on", "message", "counts", "docs", "results", "notes", "next")
    return {
        **{name: said[name] for name in taken},
        "id": run.id,
        "batch": run.batch,
        "tables": {f"{table.table} ({table.scope})": table.verdict(run.fail_on).value for table in run.tables},
        "controls": _by_control(said),
    }


def _by_control(said: dict[str, Any]) -> dict[str, dict[str, int]]:
    """By requirement, how many expectations that serve it have which verdict."""
    found: dict[str, Counter[str]] = {}
    for table in said["tables"]:
        for expectation in table["expectations"]:
            served = {f"{control['regulation']} {control['requirement']}" for control in expectation["controls"]}
            for control in served:
                found.setdefault(control, Counter())[expectation["verdict"]] += 1
    return {control: dict(found[control]) for control in sorted(found)}
