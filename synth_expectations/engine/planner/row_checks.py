"""Where checks of the record alone are counted: all in one query, each where it costs least.

Where a scan is what costs, that is one scan. Where columns are read lazily and conditions cost more, there are several:
a check that reads only the marker is counted on the marker's few values, and many rules about one population are counted
on that population's records alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlglot import exp

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.compiler import Compiler
from synth_expectations.engine.planner.common_subexpressions import (
    CommonSubexpressions,
    extract_common_subexpressions,
)
from synth_expectations.engine.planner.compiled_check import CompiledCheck, CountExpression, Source, record_keys
from synth_expectations.engine.result import CheckKey
from synth_expectations.engine.schema import Family
from synth_expectations.engine.translator import DistinctValues
from synth_expectations.errors import ConditionError
from synth_expectations.rules.expressions import field as value_of
from synth_expectations.rules.model import Check
from synth_expectations.rules.nodes import (
    Condition,
    IsBlank,
    IsOneOf,
    PortableExpression,
    find_columns,
    find_expressions,
)

_COUNTED_BY_VALUE = (Family.TEXT, Family.BOOLEAN, Family.NUMBER)


@dataclass(frozen=True)
class _Scan:
    """A source, and the common subexpressions that it computes."""

    source: Source
    common: CommonSubexpressions


class RowCheckPlanner:
    """Finds a source for each check of a batch.

    Args:
        adapter: the adapter of the batch.
        checks: the checks of the record alone, by key.
        as_of: the time for which a check is run that has none of its own.
        columns: further columns that are read where all records are.
        distinct_values: what is known of a column's values.
    """

    def __init__(
        self,
        adapter: Adapter,
        checks: Mapping[CheckKey, Check],
        as_of: datetime,
        columns: Set[str] = frozenset(),
        distinct_values: DistinctValues | None = None,
    ) -> None:
        self._adapter = adapter
        self._distinct_values = distinct_values or {}
        self._value_column = _find_value_column(adapter, checks.values())
        self._values = _count_values(adapter, self._value_column, as_of) if self._value_column else None
        remaining = {key: check for key, check in checks.items() if not self._is_by_value(check)}
        self._apart = _scan_populations(adapter, remaining, as_of, self._distinct_values)
        rest = {key: check for key, check in remaining.items() if key not in self._apart}
        computed = [rule.broken for check in rest.values() for rule in check.rules]
        computed += [condition for check in rest.values() for condition in _conditions_of_shares(check)]
        computed += [check.population for check in rest.values() if not self._reads_value(check.population)]
        computed += [
            condition
            for check in remaining.values()
            for _, condition in check.census
            if not self._reads_value(condition)
        ]
        within = [check.population for check in rest.values()]
        common = extract_common_subexpressions(
            adapter,
            [*computed, *within],
            record_keys(rest.values()) | columns,
            as_of,
            distinct_values=distinct_values,
            conditional=_conditions_of_some_records(rest.values()),
        )
        self._rest = _Scan(Source(common.relation), common)
        self._batch = self._values if self._values and not computed else self._rest.source

    @property
    def batch(self) -> Source:
        """Return the source of all records, if they are scanned."""
        return self._rest.source

    def compile(self, key: CheckKey, check: Check) -> CompiledCheck:
        """Compile a check for the source in which it is counted.

        Raises:
            ConditionError: a column is missing, or of a type that the check cannot use.
        """
        apart = self._apart.get(key)
        scan = apart or self._rest
        compiler = self._compiler(key.as_of, scan.common)
        plain = Compiler(self._adapter.columns(), self._adapter.dialect, key.as_of)
        census = {name: self._count(condition, key.as_of) for name, condition in check.census}
        if self._is_by_value(check):
            assert self._values is not None
            scan, compiler = _Scan(self._values, CommonSubexpressions()), plain
        is_whole_source = apart is not None or check.population == exp.true()
        return CompiledCheck(
            check,
            scan.source,
            rules=[compiler.compile(rule.broken) for rule in check.rules],
            shares=[[compiler.compile(condition) for condition in share.conditions()] for share in check.shares],
            shown=[plain.compile(rule.broken) for rule in check.rules],
            population=None if is_whole_source else compiler.compile(check.population),
            records=None if is_whole_source else self._count(check.population, key.as_of),
            relation=scan.common.relation,
            key=compiler.compile(value_of(check.record_key)) if check.record_key else None,
            census=census,
            batch=self._batch,
        )

    def _count(self, condition: Condition, as_of: datetime) -> CountExpression:
        if self._values and self._reads_value(condition):
            return CountExpression(self._compiler(as_of).compile(condition), self._values)
        return CountExpression(self._compiler(as_of, self._rest.common).compile(condition), self._rest.source)

    def _compiler(self, as_of: datetime, common: CommonSubexpressions | None = None) -> Compiler:
        columns = common.columns if common else None
        return Compiler(
            self._adapter.columns(), self._adapter.dialect, as_of, columns, distinct_values=self._distinct_values
        )

    def _reads_value(self, condition: Condition) -> bool:
        """Return whether a condition can be counted on the values of a column."""
        return self._values is not None and _compared_columns(condition) == {self._value_column}

    def _is_by_value(self, check: Check) -> bool:
        conditions = [check.population, *(rule.broken for rule in check.rules), *_conditions_of_shares(check)]
        narrowing = [condition for condition in conditions if condition != exp.true()]
        return self._values is not None and all(map(self._reads_value, narrowing))


def _conditions_of_shares(check: Check) -> list[Condition]:
    return [condition for share in check.shares for condition in share.conditions()]


def _conditions_of_some_records(checks: Iterable[Check]) -> set[Condition]:
    """Return the conditions that are evaluated for the records of a population only."""
    narrowed = [check for check in checks if check.population != exp.true()]
    rules = {rule.broken for check in narrowed for rule in check.rules}
    return rules.union(condition for check in narrowed for condition in _conditions_of_shares(check))


def _scan_populations(
    adapter: Adapter, checks: Mapping[CheckKey, Check], as_of: datetime, distinct_values: DistinctValues
) -> dict[CheckKey, _Scan]:
    """Return the checks whose population is worth a scan of its own, with that scan."""
    scans: dict[CheckKey, _Scan] = {}
    alike: dict[tuple[Condition, datetime], list[CheckKey]] = {}
    for key, check in checks.items():
        alike.setdefault((check.population, key.as_of), []).append(key)
    for (population, time), keys in alike.items():
        rules = list(dict.fromkeys(rule.broken for key in keys for rule in checks[key].rules))
        shares = list(dict.fromkeys(condition for key in keys for condition in _conditions_of_shares(checks[key])))
        if population == exp.true() or len(rules) < (adapter.dialect.rules_worth_a_scan or len(rules) + 1):
            continue
        with suppress(ConditionError):  # each of its checks reports what is wrong with the population
            where = Compiler(adapter.columns(), adapter.dialect, time, distinct_values=distinct_values).compile(
                population
            )
            common = extract_common_subexpressions(
                adapter, [*rules, *shares], record_keys(checks[key] for key in keys), as_of, where, distinct_values
            )
            scans |= dict.fromkeys(keys, _Scan(Source(common.relation), common))
    return scans


def _find_value_column(adapter: Adapter, checks: Iterable[Check]) -> str | None:
    """Return the column that most conditions compare with lists and read alone; None if that is not worth it."""
    if adapter.dialect.rules_worth_a_scan is None:
        return None
    conditions = {condition for check in checks for condition in check.conditions()}
    compared = [_compared_columns(condition) for condition in conditions]
    uses = Counter(name for names in compared if len(names) == 1 for name in names)
    for name, count in uses.most_common():
        with suppress(ConditionError):  # the expectation that reads the column reports it
            fits = adapter.columns().find(name).family in _COUNTED_BY_VALUE
            if fits and count >= adapter.dialect.rules_worth_a_scan:
                return name
    return None


@lru_cache(maxsize=8192)
def _compared_columns(condition: Condition) -> frozenset[str]:
    """Return the columns that a condition compares with lists; none if it does anything else."""
    only_compares = all(
        isinstance(expression, IsOneOf | IsBlank) for expression in find_expressions(condition, PortableExpression)
    )
    return find_columns(condition) if only_compares else frozenset()


def _count_values(adapter: Adapter, column: str, as_of: datetime) -> Source:
    """Return the different values of a column, with how many records have each."""
    weight = adapter.columns().free("synth_n")
    sql = Compiler(adapter.columns(), adapter.dialect, as_of).compile(value_of(column))
    return Source(adapter.value_counts(sql, weight), weight)
