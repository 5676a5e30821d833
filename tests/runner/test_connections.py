"""A run and a check close the connections to databases that they opened, also within a process that goes on."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from synth_expectations.policy.compile.compiler import compile_policy
from synth_expectations.rules.verdict import Verdict
from synth_expectations.runner import Options, run
from synth_expectations.runner.preflight import check
from tests.postgres_server import serve_postgres

POLICY = """\
version: 1
owner: crm-data@retailer.example
data_sources:
  crm: {type: postgres, connection: "${CRM}"}
defaults:
  data_source: crm
  marker: {column: origin, synthetic: [synthetic], real: [real]}
tables:
  contact: {role: mixed, table: contact, columns: {key: id}}
  lead: {role: mixed, table: lead, columns: {key: id}}
"""


@pytest.mark.parametrize("workers", [1, 2])
def test_no_session_stays_open(workers: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "great_expectations").mkdir()
    policy = tmp_path / "great_expectations/policy.yml"
    policy.write_text(POLICY)
    compiled = compile_policy(policy)
    compiled.write()
    with serve_postgres() as server:
        address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        monkeypatch.setenv("CRM", address)
        engine = sa.create_engine(address, poolclass=sa.pool.StaticPool)
        with engine.connect() as connection:
            for table in ("contact", "lead"):
                connection.exec_driver_sql(
                    f"CREATE TABLE {table} AS SELECT 'a' AS id, 'real' AS origin UNION SELECT 'b', 'synthetic'"
                )
            connection.commit()
            report = run("nightly", policy.parent, Options(workers=workers))
            assert report.verdict is Verdict.PASSED
            assert len(report.tables) == 2
            assert check(compiled).problems == ()
            assert not has_sessions(connection)
        engine.dispose()


def has_sessions(connection: sa.Connection) -> bool:
    """Return whether other clients stay connected; the server takes a moment to end a session that was closed."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    for _ in range(100):
        if not connection.exec_driver_sql(query).scalar():
            return False
        connection.commit()  # a transaction sees the sessions of when it first looked
        time.sleep(0.05)
    return True
