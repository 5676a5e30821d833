"""The command line. No command imports Great Expectations before it needs it."""

from synth_expectations.cli.app import main

__all__ = ["main"]
