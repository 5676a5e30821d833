"""Whether lookups could find anything: a pass of a lookup that cannot proves nothing.

A lookup that found something for some record works. Where one found nothing at all, one more query counts the rows and
keys of the references: once for all lookups of the batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.adapters.reference_joins import ReferenceJoin, ThroughJoin
from synth_expectations.engine.count_query import CountQuery
from synth_expectations.engine.planner.compiled_check import CompiledCheck
from synth_expectations.engine.result import BetweenCounts, CheckResult, LookupCounts
from synth_expectations.engine.unreadable_keys import explain_unreadable
from synth_expectations.errors import SynthError
from synth_expectations.rules.model import Lookup
from synth_expectations.rules.shares import Share


@dataclass(frozen=True)
class _Reference:
    """What a reference holds for a lookup: rows of the kind that is looked for, and those of them with a key.

    `known` are rows of any kind that is understood, `unreadable` those whose key is given and cannot be read.
    """

    rows: int
    usable: int
    known: int
    unreadable: int


class LookupAccounts:
    """What the references of one batch hold for its lookups, counted when that is first needed.

    Args:
        compiled: gives all checks of the batch.
    """

    def __init__(self, compiled: Callable[[], Iterable[CompiledCheck]]) -> None:
        self._compiled = compiled
        self._counted: dict[tuple[str | None, ...], _Reference] = {}
        self._between: dict[ThroughJoin, BetweenCounts] = {}
        self._as_written: dict[tuple[str | None, ...], Mapping[str, int]] = {}

    def complete(self, adapter: Adapter, result: CheckResult, check: CompiledCheck) -> CheckResult:
        """Return a result with what its lookups had to work with; an error if that proves nothing.

        Args:
            adapter: of the batch.
            result: what was counted of the check.
            check: the check.
        """
        if result.error:
            return result
        joins = [join for _, join in check.accounted]
        against = [counts for counts in result.lookups if counts.incriminates]
        lookups = result.lookups
        of_chance = [share for share in check.check.shares if share.between] if result.records else []
        found_all = all(counts.found or not counts.records for counts in against)
        if of_chance or not found_all or any(join.has_unreadable for join in joins):
            try:
                if any(_identify(join) not in self._counted for join in joins):
                    self._count(adapter, joins)
            except SynthError as error:
                return CheckResult(error=error)
            lookups = tuple(
                self._with_reference(counts, join) for counts, join in zip(result.lookups, joins, strict=True)
            )
        if any(join.as_written for join in joins):
            try:
                self._count_as_written(adapter, [join for join in joins if join.as_written])
            except SynthError as error:
                return CheckResult(error=error)
            lookups = tuple(
                replace(counts, reference_as_written=self._as_written.get(_identify_written(join), {}))
                for counts, join in zip(lookups, joins, strict=True)
            )
        if open_verdict := _explain_unreadable(lookups, [lookup for lookup, _ in check.accounted]):
            return CheckResult(error=open_verdict, dialect=result.dialect)
        against = [counts for counts in lookups if counts.incriminates]
        works = all(counts.found or not counts.records for counts in against)
        if works or any(counts.can_find for counts in against):
            names = [lookup.name for lookup, _ in check.accounted]
            return _judge_by_chance(replace(result, lookups=lookups), of_chance, dict(zip(names, lookups, strict=True)))
        return CheckResult(error=_explain(tuple(against)), dialect=result.dialect)

    def _count(self, adapter: Adapter, joins: Iterable[ReferenceJoin]) -> None:
        of_batch = (join for check in self._compiled() for _, join in check.accounted)
        distinct = {_identify(join): join for join in (*joins, *of_batch)}
        between = {join.through: None for join in distinct.values() if join.through and join.through.unreadable}
        queries = [_count_keys(adapter, join) for join in distinct.values()]
        counts = iter(adapter.count([*queries, *(_count_between(adapter, through) for through in between)]))
        for name in distinct:
            counted = next(counts).by_condition
            self._counted[name] = _Reference(*(counted[number] for number in range(4)))
        for through, counted_between in zip(between, counts, strict=True):
            usable, unreadable = (counted_between.by_condition[number] for number in range(2))
            self._between[through] = BetweenCounts(through.reference, counted_between.rows, usable, unreadable)

    def _count_as_written(self, adapter: Adapter, joins: Iterable[ReferenceJoin]) -> None:
        """Count the rows of references whose value is found only where it is written alike: once for a reference."""
        asked = {_identify_written(join): join for join in joins}
        missing = {identity: join for identity, join in asked.items() if identity not in self._as_written}
        queries = [_count_written(adapter, join) for join in missing.values()]
        for (identity, join), counts in zip(missing.items(), adapter.count(queries) if queries else [], strict=True):
            counted = {name: counts.by_condition[number] for number, name in enumerate(join.as_written)}
            self._as_written[identity] = {name: count for name, count in counted.items() if count}

    def _with_reference(self, counts: LookupCounts, join: ReferenceJoin) -> LookupCounts:
        reference = self._counted[_identify(join)]
        return replace(
            counts,
            reference_rows=reference.rows,
            reference_usable=reference.usable,
            reference_known=reference.known if join.known else None,
            reference_unreadable=reference.unreadable if join.unreadable else None,
            between=self._between.get(join.through) if join.through else None,
        )


def _judge_by_chance(result: CheckResult, shares: Iterable[Share], lookups: Mapping[str, LookupCounts]) -> CheckResult:
    """Return a result whose shares between two references are held against what chance gives them by their size."""
    findings = {finding.name: finding for finding in result.shares}
    for share in shares:
        assert share.between is not None
        sides = [lookups[name] for name in share.between]
        for side in sides:
            if not side.reference_usable:
                return CheckResult(
                    error=SynthError(
                        f"The effect of chance cannot be estimated: {side.reference} has no row with a key that can be read.",
                        f"Check that {side.reference} was loaded, and has the columns that are compared.",
                    ),
                    dialect=result.dialect,
                )
        rows, other_rows = (side.reference_usable or 0 for side in sides)
        findings[share.name] = share.judge_between(findings[share.name], rows, other_rows)
    return replace(result, shares=tuple(findings.values()))


def _identify(join: ReferenceJoin) -> tuple[str | None, ...]:
    through = join.through
    of_between = (through.reference, through.key, through.leads_to) if through and through.unreadable else ()
    return join.reference, join.key, join.where, join.known, *of_between


def _identify_written(join: ReferenceJoin) -> tuple[str | None, ...]:
    return join.reference, join.where, *join.as_written.values()


def _count_keys(adapter: Adapter, join: ReferenceJoin) -> CountQuery:
    flags = {
        "synth_kind": join.where or "1 = 1",
        "synth_known": join.known or "1 = 1",
        "synth_unreadable": join.unreadable or "1 = 0",
    }
    values = {name: f"CASE WHEN {sql} THEN 1 ELSE 0 END" for name, sql in flags.items()}
    rows = adapter.on_reference(join.reference).project([], {"synth_key": join.key, **values})
    of_kind = ["synth_kind = 1", "synth_kind = 1 AND synth_key IS NOT NULL"]
    return CountQuery.of([*of_kind, "synth_known = 1", "synth_kind = 1 AND synth_unreadable = 1"], rows)


def _count_written(adapter: Adapter, join: ReferenceJoin) -> CountQuery:
    aliases = {f"synth_written{number}": sql for number, sql in enumerate(join.as_written.values())}
    of_kind = f"CASE WHEN {join.where or '1 = 1'} THEN 1 ELSE 0 END"
    values = {alias: f"CASE WHEN {sql} THEN 1 ELSE 0 END" for alias, sql in aliases.items()}
    rows = adapter.on_reference(join.reference).project([], {"synth_kind": of_kind, **values})
    return CountQuery.of([f"synth_kind = 1 AND {alias} = 1" for alias in aliases], rows)


def _count_between(adapter: Adapter, through: ThroughJoin) -> CountQuery:
    unreadable = f"CASE WHEN {through.unreadable} THEN 1 ELSE 0 END"
    values = {"synth_key": through.key, "synth_leads_to": through.leads_to, "synth_unreadable": unreadable}
    rows = adapter.on_reference(through.reference).project([], values)
    return CountQuery.of(["synth_key IS NOT NULL AND synth_leads_to IS NOT NULL", "synth_unreadable = 1"], rows)


def _explain_unreadable(lookups: Iterable[LookupCounts], asked: Iterable[Lookup]) -> SynthError | None:
    """Return the error for keys that leave a verdict open: any of a lookup that spares records, else all of a side."""
    for counts, lookup in zip(lookups, asked, strict=True):
        sides = [
            ("records", counts.unreadable, counts.usable, counts.records),
            (
                f"rows of {counts.reference}",
                counts.reference_unreadable or 0,
                counts.reference_usable or 0,
                counts.reference_rows or 0,
            ),
        ]
        if between := counts.between:
            sides.append((f"rows of {between.table}", between.unreadable, between.usable, between.rows))
        for noun, unreadable, usable, rows in sides:
            if unreadable and lookup.spares:
                return explain_unreadable(unreadable, rows, noun, f"it is unknown what {counts.reference} spares")
            if unreadable and not usable and not lookup.incriminates:
                return explain_unreadable(unreadable, rows, noun, f"nothing can be looked up in {counts.reference}")
    return None


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
