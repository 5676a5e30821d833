"""Run a checkpoint table by table, and make sure that nothing passes unevaluated."""

from synth_expectations.runner.options import Options
from synth_expectations.runner.project import open_project
from synth_expectations.runner.run import run
from synth_expectations.runner.selection import Selection

__all__ = ["Options", "Selection", "open_project", "run"]
