"""Count the queries that each table of the demo needs."""

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
    """Return the section about queries.

    Args:
        directory: the directory for the data and the project of the demo.
    """
    generate(directory / "extracts", _CONTACTS)
    project = directory / "great_expectations"
    project.mkdir(parents=True, exist_ok=True)
    (project / "policy.yml").write_text(policy_text().replace(_THERE, "../extracts"), encoding="utf-8")
    compiled = compile_policy(project / "policy.yml")
    compiled.write(force=True)
    asked, sent = list(_asked(compiled)), _sent(project)
    lines = [
        "## Queries per table",
        "",
        f"The table shows the demo with {sum(row[1] for row in asked)} expectations and every kind of planted violation.",
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
        for table, number, rows, apart in asked
    ]
    counting = sum(apart + (rows > 0) for _, _, rows, apart in asked)
    lines += ["", f"All tables together need {counting} queries to count, and {sum(sent.values())} queries in all.", ""]
    return lines


def _asked(compiled: Compiled) -> Iterator[tuple[str, int, int, int]]:
    """Yield each table with its expectations, those with row rules only, and the queries of the others."""
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
