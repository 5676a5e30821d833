"""Runs a checkpoint, and makes sure that nothing passed silently."""

from synth_expectations.runner.opening import open_project
from synth_expectations.runner.run import Options, run

__all__ = ["Options", "open_project", "run"]
