"""The SQL of every expectation for warehouses that are not here: read back, every name resolved, kept to be reviewed.

`make test-warehouses ARGS=--snapshot-update` writes it anew.
"""

from __future__ import annotations

import pytest
import sqlglot
from sqlglot import exp
from sqlglot.optimizer.normalize_identifiers import normalize_identifiers
from sqlglot.optimizer.qualify import qualify
from sqlglot.schema import MappingSchema
from syrupy.assertion import SnapshotAssertion

from synth_expectations.engine.dialects.base import Status
from synth_expectations.engine.dialects.registry import built_in_dialects, by_name
from synth_expectations.engine.plan import Plan
from synth_expectations.rules.model import SchemaCheck
from synth_expectations.testing import Case, CaseKind, expectation_of, find_cases
from synth_expectations.testing.queries import readable
from tests.conformance.test_snapshots import CASES, SqlFile, first_failing
from tests.warehouses.rendering import Rendering, real_dialect

_RENDERED = [name for name, dialect in built_in_dialects().items() if dialect.status is Status.RENDERED]
_KINDS = {CaseKind.FAIL, CaseKind.ODD_NAME, CaseKind.DUPLICATE_KEY, CaseKind.TIME}
_CASES = [
    each
    for each in find_cases(CASES)
    if each.kind in _KINDS and not each.expected.error and not isinstance(expectation_of(each).check, SchemaCheck)
]
"""Of the kinds whose SQL differs; the others ask the same of other records."""


@pytest.mark.parametrize("name", _RENDERED)
def test_the_driver_is_what_the_dialect_says(name: str) -> None:
    assert real_dialect(name).name == name
    assert real_dialect(name).identifier_preparer._double_percents is by_name(name).doubles_percent


@pytest.mark.parametrize("name", _RENDERED)
@pytest.mark.parametrize("case", first_failing(), ids=lambda case: f"{case.type_name}-{case.kind.value}")
def test_what_would_be_sent(case: Case, name: str, snapshot: SnapshotAssertion) -> None:
    shown = "\n\n".join(readable(_statements(case, Rendering(name), samples=False), name))
    assert f"-- {case.name}\n{shown}\n" == snapshot(extension_class=SqlFile)


def _can_be(case: Case, name: str) -> bool:
    """Return whether a warehouse can hold the tables of a case."""
    columns = {column for table in (case.batch, *case.references.values()) for column in table.kinds}
    return not any(character in column for column in columns for character in by_name(name).forbidden_in_names)


_HELD = [(case, name) for case in _CASES for name in _RENDERED if _can_be(case, name)]


@pytest.mark.parametrize(("case", "name"), _HELD, ids=[f"{case.kind.value}: {case}: {name}" for case, name in _HELD])
def test_is_read_back_with_every_name_resolved(case: Case, name: str) -> None:
    engine = Rendering(name)
    statements = _statements(case, engine)
    assert statements
    dialect = by_name(name).sqlglot
    schema = MappingSchema(_folded(engine.schema, dialect), dialect=dialect, normalize=False)
    for statement in statements:
        tree = sqlglot.parse_one(
            statement.replace("%%", "%") if by_name(name).doubles_percent else statement, dialect=dialect
        )
        assert isinstance(tree, exp.Query)
        # as the warehouse folds names: an alias that is quoted in one place only is another name there
        qualify(tree, schema=schema, dialect=dialect)


def _statements(case: Case, engine: Rendering, samples: bool = True) -> list[str]:
    """What a case would send."""
    plan = Plan(lambda: engine.adapter(case.batch, case.references), case.as_of)
    expectation = expectation_of(case)
    key = plan.add(expectation.check, getattr(expectation, "as_of", None))
    _ = plan.result_with_keys(key) if samples else plan.result(key)
    assert plan.adapter is not None
    return plan.adapter.statements.sent


def _folded(schema: dict[str, list[str]], dialect: str) -> dict[str, dict[str, str]]:
    def fold(written: str, quoted: bool) -> str:
        return normalize_identifiers(exp.to_identifier(written, quoted=quoted), dialect=dialect).name

    return {fold(table, False): {fold(column, True): "text" for column in columns} for table, columns in schema.items()}
