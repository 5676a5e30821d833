"""The command line. No command imports Great Expectations before it needs it."""

from synth_expectations.cli.app import main
from synth_expectations.cli.startup import entry, leave, prepare

__all__ = ["entry", "leave", "main", "prepare"]
