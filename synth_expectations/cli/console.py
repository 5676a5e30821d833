"""The output of the command line: the answer on stdout, everything else on stderr."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from synth_expectations.cli.terminal import find_width, fit, paint, shows_colors
from synth_expectations.errors import SynthError
from synth_expectations.policy.errors import PolicyError
from synth_expectations.redaction import escape_invisible

PASSED, FAILED, WRONG = 0, 1, 2

PROJECT = "great_expectations"

PROJECTS = (PROJECT, "gx")
"""What directories of projects are called: ours, and those that Great Expectations makes."""


def say(text: str = "") -> None:
    """Print a line of the answer."""
    typer.echo(escape_invisible(text, keep="\n\t"))


def show(text: str = "") -> None:
    """Print a line of the answer for people: in colour, where a terminal shows it."""
    line = escape_invisible(text, keep="\n\t")
    typer.echo(paint(line) if shows_colors(sys.stdout) else line)


def tell(text: str) -> None:
    """Print a line beside the answer: in colour and within its width on a terminal, else on one line."""
    line = escape_invisible(text, keep="\n\t")
    if is_terminal():
        line = fit(line, find_width())
    typer.echo(paint(line) if shows_colors(sys.stderr) else line, err=True)


def say_error(error: SynthError) -> None:
    """Print an error to stderr; for a policy all of them, one a line."""
    if isinstance(error, PolicyError):
        for problem in error.errors:
            tell(f"ERROR  {shorten_paths(problem.format_located())}")
        return
    tell(f"ERROR  {error.message}")
    if error.hint:
        tell(f"       {error.hint}")


def shorten_paths(text: str) -> str:
    """Return text with paths relative to the working directory."""
    return text.replace(f"{Path.cwd()}/", "")


def is_terminal() -> bool:
    """Return whether a person is watching stderr."""
    return sys.stderr.isatty()


def find_project(given: Path | None) -> Path:
    """Return the directory of the project: the one given, else `great_expectations/` or `gx/` here or above.

    Raises:
        SynthError: there is none.
    """
    if given is not None:
        for candidate in (given, *(given / name for name in PROJECTS)):
            if is_project(candidate):
                return candidate.resolve()
        raise SynthError(
            f"There is no project in {given}.", "A project holds a policy.yml or a great_expectations.yml."
        )
    for directory in (Path.cwd(), *Path.cwd().parents):
        for candidate in (*(directory / name for name in PROJECTS), directory):
            if is_project(candidate):
                return candidate
    raise SynthError(
        "There is no project here: no great_expectations/policy.yml.",
        "Start one with: synth-expectations init --parquet 'PATH/*.parquet'. Or name it with --project.",
    )


def is_project(directory: Path) -> bool:
    """Return whether a directory holds a policy, or a Great Expectations project."""
    return (directory / "policy.yml").is_file() or (directory / "great_expectations.yml").is_file()
