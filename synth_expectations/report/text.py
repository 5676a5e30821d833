"""A run as people read it at 3 a.m.: the tables, then what is wrong with each, then where to go. 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.report.model import ExpectationReport, RunReport, TableReport
from synth_expectations.rules.verdict import Verdict

_WIDTH = 80
_SHOWN_KEYS = 3
_MANY = 30
"""How many tables that passed are shown one by one; more are summed, so that what is wrong is seen."""
_MOST_UNCOVERED = 10
"""How many expectations that are not covered are named one by one."""
_RULE_WIDTH = 62
_HEADS = ("ERRORED  ", "FAILED   ", "Note     ")


def lines(run: RunReport) -> Iterator[str]:
    """The report, line by line."""
    head = [run.checkpoint, f"batch {run.batch}" if run.batch else "", f"as of {_time(run)}", f"run {run.id}"]
    yield from _joined([part for part in head if part])
    yield ""
    yield from _table(run)
    for error in run.errors:
        yield ""
        yield from _wrapped(f"ERRORED  {error}", "  ")
    for exclusion in run.excluded:
        if exclusion.expired:
            yield ""
            yield from _wrapped(f"ERRORED  {exclusion.sentence()}", "  ")
    for wanted in (Verdict.ERRORED, Verdict.FAILED):
        for table in run.tables:
            if table.verdict(run.fail_on) is wanted or _shows_failures(table, wanted):
                yield from _of_table(run, table, wanted)
    yield from _not_covered(run)
    yield from _where_next(run)
    yield run.message()


def _shows_failures(table: TableReport, wanted: Verdict) -> bool:
    return any(each.verdict is wanted for each in table.expectations)


def _time(run: RunReport) -> str:
    return run.as_of.isoformat(timespec="seconds").replace("+00:00", "Z")


def _table(run: RunReport) -> Iterator[str]:
    rows = [("table", "scope", "records", "synthetic", "verdict")]
    passed = [table for table in run.tables if table.verdict(run.fail_on) is Verdict.PASSED]
    summed = passed if len(passed) > _MANY else []
    for table in (each for each in run.tables if each not in summed):
        rows.append(
            (table.table, table.judged(), _number(table, "all"), _number(table, "synthetic"), _verdict(run, table))
        )
    widths = [max(len(row[i]) for row in rows) for i in range(5)]
    widths[0] = min(widths[0], max(_WIDTH - sum(widths[1:]) - 8, len(rows[0][0])))
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
        yield f"{len(summed):,} more passed, {counted:,} expectations: --output json names each"


def _number(table: TableReport, what: str) -> str:
    return f"{table.records[what]:,}" if what in table.records and not table.error else "-"


def _verdict(run: RunReport, table: TableReport) -> str:
    verdict = table.verdict(run.fail_on)
    counted = [each.counts_as(run.fail_on) for each in table.expectations]
    if verdict in {Verdict.FAILED, Verdict.ERRORED}:
        number = counted.count(verdict) or 1
        of = f" of {len(counted)}" if len(counted) > number else ""
        return f"{verdict.shown.upper():8} {number}{of}"
    skipped = counted.count(Verdict.NOTHING_TO_CHECK)
    if verdict is Verdict.PASSED and skipped:
        return f"{verdict.shown:8} {len(counted) - skipped}, nothing to check {skipped}"
    return f"{verdict.shown:8} {len(counted)}"


def _of_table(run: RunReport, table: TableReport, wanted: Verdict) -> Iterator[str]:
    if wanted is Verdict.ERRORED and table.error:
        yield ""
        yield from _wrapped(f"ERRORED  {table.table}, not checked: nothing is known of it", "  ")
        yield from _wrapped(table.error, "  ")
        return  # one reason for all of its expectations: said once
    found = [each for each in table.expectations if each.verdict is wanted]
    for each in found if wanted is Verdict.FAILED else ():
        yield ""
        yield from _of_failed(run, table, each)
    for error, step in dict.fromkeys((each.error, each.next_step) for each in found if each.error):
        yield ""
        yield from _wrapped(f"ERRORED  {table.table}{_batch(table)}, not checked: nothing is known of it", "  ")
        for each in found:
            if (each.error, each.next_step) == (error, step):  # one reason for several: said once
                yield from _wrapped(f"{each.sentence}.", "  ")
        yield from _wrapped(error, "  ")
        if step:
            yield from _wrapped(f"Next   {step}", "  ")


def _batch(table: TableReport) -> str:
    return f", {table.batch}" if table.batch and table.scope == "batch" else ""


def _of_failed(run: RunReport, table: TableReport, each: ExpectationReport) -> Iterator[str]:
    below = "" if each.counts_as(run.fail_on) is Verdict.FAILED else ", below fail_on"
    owner = f", {table.owner}" if table.owner else ""
    yield from _wrapped(f"FAILED   {table.table}{_batch(table)}, {each.severity}{below}{owner}", "  ")
    counted = each.counted()
    if not counted:
        yield from _wrapped(f"{each.sentence}.", "  ")
        return
    yield from _wrapped(f"{each.sentence}: {counted}.", "  ")
    yield from _rules(each)
    if each.sample:
        shown = each.sample.values[:_SHOWN_KEYS]
        more = (each.unexpected_count or 0) - len(shown)
        yield from _joined([f"  {each.sample.key}", *shown, *([f"+{more:,}"] if more > 0 else [])])


def _rules(each: ExpectationReport) -> Iterator[str]:
    """Each rule that was broken with its count in one column; a long name goes on below."""
    counted = [rule for rule in each.rules if rule.count]
    width = min(max((len(rule.shown()) for rule in counted), default=0), _RULE_WIDTH)
    for rule in counted:
        first, *others = textwrap.wrap(rule.shown(), width, break_on_hyphens=False)
        yield f"    {first.ljust(width)}  {rule.count:>9,}"
        for other in others:
            yield f"      {other}"


def _not_covered(run: RunReport) -> Iterator[str]:
    """What roles ask for and the policy does not say enough for, with what to name in it."""
    if not run.not_covered:
        return
    yield ""
    yield "  Not covered: a role asks for it, and the policy does not name what it needs"
    for uncovered in run.not_covered[:_MOST_UNCOVERED]:
        yield from _wrapped(f"{uncovered.table}: {uncovered.type}: name {', '.join(uncovered.needs)}", "    ")
    if more := len(run.not_covered[_MOST_UNCOVERED:]):
        yield f"    and {more:,} more: --output json names each"


def _where_next(run: RunReport) -> Iterator[str]:
    yield ""
    for note in run.notes:
        yield from _wrapped(f"Note     {note}", "         ")
    found = [each for table in run.tables for each in table.expectations if each.type in all_expectations()]
    for wanted in (Verdict.FAILED, Verdict.ERRORED):
        if wrong := [each.type for each in found if each.verdict is wanted]:
            yield f"Why      synth-expectations explain {wrong[0]}"
            break
    if run.runbook and run.exit_code:
        yield f"Runbook  {run.runbook}"
    if run.quarantine:
        yield f"Keys     {_quarantined(run)}"
    if run.docs_path:
        yield f"Docs     {run.docs_path}"


def _quarantined(run: RunReport) -> str:
    found = run.quarantined
    if not found:
        return "none written: no record that can be listed breaks a rule"
    rows, files = sum(each.rows for each in found), len(found)
    return f"{rows:,} row{'' if rows == 1 else 's'} in {files} file{'' if files == 1 else 's'}: {run.quarantine}"


def _joined(parts: list[str]) -> Iterator[str]:
    """Parts side by side, and below where they do not fit."""
    line = parts[0]
    for part in parts[1:]:
        if len(line) + 2 + len(part) > _WIDTH:
            yield line
            line = f"  {part}"
        else:
            line = f"{line}  {part}"
    yield line


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent="" if text.startswith(_HEADS) else indent, subsequent_indent=indent,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
