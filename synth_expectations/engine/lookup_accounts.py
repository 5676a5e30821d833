"""Whether a lookup could find anything: a pass of a lookup that cannot proves nothing.

Where a lookup found something for some record, it works. Where it found nothing at all, one more query counts the rows
and the keys of its reference.
"""

from __future__ import annotations

from dataclasses import replace

from synth_expectations.engine.adapters.base import Adapter, ReferenceJoin
from synth_expectations.engine.count_query import CountQuery
from synth_expectations.engine.planner.compiled_check import CompiledCheck
from synth_expectations.engine.result import CheckResult, LookupCounts
from synth_expectations.errors import SynthError


def account_for_lookups(adapter: Adapter, compiled: CompiledCheck, result: CheckResult) -> CheckResult:
    """Return a result that says what its lookups had to work with; an error if none of them could find anything.

    Args:
        adapter: of the batch.
        compiled: the check.
        result: what was counted of it.
    """
    if result.error or not any(counts.records for counts in result.lookups):
        return result
    if any(counts.found for counts in result.lookups):
        return result
    try:
        lookups = _count_references(adapter, compiled, result.lookups)
    except SynthError as error:
        return CheckResult(error=error)
    if any(counts.can_find or counts.may_be_empty for counts in lookups):
        return replace(result, lookups=lookups)
    return CheckResult(error=_explain(lookups), dialect=result.dialect)


def _count_references(
    adapter: Adapter, compiled: CompiledCheck, lookups: tuple[LookupCounts, ...]
) -> tuple[LookupCounts, ...]:
    queries = [_count_keys(adapter, join) for _, join in compiled.incriminating]
    return tuple(
        replace(
            counts,
            reference_rows=counted.by_condition[0],
            reference_usable=counted.by_condition[1],
            reference_known=counted.by_condition[2] if join.known else None,
        )
        for counts, (_, join), counted in zip(lookups, compiled.incriminating, adapter.count(queries), strict=True)
    )


def _count_keys(adapter: Adapter, join: ReferenceJoin) -> CountQuery:
    """Return the query that counts rows of the kind, those of them with a key, and rows of any kind."""
    flags = {"synth_kind": join.where or "1 = 1", "synth_known": join.known or "1 = 1"}
    values = {name: f"CASE WHEN {sql} THEN 1 ELSE 0 END" for name, sql in flags.items()}
    rows = adapter.on_reference(join.reference).project([], {"synth_key": join.key, **values})
    return CountQuery.of(["synth_kind = 1", "synth_kind = 1 AND synth_key IS NOT NULL", "synth_known = 1"], rows)


def _explain(lookups: tuple[LookupCounts, ...]) -> SynthError:
    """Return the sentence of why no lookup could find anything, by the first that has a reason of the reference."""
    first = next((counts for counts in lookups if not counts.reference_usable), lookups[0])
    name = first.reference
    if not first.reference_rows:
        return SynthError(
            f"Nothing could be found in {name}: it has no row of the kind that is looked for.",
            f"Check that {name} was loaded, and the values of its marker. If it may be empty, name it in empty_references.",
        )
    if not first.reference_usable:
        return SynthError(
            f"Nothing could be found in {name}: none of its {first.reference_rows:,} rows has a key that can be read.",
            f"Check the columns of {name} that are compared, and how their values are written.",
        )
    return SynthError(
        f"Nothing could be looked up in {name}: none of {first.records:,} records has a key that can be read.",
        "Check the columns that are compared, and how their values are written.",
    )
