"""The command `gate`: its options are parsed in `gate/command.py`, without all that other commands import."""

from __future__ import annotations

import typer


def gate(context: typer.Context) -> None:
    """Find untagged synthetic data in files before a deployment takes them to production."""
    from synth_expectations.gate.command import main

    raise typer.Exit(main(context.args))
