"""The command `demo`: a CRM with planted violations, found by key."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from shlex import quote
from textwrap import wrap
from time import perf_counter
from typing import TYPE_CHECKING, Annotated

import typer

from synth_expectations.cli.console import FAILED, shorten_paths, show
from synth_expectations.cli.terminal import find_width

if TYPE_CHECKING:
    from synth_expectations.demo.agreement import PlantedKind
    from synth_expectations.policy.load.loader import Policy


def demo(
    contacts: Annotated[int, typer.Option(help="The number of contacts.")] = 20_000,
    seed: Annotated[int, typer.Option(help="The seed of the generated people.")] = 7,
    directory: Annotated[Path, typer.Option(help="The directory for its files.")] = Path("build/demo"),
) -> None:
    """Create a small CRM with planted violations, check it, and compare the findings with the planted records."""
    from synth_expectations.demo import AS_OF, generate
    from synth_expectations.demo.agreement import compare_kinds, find_disagreements
    from synth_expectations.demo.deployment import gate_repository
    from synth_expectations.demo.project import write_project

    show(f"Demo: a retail CRM, {contacts:,} contacts, seed {seed}, as of {AS_OF:%Y-%m-%dT%H:%M:%SZ}")
    clock = perf_counter()
    manifest = generate(directory / "extracts", contacts, seed)
    _say_step(
        "data",
        f"{len(manifest.records)} tables, {sum(manifest.records.values()):,} records",
        clock,
        directory / "extracts",
    )
    clock = perf_counter()
    project = write_project(directory)
    from synth_expectations.policy.compile.compiler import compile_policy

    compiled = compile_policy(project / "policy.yml")
    changed = f"{len(compiled.stale)} files" if compiled.stale else "unchanged"
    compiled.write()
    _approve(compiled.policy, project)
    _say_step("compile", f"{compiled.counted}, {changed}", clock, project)
    clock = perf_counter()
    from synth_expectations.runner import Options, run

    os.environ["SYNTH_EXTRACTS"] = str((directory / "extracts").resolve())  # the repository's own project reads it
    report = run("nightly", project, Options(as_of=AS_OF))
    evaluated = sum(len(table.expectations) for table in report.tables)
    _say_step("run", f"{evaluated} expectations, {report.queries} queries", clock)
    clock = perf_counter()
    deployment = gate_repository(directory / "repository")
    summary = (
        f"{deployment.planted} planted results and {deployment.negatives} hard negatives in {deployment.files} files"
    )
    _say_step("gate", summary, clock, directory / "repository")
    show()
    for line in _format_table(compare_kinds(manifest, report)):
        show(line)
    show()
    problems = [*find_disagreements(manifest, report), *report.errors, *deployment.disagreements]
    for sentence in problems:
        show(f"DISAGREED  {sentence}")
    if problems:
        raise typer.Exit(FAILED)
    show("AGREED   Every planted record was found, by its key, and no other record was.")
    show("         (A real run on this data fails, exit 1; the demo exits 0: it agreed.)")
    show(f"Docs     synth-expectations docs --project {quote(shorten_paths(str(project)))}")
    from synth_expectations.evidence.recorder.publication import publish_run
    from synth_expectations.report.text import format_publication

    for line in format_publication(report, publish_run(report)):
        show(line)
    show("Yours    synth-expectations init --parquet 'PATH/*.parquet'")


def _approve(policy: Policy, project: Path) -> None:
    """Record that the demo's policy was approved by who it says, unless its ledger has that."""
    from synth_expectations.cli.audit.options import open_ledger
    from synth_expectations.evidence.approvals import ApprovalTerms, find_approval, record_approval

    claim, ledger = policy.words.approved, open_ledger(project, None)
    if claim and find_approval(ledger, policy.sha256, ledger.now()) is None:
        ledger.put_object(policy.content)
        terms = ApprovalTerms(policy_sha256=policy.sha256, by=claim.by, role="dpo", ticket=claim.ticket or "")
        record_approval(ledger, terms)


def _say_step(name: str, summary: str, start: float, where: Path | None = None) -> None:
    place = f", {shorten_paths(str(where))}" if where else ""
    text = f"  {name:8} {perf_counter() - start:5.1f} s  {summary}{place}"
    for line in wrap(text, find_width(), subsequent_indent=" " * 20, break_long_words=False, break_on_hyphens=False):
        show(line)


def _format_table(kinds: Iterable[PlantedKind]) -> Iterator[str]:
    """Yield the planted and found counts by failure, then the negatives; a long name continues below."""
    listed = list(kinds)
    tables = max(len(kind.table) for kind in listed)
    width = min(max(len(kind.kind) for kind in listed) + 4, find_width() - tables - len("    planted  found"))

    def line(kind: str, table: str, planted: str, seen: str) -> Iterator[str]:
        first, *others = wrap(kind, width, subsequent_indent="      ", break_on_hyphens=False, drop_whitespace=True)
        yield f"{first.ljust(width)}  {table.ljust(tables)}  {planted:>7}  {seen:>5}"
        yield from others

    yield from line("planted", "table", "planted", "found")
    for failure, of_failure in groupby(listed, key=lambda kind: kind.failure):
        yield ""
        yield from wrap(failure, find_width())
        for negative, each_kind in groupby(of_failure, key=lambda kind: kind.negative):
            if negative:
                yield "  looks like it, but is not:"
            for kind in each_kind:
                yield from line(
                    f"{'    ' if negative else '  '}{kind.kind}", kind.table, str(kind.planted), str(kind.found)
                )
