"""The twenty checks with Soda Core: two contracts on DuckDB views of the files, with the SQL by hand as conditions."""

from __future__ import annotations

import os
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

os.environ["SODA_CORE_TELEMETRY_ENABLED"] = "false"

import duckdb
from ruamel.yaml import YAML
from soda_core.contracts import verify_contract_locally
from soda_duckdb.common.data_sources.duckdb_data_source import DuckDBCursor, DuckDBDataSourceImpl

from benchmarks.peers.checks import CHECKS, EMAIL
from benchmarks.peers.measurement import Engine, report
from benchmarks.peers.sql import BY_QUERY, OF_ALL, OF_SYNTHETIC, SYNTHETIC

_COLUMN: dict[str, tuple[str, dict[str, dict[str, Any]]]] = {
    "e-mail has its form": ("Email", {"invalid": {"valid_format": {"name": "an address", "regex": f"^{EMAIL}$"}}}),
    "key is unique": ("Id", {"duplicate": {}}),
}
"""Checks for which Soda Core has its own type. All other checks are given as conditions."""


def ask(data: Path, engine: Engine) -> dict[str, int | None]:
    """Verify the contracts of contacts and of decisions."""
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    for path in data.iterdir():
        if path.is_dir():
            connection.execute(f"CREATE VIEW {path.name} AS SELECT * FROM read_parquet('{path}/*.parquet')")
    engine.watch(DuckDBCursor)
    counts: dict[str, int | None] = {}
    source = DuckDBDataSourceImpl.from_existing_cursor(connection, "crm")
    with TemporaryDirectory() as directory:
        for file in _contracts(Path(directory)):
            session = verify_contract_locally(data_sources=[source], contract_file_path=file)
            if session.has_errors:
                raise SystemExit(session.get_errors_str())
            results = session.contract_verification_results
            for check_result in (check_result for result in results for check_result in result.check_results):
                if check_result.is_not_evaluated:
                    raise SystemExit(f"{check_result.check.name} was not evaluated: {session.get_errors_str()}")
                counts[check_result.check.name] = int(check_result.threshold_value)
    # Soda counts what is there too often, the others all whom it concerns; no key is there more than twice
    counts["key is unique"] = 2 * (counts["key is unique"] or 0)
    return counts


def _contracts(directory: Path) -> Iterator[str]:
    of_contact = [
        _failed_rows(name, expression=f"{SYNTHETIC} AND {expression}") for name, expression in OF_SYNTHETIC.items()
    ]
    of_contact += [
        _failed_rows(name, expression=expression) for name, expression in OF_ALL.items() if name not in _COLUMN
    ]
    of_decision = "no decision on synthetic"
    for name, query in BY_QUERY.items():
        if name not in {*_COLUMN, of_decision}:
            of_contact.append(_failed_rows(name, query=_rows(query)))
    columns = [
        {"name": column, "checks": [{kind: {"name": name, **options} for kind, options in check.items()}]}
        for name, (column, check) in _COLUMN.items()
    ]
    decisions = [_failed_rows(of_decision, query=_rows(BY_QUERY[of_decision]))]
    for table, contract in (
        ("contact", {"columns": columns, "checks": of_contact}),
        ("credit_decision", {"columns": [{"name": "decision_id"}], "checks": decisions}),
    ):
        path = directory / f"{table}.yml"
        YAML().dump({"dataset": f"crm/main/{table}", **contract}, path)
        yield str(path)


def _failed_rows(name: str, **how: str) -> dict[str, Any]:
    assert name in CHECKS
    return {"failed_rows": {"name": name, "qualifier": name.replace(" ", "_"), **how}}


def _rows(query: str) -> str:
    """Turn a query that counts into a query of the rows, which Soda Core counts."""
    tables = {name: name for name in ("contact", "customer", "credit_decision", "dataset")}
    return query.format(**tables).replace("SELECT count(*)", "SELECT *", 1)


if __name__ == "__main__":
    report(ask, {name: version(name) for name in ("soda-core", "duckdb")})
