"""A small CRM with planted violations, so that everyone can see that all of them are found, and nothing else is."""

from synth_expectations.demo.generate import AS_OF, generate
from synth_expectations.demo.manifest import Manifest, Planted

__all__ = ["AS_OF", "Manifest", "Planted", "generate"]
