"""`python -m synth_expectations`."""

from synth_expectations.cli import entry

entry()
