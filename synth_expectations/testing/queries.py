"""The SQL that a case sends, as people read it."""

from __future__ import annotations

import re

import sqlglot

from synth_expectations.engine.plan import Plan
from synth_expectations.errors import SynthError
from synth_expectations.rules.expressions import WHITE_SPACE
from synth_expectations.testing.case_runner import expectation_of
from synth_expectations.testing.cases import Case
from synth_expectations.testing.engines import Engine

_DOUBLING = ("postgresql", "redshift", "snowflake")


def sent(case: Case, engine: Engine) -> list[str]:
    """The statements that a case sends to an engine, samples left out, each formatted.

    Tables are called `batch` and `reference_1`; the list of white space that texts are trimmed by is not written out.

    Raises:
        SynthError: the case is one of an error.
    """
    plan = Plan(lambda: engine.adapter(case.batch, case.references), case.as_of)
    outcome = plan.result(plan.add(expectation_of(case).check))
    if outcome.error is not None or plan.adapter is None:
        raise SynthError(f"{case} sends nothing: {outcome.error}")
    return readable(plan.adapter.statements.sent, engine.name)


def readable(statements: list[str], engine: str) -> list[str]:
    """Statements formatted as people read them; see `sent`."""
    tables = list(dict.fromkeys(re.findall(r"cases_\d+", " ".join(statements))))
    return [_readable(each, engine, tables) for each in statements]


def _readable(sql: str, engine: str, tables: list[str]) -> str:
    sql = sql.replace(f"'{WHITE_SPACE}'", "'{white space}'")
    sql = sql.replace(f"[{WHITE_SPACE}]", "[{white space}]")
    dialect = {"postgresql": "postgres"}.get(engine, engine)
    if engine == "spark":  # one condition a line; the DataFrame around them is not SQL
        return "\n\n".join(_formatted(each, dialect) for each in sql.split("\n"))
    for number, table in enumerate(tables):
        sql = re.sub(rf"\b{table}\b", "batch" if number == 0 else f"reference_{number}", sql)
    # these drivers take a percent sign for a parameter's: it is doubled on its way to them
    return _formatted(sql.replace("%%", "%") if engine in _DOUBLING else sql, dialect)


def _formatted(sql: str, dialect: str) -> str:
    return sqlglot.parse_one(sql, dialect=dialect).sql(dialect=dialect, pretty=True)
