"""What an engine cannot do yet, by engine and test, with its reason: a strict xfail each, and a line of the matrix."""

from __future__ import annotations

GAPS: dict[tuple[str, str], str] = {}
"""By (engine, case): why it is not so there."""
