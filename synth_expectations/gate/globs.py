"""Globs for paths of a repository, as policies and callers write them."""

from __future__ import annotations

import re
from pathlib import Path

from synth_expectations.errors import SynthError


def compile_glob(pattern: str) -> re.Pattern[str]:
    """Return a pattern for the paths that a glob means.

    `**` is any depth, `{a,b}` is either, a directory is all below it, and a backslash is a slash, as Windows writes paths.
    """
    pattern = pattern.strip().replace("\\", "/").removeprefix("./").rstrip("/")
    parts, depth = [], 0
    for part in re.split(r"(\*\*/|\*\*|\*|\?|[{},])", pattern):
        if part == "{" and "}" in pattern:
            parts.append("(?:")
            depth += 1
        elif part == "}" and depth:
            parts.append(")")
            depth -= 1
        elif part == "," and depth:
            parts.append("|")
        else:
            parts.append({"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}.get(part) or re.escape(part))
    return re.compile("".join(parts) + ")" * depth + "(?:/.*)?", re.DOTALL)


def check_glob(pattern: object, where: str) -> str:
    """Return a glob that was given.

    Args:
        pattern: it.
        where: names it in an error.

    Raises:
        SynthError: it is no text, is empty, or is negated.
    """
    if not isinstance(pattern, str):
        raise SynthError(f"{where} is not a path: {type(pattern).__name__}.", "Write it as 'data/prod/**'.")
    if not pattern.strip():
        raise SynthError(f"{where} is empty, so that it names no file.", "Write it as 'data/prod/**'.")
    if pattern.strip().startswith("!"):
        raise SynthError(
            f"{where} begins with an exclamation mark.", "A glob cannot leave files out: name those meant."
        )
    return pattern


def make_relative(pattern: str, root: Path) -> str:
    """Return a glob relative to the root, if it is absolute and lies in it."""
    plain = pattern.strip().replace("\\", "/")
    return plain.removeprefix(f"{root.as_posix()}/")
