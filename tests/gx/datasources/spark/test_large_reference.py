"""A reference of five million rows, on Spark's defaults with a driver of 1 GB: the run ends, and finds what is planted."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from synth_expectations.policy.compile.compiler import compile_policy
from tests.cli.project import AS_OF, GOOD, Project, small_project
from tests.gx.datasources.spark.test_processes import environment
from tests.paths import ROOT

pytestmark = [pytest.mark.full, pytest.mark.xdist_group("spark")]

CUSTOMERS, CONTACTS, COPIED = 5_000_000, 200_000, 1_000
"""How many rows each table has; every so many contacts have the address of a customer."""
DEFAULTS = {
    "spark.master": "local[2]",
    "spark.driver.memory": "1g",
    "spark.sql.adaptive.enabled": "true",
    "spark.sql.shuffle.partitions": "200",
    "spark.sql.files.openCostInBytes": "4194304",
}
PATIENCE = 1_800
"""Seconds: the whole test took nine minutes beside a dozen other processes on two cores."""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = small_project(tmp_path, lambda *_: pytest.fail("it is called in a process of its own"))
    made.edit("    parquet: lake/contact/*.parquet\n", "    parquet: lake/contact/*.parquet\n    engine: spark\n")
    compile_policy(made.policy).write()
    return made


def number(prefix: str, numbers: pa.Array, suffix: str = "") -> pa.Array:
    return pc.binary_join_element_wise(prefix, pc.cast(numbers, pa.string()), suffix, "")


def write(project: Project, name: str, table: pa.Table) -> Path:
    """Write a table so small that Spark believes that it fits into every task."""
    path = project.root / "lake" / name / "part-0.parquet"
    encoding = dict.fromkeys(table.column_names, "DELTA_BYTE_ARRAY")
    pq.write_table(table, path, compression="zstd", use_dictionary=False, column_encoding=encoding)
    return path


def test_a_reference_that_no_driver_holds(project: Project, tmp_path: Path) -> None:
    people = pa.array(range(CUSTOMERS))
    customers = {"CustomerId": number("c", people), "Email": number("person", people, "@post.shopper")}
    assert write(project, "customer", pa.table(customers)).stat().st_size < 2**23, "below Spark's limit of a broadcast"
    rows = pa.array(range(CONTACTS))
    copied = pc.equal(pc.subtract(rows, pc.multiply(pc.divide(rows, COPIED), COPIED)), 0)
    columns = {name: pa.repeat(value, CONTACTS) for name, value in GOOD.items()}
    columns["Id"] = number("s", rows)
    columns["Email"] = pc.if_else(copied, number("person", rows, "@post.shopper"), number("made", rows, "@up.shopper"))
    write(project, "contact", pa.table(columns))
    command = ["-m", "synth_expectations", "run", "nightly", "--as-of", AS_OF, "--table", "contact", "--output", "json"]
    env = environment(tmp_path, **DEFAULTS) | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=project.root, env=env, capture_output=True, text=True, check=False, timeout=PATIENCE,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "")
    [contact] = [table for table in json.loads(done.stdout)["tables"] if table["table"] == "contact"]
    assert contact["engine"] == "spark"
    found = {expectation["type"]: expectation for expectation in contact["expectations"]}
    copies = found["expect_synthetic_records_to_not_copy_real_records"]
    assert (copies["unexpected_count"], copies["element_count"]) == (CONTACTS // COPIED, CONTACTS)
