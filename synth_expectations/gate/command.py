"""The command `synth-expectations gate`. It is parsed here, and not by typer, so that a hook starts in a fraction of a second."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

from synth_expectations.errors import SynthError
from synth_expectations.gate.acceptance import format_baseline
from synth_expectations.gate.model import GateRun, Level
from synth_expectations.gate.outputs.text import format_text
from synth_expectations.gate.run import run_gate
from synth_expectations.process import INTERRUPTED
from synth_expectations.redaction import escape_invisible, format_crash

_ERRORS = {"junit": "xmlcharrefreplace"}
"""How a format writes letters that an encoding lacks."""
OUTPUTS = ("text", "json", "sarif", "gitlab", "junit")


class _Parser(argparse.ArgumentParser):
    """A parser that words its errors as the other commands do."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and end."""
        _tell(f"Usage: {self.prog} [OPTIONS] [PATH]...\nTry '{self.prog} -h' for help.\n\nError: {message}")
        sys.exit(2)


def build_parser(program: str) -> argparse.ArgumentParser:
    """Return the parser of the command's options.

    Args:
        program: what the command is called.
    """
    parser = _Parser(
        prog=program,
        description="Find untagged synthetic data in files before a deployment takes them to production. Change nothing.",
        epilog="Exit codes: 0 passed, 1 results at or above --fail-on, 2 errored or incorrect usage, 130 interrupted.",
    )
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="Files and directories; by default the current one."
    )
    parser.add_argument(
        "--root",
        type=Path,
        metavar="DIR",
        help="The root of the repository; by default the nearest directory with a .git.",
    )
    parser.add_argument(
        "--policy", type=Path, metavar="FILE", help="The policy; by default great_expectations/policy.yml."
    )
    parser.add_argument(
        "--production",
        action="append",
        default=[],
        metavar="GLOB",
        help="Files that go to production, in addition to those that the repository names. May be repeated.",
    )
    parser.add_argument("--baseline", type=Path, metavar="FILE", help="Known results, which do not fail the run.")
    parser.add_argument(
        "--write-baseline", type=Path, metavar="FILE", help="Write the results as a baseline, and exit 0."
    )
    parser.add_argument("--output", choices=OUTPUTS, default="text", help="The format of the results.")
    parser.add_argument(
        "--output-file", type=Path, metavar="FILE", help="Write the results to this file, and text to stdout."
    )
    parser.add_argument(
        "--fail-on",
        choices=[level.value for level in Level],
        default=Level.ERROR.value,
        help="The lowest level that fails the run.",
    )
    parser.add_argument(
        "--as-of",
        type=_read_day,
        metavar="DAY",
        help="The day on which approvals and waivers are evaluated, such as 2026-11-30; by default today in UTC.",
    )
    parser.add_argument("--version", action="store_true", help="Show the version.")
    return parser


def _read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a day: write it as 2026-11-30.") from None


def main(arguments: Sequence[str], program: str = "synth-expectations gate") -> int:
    """Run the command, and return its exit code. Every error is a sentence on stderr.

    Args:
        arguments: of the command line, without the command itself.
        program: what the command is called.
    """
    gc.set_threshold(50_000, 20, 20)  # records come and go, and leave no cycles
    try:
        options = build_parser(program).parse_args(arguments)
    except SystemExit as ended:
        return int(ended.code or 0)
    try:
        return _run(options)
    except SynthError as error:
        _tell(f"ERROR  {error.message}" + (f"\n       {error.hint}" if error.hint else ""))
    except KeyboardInterrupt:
        _tell("Interrupted.")
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read us has gone
    except OSError as error:
        _tell(f"ERROR  {error.filename or 'The system'}: {error.strerror}.")
    except Exception as error:  # noqa: BLE001 - exit 1 means results, and nothing else
        _tell(f"ERROR  The gate ended unforeseen: {format_crash(error)}. This is a bug: please report this line.")
    return 2


def _run(options: argparse.Namespace) -> int:
    if options.version:
        from synth_expectations import __version__

        sys.stdout.write(f"synth-gate {__version__}\n")
        return 0
    fail_on = Level(options.fail_on)
    run = run_gate(
        options.paths or [Path()],
        options.policy,
        tuple(options.production),
        options.baseline,
        options.root,
        options.as_of,
    )
    if options.write_baseline:
        options.write_baseline.write_text(format_baseline(run.findings), encoding="utf-8")
        _tell(f"{len(run.findings)} results written to {options.write_baseline}.")
        return 2 if run.exit_code(fail_on) == 2 else 0
    text = format_run(run, options.output, fail_on)
    output = options.output
    if options.output_file:
        options.output_file.write_text(text, encoding="utf-8", errors=_ERRORS.get(output, "backslashreplace"))
        text, output = format_text(run), "text"
    if isinstance(sys.stdout, TextIOWrapper):  # a pipe of Windows takes no letter that its code page lacks
        sys.stdout.reconfigure(errors=_ERRORS.get(output, "backslashreplace"))
    sys.stdout.write(text)
    sys.stdout.flush()
    return run.exit_code(fail_on)


def format_run(run: GateRun, output: str, fail_on: Level) -> str:
    """Return the results of a run in a format. Each format is imported when it is asked for: a hook writes text."""
    if output == "json":
        from synth_expectations.gate.outputs.json_document import format_document

        return format_document(run, fail_on)
    if output == "sarif":
        from synth_expectations import __version__
        from synth_expectations.gate.outputs.sarif import format_sarif

        return format_sarif(run, __version__)
    if output == "gitlab":
        from synth_expectations.gate.outputs.gitlab import format_gitlab

        return format_gitlab(run)
    if output == "junit":
        from synth_expectations.gate.outputs.junit import format_junit

        return format_junit(run, fail_on)
    return format_text(run)


def _tell(text: str) -> None:
    sys.stderr.write(escape_invisible(text, keep="\n") + "\n")
