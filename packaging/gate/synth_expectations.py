"""The part of synth_expectations that the gate needs; the distribution `synth-expectations` has the whole."""

from __future__ import annotations


def __getattr__(name: str) -> str:
    """Return the version, which takes a while to find out, when it is asked for."""
    if name == "__version__":
        from importlib.metadata import version

        return version("synth-gate")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
