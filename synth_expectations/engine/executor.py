"""Runs compiled checks: counts those of one batch in one statement, and reads the keys of their violating records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.adapters.reference_joins import ReferenceJoin
from synth_expectations.engine.adapters.value_queries import KeyQuery
from synth_expectations.engine.count_query import AggregateRequest, CountQuery, Counts
from synth_expectations.engine.planner.compiled_check import CompiledCheck, CountExpression, Source
from synth_expectations.engine.result import CheckKey, CheckResult, LookupCounts
from synth_expectations.errors import QueryTimeoutError, SynthError
from synth_expectations.rules.model import Check, Lookup
from synth_expectations.rules.shares import ShareFinding

MOST_KEYS = 20
"""The largest number of record keys that a broken rule shows."""


@dataclass(frozen=True)
class CountedChecks:
    """The results of checks that were counted together.

    Attributes:
        results: the result of each check; `keys` is filled where the engine read them in passing.
        aggregates: the values that somebody else wanted of the same scan; None if they could not be computed with it.
    """

    results: dict[CheckKey, CheckResult]
    aggregates: Sequence[Any] | None = None


@dataclass
class _SourceQuery:
    """The count query of one source, and the checks whose rules it counts."""

    query: CountQuery
    checks: dict[CheckKey, CompiledCheck] = field(default_factory=dict)
    sets: dict[CheckKey, int] = field(default_factory=dict)

    def add(self, key: CheckKey, check: CompiledCheck) -> None:
        self.checks[key] = check
        for sql in check.rules_within():
            self.query.add(sql)
        self.sets[key] = self.query.add_any(check.judged_rules())

    def ask_for_keys(self) -> None:
        """Ask for keys where each row is one record: to read the records again would cost as much as to count them."""
        keys = {check.key for check in self.checks.values() if check.key}
        self.query.key = keys.pop() if len(keys) == 1 and not self.query.weight else None
        self.query.keyed = {
            self.query.conditions[sql] for check in self.checks.values() if check.key for sql in check.judged_rules()
        }
        self.query.most = MOST_KEYS
        self.query.is_join = any(check.check.all_lookups for check in self.checks.values())


def count_checks(
    adapter: Adapter,
    checks: Mapping[CheckKey, CompiledCheck],
    aggregates: AggregateRequest | None = None,
    aggregated: Source | None = None,
) -> CountedChecks:
    """Count checks in one statement; if it fails, it fails once, for all of them.

    Args:
        adapter: the adapter of the batch.
        checks: the compiled checks.
        aggregates: what somebody else wants of the same scan. If that is wrong, the checks are counted without it.
        aggregated: the source whose columns the aggregates read.
    """
    queries = _build_queries(checks)
    shares = aggregates is not None and aggregated in queries
    if shares and aggregated:
        queries[aggregated].query.aggregates = aggregates
    for source_query in queries.values():
        source_query.ask_for_keys()
    try:
        counted = adapter.count([source_query.query for source_query in queries.values()])
    except SynthError as error:
        return count_checks(adapter, checks) if shares else CountedChecks(_errors(checks, error))
    counts = dict(zip(queries, counted, strict=True))
    values = counts[aggregated].aggregates if shares and aggregated else None
    return CountedChecks(_read_results(adapter, queries, counts), values)


def _build_queries(checks: Mapping[CheckKey, CompiledCheck]) -> dict[Source, _SourceQuery]:
    queries: dict[Source, _SourceQuery] = {}

    def query_of(source: Source) -> _SourceQuery:
        return queries.setdefault(source, _SourceQuery(CountQuery(source.relation, source.weight)))

    for check in checks.values():
        if check.batch:
            query_of(check.batch)
    for key, check in checks.items():
        query_of(check.source).add(key, check)
        for sql in _ask_of_shares(check):
            query_of(check.source).query.add(sql)
        for expression in (*check.census.values(), *([check.records] if check.records else [])):
            query_of(expression.source).query.add(expression.sql)
        for _, join in check.accounted:
            for sql in _ask_of_lookup(join):
                query_of(check.source).query.add(sql)
    return queries


def _ask_of_lookup(join: ReferenceJoin) -> list[str]:
    """Return what is counted of a lookup: records with a key, those that it found, and those whose key is unreadable."""
    counted = [f"{join.record_key} IS NOT NULL", f"{join.column('found')} = 1"]
    return [*counted, join.record_unreadable] if join.record_unreadable else counted


def _ask_of_shares(check: CompiledCheck) -> list[str]:
    """Return what is counted of the shares of a check, one after the other."""
    return check.within_population([sql for counted in check.shares for sql in counted])


def _read_shares(check: CompiledCheck, counts: Iterator[int]) -> tuple[ShareFinding, ...]:
    """Return what the counts of `_ask_of_shares` say."""
    return tuple(share.judge(*islice(counts, len(share.conditions()))) for share in check.check.shares)


def _errors(checks: Mapping[CheckKey, CompiledCheck], error: SynthError) -> dict[CheckKey, CheckResult]:
    named = name_query(error, [compiled.check for compiled in checks.values()])
    return {key: CheckResult(error=named) for key in checks}


def name_query(error: SynthError, checks: Iterable[Check]) -> SynthError:
    """Return an error with the expectations that the query was for, if it was cancelled."""
    return error.serving(check.expectation for check in checks) if isinstance(error, QueryTimeoutError) else error


def _read_results(
    adapter: Adapter, queries: Mapping[Source, _SourceQuery], counts: Mapping[Source, Counts]
) -> dict[CheckKey, CheckResult]:
    def count(expression: CountExpression) -> int:
        number = queries[expression.source].query.conditions[expression.sql]
        return counts[expression.source].by_condition[number]

    results = {}
    for source, source_query in queries.items():
        for key, check in source_query.checks.items():
            census = {name: count(expression) for name, expression in check.census.items()}
            if check.batch:
                census["all"] = counts[check.batch].rows
            results[key] = CheckResult(
                records=count(check.records) if check.records else counts[source].rows,
                violating=counts[source].by_set[source_query.sets[key]],
                violations=tuple(count(CountExpression(sql, source)) for sql in check.rules_within()),
                census=census,
                sql=dict(zip([rule.name for rule in check.check.rules], check.shown, strict=True)),
                dialect=adapter.dialect.name,
                query=adapter.statements.sent[-1] if check.check.all_lookups else None,
                as_of=key.as_of,
                keys=_keys_in_passing(check, source_query.query, counts[source]),
                shares=_read_shares(check, (count(CountExpression(sql, source)) for sql in _ask_of_shares(check))),
                lookups=tuple(
                    _read_lookup(
                        lookup,
                        counts[source].rows,
                        [count(CountExpression(sql, source)) for sql in _ask_of_lookup(join)],
                    )
                    for lookup, join in check.accounted
                ),
            )
    return results


def _read_lookup(lookup: Lookup, records: int, counted: Sequence[int]) -> LookupCounts:
    """Return what a lookup had to work with, from what `_ask_of_lookup` asked for."""
    usable, found, *unreadable = counted
    return LookupCounts(
        lookup.reference, lookup.may_be_empty, lookup.incriminates, records, usable, found, sum(unreadable)
    )


def _keys_in_passing(check: CompiledCheck, query: CountQuery, counts: Counts) -> dict[str, list[str]] | None:
    """Return the keys that were read while counting; None if they have to be read by a query of their own."""
    if check.key is None:
        return {}
    if counts.keys is None:
        return None
    keys = {}
    for rule, sql in zip(check.check.rules, check.rules_within(), strict=True):
        if rule.judged and (of_rule := counts.keys[query.conditions[sql]]):
            keys[rule.name] = of_rule
    return keys


def read_keys(
    adapter: Adapter, checks: Mapping[CheckKey, CompiledCheck], results: Mapping[CheckKey, CheckResult]
) -> dict[CheckKey, dict[str, list[str]]]:
    """Read the keys of the records that break judged rules, in one statement; send none if no rule is broken.

    Args:
        adapter: the adapter of the batch.
        checks: compiled checks that have the same record key.
        results: what was counted of them.

    Returns:
        The keys of each check by rule.
    """
    keys: dict[CheckKey, dict[str, list[str]]] = {key: {} for key in checks}
    rules_of: dict[int, list[tuple[CheckKey, str, str]]] = {}
    violating: dict[int, dict[str | None, list[str]]] = {}
    first_check: dict[int, CompiledCheck] = {}
    for key, check in checks.items():
        relation = id(check.relation)
        first_check.setdefault(relation, check)
        counted = zip(check.check.rules, check.rules_within(), check.rules, results[key].violations, strict=False)
        for rule, within, alone, violations in counted:
            if violations and rule.judged:
                rules_of.setdefault(relation, []).append((key, rule.name, within))
                violating.setdefault(relation, {}).setdefault(check.population, []).append(f"({alone})")
    if not rules_of:
        return keys
    queries = [
        KeyQuery(
            [sql for *_, sql in rules],
            first_check[relation].key or "",
            first_check[relation].relation,
            _any_violation(violating[relation]),
        )
        for relation, rules in rules_of.items()
    ]
    for rules, keys_of_rules in zip(rules_of.values(), adapter.smallest_keys(queries, MOST_KEYS), strict=True):
        for (key, rule_name, _), keys_of_rule in zip(rules, keys_of_rules, strict=True):
            keys[key][rule_name] = keys_of_rule
    return keys


def _any_violation(rules_by_population: Mapping[str | None, list[str]]) -> str:
    """Return a condition for records that break any rule; a population is evaluated once, not for each of its rules."""
    return " OR ".join(
        f"(({population}) AND ({' OR '.join(rules)}))" if population else f"({' OR '.join(rules)})"
        for population, rules in rules_by_population.items()
    )
