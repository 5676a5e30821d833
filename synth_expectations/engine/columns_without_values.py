"""Ask a table whether a column has any value: one that has none holds nothing of the type that it is written as."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlglot import exp

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.compiler import Compiler
from synth_expectations.engine.count_query import CountQuery
from synth_expectations.engine.schema import Column, Columns
from synth_expectations.rules.expressions import field
from synth_expectations.rules.nodes import IsBlank


def has_values(table: Adapter, columns: Columns, column: Column) -> bool:
    """Return whether any row of a table has a value in a column, by one query; NULL and NaN are none.

    Raises:
        SynthError: the query fails.
    """
    compiler = Compiler(columns, table.dialect, datetime(1970, 1, 1, tzinfo=UTC))  # as_of is not part of the condition
    value = compiler.compile(exp.Not(this=IsBlank(this=field(column.name))))
    [counts] = table.count([CountQuery.of([value])])
    return counts.by_condition[0] > 0
