"""What Great Expectations keeps for a whole process: the project that a host has open, and running queries."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_GX = "synth_expectations.gx.project"


@contextmanager
def keep_current_project() -> Iterator[None]:
    """Let Great Expectations go on with the project that the host had open, whatever is opened meanwhile."""
    was_imported = "great_expectations" in sys.modules
    current = _import_gx().find_current_project() if was_imported else None
    try:
        yield
    finally:
        if _GX in sys.modules:
            _import_gx().set_current_project(current)


def find_running_queries() -> list[Any]:
    """Return the objects whose `cancel` ends the queries of Spark sessions that this package started."""
    return list(_import_gx().find_running_queries()) if _GX in sys.modules else []


def _import_gx() -> Any:
    from synth_expectations.gx import project

    return project
