"""The commands `overlap …`: how many people a sandbox shares with production, where neither side may hold a key of the other."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from synth_expectations.cli.compile import Project
from synth_expectations.cli.console import find_project, say, tell
from synth_expectations.rules.fingerprints import FEWEST_COMPARED, KINDS

group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


class OverlapOutput(StrEnum):
    """How the result is written."""

    TEXT = "text"
    JSON = "json"


@group.callback()
def _overlap() -> None:
    """Count the people that two tables share, without showing them to either side."""


@group.command()
def request(
    table: Annotated[str, typer.Argument(help="The table of the policy to check, such as a sandbox's.")],
    out: Annotated[Path, typer.Option(help="The file to send to the other side.")],
    new_key: Annotated[Path, typer.Option(help="Create the key in a new file, which stays on this side.")],
    project: Project = None,
) -> None:
    """Write a request: encrypted identifiers that only this side can compare."""
    from synth_expectations.policy.compile.compiler import compile_policy
    from synth_expectations.runner.overlap.exchange import request_overlap

    compiled = compile_policy(find_project(project) / "policy.yml")
    message = request_overlap(compiled, table, new_key, out, datetime.now(UTC))
    say(f"{out}: a request of {message.records:,} records, SHA-256 {message.sha256}.")
    for kind, count in message.kinds.items():
        say(f"  {KINDS[kind]}: {count:,} values")
    tell(f"Send {out} to the other side, and keep {new_key}.")


@group.command()
def answer(
    table: Annotated[str, typer.Argument(help="The table of the policy to compare with, such as production's.")],
    request: Annotated[Path, typer.Argument(help="The file from the other side.")],
    out: Annotated[Path, typer.Option(help="The file to send back.")],
    at_least: Annotated[
        int, typer.Option(help="Answer only for kinds of identifiers of which the request has so many values.", min=1)
    ] = FEWEST_COMPARED,
    project: Project = None,
) -> None:
    """Answer a request, so that the other side learns how many values both have, and not which."""
    from synth_expectations.policy.compile.compiler import compile_policy
    from synth_expectations.runner.overlap.exchange import answer_overlap, describe_unanswered

    compiled = compile_policy(find_project(project) / "policy.yml")
    message = answer_overlap(compiled, table, request, out, at_least, datetime.now(UTC))
    say(f"{out}: the answer of {message.records:,} records, SHA-256 {message.sha256}.")
    for kind, count in message.kinds.items():
        say(f"  {KINDS[kind]}: {count:,} values")
    for kind, reason in message.unanswered.items():
        tell(f"Note: {describe_unanswered(kind, reason)}. It is not compared.")
    if message.left_out:
        tell(f"Note: {message.left_out:,} values that many records share were left out.")


@group.command()
def count(
    answer: Annotated[Path, typer.Argument(help="The file that the other side sent back.")],
    request: Annotated[Path, typer.Option(help="The request that it answers.")],
    key_file: Annotated[Path, typer.Option(help="The key of the request.")],
    destroy_key: Annotated[bool, typer.Option("--destroy-key", help="Destroy the key afterwards.")] = False,
    output: Annotated[OverlapOutput, typer.Option(help="How to write the result.")] = OverlapOutput.TEXT,
) -> None:
    """Count the values that both sides have; exit code 1 if there are any."""
    from synth_expectations.runner.fingerprints.key import destroy_key as destroy
    from synth_expectations.runner.overlap.exchange import count_overlap, describe_unanswered

    overlap = count_overlap(request, answer, key_file, datetime.now(UTC))
    if output is OverlapOutput.JSON:
        say(json.dumps(overlap.to_json(), indent=2))
    else:
        for kind in overlap.kinds:
            say(f"{KINDS[kind.kind]}: {kind.shared:,} of {kind.asked:,} are among the {kind.held:,} of the other side.")
        for name, reason in overlap.not_compared.items():
            tell(f"Not compared: {describe_unanswered(name, reason)}.")
    if destroy_key:
        destroy(key_file)
        tell("The key is destroyed.")
    raise typer.Exit(1 if overlap.is_shared else 0)
