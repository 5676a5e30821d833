"""Checks of the record alone, compiled once for all batches of one form: the same checks on the same columns.

The tables of a project are mostly checked alike. Where an engine's relations do not name the table that they read, what
is planned for one table holds for every other one of its form.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlglot.errors import SqlglotError

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.dialects.base import Dialect
from synth_expectations.engine.planner.compiled_check import CompiledCheck, Source
from synth_expectations.engine.planner.row_checks import RowCheckPlanner
from synth_expectations.engine.result import CheckKey
from synth_expectations.engine.translator import DistinctValues
from synth_expectations.errors import SynthError
from synth_expectations.rules.model import Check


@dataclass(frozen=True)
class CompiledRowChecks:
    """The checks of the record alone of one batch.

    Attributes:
        dialect: in whose SQL they are.
        batch: the source of all records, if they are scanned.
        compiled: those that can be counted.
        errors: why the others cannot.
    """

    dialect: Dialect
    batch: Source
    compiled: Mapping[CheckKey, CompiledCheck]
    errors: Mapping[CheckKey, SynthError | SqlglotError]


def compile_row_checks(
    adapter: Adapter,
    checks: Mapping[CheckKey, Check],
    as_of: datetime,
    columns: Set[str],
    distinct_values: DistinctValues,
) -> CompiledRowChecks:
    """Return the checks in the SQL of the batch's engine.

    Args:
        adapter: the adapter of the batch.
        checks: the checks of the record alone.
        as_of: the time for which a check is run that has none of its own.
        columns: further columns that are read where all records are.
        distinct_values: what is known of a column's values; it is read from the batch, so nothing is shared then.
    """
    start = partial(RowCheckPlanner, adapter, checks, as_of, columns, distinct_values)
    kept = None if distinct_values else adapter.kept_plans
    if kept is None:
        return _compile(start(), checks, adapter.dialect)
    form: Hashable = (tuple(checks.items()), adapter.columns().form, as_of, frozenset(columns))
    known: CompiledRowChecks | None = kept.get(form)
    if known is None or known.dialect != adapter.dialect:
        known = _compile(start(), checks, adapter.dialect)
        # an error names its table, and whether a column has values is asked of one table
        if not known.errors and not adapter.columns().was_asked:
            kept[form] = known
    return known


def _compile(planner: RowCheckPlanner, checks: Mapping[CheckKey, Check], dialect: Dialect) -> CompiledRowChecks:
    compiled: dict[CheckKey, CompiledCheck] = {}
    errors: dict[CheckKey, SynthError | SqlglotError] = {}
    for key, check in checks.items():
        try:
            compiled[key] = planner.compile(key, check)
        except (SynthError, SqlglotError) as error:
            errors[key] = error
    return CompiledRowChecks(dialect, planner.batch, compiled, errors)
