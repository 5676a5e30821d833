"""The keys of all records that break a rule: results hold twenty a rule at most."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from synth_expectations.engine import uncounted_checks
from synth_expectations.engine.adapters.sqlalchemy import SqlAdapter
from synth_expectations.engine.memory_database import open_memory_database
from synth_expectations.engine.plan import Plan
from synth_expectations.engine.result import CheckResult
from synth_expectations.expectations.base import SyntheticDataExpectation

EVERY = 1_000_000


class Lake:
    """The demo's tables, read by DuckDB from their Parquet files."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._engine = open_memory_database()
        with self._engine.begin() as connection:
            for folder in sorted(path for path in directory.iterdir() if path.is_dir()):
                read = f"read_parquet('{folder}/**/*.parquet')"
                connection.exec_driver_sql(f"CREATE VIEW {folder.name} AS SELECT * FROM {read}")

    @contextmanager
    def _open(self) -> Iterator[sa.Connection]:
        with self._engine.connect() as connection:
            yield connection

    def plan(self, table: str, as_of: datetime) -> Plan:
        """A plan of a table's questions."""
        return Plan(lambda: SqlAdapter(self._open, sa.table(table), sa.table, table), as_of)

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """What a query gives."""
        with self._engine.connect() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(sql)]

    def close(self) -> None:
        """Stop DuckDB."""
        self._engine.dispose()


def found(
    lake: Lake, table: str, expectation: SyntheticDataExpectation, as_of: datetime, monkeypatch: pytest.MonkeyPatch
) -> tuple[CheckResult, dict[str, frozenset[str]], dict[str, int]]:
    """The outcome of an expectation, the keys that break each judged rule, and the counts of those not judged."""
    monkeypatch.setattr(uncounted_checks, "MOST_KEYS", EVERY)
    plan = lake.plan(table, as_of)
    outcome = plan.result_with_keys(plan.add(expectation.check))
    assert outcome.error is None
    keys = {rule: frozenset(sampled) for rule, sampled in outcome.keys_by_rule.items()}
    counts = dict(zip(expectation.check.all_rules, outcome.violations, strict=True))
    for rule, count in counts.items():
        if rule.judged:
            assert len(keys.get(rule.name, ())) == count, rule.name
    return outcome, keys, {rule.name: count for rule, count in counts.items() if not rule.judged and count}
