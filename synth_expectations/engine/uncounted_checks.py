"""Checks that no count of records decides: those of columns, and those of samples."""

from __future__ import annotations

from datetime import datetime

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.executor import MOST_KEYS, name_query
from synth_expectations.engine.planner.compiled_check import CompiledCheck
from synth_expectations.engine.result import CheckResult
from synth_expectations.errors import SynthError
from synth_expectations.rules.model import SampleCheck, SchemaCheck


def check_schema(adapter: Adapter, check: SchemaCheck) -> CheckResult:
    """Return the result of rules about columns: one column a rule, and no query."""
    columns = adapter.columns()
    wanted = {rule.name: rule.broken for rule in check.rules}
    shortfalls = {name: columns.lacking(lacks.name, lacks.args["kind"].name) for name, lacks in wanted.items()}
    lacking = {name: wanted[name].name for name, shortfall in shortfalls.items() if shortfall}
    return CheckResult(
        records=len(shortfalls),
        violating=len(lacking),
        violations=tuple(int(name in lacking) for name in shortfalls),
        dialect=adapter.dialect.name,
        figures={"columns": {column: shortfalls[name] for name, column in lacking.items()}} if lacking else {},
        keys={name: [column] for name, column in lacking.items()},
    )


def evaluate_samples(adapter: Adapter, compiled: CompiledCheck, check: SampleCheck, as_of: datetime) -> CheckResult:
    """Fetch the samples of a check, and return what its evaluator finds in them."""
    try:
        sampled = {name: adapter.sample_rows(query) for name, query in compiled.samples.items()}
        sampled |= {name: adapter.shared_values(query) for name, query in compiled.shared.items()}
        evaluation = check.evaluator(sampled)
    except SynthError as error:
        return CheckResult(error=name_query(error, [check]))
    return CheckResult(
        evaluation.records,
        evaluation.violating,
        evaluation.violations,
        sql={f"sample: {name}": query.sql for name, query in (compiled.samples | compiled.shared).items()},
        dialect=adapter.dialect.name,
        as_of=as_of,
        figures=evaluation.figures,
        keys={rule: sorted(keys)[:MOST_KEYS] for rule, keys in evaluation.keys.items() if keys},
    )
