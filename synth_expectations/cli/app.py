"""The commands, and the handling of their errors: a sentence on stderr, never a traceback."""

from __future__ import annotations

import inspect
import os
import sys
from copy import copy
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any, NoReturn

import typer
from typer.models import TyperInfo

from synth_expectations import __version__
from synth_expectations.cli import (
    catalogue,
    check,
    compile,
    controls,
    demo,
    docs,
    fingerprint,
    gate,
    init,
    lineage,
    overlap,
    run,
)
from synth_expectations.cli.console import WRONG, say_error, tell
from synth_expectations.cli.interrupt import is_interrupted
from synth_expectations.cli.terminal import WIDEST
from synth_expectations.errors import SynthError
from synth_expectations.process import INTERRUPTED, INTERRUPTED_SENTENCE
from synth_expectations.redaction import format_crash

app = typer.Typer(
    name="synth-expectations",
    help="Prove, from the data itself, that synthetic records in a CRM are governed.",
    epilog="Exit codes: 0 passed, 1 violations at or above fail_on, 2 errored or incorrect usage, 130 interrupted.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": WIDEST},
)
for command in (
    init.init,
    check.check,
    compile.compile_,
    run.run,
    demo.demo,
    catalogue.list_,
    catalogue.explain,
    controls.controls,
    docs.docs,
    fingerprint.fingerprint,
):
    # given whole, because a summary that is made from it is cut
    app.command(command.__name__.rstrip("_"), short_help=inspect.getdoc(command))(command)
app.command(
    "gate",
    short_help=inspect.getdoc(gate.gate),
    add_help_option=False,  # it has options of its own
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
)(gate.gate)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _all(
    version: bool = typer.Option(False, "--version", callback=_show_version, is_eager=True, help="Show the version."),
) -> None:
    pass


@cache
def _build_commands(name: str) -> Any:
    """Return the command of a name, or all commands if there is none: typer takes 2 ms to read the signature of each."""
    chosen = copy(app)
    commands = [command for command in app.registered_commands if command.name == name]
    groups = [] if commands else _read_groups()
    named = [group for group in groups if group.name == name]
    if commands or named:
        chosen.registered_commands, chosen.registered_groups = commands, named
    else:
        chosen.registered_groups = groups
    return typer.main.get_command(chosen)


def _read_groups() -> list[TyperInfo]:
    """Return the groups of commands; only they need the 20 modules of `audit`."""
    from synth_expectations.cli.audit.group import group as audit

    return [
        TyperInfo(audit, name="audit", help="Verify, sign and pack evidence."),
        TyperInfo(lineage.group, name="lineage", help="Import lineage from other tools."),
        TyperInfo(overlap.group, name="overlap", help="Count shared people in private."),
    ]


def main() -> NoReturn:
    """Run a command, and end the process with its exit code."""
    try:
        code = _build_commands("".join(sys.argv[1:2])).main(standalone_mode=False)
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except Exception as error:  # noqa: BLE001 - exit 1 means violations, and nothing else
        code = INTERRUPTED if is_interrupted() else _show_error(error)
    if code == INTERRUPTED:
        tell(INTERRUPTED_SENTENCE)
    sys.stdout.flush()
    sys.exit(code or 0)


def _show_error(error: Exception) -> int:
    """Show what ended a command as a sentence, and return the exit code."""
    if isinstance(error, SynthError):
        say_error(error)
    elif isinstance(error, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read us has gone
    elif isinstance(error, OSError):  # a full disk, a directory of someone else's
        where = f"{error.filename}: " if error.filename else ""
        say_error(SynthError(f"{where}{error.strerror or error}.", "Check the path, its owner, and the space left."))
    elif (show := getattr(error, "show", None)) is not None:  # typer's, for a wrong option
        message = StringIO()
        show(message)
        tell(message.getvalue().rstrip("\n"))
    else:
        _show_bug(error)
    return WRONG


def _show_bug(error: Exception) -> None:
    """Show what nobody foresaw: what it is and where it was raised, without values of the data."""
    say_error(
        SynthError(
            f"The command ended unforeseen: {format_crash(error)}, in {_locate(error)}.",
            "Nothing is known about what it did not report. This is a bug: please report this line.",
        )
    )


def _locate(error: BaseException) -> str:
    """Return the file and line of this package that an error came from, as `cli/run.py:12`."""
    package = Path(__file__).parents[1]
    place, trace = "another library", error.__traceback__
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.is_relative_to(package) and file != Path(__file__):
            place = f"{file.relative_to(package).as_posix()}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
