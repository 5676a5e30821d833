"""What stands for a table that cannot be read."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from great_expectations.exceptions import GreatExpectationsError
from sqlalchemy.ext.compiler import compiles

from synth_expectations.errors import ConditionError, SynthError


class UnreadableTableError(ConditionError, GreatExpectationsError):
    """A table whose files are missing, damaged, or cannot be asked for what was wanted.

    It is of both families, so that Great Expectations and our plan each report it as a sentence.
    """


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
