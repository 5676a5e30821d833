"""The summary of several runs for the process that started them: plain JSON, without a value of the data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from synth_expectations.errors import SynthError
from synth_expectations.report.json import run_to_document
from synth_expectations.report.model import EXIT_CODES, RunReport
from synth_expectations.rules.verdict import Verdict, worst


def summarize(runs: Mapping[str, RunReport | SynthError], as_of: datetime) -> dict[str, Any]:
    """Return the verdict of all runs, and the counts, evidence, results and Data Docs of each.

    Args:
        runs: by checkpoint, with their evidence. An error stands for a run that never began.
        as_of: the time for which expectations were evaluated.
    """
    summaries = [{"checkpoint": name, **_summarize_run(run)} for name, run in runs.items()]
    verdict = worst(Verdict(summary["verdict"]) for summary in summaries)
    messages = [f"{summary['checkpoint']}: {summary['message']}" for summary in summaries]
    return {
        "verdict": verdict.value,
        "exit_code": EXIT_CODES[verdict],
        "message": "; ".join(messages) or "No checkpoint was named.",
        "as_of": as_of.isoformat(),
        "runs": summaries,
    }


def _summarize_run(run: RunReport | SynthError) -> dict[str, Any]:
    if isinstance(run, SynthError):
        return {"verdict": Verdict.ERRORED.value, "message": run.message, "next": [run.hint] if run.hint else []}
    report = run_to_document(run)
    names = ("verdict", "fail_on", "message", "counts", "docs", "results", "notes", "next")
    return {
        **{name: report[name] for name in names},
        "id": run.id,
        "batch": run.batch,
        "tables": {f"{table.table} ({table.scope})": table.verdict(run.fail_on).value for table in run.tables},
        "controls": {
            f"{requirement.regulation} {requirement.requirement}": requirement.counts.document()
            for requirement in run.requirements
        },
    }
