"""Tables in Parquet, of which few records are copies, judged by the engine in this process; prints JSON."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time

import duckdb
import sqlalchemy as sa

from synth_expectations.engine.adapters.sqlalchemy import SqlAdapter
from synth_expectations.engine.plan import Plan
from synth_expectations.expectations.leakage.expect_synthetic_records_to_keep_their_distance import (
    ExpectSyntheticRecordsToKeepTheirDistance,
)

TABLES = ("synthetic", "training", "holdout")
FEW = ("spend", "age", "visits")
"""Numbers that, with two texts, many people have in common in a large table."""
MANY = (*FEW, "basket", "days")
"""Numbers that tell all people apart."""


def write(directory: Path, rows: int, copies: int) -> None:
    """Write buyers of one distribution; of the synthetic ones, so many are training records under another key."""
    with duckdb.connect() as connection:
        connection.execute("SELECT setseed(0.5)")
        for table in TABLES:
            connection.execute(
                f"""
                CREATE OR REPLACE TABLE {table} AS SELECT '{table[0]}' || i AS id, 'true' AS is_synthetic,
                  round(exp(4 + sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())), 2) AS spend,
                  18 + floor(72 * random()) AS age, floor(-6 * ln(1 - random())) AS visits,
                  chr(97 + floor(4 * random() * random())::INTEGER) AS segment,
                  'r' || floor(12 * random())::INTEGER AS region,
                  round(exp(3 + sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())), 2) AS basket,
                  floor(700 * random()) AS days
                FROM range({rows}) AS numbers(i)
                """
            )
        connection.execute(
            f"""
            INSERT INTO synthetic SELECT 'copy' || id, * EXCLUDE (id) FROM training
            ORDER BY hash(id) LIMIT {copies}
            """
        )
        for table in TABLES:
            connection.execute(f"COPY {table} TO '{directory / table}.parquet' (FORMAT parquet)")


def judge(directory: Path, reference_size: int, numeric: tuple[str, ...]) -> dict[str, object]:
    """Return what was found, with seconds and memory of this process."""
    engine = sa.create_engine("duckdb:///:memory:")

    with engine.connect() as connection:
        connection.exec_driver_sql("SET TimeZone = 'UTC'")
        for table in TABLES:
            connection.exec_driver_sql(f"CREATE VIEW {table} AS SELECT * FROM '{directory / table}.parquet'")

        @contextmanager
        def connect() -> Iterator[sa.Connection]:
            yield connection

        plan = Plan(
            lambda: SqlAdapter(connect, sa.table("synthetic"), sa.table, "synthetic"),
            datetime(2026, 11, 1, tzinfo=UTC),
        )
        expectation = ExpectSyntheticRecordsToKeepTheirDistance(
            marker_column="is_synthetic",
            record_key="id",
            training="training",
            holdout="holdout",
            numeric=numeric,
            categorical=("segment", "region"),
            reference_size=reference_size,
        )
        key = plan.add(expectation.check)
        before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, perf_counter()
        cpu = process_time()
        result = plan.result(key)
        assert result.error is None, result.error
        return {
            "seconds": perf_counter() - start,
            "cpu": process_time() - cpu,
            "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "megabytes_before": before / 1024,
            "violations": result.violating,
            "copies_named": sum(key.startswith("copy") for keys in result.keys_by_rule.values() for key in keys),
            "smallest_visible": result.figures["the_same"]["smallest_visible"],
            "smallest_visible_share": result.figures["nearer_to_training"]["smallest_visible_share"],
            "sentences": result.figures["sentences"],
        }


if __name__ == "__main__":
    rows, copies, reference_size = map(int, sys.argv[1:4])
    columns = MANY if sys.argv[4] == "many" else FEW
    with tempfile.TemporaryDirectory() as name:
        write(Path(name), rows, copies)
        asked = {"rows": rows, "copies": copies, "reference_size": reference_size, "columns": sys.argv[4]}
        print(json.dumps(asked | judge(Path(name), reference_size, columns)))
