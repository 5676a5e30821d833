"""A small CRM with planted violations, to show that a run finds all of them and nothing else."""

from synth_expectations.demo.generate import AS_OF, generate
from synth_expectations.demo.manifest import Manifest, Planted

__all__ = ["AS_OF", "Manifest", "Planted", "generate"]
