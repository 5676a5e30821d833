"""Run several checkpoints, one after the other in this process, each with its evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from synth_expectations.errors import SynthError
from synth_expectations.report.expectation_report import SEVERITIES, Severity
from synth_expectations.report.model import RunReport
from synth_expectations.report.summary import summarize
from synth_expectations.report.text import format_report
from synth_expectations.runner.options import Options
from synth_expectations.runner.run import run
from synth_expectations.runner.selection import Selection


def run_checkpoints(
    names: Sequence[str],
    root: str,
    as_of: str,
    batch_parameters: Mapping[str, Any] | None = None,
    expectation_parameters: Mapping[str, Any] | None = None,
    fail_on: str | None = None,
    tables: str | None = None,
    docs: bool = False,
    tell: Callable[[str], Any] = print,
) -> tuple[list[RunReport], dict[str, Any]]:
    """Run checkpoints; one that cannot be run does not stop the others.

    Args:
        names: of the checkpoints.
        root: the directory of great_expectations.yml.
        as_of: ISO 8601; without an offset, UTC.
        batch_parameters: `year`, `month` and `day`; see `SynthCheckpointOperator`.
        expectation_parameters: values of the expectations' `$PARAMETER`s.
        fail_on: the least severity that fails; None is the checkpoint's own.
        tables: a pattern of table names; None is all.
        docs: whether the Data Docs of Great Expectations are built.
        tell: called with each line of the reports.

    Returns:
        The reports of the checkpoints that ran, and the summary of all.
    """
    outcomes: dict[str, RunReport | SynthError] = {}
    timestamp = datetime.now(UTC)
    try:
        timestamp = _parse_timestamp(as_of)
        options = Options(
            batch=_format_batch(batch_parameters or {}),
            as_of=timestamp,
            fail_on=_check_severity(fail_on),
            selection=Selection(tables),
            parameters=dict(expectation_parameters or {}),
            docs=docs,
        )
    except SynthError as error:
        outcomes = dict.fromkeys(names, error)
    for name in names:
        if name not in outcomes:
            try:
                outcomes[name] = run(name, Path(root), options)
            except SynthError as error:
                outcomes[name] = error
        outcome = outcomes[name]
        for line in [str(outcome)] if isinstance(outcome, SynthError) else format_report(outcome):
            tell(line)
    reports = [outcome for outcome in outcomes.values() if isinstance(outcome, RunReport)]
    return reports, summarize(outcomes, timestamp)


def _parse_timestamp(text: str) -> datetime:
    try:
        timestamp = datetime.fromisoformat(text)
    except ValueError:
        raise SynthError(f"as_of: {text} is not a time.", "Write 2026-11-22 or 2026-11-22T00:00:00Z.") from None
    return timestamp.replace(tzinfo=UTC) if timestamp.tzinfo is None else timestamp.astimezone(UTC)


def _format_batch(parameters: Mapping[str, Any]) -> str | None:
    unknown = sorted(set(parameters) - {"year", "month", "day"})
    if unknown:
        raise SynthError(f"batch_parameters: there is no {unknown[0]}.", "Give year, month and day.")
    given = [str(parameters[name]) for name in ("year", "month", "day") if parameters.get(name)]
    return "-".join(part if "-" in part else part.zfill(2) for part in given) or None


def _check_severity(fail_on: str | None) -> Severity | None:
    if fail_on is not None and fail_on not in SEVERITIES:
        raise SynthError(f"fail_on: {fail_on} is not a severity.", f"There are {', '.join(SEVERITIES)}.")
    return fail_on
