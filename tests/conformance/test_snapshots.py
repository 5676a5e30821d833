"""The SQL that each expectation sends, on the tables of its first failing case: to be read in a review.

`pytest tests/conformance/test_snapshots.py --snapshot-update` writes them anew.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import sqlglot
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from synth_expectations.conditions import WHITE_SPACE
from synth_expectations.plan import Plan
from synth_expectations.testing import Case, CaseKind, Engine, expectation_of, find_cases

CASES = Path(__file__).parents[1] / "cases"


def _first_failing() -> list[Case]:
    """One an expectation; and one that looks something up, where that one does not."""
    chosen: dict[str, Case] = {}
    for case in find_cases(CASES):
        if case.kind is CaseKind.FAIL:
            chosen.setdefault(case.type_name, case)
        if case.kind is CaseKind.DUPLICATE_KEY and not expectation_of(chosen[case.type_name]).question.lookups:
            chosen.setdefault(f"{case.type_name} with lookup", case)
    return list(chosen.values())


class SqlFile(SingleFileSnapshotExtension):
    """One file a snapshot."""

    _write_mode = WriteMode.TEXT
    file_extension = "sql"


@pytest.mark.only_on("duckdb", "postgresql", "spark")  # that of pandas is DuckDB's
@pytest.mark.parametrize("case", _first_failing(), ids=lambda case: f"{case.type_name}-{case.kind.value}")
def test_what_is_sent(case: Case, engine: Engine, snapshot: SnapshotAssertion) -> None:
    plan = Plan(lambda: engine.adapter(case.batch, case.references), case.as_of)
    question = expectation_of(case).question
    assert plan.ask(question)().error is None
    assert plan.adapter is not None
    sent = plan.adapter.statements.sent
    assert len(sent) == 1 + len(question.others) or question.samples
    tables = list(dict.fromkeys(re.findall(r"cases_\d+", " ".join(sent))))
    shown = "\n\n".join(_readable(each, engine.name, tables) for each in sent)
    assert f"-- {case.name}\n{shown}\n" == snapshot(extension_class=SqlFile)


def _readable(sql: str, engine: str, tables: list[str]) -> str:
    sql = sql.replace(f"'{WHITE_SPACE}'", "'{white space}'")
    dialect = {"postgresql": "postgres"}.get(engine, engine)
    if engine == "spark":  # one condition a line; the DataFrame around them is not SQL
        return "\n\n".join(
            sqlglot.parse_one(each, dialect=dialect).sql(dialect=dialect, pretty=True) for each in sql.split("\n")
        )
    for number, table in enumerate(tables):
        sql = re.sub(rf"\b{table}\b", "batch" if number == 0 else f"reference_{number}", sql)
    # The driver doubles percent signs on its way to PostgreSQL.
    single = sql.replace("%%", "%") if engine == "postgresql" else sql
    return sqlglot.parse_one(single, dialect=dialect).sql(dialect=dialect, pretty=True)
