"""The command line. No command imports Great Expectations before it needs it."""

from synth_expectations.cli.app import main
from synth_expectations.cli.leaving import entry, leave

__all__ = ["entry", "leave", "main"]
