"""Runs a checkpoint, and makes sure that nothing passed silently."""

from synth_expectations.runner.project import open_project
from synth_expectations.runner.run import Options, run
from synth_expectations.runner.selection import Selection

__all__ = ["Options", "Selection", "open_project", "run"]
