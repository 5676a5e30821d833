"""The command `check`: a look at everything that a run needs."""

from __future__ import annotations

import typer

from synth_expectations.cli.compile import Project
from synth_expectations.cli.console import WRONG, find_project, shorten_paths, show, tell


def check(project: Project = None) -> None:
    """Check drivers, tables, columns, types and references, and list all problems at once. Write nothing."""
    root = find_project(project)
    from synth_expectations.controls.reviews import check_reviews
    from synth_expectations.policy.compile.compiler import compile_policy

    compiled = compile_policy(root / "policy.yml")
    check_reviews(compiled.policy)
    from synth_expectations.policy.compile.timeouts import find_unenforced
    from synth_expectations.policy.ownership_matrix import describe_empty_cells, list_ownership
    from synth_expectations.runner import preflight

    findings = preflight.check(compiled)
    for problem in findings.problems:
        show(shorten_paths(f"PROBLEM  {problem}"))
    for note in findings.notes:
        tell(shorten_paths(f"Note: {note}"))
    for sentence in describe_empty_cells(list_ownership(compiled.policy)):
        tell(f"Note: {sentence}")
    for uncovered in compiled.uncovered:
        tell(f"NOT COVERED  {uncovered.message()}")
    for sentence in find_unenforced(compiled):
        tell(f"Note: {sentence}")
    if findings.unnamed:
        tell(f"Not in the policy: {', '.join(findings.unnamed)}")
    if number := len(findings.problems):
        tell(f"{number} problem{'' if number == 1 else 's'} found.")
        raise typer.Exit(WRONG)
    tell("No problem found." + (" Next: synth-expectations compile" if compiled.stale else ""))
