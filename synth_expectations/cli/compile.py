"""The command `compile`: policy.yml to suites and checkpoints."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from synth_expectations.cli.console import FAILED, find_project, say, tell

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON.")]

Project = Annotated[Path | None, typer.Option("--project", help="The directory of policy.yml.", show_default=False)]


def compile_(
    project: Project = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 if files would change.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite files that were edited by hand.")] = False,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of policy.yml, for editors.")] = False,
) -> None:
    """Compile policy.yml to Great Expectations' suites and checkpoints, and show what changes."""
    from synth_expectations.controls.reviews import check_reviews
    from synth_expectations.policy.compile.compiler import compile_policy, numbered

    if schema:
        from synth_expectations.policy.json_schema import build_policy_schema

        say(json.dumps(build_policy_schema(), indent=2))
        return
    compiled = compile_policy(find_project(project) / "policy.yml")
    check_reviews(compiled.policy)
    for change in compiled.changes:
        say(change)
    if check:
        for path in compiled.edited:
            say(f"{path}: edited by hand since compiling")
        if compiled.stale:
            files = ", ".join(compiled.stale[:5]) + (" and more" if len(compiled.stale) > 5 else "")
            tell(f"STALE  {files}. Next: synth-expectations compile")
            raise typer.Exit(FAILED)
        tell(f"{compiled.counted}: as compiled")
        return
    stale = compiled.stale
    compiled.write(force=force)
    written = f"{numbered(len(stale), 'file')} written" if stale else "unchanged"
    checkpoint = next(iter(compiled.policy.words.checkpoints), None)
    tell(f"{compiled.counted}: {written}" + (f". Next: synth-expectations run {checkpoint}" if checkpoint else ""))
