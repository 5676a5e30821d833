"""Examples that run: test cases as tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from synth_expectations.testing import Case, CaseKind, Table, expectation_of, read_cases
from tools.docs.markdown import block, code, plain, table

CASES = Path(__file__).parents[2] / "tests" / "cases"
_MOST_ROWS = 12


@cache
def cases_of(family: str, type_name: str) -> list[Case]:
    """Return every case of an expectation."""
    return read_cases(CASES / family / f"{type_name}.yml")


def example(cases: list[Case], kind: CaseKind) -> Case:
    """Return the first case of a kind."""
    return next(case for case in cases if case.kind is kind)


def shown(case: Case) -> Iterator[str]:
    """Yield a case as Markdown: its arguments, its tables, and its result."""
    yield from block(json.dumps(case.arguments, indent=2, default=str), "json")
    yield ""
    yield from _table(case.batch)
    used = {lookup.reference for lookup in expectation_of(case).check.all_lookups}
    for name, reference in case.references.items():
        if name in used or not used:
            yield ""
            yield f"{code(name)}:"
            yield ""
            yield from _table(reference)
    yield ""
    yield from _found(case)


def _found(case: Case) -> Iterator[str]:
    expected = case.expected
    total = f"{expected.records:,} record{'s' if expected.records != 1 else ''}"
    if not expected.violations:
        yield f"As of {_value(case.as_of)}: {total} looked at, no violation."
        return
    yield f"As of {_value(case.as_of)}: {total} looked at, {expected.all_violating():,} in violation."
    yield ""
    rows = [
        (plain(rule), _keys(keys) if isinstance(keys, list) else f"{keys:,}")
        for rule, keys in expected.violations.items()
    ]
    yield from table(("rule", "broken by"), rows)


def _keys(keys: list[str]) -> str:
    return ", ".join(code(key) for key in keys)


def _table(example_table: Table) -> Iterator[str]:
    rows = [[_value(value) for value in row] for row in example_table.rows[:_MOST_ROWS]]
    yield from table([plain(name) for name in example_table.kinds], rows)
    if not rows:
        yield ""
        yield "It has no rows."
    if more := len(example_table.rows) - len(rows):
        yield ""
        yield f"And {more:,} more rows."


def _value(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case datetime():
            return value.isoformat(sep=" ").replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case str():
            return plain(value) if value.strip() else code(json.dumps(value))
    return str(value)
