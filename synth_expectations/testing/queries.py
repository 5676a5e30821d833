"""The SQL that a case sends, formatted for people."""

from __future__ import annotations

import re

import sqlglot

from synth_expectations.engine.dialects.base import Dialect
from synth_expectations.engine.dialects.registry import by_name
from synth_expectations.engine.plan import Plan
from synth_expectations.errors import SynthError
from synth_expectations.testing.case_runner import expectation_of
from synth_expectations.testing.cases import Case
from synth_expectations.testing.engines import Engine
from synth_expectations.testing.readable_sql import hide_white_space, name_keys


def collect_queries(case: Case, engine: Engine) -> list[str]:
    """Return the statements that a case sends to an engine, without those that read keys, each formatted.

    Tables are called `batch` and `reference_1`. The list of white space characters is not written out, and the form in
    which record keys are compared is called `SYNTH_KEY`.

    Raises:
        SynthError: the case expects an error.
    """
    plan = Plan(lambda: engine.adapter(case.batch, case.references), case.as_of)
    outcome = plan.result(plan.add(expectation_of(case).check))
    if outcome.error is not None or plan.adapter is None:
        raise SynthError(f"{case} sends no query: {outcome.error}")
    return format_statements(plan.adapter.statements.sent, engine.name)


def format_statements(statements: list[str], engine: str) -> list[str]:
    """Return statements formatted for people; see `collect_queries`."""
    tables = list(dict.fromkeys(re.findall(r"cases_\d+", " ".join(statements))))
    dialect = by_name(engine)
    return [_format_statement(statement, dialect, tables) for statement in statements]


def _format_statement(sql: str, dialect: Dialect, tables: list[str]) -> str:
    sql = hide_white_space(sql, dialect)
    if dialect.name == "spark":  # one condition a line; the DataFrame around them is not SQL
        return "\n\n".join(_pretty_print(line, dialect) for line in sql.split("\n"))
    for number, table in enumerate(tables):
        sql = re.sub(rf"\b{table}\b", "batch" if number == 0 else f"reference_{number}", sql)
    return _pretty_print(sql.replace("%%", "%") if dialect.doubles_percent else sql, dialect)


def _pretty_print(sql: str, dialect: Dialect) -> str:
    return name_keys(sqlglot.parse_one(sql, dialect=dialect.sqlglot), dialect).sql(dialect=dialect.sqlglot, pretty=True)
