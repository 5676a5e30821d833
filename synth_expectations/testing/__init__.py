"""Cases for expectations, and the runner that takes each through every engine: for our tests and for plug-ins.

A plug-in writes `cases/<family>/expect_….yml` beside its expectations, and one test:

    ENGINES = [DuckdbEngine(), PandasEngine()]

    @pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
    @pytest.mark.parametrize("case", find_cases(Path("cases")), ids=str)
    def test_case(case, engine):
        assert differences(case, run(case, engine)) == []
"""

from synth_expectations.testing.case_runner import Found, differences, expectation_of, run
from synth_expectations.testing.cases import Case, CaseKind, Expected, find_cases, read_cases
from synth_expectations.testing.engines import (
    ENGINES,
    DuckdbEngine,
    Engine,
    PandasEngine,
    PostgresqlEngine,
    SparkEngine,
    find_gaps,
)
from synth_expectations.testing.queries import collect_queries
from synth_expectations.testing.required_cases import find_missing_kinds, find_orphans
from synth_expectations.testing.tables import Kind, Table

__all__ = [
    "ENGINES",
    "Case",
    "CaseKind",
    "DuckdbEngine",
    "Engine",
    "Expected",
    "Found",
    "Kind",
    "PandasEngine",
    "PostgresqlEngine",
    "SparkEngine",
    "Table",
    "collect_queries",
    "differences",
    "expectation_of",
    "find_cases",
    "find_gaps",
    "find_missing_kinds",
    "find_orphans",
    "read_cases",
    "run",
]
