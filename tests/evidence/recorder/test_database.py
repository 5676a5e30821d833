"""A run on PostgreSQL: the state of the database that was read, and SQL without values of its tables."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from synth_expectations.redaction import mask_literals
from tests.cli.project import AS_OF, calling, within
from tests.evidence.recorder.ledger_reading import open_ledger, read_records
from tests.postgres_server import serve_postgres

POLICY = """\
version: 1
owner: crm-data@retailer.example
data_sources:
  crm: {type: postgres, connection: "${CRM}"}
defaults:
  data_source: crm
  marker: {column: origin, synthetic: [synthetic], real: [real], partial: [partial], masked: [masked]}
allowed: {methods: [ctgan], purposes: [testing]}
retention: {classes: {testing: {max: P90D}}}
tables:
  contact:
    role: mixed
    table: contact
    columns: {key: id, source: source, generated_at: made_at, method: method, purpose: purpose, dataset_id: dataset}
"""
COLUMNS = ("id", "origin", "source", "made_at", "method", "purpose", "dataset")
WRITTEN = " Synthetic (zebedee's) "


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with serve_postgres() as server:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")


def test_a_snapshot_and_no_value_in_the_sql(
    tmp_path: Path, address: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = sa.create_engine(address)
    with engine.begin() as connection:
        connection.execute(
            sa.text(
                "CREATE TABLE contact (id text, origin text, source text, made_at text, method text, purpose text, dataset text)"
            )
        )
        rows = [{"id": "c1", "origin": "real"}, {"id": "c2", "origin": WRITTEN}, {"id": "c3", "origin": "SYNTHETIC"}]
        connection.execute(sa.text("INSERT INTO contact (id, origin) VALUES (:id, :origin)"), rows)
        connection.execute(sa.text("ANALYZE contact"))
    engine.dispose()
    monkeypatch.setenv("CRM", address)
    cli: Callable[..., Any] = calling(capfd, monkeypatch)
    (tmp_path / "great_expectations").mkdir()
    with within(tmp_path):
        Path("great_expectations/policy.yml").write_text(POLICY)
        assert cli("compile").code == 0
        assert cli("run", "nightly", "--as-of", AS_OF).code == 1
        [record] = read_records(Path("evidence"))
        [contact] = record.inputs
        assert (contact.locator, contact.engine, contact.rows) == ("crm:contact", "postgres", 3)
        assert contact.identity.kind == "snapshot"
        assert contact.identity.snapshot
        first, last, *_ = contact.identity.snapshot.split(":")
        assert int(first) <= int(last)
        ledger = open_ledger(Path("evidence"))
        sql = "".join(ledger.read_object(str(result.sql_sha256)).decode() for result in record.results)
        assert "zebedee" not in sql
        assert "'…'" in sql


@pytest.mark.parametrize(
    ("sql", "masked"),
    [
        ("a IN ('x', 'it''s', 'y')", "a IN ('…', '…', 'y')"),
        ("a LIKE '100%%' OR a = '50%'", "a LIKE '…' OR a = '50%'"),
        ("a = 'xx' AND b = ''", "a = 'xx' AND b = ''"),
    ],
)
def test_only_literals_of_the_data_are_masked(sql: str, masked: str) -> None:
    assert mask_literals(sql, {"x", "it's", "100%"}) == masked
