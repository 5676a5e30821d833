"""Measure how long the fingerprints of a million addresses take, beside the same digests by hand.

`python -m benchmarks.fingerprints` writes benchmarks/FINGERPRINTS.md.
"""

from __future__ import annotations

import hmac
import os
import secrets
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from synth_expectations.policy.compile.compiler import compile_policy
from synth_expectations.runner.fingerprinting import fingerprint_table
from synth_expectations.runner.fingerprints.key import ComparisonKey

RESULTS = Path(__file__).parent / "FINGERPRINTS.md"
PEOPLE, GOAL = 1_000_000, 5
"""Addresses, and the goal in seconds."""
POLICY = """\
version: 1
owner: crm-data@retailer.example
runbook: https://wiki.retailer.example
data_sources: {lake: {type: parquet, path: ../lake}}
tables:
  customer:
    role: production
    parquet: lake/*.parquet
    marker: none
    all: real
    columns: {key: Id}
    identifiers: {email: Email}
"""


def measure(directory: Path) -> str:
    """Return the page, of a table that is made in a directory."""
    addresses = [f"Person.{number}@firm{number % 997}.example" for number in range(PEOPLE)]
    for name in ("lake", "great_expectations"):
        (directory / name).mkdir()
    table = pa.table({"Id": [f"C{number:08d}" for number in range(PEOPLE)], "Email": addresses})
    pq.write_table(table, directory / "lake" / "customer.parquet")
    (directory / "great_expectations" / "policy.yml").write_text(POLICY, encoding="utf-8")
    now = datetime.now(UTC)
    key = ComparisonKey(secrets.token_bytes(32), now)
    compiled = compile_policy(directory / "great_expectations" / "policy.yml")
    start, busy = time.perf_counter(), time.process_time()
    out = directory / "prints.parquet"
    fingerprint_table(compiled, "customer", key, out, names_records=False, now=now, days=1)
    seconds, cpu = time.perf_counter() - start, time.process_time() - busy
    busy = time.process_time()
    {hmac.digest(key.secret, address.strip().lower().encode(), "sha256") for address in addresses}
    by_hand = time.process_time() - busy
    return (
        "# Fingerprints of a million addresses\n\n`python -m benchmarks.fingerprints` writes this page. A table of Parquet "
        f"with {PEOPLE:,} records: each has a\nfingerprint of its address and one of its key. On {os.cpu_count()} cores; "
        "the start of the process is no part of it.\n\n"
        "| | processor | wall clock | goal |\n|---|--:|--:|--:|\n"
        f"| `fingerprint`: read, normalise, hash, sort, write | {cpu:.1f} s | {seconds:.1f} s | {GOAL} s |\n"
        f"| the addresses alone, by hand with `hmac.digest` | {by_hand:.1f} s | | |\n\n"
        f"Ratio of processor time: {cpu / by_hand:.1f}. The machine was shared: its load was {os.getloadavg()[0]:.0f}.\n"
    )


def main() -> None:
    """Measure, and write the page."""
    with tempfile.TemporaryDirectory() as directory:
        page = measure(Path(directory))
    RESULTS.write_text(page, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()
