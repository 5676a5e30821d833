"""What stands for a table that cannot be read."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles

from synth_expectations.errors import SynthError


class UnreadableTable(sa.TableClause):
    """Stands for a table that cannot be read; every query on it raises why.

    So a missing extract errs the expectations on its table, and no others of the same run.
    """

    inherit_cache = False

    def __init__(self, name: str, error: SynthError) -> None:
        super().__init__(name)
        self.error = error


@compiles(UnreadableTable)
def _raise_why(table: UnreadableTable, *_: Any, **__: Any) -> str:
    raise table.error
