"""How many queries each table of the demo costs, with the whole catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from synth_expectations.demo import AS_OF, generate
from synth_expectations.demo.project import policy_text
from synth_expectations.policy.compile.compiler import Compiled, compile_policy
from synth_expectations.rules.model import Check, RowCheck, SampleCheck, SchemaCheck
from synth_expectations.runner import Options, run

_CONTACTS = 20_000
_THERE = "${SYNTH_EXTRACTS:-../build/demo/extracts}"


def section(directory: Path) -> list[str]:
    """The part of the results on queries.

    Args:
        directory: where the demo's data and project are written.
    """
    generate(directory / "extracts", _CONTACTS)
    project = directory / "great_expectations"
    project.mkdir(parents=True, exist_ok=True)
    (project / "policy.yml").write_text(policy_text().replace(_THERE, "../extracts"), encoding="utf-8")
    compiled = compile_policy(project / "policy.yml")
    compiled.write(force=True)
    asked, sent = list(_asked(compiled)), _sent(project)
    lines = [
        "## Queries a table",
        "",
        f"The demo, {sum(row[1] for row in asked)} expectations, every kind of violation planted.",
        "All row rules of a table share one query; each Lookup, each comparison of groups and each",
        "sample to compare has its own; the keys of violating records are fetched where something failed, with one more query",
        "for all row rules; those of a Lookup come with its counts. On a table that is real as a whole some have",
        "nothing to check, and cost nothing; nor do those about columns.",
        "",
        "| table | expectations | over rows alone | Lookups, groups, samples | queries to count | sent, with keys |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {table} | {number} | {rows} | {apart} | {apart + (rows > 0)} | {sent[table]} |"
        for table, number, rows, apart in asked
    ]
    counting = sum(apart + (rows > 0) for _, _, rows, apart in asked)
    lines += ["", f"In all {counting} queries to count, {sum(sent.values())} sent with those of keys.", ""]
    return lines


def _asked(compiled: Compiled) -> Iterator[tuple[str, int, int, int]]:
    """By table: how many expectations, how many of them over rows alone, and queries of the others."""
    for suite in sorted(compiled.suites, key=lambda suite: suite.table):
        ours = [each.governed for each in suite.asked if each.governed and not each.governed.nothing_to_check()]
        checks = [expectation.check for expectation in ours]
        together = [check for check in checks if isinstance(check, RowCheck) and not check.related]
        apart = [check for check in checks if check not in together and not isinstance(check, SchemaCheck)]
        queries = sum(map(_queries_of, apart))
        yield suite.table, len(suite.asked), len(together), queries


def _queries_of(check: Check) -> int:
    return len(check.samples) if isinstance(check, SampleCheck) else 1 + len(check.related)


def _sent(project: Path) -> Mapping[str, int]:
    report = run("nightly", project, Options(as_of=AS_OF))
    wrong = [*report.errors, *(table.error for table in report.tables if table.error)]
    wrong += [each.error for table in report.tables for each in table.expectations if each.error]
    if wrong:
        raise SystemExit("\n".join(wrong))
    return {table.table: table.queries for table in report.tables}
