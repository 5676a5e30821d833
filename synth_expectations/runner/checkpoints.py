"""Several checkpoints, one after the other in this process, each with its evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from synth_expectations.errors import SynthError
from synth_expectations.report.model import SEVERITIES, RunReport, Severity
from synth_expectations.report.summary import summary
from synth_expectations.report.text import format_report


def run_checkpoints(
    names: Sequence[str],
    root: str,
    as_of: str,
    batch_parameters: Mapping[str, Any] | None = None,
    expectation_parameters: Mapping[str, Any] | None = None,
    fail_on: str | None = None,
    tables: str | None = None,
    tell: Callable[[str], Any] = print,
) -> tuple[list[RunReport], dict[str, Any]]:
    """Run them; one that cannot be run does not keep the others from it.

    Args:
        names: of the checkpoints.
        root: the directory of great_expectations.yml.
        as_of: ISO 8601; without an offset, UTC.
        batch_parameters: `year`, `month` and `day`; see `SynthCheckpointOperator`.
        expectation_parameters: of expectations whose arguments are a `$PARAMETER`.
        fail_on: the least severity that fails; None is what each checkpoint says.
        tables: a pattern of table names; None is all.
        tell: takes each line of what a run says.

    Returns:
        The reports of those that ran, and the summary of all.
    """
    from synth_expectations.runner import Options, Selection, run
    from synth_expectations.runner.requirements import with_evidence

    ended: dict[str, RunReport | SynthError] = {}
    moment = datetime.now(UTC)
    try:
        moment = _moment(as_of)
        options = Options(
            batch=_batch(batch_parameters or {}),
            as_of=moment,
            fail_on=_severity(fail_on),
            selection=Selection(tables),
            parameters=dict(expectation_parameters or {}),
        )
    except SynthError as error:
        ended = dict.fromkeys(names, error)
    for name in names:
        if name not in ended:
            try:
                ended[name] = with_evidence(run(name, Path(root), options))
            except SynthError as error:
                ended[name] = error
        said = ended[name]
        for line in [str(said)] if isinstance(said, SynthError) else format_report(said):
            tell(line)
    return [each for each in ended.values() if isinstance(each, RunReport)], summary(ended, moment)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise SynthError(f"as_of: {text} is not a time.", "Write 2026-11-22 or 2026-11-22T00:00:00Z.") from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _batch(parameters: Mapping[str, Any]) -> str | None:
    unknown = sorted(set(parameters) - {"year", "month", "day"})
    if unknown:
        raise SynthError(f"batch_parameters: {unknown[0]} is none.", "Give year, month and day.")
    given = [str(parameters[name]) for name in ("year", "month", "day") if parameters.get(name)]
    return "-".join(part if "-" in part else part.zfill(2) for part in given) or None


def _severity(fail_on: str | None) -> Severity | None:
    if fail_on is not None and fail_on not in SEVERITIES:
        raise SynthError(f"fail_on: {fail_on} is no severity.", f"There are {', '.join(SEVERITIES)}.")
    return fail_on
