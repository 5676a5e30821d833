"""Directories below the data that hold no data: projects, compiled files, evidence, environments."""

from __future__ import annotations

import os
from functools import cache

_MARKS = ("great_expectations.yml", "policy.yml", "pyvenv.cfg")
"""Files that make a directory a project, or an environment."""
_COMPILED = frozenset({"suites", "checkpoints", "evidence"})
"""What `compile` and `run` write beside a project."""
_PROJECTS = ("great_expectations", "gx")
_NEVER = frozenset({"node_modules", "__pycache__"})


def is_data(file: str, root: str) -> bool:
    """Return whether a file below a directory lies in none that holds something else.

    Args:
        file: its path.
        root: the directory that was named; whatever it is, it was meant.
    """
    directory = os.path.dirname(os.path.abspath(file))
    top = os.path.abspath(root)
    while directory.startswith(os.path.join(top, "")):
        if _holds_no_data(directory):
            return False
        directory = os.path.dirname(directory)
    return True


@cache
def _holds_no_data(directory: str) -> bool:
    name, parent = os.path.basename(directory), os.path.dirname(directory)
    if name.startswith(".") or name in _NEVER or any(map(os.path.isfile, _join(directory, _MARKS))):
        return True
    return name in _COMPILED and (
        any(map(os.path.isdir, _join(parent, _PROJECTS)))
        or all(map(os.path.isdir, _join(parent, ("suites", "checkpoints"))))  # of a project that was deleted
    )


def _join(directory: str, names: tuple[str, ...]) -> list[str]:
    return [os.path.join(directory, name) for name in names]
