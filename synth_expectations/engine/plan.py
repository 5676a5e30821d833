"""The plan of one batch: all its checks, run once, together.

Checks are added first. The first result asked for runs the plan, and so does whoever wants aggregates of the same scan:
every rule about the record alone, of every check, in one query. Where the engine gains by it, one query before reads how
the marker's values are written. A check with lookups or samples costs queries of its own, when its result is asked for.
The records are always counted: by a query of their own only where no other query does it, as for a check of columns.
What is wrong with a table is an error in the result of its check, and never raised: the other checks are not affected.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlglot import exp
from sqlglot.errors import SqlglotError

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.count_query import AggregateRequest
from synth_expectations.engine.executor import count_checks, name_query, read_keys
from synth_expectations.engine.lookup_accounts import LookupAccounts
from synth_expectations.engine.planner.batch_forms import compile_row_checks
from synth_expectations.engine.planner.compiled_check import CompiledCheck, compile_lookups, compile_samples
from synth_expectations.engine.planner.distinct_values import read_distinct_values
from synth_expectations.engine.planner.row_checks import RowCheckPlanner
from synth_expectations.engine.result import CheckKey, CheckResult, merge_results
from synth_expectations.engine.translator import DistinctValues
from synth_expectations.engine.uncounted_checks import check_schema, evaluate_samples
from synth_expectations.errors import SynthError
from synth_expectations.rules.model import Check, LookupCheck, RowCheck, SampleCheck, SchemaCheck
from synth_expectations.rules.nodes import Condition


class Plan:
    """The checks of one batch.

    Args:
        open_adapter: connects to the batch; called once, when the plan runs.
        as_of: the time for which a check is run that has none of its own.
    """

    def __init__(self, open_adapter: Callable[[], Adapter], as_of: datetime) -> None:
        self._open_adapter = open_adapter
        self._adapter: Adapter | None = None
        self.as_of = as_of
        self._checks: dict[CheckKey, Check] = {}
        self._compiled: dict[CheckKey, CompiledCheck] = {}
        self._results: dict[CheckKey, CheckResult] = {}
        self._merged: dict[CheckKey, CheckResult] = {}
        self._related: dict[CheckKey, list[tuple[Plan, CheckKey]]] = {}
        self._counted_together: list[CheckKey] = []
        self._census: dict[CheckKey, CheckKey] = {}
        self._lookup_accounts = LookupAccounts(self._compiled.values)
        self._distinct_values: DistinctValues = {}
        self.has_run = False

    @property
    def adapter(self) -> Adapter | None:
        """Return the adapter, once the plan has run."""
        return self._adapter

    @property
    def values_read(self) -> frozenset[str]:
        """The values of the data that the plan's statements hold, beside those that its checks name."""
        known = {literal.name for predicate in self._distinct_values for literal in predicate.find_all(exp.Literal)}
        return frozenset(value for values in self._distinct_values.values() for value in values) - known

    def add(self, check: Check, as_of: datetime | None = None) -> CheckKey:
        """Add a check, and return the key under which its result is found.

        Raises:
            RuntimeError: the plan has run already.
        """
        if self.has_run:
            raise RuntimeError("A plan that has run is never added to: start a new one.")
        key = CheckKey(check.sha256, as_of or self.as_of)
        self._checks[key] = check
        if check.reference is None and not isinstance(check, RowCheck):
            # rules about columns need none of the data: for them the records are counted, and not what they are
            census = () if isinstance(check, SchemaCheck) else check.census
            self._census[key] = self.add(_make_count(census, check.expectation), as_of)
        return key

    def result(self, key: CheckKey) -> CheckResult:
        """Return the counts of a check; run the plan if it has not run yet."""
        if not self.has_run:
            self.run()
        if key not in self._merged:
            own = self._with_census(key, self._result(key))
            related = [plan.result(other) for plan, other in self._related_plans(key)]
            self._merged[key] = merge_results([own, *related])
        return self._merged[key]

    def result_with_keys(self, key: CheckKey) -> CheckResult:
        """Return the counts of a check and the keys of its violating records.

        Keys that the engine did not read while it counted are read now: once for all broken rules of the batch that
        have the same record key.
        """
        merged = self.result(key)
        if merged.error or merged.keys is not None:
            return merged
        try:
            self._read_own_keys(key)
        except SynthError as error:
            self._merged[key] = CheckResult(error=name_query(error, [self._checks[key]]))
            return self._merged[key]
        related = [plan.result_with_keys(other) for plan, other in self._related_plans(key)]
        self._merged[key] = merge_results([self._with_census(key, self._results[key]), *related])
        return self._merged[key]

    def run(self, aggregates: AggregateRequest | None = None) -> Sequence[Any] | None:
        """Count the checks of the record alone, and what somebody else wants of the same scan.

        Returns:
            The values of the aggregates; None if no scan reads all records, or if they could not be computed with it.

        Raises:
            RuntimeError: the plan has run already.
        """
        if self.has_run:
            raise RuntimeError("A plan runs once.")
        self.has_run = True
        try:
            self._adapter = self._open_adapter()
            self._adapter.columns()
        except SynthError as error:
            self._results = {key: CheckResult(error=error) for key in self._checks}
            return None
        return self._count(self._adapter, aggregates)

    def errors(self) -> list[SynthError]:
        """Return the errors of the plan's checks, once it has run."""
        results = {**self._results, **self._merged}
        return [result.error for result in results.values() if result.error]

    def validate(self) -> dict[str, SynthError]:
        """Return the errors that names and types of columns show, by the digest of the check; read no data.

        Raises:
            SynthError: the batch cannot be read.
        """
        self._adapter = self._open_adapter()
        self._adapter.columns()
        errors: dict[str, SynthError] = {}
        for key, check in self._checks.items():
            if key in self._census.values():
                continue  # its columns are those of the check that it counts for
            try:
                if isinstance(check, SchemaCheck):
                    check_schema(self._adapter, check)
                else:
                    self._compile(key, check)
                for related in check.related:
                    of_related = self._plan_of(related, key.as_of)[0].validate()
                    errors.update((key.sha256, error) for error in of_related.values())
            except (SynthError, SqlglotError) as error:
                errors[key.sha256] = _as_synth_error(error)
        return errors

    def _count(self, adapter: Adapter, aggregates: AggregateRequest | None) -> Sequence[Any] | None:
        """Compile every check, and count those of the record alone."""
        alone = {key: check for key, check in self._checks.items() if isinstance(check, RowCheck) and not check.related}
        self._distinct_values = read_distinct_values(adapter, filter(_has_rules, self._checks.values()), self.as_of)
        further_columns = aggregates.columns if aggregates else frozenset()
        rows = compile_row_checks(adapter, alone, self.as_of, further_columns, self._distinct_values)
        for key, check in self._checks.items():
            try:
                if isinstance(check, SchemaCheck):
                    self._results[key] = check_schema(adapter, check)
                elif error := rows.errors.get(key):
                    raise error
                else:
                    self._compiled[key] = rows.compiled[key] if key in alone else self._compile(key, check)
            except (SynthError, SqlglotError) as error:
                self._results[key] = CheckResult(error=_as_synth_error(error))
        counting = {key: check for key, check in self._compiled.items() if key in alone}
        if not counting or (aggregates is None and counting.keys() <= set(self._census.values())):
            return None  # what the batch is made of is then counted with the first lookup
        counted = count_checks(adapter, counting, aggregates, rows.batch)
        self._results |= counted.results
        self._counted_together = [key for key, result in counted.results.items() if not result.error]
        return counted.aggregates

    def _compile(self, key: CheckKey, check: Check) -> CompiledCheck:
        """Compile a check that is run by itself."""
        assert self._adapter is not None
        if isinstance(check, SampleCheck):
            return compile_samples(self._adapter, check, key.as_of)
        if isinstance(check, LookupCheck):
            return compile_lookups(self._adapter, check, key.as_of, self._distinct_values)
        return RowCheckPlanner(self._adapter, {key: check}, key.as_of).compile(key, check)

    def _result(self, key: CheckKey) -> CheckResult:
        if key not in self._results:
            assert self._adapter is not None
            compiled = self._compiled[key]
            if isinstance(compiled.check, SampleCheck):
                self._results[key] = evaluate_samples(self._adapter, compiled, compiled.check, key.as_of)
            else:
                self._results[key] = self._count_alone(key, compiled)
        return self._results[key]

    def _count_alone(self, key: CheckKey, compiled: CompiledCheck) -> CheckResult:
        """Count a check by itself; with it what the batch is made of, if nothing has counted that."""
        assert self._adapter is not None
        census = self._census.get(key, key)
        is_needed = census != key and census not in self._results and census in self._compiled
        together = {key: compiled, **({census: self._compiled[census]} if is_needed else {})}
        counted = count_checks(self._adapter, together).results
        if is_needed and not counted[census].error:
            self._results[census] = counted[census]
        completed = self._lookup_accounts.complete(self._adapter, counted[key], compiled)
        return replace(completed, error=name_query(completed.error, [compiled.check])) if completed.error else completed

    def _with_census(self, key: CheckKey, result: CheckResult) -> CheckResult:
        """Return a result with what the batch is made of, where another check counted that."""
        if result.error or key not in self._census:
            return result
        counted = self._result(self._census[key])
        return CheckResult(error=counted.error) if counted.error else replace(result, census=counted.census)

    def _read_own_keys(self, key: CheckKey) -> None:
        result = self._result(key)
        if result.keys is None and result.violating:
            self._read_keys(key)
        elif result.keys is None:
            self._results[key] = replace(result, keys={})

    def _read_keys(self, key: CheckKey) -> None:
        """Read the keys of a check, and of all that were counted with it, have the same record key, and no keys yet."""
        assert self._adapter is not None
        compiled = self._compiled[key]
        together = self._counted_together if key in self._counted_together else [key]
        checks = {
            other: self._compiled[other]
            for other in together
            if self._compiled[other].key == compiled.key and self._results[other].keys is None
        }
        for other, keys in read_keys(self._adapter, checks, self._results).items():
            self._results[other] = replace(self._results[other], keys=keys)

    def _related_plans(self, key: CheckKey) -> list[tuple[Plan, CheckKey]]:
        """Return the plans of related checks, whose records are the rows of references."""
        if key not in self._related:
            compiled = self._compiled.get(key)
            related = compiled.check.related if compiled else ()
            self._related[key] = [self._plan_of(check, key.as_of) for check in related]
        return self._related[key]

    def _plan_of(self, check: Check, as_of: datetime) -> tuple[Plan, CheckKey]:
        assert self._adapter is not None and check.reference is not None
        adapter, reference = self._adapter, check.reference
        plan = Plan(lambda: adapter.on_reference(reference), as_of)
        return plan, plan.add(check)


@lru_cache(maxsize=1024)
def _make_count(census: tuple[tuple[str, Condition], ...], expectation: str) -> RowCheck:
    """Return a check that counts what a batch is made of; one for all tables, since its digest takes a while."""
    return RowCheck(rules=(), population=exp.true(), census=census, expectation=expectation)


def _has_rules(check: Check) -> bool:
    """Return whether a check compares; one that only counts what a batch is made of makes no query worthwhile."""
    return bool(check.rules)


def _as_synth_error(error: SynthError | SqlglotError) -> SynthError:
    return error if isinstance(error, SynthError) else SynthError(str(error))
