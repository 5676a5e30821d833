"""A run as text: the tables, then what is wrong with each, then where to go."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path

from synth_expectations.errors import end_once
from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.redaction import escape_invisible
from synth_expectations.report.accounts import format_accounts, format_detours, format_left_out, format_reasons
from synth_expectations.report.expectation_report import ExpectationReport, RuleFinding
from synth_expectations.report.model import RunReport, TableReport
from synth_expectations.rules.verdict import Verdict

_width = ContextVar("width", default=80)
"""Columns that the lines of a report fit in."""
_SHOWN_KEYS = 3
_MANY = 30
"""How many tables that passed are shown one by one; more are summed, so that what is wrong is seen."""
_MOST_UNCOVERED = 10
"""How many expectations that are not covered are named one by one."""
_MOST_SENTENCES = 10
"""How many sentences of a kind are shown; others are counted."""
_COUNT_WIDTH = 18
"""Columns beside the name of a rule: its indent and its count."""
_HEADS = ("ERRORED  ", "FAILED   ", "Note     ")


def format_report(run: RunReport, width: int = 80) -> Iterator[str]:
    """Return the report line by line, with what is invisible in names and keys escaped.

    Args:
        run: what was found.
        width: columns that the lines fit in; only names and addresses, which must not be broken, may be longer.
    """
    token = _width.set(width)
    try:
        return iter(list(map(escape_invisible, _format_lines(run))))
    finally:
        _width.reset(token)


def _format_lines(run: RunReport) -> Iterator[str]:
    head = [run.checkpoint, f"batch {run.batch}" if run.batch else "", f"as of {_format_time(run)}", f"run {run.id}"]
    yield from _join([part for part in head if part])
    yield ""
    yield from _format_tables(run)
    for error in run.errors:
        yield ""
        yield from _wrap(f"ERRORED  {error}", "  ")
    for exclusion in run.excluded:
        if exclusion.expired:
            yield ""
            yield from _wrap(f"ERRORED  {exclusion.format_sentence()}", "  ")
    for wanted in (Verdict.ERRORED, Verdict.FAILED):
        for table in run.tables:
            if table.verdict(run.fail_on) is wanted or _shows_failures(table, wanted):
                yield from _format_table(run, table, wanted)
    yield from _format_not_covered(run)
    yield from _format_sentences("Left out", format_left_out(run))
    yield from _format_sentences("Accounted for", format_accounts(run))
    yield from _format_sentences("Nothing to check", format_reasons(run))
    yield from _format_next(run)
    yield run.format_message()


def _shows_failures(table: TableReport, wanted: Verdict) -> bool:
    return any(expectation.verdict is wanted for expectation in table.expectations)


def _format_time(run: RunReport) -> str:
    return run.as_of.isoformat(timespec="seconds").replace("+00:00", "Z")


def _format_tables(run: RunReport) -> Iterator[str]:
    rows = [("table", "scope", "records", "synthetic", "verdict")]
    passed = [table for table in run.tables if table.verdict(run.fail_on) is Verdict.PASSED]
    summed = passed if len(passed) > _MANY else []
    for table in (table for table in run.tables if table not in summed):
        rows.append(
            (
                escape_invisible(table.table),
                table.format_scope(),
                _format_records(table, "all"),
                _format_records(table, "synthetic", "partial"),
                _format_verdict(run, table),
            )
        )
    widths = [max(len(row[i]) for row in rows) for i in range(5)]
    widths[0] = min(widths[0], max(_width.get() - sum(widths[1:]) - 8, len(rows[0][0])))
    for name, scope, records, synthetic, verdict in rows:
        fits = len(name) <= widths[0]
        if not fits:
            yield name  # on a line of its own: names are looked for, and never cut
        cells = [
            (name if fits else "").ljust(widths[0]),
            scope.ljust(widths[1]),
            records.rjust(widths[2]),
            synthetic.rjust(widths[3]),
        ]
        yield "  ".join([*cells, verdict]).rstrip()
    if summed:
        counted = sum(len(table.expectations) for table in summed)
        yield f"{len(summed):,} more passed, {counted:,} expectations: --output json lists them"


def _format_records(table: TableReport, *kinds: str) -> str:
    """Return the number of records of some kinds; a hyphen where none was counted."""
    counted = [table.records[kind] for kind in kinds if kind in table.records]
    return f"{sum(counted):,}" if counted and not table.error else "-"


def _format_verdict(run: RunReport, table: TableReport) -> str:
    verdict = table.verdict(run.fail_on)
    counted = [expectation.counts_as(run.fail_on) for expectation in table.expectations]
    if verdict in {Verdict.FAILED, Verdict.ERRORED}:
        number = counted.count(verdict) or 1
        total = f" of {len(counted)}" if len(counted) > number else ""
        return f"{verdict.shown.upper():8} {number}{total}"
    skipped = counted.count(Verdict.NOTHING_TO_CHECK)
    if verdict is Verdict.PASSED and skipped:
        return f"{verdict.shown:8} {len(counted) - skipped}, nothing to check {skipped}"
    return f"{verdict.shown:8} {len(counted)}"


def _format_table(run: RunReport, table: TableReport, wanted: Verdict) -> Iterator[str]:
    if wanted is Verdict.ERRORED and table.error:
        yield ""
        yield from _wrap(f"ERRORED  {table.table}, not checked: nothing is known about it", "  ")
        yield from _wrap(table.error, "  ")
        return  # one reason for all of its expectations
    expectations = [expectation for expectation in table.expectations if expectation.verdict is wanted]
    for expectation in expectations if wanted is Verdict.FAILED else ():
        yield ""
        yield from _format_failure(run, table, expectation)
    reasons = {(expectation.error, expectation.next_step): None for expectation in expectations if expectation.error}
    for error, step in reasons:
        yield ""
        yield from _wrap(f"ERRORED  {table.table}{_format_batch(table)}, not checked: nothing is known about it", "  ")
        for expectation in expectations:
            if (expectation.error, expectation.next_step) == (error, step):  # several may share a reason
                yield from _wrap(f"{expectation.sentence}.", "  ")
        yield from _wrap(error, "  ")
        if step:
            yield from _wrap(f"Next   {step}", "  ")


def _format_batch(table: TableReport) -> str:
    return f", {table.batch}" if table.batch and table.scope == "batch" else ""


def _format_failure(run: RunReport, table: TableReport, expectation: ExpectationReport) -> Iterator[str]:
    below = "" if expectation.counts_as(run.fail_on) is Verdict.FAILED else ", below fail_on"
    owner = f", {table.owner}" if table.owner else ""
    yield from _wrap(f"FAILED   {table.table}{_format_batch(table)}, {expectation.severity}{below}{owner}", "  ")
    counted = expectation.format_count()
    if not counted:
        yield from _wrap(f"{expectation.sentence}.", "  ")
        return
    yield from _wrap(f"{expectation.sentence}: {counted}.", "  ")
    for finding in expectation.table_findings:
        yield from _wrap(f"The table: {finding}.", "    ")
    yield from _format_rules(expectation)
    if expectation.sample:
        keys = expectation.sample.values[:_SHOWN_KEYS]
        more = (expectation.unexpected_count or 0) - len(keys)
        yield from _join([f"  {expectation.sample.key}", *keys, *([f"+{more:,}"] if more > 0 else [])])


def _format_rules(expectation: ExpectationReport) -> Iterator[str]:
    """Yield each broken rule with its count in one column; a long name continues below."""
    counted = [rule for rule in expectation.rules if rule.count]
    width = min(
        max((len(escape_invisible(rule.format_name())) for rule in counted), default=0), _width.get() - _COUNT_WIDTH
    )
    for rule in counted:
        first, *others = textwrap.wrap(escape_invisible(rule.format_name()), width, break_on_hyphens=False)
        yield f"    {first.ljust(width)}  {rule.count:>9,}"
        for other in others:
            yield f"      {other}"
        if rule.finding and rule.finding.sentence:
            yield from _wrap(f"{_describe_finding(rule.finding)}.", "      ")


def _describe_finding(finding: RuleFinding) -> str:
    """Return what is new, since when it is open, and who decided what about it."""
    due = f", {'overdue since' if finding.is_overdue else 'due'} {finding.due}" if finding.due else ""
    decision = f"; {finding.decision}" if finding.decision else due
    return f"{finding.sentence}; open since {finding.opened}{decision}; finding {finding.id}"


def _format_not_covered(run: RunReport) -> Iterator[str]:
    """Yield what roles ask for and the policy does not say enough for, with what to name in it."""
    if not run.not_covered:
        return
    yield ""
    yield from _wrap("Not covered: a role requires it, but the policy does not name what it needs", "  ")
    for uncovered in run.not_covered[:_MOST_UNCOVERED]:
        part = " (in part)" if uncovered.in_part else ""
        yield from _wrap(f"{uncovered.table}: {uncovered.type}{part}: name {uncovered.format_needs()}", "    ")
    if more := len(run.not_covered[_MOST_UNCOVERED:]):
        yield f"    and {more:,} more: --output json names each"


def _format_sentences(heading: str, sentences: Iterator[str]) -> Iterator[str]:
    """Yield a heading and sentences below it; nothing where there are none."""
    listed = list(sentences)
    if not listed:
        return
    yield ""
    yield f"  {heading}"
    for sentence in listed[:_MOST_SENTENCES]:
        yield from _wrap(sentence, "    ")
    if more := len(listed[_MOST_SENTENCES:]):
        yield f"    and {more:,} more: --output json has each"


def _format_next(run: RunReport) -> Iterator[str]:
    yield ""
    for note in run.notes:
        yield from _wrap(f"Note     {note}", "         ")
    for table in run.tables:
        if table.no_day and table.no_day.count:
            allowed = ", which the policy allows" if table.no_day.allowed else ""
            yield from _wrap(f"Note     {table.table}: {table.no_day.format_count()}{allowed}", "         ")
    for sentence in format_detours(run):
        yield from _wrap(f"Note     {sentence}", "         ")
    expectations = [expectation for table in run.tables for expectation in table.expectations]
    explained = [expectation for expectation in expectations if expectation.type in all_expectations()]
    for wanted in (Verdict.FAILED, Verdict.ERRORED):
        if types := [expectation.type for expectation in explained if expectation.verdict is wanted]:
            yield f"Why      synth-expectations explain {types[0]}"
            break
    if run.runbook and run.exit_code:
        yield f"Runbook  {run.runbook}"
    if run.quarantine:
        yield f"Keys     {_format_quarantine(run)}"
    if run.docs_path:
        yield f"Docs     {run.docs_path}"
    elif run.has_unbuilt_docs:
        yield "Docs     synth-expectations docs"


def format_publication(report: RunReport, published: RunReport) -> Iterator[str]:
    """Yield where the evidence of a run is, and why its pages were not written, if they were not.

    Args:
        report: of the run.
        published: the same, after its pages were written.
    """
    for note in published.notes[len(report.notes) :]:
        yield f"Note     {note}"
    if entry := published.entry:
        place = entry.site or entry.ledger
        yield f"Evidence {place if '://' in place else Path(place).as_uri()}"


def _format_quarantine(run: RunReport) -> str:
    files = run.quarantined
    if not files:
        return "none written: no record that can be listed breaks a rule"
    rows, number = sum(file.rows for file in files), len(files)
    return f"{rows:,} row{'' if rows == 1 else 's'} in {number} file{'' if number == 1 else 's'}: {run.quarantine}"


def _join(parts: list[str]) -> Iterator[str]:
    """Yield parts side by side, and on the next line where they do not fit."""
    line, *others = map(escape_invisible, parts)
    for part in others:
        if len(line) + 2 + len(part) > _width.get():
            yield line
            line = f"  {part}"
        else:
            line = f"{line}  {part}"
    yield line


def _wrap(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        escape_invisible(end_once(text)),
        _width.get(),
        initial_indent="" if text.startswith(_HEADS) else indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
