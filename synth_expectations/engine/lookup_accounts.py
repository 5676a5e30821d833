"""Whether lookups could find anything: a pass of a lookup that cannot proves nothing.

A lookup that found something for some record works. Where one found nothing at all, one more query counts the rows and
keys of the references: once for all lookups of the batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from synth_expectations.engine.adapters.base import Adapter, ReferenceJoin
from synth_expectations.engine.count_query import CountQuery
from synth_expectations.engine.planner.compiled_check import CompiledCheck
from synth_expectations.engine.result import CheckResult, LookupCounts
from synth_expectations.errors import SynthError

_Counted = tuple[int, int, int]
"""Rows of the kind that is looked for, those of them with a key, and rows of any kind that is understood."""


class LookupAccounts:
    """What the references of one batch hold for its lookups, counted when that is first needed.

    Args:
        compiled: gives all checks of the batch.
    """

    def __init__(self, compiled: Callable[[], Iterable[CompiledCheck]]) -> None:
        self._compiled = compiled
        self._counted: dict[tuple[str, str, str | None, str | None], _Counted] = {}

    def complete(self, adapter: Adapter, result: CheckResult, check: CompiledCheck) -> CheckResult:
        """Return a result with what its lookups had to work with; an error if none of them could find anything.

        Args:
            adapter: of the batch.
            result: what was counted of the check.
            check: the check.
        """
        if result.error or all(counts.found or not counts.records for counts in result.lookups):
            return result
        joins = [join for _, join in check.incriminating]
        try:
            if any(_identify(join) not in self._counted for join in joins):
                self._count(adapter, joins)
        except SynthError as error:
            return CheckResult(error=error)
        lookups = tuple(
            _with_reference(counts, join, self._counted[_identify(join)])
            for counts, join in zip(result.lookups, joins, strict=True)
        )
        if any(counts.can_find for counts in lookups):
            return replace(result, lookups=lookups)
        return CheckResult(error=_explain(lookups), dialect=result.dialect)

    def _count(self, adapter: Adapter, joins: Iterable[ReferenceJoin]) -> None:
        of_batch = (join for check in self._compiled() for _, join in check.incriminating)
        distinct = {_identify(join): join for join in (*joins, *of_batch)}
        counts = adapter.count([_count_keys(adapter, join) for join in distinct.values()])
        for name, counted in zip(distinct, counts, strict=True):
            self._counted[name] = (counted.by_condition[0], counted.by_condition[1], counted.by_condition[2])


def _identify(join: ReferenceJoin) -> tuple[str, str, str | None, str | None]:
    return join.reference, join.key, join.where, join.known


def _count_keys(adapter: Adapter, join: ReferenceJoin) -> CountQuery:
    flags = {"synth_kind": join.where or "1 = 1", "synth_known": join.known or "1 = 1"}
    values = {name: f"CASE WHEN {sql} THEN 1 ELSE 0 END" for name, sql in flags.items()}
    rows = adapter.on_reference(join.reference).project([], {"synth_key": join.key, **values})
    return CountQuery.of(["synth_kind = 1", "synth_kind = 1 AND synth_key IS NOT NULL", "synth_known = 1"], rows)


def _with_reference(counts: LookupCounts, join: ReferenceJoin, counted: _Counted) -> LookupCounts:
    rows, usable, known = counted
    return replace(counts, reference_rows=rows, reference_usable=usable, reference_known=known if join.known else None)


def _explain(lookups: tuple[LookupCounts, ...]) -> SynthError:
    """Return why no lookup could find anything; a reason that lies in the reference comes first."""
    first = next((counts for counts in lookups if not counts.reference_usable), lookups[0])
    name = first.reference
    if not first.reference_rows:
        return SynthError(
            f"Nothing could be found in {name}: it has no row of the kind that is looked for.",
            f"Check that {name} was loaded, and the values of its marker. If it may be empty, name it in "
            "empty_references.",
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
