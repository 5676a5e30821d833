"""Count the queries that each table of the demo needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from synth_expectations.demo import AS_OF, generate
from synth_expectations.demo.project import read_policy_text
from synth_expectations.policy.compile.compiler import CompiledPolicy, compile_policy
from synth_expectations.rules.model import Check, RowCheck, SampleCheck, SchemaCheck
from synth_expectations.runner import Options, run

_CONTACTS = 20_000
_THERE = "${SYNTH_EXTRACTS:-../build/demo/extracts}"


def section(directory: Path) -> list[str]:
    """Return the section about queries.

    Args:
        directory: the directory for the data and the project of the demo.
    """
    generate(directory / "extracts", _CONTACTS)
    project = directory / "great_expectations"
    project.mkdir(parents=True, exist_ok=True)
    (project / "policy.yml").write_text(read_policy_text().replace(_THERE, "../extracts"), encoding="utf-8")
    compiled = compile_policy(project / "policy.yml")
    compiled.write(force=True)
    requested, sent = list(_asked(compiled)), _sent(project)
    lines = [
        "## Queries per table",
        "",
        f"The demo, {sum(row[1] for row in requested)} expectations, every kind of violation planted.",
        "All row rules of a table share one query; each Lookup, each comparison of groups and each",
        "sample to compare has its own; the keys of violating records are fetched where something failed, with one more query",
        "for all row rules; those of a Lookup come with its counts. On a table that is real as a whole some have",
        "nothing to check, and cost nothing; nor do those about columns.",
        "",
        "- All row rules of a table share one query. Each lookup, each comparison of groups and each comparison of samples needs"
        " its own.",
        "- If a row rule fails, one more query fetches the keys of violating records. A lookup returns its keys with its counts.",
        "- Some expectations have nothing to check on a table of real records, and need no query. Neither do expectations about"
        " columns.",
        "",
        "| table | expectations | row rules only | lookups, groups, samples | queries to count | queries in all, with keys |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {table} | {number} | {rows} | {apart} | {apart + (rows > 0)} | {sent[table]} |"
        for table, number, rows, apart in requested
    ]
    counting = sum(apart + (rows > 0) for _, _, rows, apart in requested)
    lines += ["", f"In all {counting} queries to count, {sum(sent.values())} sent with those of keys.", ""]
    return lines


def _asked(compiled: CompiledPolicy) -> Iterator[tuple[str, int, int, int]]:
    """Yield each table with its expectations, those with row rules only, and the queries of the others."""
    for suite in sorted(compiled.suites, key=lambda suite: suite.table):
        ours = [
            planned.expectation
            for planned in suite.expectations
            if planned.expectation and not planned.expectation.nothing_to_check()
        ]
        checks = [expectation.check for expectation in ours]
        together = [check for check in checks if isinstance(check, RowCheck) and not check.related]
        apart = [check for check in checks if check not in together and not isinstance(check, SchemaCheck)]
        queries = sum(map(_count_queries, apart))
        yield suite.table, len(suite.expectations), len(together), queries


def _count_queries(check: Check) -> int:
    return len(check.samples) if isinstance(check, SampleCheck) else 1 + len(check.related)


def _sent(project: Path) -> Mapping[str, int]:
    report = run("nightly", project, Options(as_of=AS_OF))
    problems = [*report.errors, *(table.error for table in report.tables if table.error)]
    problems += [
        expectation.error for table in report.tables for expectation in table.expectations if expectation.error
    ]
    if problems:
        raise SystemExit("\n".join(problems))
    return {table.table: table.queries for table in report.tables}
