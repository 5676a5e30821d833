"""The commands, and the handling of their errors: a sentence on stderr, never a traceback."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import typer

from synth_expectations import __version__
from synth_expectations.cli import catalogue, check, compile, controls, demo, docs, init, run
from synth_expectations.cli.console import INTERRUPTED, INTERRUPTED_SENTENCE, WRONG, say_error, tell
from synth_expectations.errors import SynthError

app = typer.Typer(
    name="synth-expectations",
    help="Prove, from the data itself, that synthetic records in a CRM are governed.",
    epilog="Exit codes: 0 passed, 1 violations at or above fail_on, 2 errored or wrong use, 130 interrupted.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
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
):
    app.command(command.__name__.rstrip("_"))(command)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _all(
    version: bool = typer.Option(False, "--version", callback=_show_version, is_eager=True, help="Show the version."),
) -> None:
    pass


def main() -> NoReturn:
    """Run a command, and end the process with its exit code."""
    try:
        code = app(standalone_mode=False)
    except SynthError as error:
        say_error(error)
        code = WRONG
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read us has gone
        code = WRONG
    except OSError as error:  # a full disk, a directory of someone else's
        where = f"{error.filename}: " if error.filename else ""
        say_error(SynthError(f"{where}{error.strerror or error}.", "Check the path, its owner, and the space left."))
        code = WRONG
    except Exception as error:  # noqa: BLE001 - what is no error of usage is raised again
        code = _show_usage_error(error)
    if code == INTERRUPTED:
        tell(INTERRUPTED_SENTENCE)
    sys.stdout.flush()
    sys.exit(code or 0)


def _show_usage_error(error: Exception) -> int:
    """Show the message of a wrong option; raise anything else, which is a bug."""
    show = getattr(error, "show", None)
    if show is None:
        raise error
    show(sys.stderr)
    return WRONG
