"""Documents of tools, such as OpenAPI and Kubernetes: their people are examples, owners and settings, and no load."""

from __future__ import annotations

from collections.abc import Set
from functools import cache
from importlib import resources


def find_tool(keys: Set[str]) -> str:
    """Return the tool that a document is written for, by the keys that stand at its top; empty if none is known."""
    return next((tool for tool, wanted in _read_tools() if wanted <= keys), "") if keys else ""


@cache
def _read_tools() -> tuple[tuple[str, frozenset[str]], ...]:
    text = resources.files("synth_expectations.gate").joinpath("documents_of_tools.txt").read_text(encoding="utf-8")
    lines = (line.partition(": ") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple((tool, frozenset(keys.split())) for tool, _, keys in lines)
