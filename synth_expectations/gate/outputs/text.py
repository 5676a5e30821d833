"""Results for people: a line each, with its reason and the records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from synth_expectations.gate.model import GateFinding, GateRun, Level, RecordPlace
from synth_expectations.redaction import escape_invisible

_SHOWN = 5


def format_text(run: GateRun) -> str:
    """Return the results of a run as text."""
    return "\n".join(escape_invisible(line) for line in _lines(run)) + "\n"


def _lines(run: GateRun) -> Iterator[str]:
    for finding in run.findings:
        yield from _format_finding(finding)
    for file in run.unread:
        yield f"NOT READ  {file.path}: {file.describe()}"
    for note in run.notes:
        yield f"NOTE      {note.path}: {note.text}"
    for problem in run.problems:
        yield f"ERRORED   {problem}"
    yield _summarize(run)


def _format_finding(finding: GateFinding) -> Iterator[str]:
    state = " (accepted)" if finding.accepted else " (in the baseline)" if finding.is_known else ""
    yield f"{finding.level.upper():<9} {finding.path}: {finding.rule} {finding.message}{state}"
    if finding.because:
        yield f"          Bound for production: {finding.because}."
    if finding.accepted:
        yield f"          Accepted: {finding.accepted}."
    elif finding.records.count:
        shown = ", ".join(map(format_place, finding.records.places[:_SHOWN]))
        more = finding.records.count - min(_SHOWN, len(finding.records.places))
        yield f"          {shown}" + (f" and {more:,} more" if more else "")


def format_place(place: RecordPlace) -> str:
    """Return a record as `Contact ContactRef1 (line 4)`."""
    return f"{place.object} {place.reference}" + (f" (line {place.line})" if place.line else "")


def _summarize(run: GateRun) -> str:
    counts = Counter(finding.level for finding in run.counted())
    levels = ", ".join(f"{counts[level]} {level}{'' if counts[level] == 1 else 's'}" for level in Level)
    files, records = (
        f"{number:,} {noun}{'' if number == 1 else 's'}"
        for number, noun in ((run.files, "file"), (run.records, "record"))
    )
    parts = [f"{files} and {records} read: {levels}"]
    accepted = sum(finding.accepted is not None for finding in run.findings)
    known = sum(finding.is_known and finding.accepted is None for finding in run.findings)
    parts += [f"{accepted} accepted"] * bool(accepted) + [f"{known} in the baseline"] * bool(known)
    parts += [f"{len(run.unread)} not read"] * bool(run.unread)
    return ", ".join(parts) + "."
