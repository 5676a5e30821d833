"""The SQL of every expectation for warehouses that are not here: read back, with every name resolved.

The SQL of each form of an expression is in `tests/engine/golden`; whole queries too, which `make test-warehouses
ARGS=--update-golden` writes anew.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlglot
from sqlglot import exp
from sqlglot.optimizer.normalize_identifiers import normalize_identifiers
from sqlglot.optimizer.qualify import qualify
from sqlglot.schema import MappingSchema

from synth_expectations.engine.dialects.known import RENDERED
from synth_expectations.engine.plan import Plan
from synth_expectations.testing import Case, CaseKind, expectation_of
from tests.case_files import all_cases
from tests.engine.whole_queries import whole_queries
from tests.warehouses.rendering import ADDRESSES, Rendering, real_dialect

_KINDS = {CaseKind.FAIL, CaseKind.ODD_NAME, CaseKind.DUPLICATE_KEY, CaseKind.TIME}
_CASES = [
    each
    for each in all_cases()
    if each.kind in _KINDS and not each.expected.error and not expectation_of(each).question.of_columns
]
"""Of the kinds whose SQL differs; the others ask the same of other records."""


def test_every_rendered_dialect_is_here() -> None:
    assert set(ADDRESSES) == set(RENDERED)


@pytest.mark.parametrize("name", RENDERED)
def test_whole_queries(name: str, assert_golden: Callable[[str, str], None]) -> None:
    assert_golden(f"{name}_queries.sql", whole_queries(Rendering(name)))


def _can_be(case: Case, name: str) -> bool:
    """Whether a warehouse can hold the tables of a case: BigQuery has no column with a dot in its name."""
    tables = [case.batch, *case.references.values()]
    return name != "bigquery" or not any("." in column for each in tables for column in each.kinds)


@pytest.mark.parametrize(
    ("case", "name"), [(case, name) for case in _CASES for name in RENDERED if _can_be(case, name)]
)
def test_is_read_back_with_every_name_resolved(case: Case, name: str) -> None:
    engine = Rendering(name)
    statements = _statements(case, engine)
    assert statements
    schema = MappingSchema(_folded(engine.schema, name), dialect=name, normalize=False)
    doubled = real_dialect(name).identifier_preparer._double_percents
    for statement in statements:
        tree = sqlglot.parse_one(statement.replace("%%", "%") if doubled else statement, dialect=name)
        assert isinstance(tree, exp.Query)
        # as the warehouse folds names: an alias that is quoted in one place only is another name there
        qualify(tree, schema=schema, dialect=name)


def _statements(case: Case, engine: Rendering) -> list[str]:
    """What a case would send."""
    plan = Plan(lambda: engine.adapter(case.batch, case.references), case.as_of)
    expectation = expectation_of(case)
    outcome = plan.ask(expectation.question, getattr(expectation, "as_of", None))()
    if outcome.error is None:  # what is drawn has no rows here
        outcome.samples()
    assert plan.adapter is not None
    return plan.adapter.statements.sent


def _folded(schema: dict[str, list[str]], name: str) -> dict[str, dict[str, str]]:
    def fold(written: str, quoted: bool) -> str:
        return normalize_identifiers(exp.to_identifier(written, quoted=quoted), dialect=name).name

    return {fold(table, False): {fold(column, True): "text" for column in columns} for table, columns in schema.items()}
