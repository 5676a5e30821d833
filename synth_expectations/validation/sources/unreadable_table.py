"""A table that cannot be read, and the error that says why."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles

from synth_expectations.errors import ConditionError, SynthError


class UnreadableTableError(ConditionError):
    """The files of a table are missing or damaged, or do not fit its definition."""


class UnreadableTable(sa.TableClause):
    """Stands for a table that cannot be read: every query on it raises why.

    A missing extract errs the expectations on its table, and no others of the same run.
    """

    inherit_cache = False

    def __init__(self, name: str, error: SynthError) -> None:
        super().__init__(name)
        self.error = error


@compiles(UnreadableTable)
def _raise_why(table: UnreadableTable, *_: Any, **__: Any) -> str:
    raise table.error
