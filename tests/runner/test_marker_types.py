"""`check` counts the records of a marker of any type of PostgreSQL, as the run does, before it says what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from synth_expectations.policy.compile.compiler import compile_policy
from synth_expectations.runner.preflight import check
from tests.postgres_server import serve_postgres

POLICY = """\
version: 1
owner: crm-data@retailer.example
data_sources:
  crm: {{type: postgres, connection: "${{CRM}}"}}
tables:
  contact:
    role: mixed
    data_source: crm
    table: {table}
    marker: {{column: origin, synthetic: [{synthetic}], real: [{real}]}}
    columns: {{key: id}}
"""
UNDERSTOOD = {"documents": ("jsonb", "'true'", "'false'"), "bits": ("bit(1)", "B'1'", "B'0'")}
NOT_UNDERSTOOD = {
    "rows": ("pair", "('synthetic', 'x')", "('real', 'y')", "Its values are '(real,y)', '(synthetic,x)'."),
    "lists": ("text[]", "ARRAY['synthetic']", "ARRAY['real']", "has a type without a single value, such as a list"),
    "money": ("money", "'1'", "'0'", "has a type without a single value, such as a list"),
}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serve_postgres() as server:
        address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        engine = sa.create_engine(address)
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TYPE pair AS (a text, b text)")
            for name, (kind, synthetic, real, *_) in {**UNDERSTOOD, **NOT_UNDERSTOOD}.items():
                connection.exec_driver_sql(f"CREATE TABLE {name} (id text, origin {kind})")
                connection.exec_driver_sql(f"INSERT INTO {name} VALUES ('a', {synthetic}), ('b', {real})")
        engine.dispose()
        yield address


def find_problems(table: str, directory: Path, synthetic: str, real: str) -> list[str]:
    """Return what `check` finds in a table."""
    policy = directory / "policy.yml"
    policy.write_text(POLICY.format(table=table, synthetic=synthetic, real=real))
    return list(check(compile_policy(policy)).problems)


@pytest.mark.parametrize(("table", "synthetic", "real"), [("documents", "true", "false"), ("bits", "1", "0")])
def test_a_marker_that_the_run_understands_is_no_problem(
    table: str, synthetic: str, real: str, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRM", address)
    assert find_problems(table, tmp_path, synthetic, real) == []


@pytest.mark.parametrize("table", NOT_UNDERSTOOD)
def test_a_marker_that_the_run_does_not_understand(
    table: str, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRM", address)
    [problem] = find_problems(table, tmp_path, "synthetic", "real")
    assert NOT_UNDERSTOOD[table][3] in problem
