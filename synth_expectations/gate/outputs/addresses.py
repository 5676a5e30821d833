"""Paths as outputs have them: addresses for machines, and text that shows what a terminal would hide."""

from __future__ import annotations

import os
from urllib.parse import quote

from synth_expectations.redaction import escape_invisible


def show_path(path: str) -> str:
    """Return a path as text that any encoding takes: bytes that are not UTF-8 are escapes."""
    return escape_invisible(path)


def build_uri(path: str) -> str:
    """Return a path as a relative URI, byte for byte."""
    quoted = quote(os.fsencode(path))
    return f"./{quoted}" if ":" in quoted.partition("/")[0] else quoted
