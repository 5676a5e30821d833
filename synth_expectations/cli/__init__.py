"""The command line. No command imports Great Expectations before it needs it."""

from __future__ import annotations

import sys
from typing import NoReturn

from synth_expectations.process import end_on_interrupt


def entry() -> NoReturn:
    """Run the command line as a process of its own. Ctrl-C ends it without a traceback, also while it is imported."""
    end_on_interrupt()
    if sys.argv[1:2] == ["gate"]:  # a hook, which must not wait for what the other commands import
        from synth_expectations.gate.command import main as run_gate_command

        sys.exit(run_gate_command(sys.argv[2:]))
    from synth_expectations.cli.garbage import collect_seldom

    collect_seldom()
    from synth_expectations.cli.startup import start

    start()


def main() -> NoReturn:
    """Run a command in this process, and end it with its exit code."""
    from synth_expectations.cli.app import main as run_command

    run_command()
