"""The command line. No command imports Great Expectations before it needs it."""

from synth_expectations.cli.app import main
from synth_expectations.cli.later import import_later
from synth_expectations.cli.process import entry, leave

__all__ = ["entry", "import_later", "leave", "main"]
