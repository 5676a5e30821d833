"""Ctrl-C while a query runs: exit 130, no traceback, no half-written file, and the next run is as good as new."""

from __future__ import annotations

import json
import signal
import time

import numpy as np
import pyarrow as pa
import pytest

from tests.cli.project import Project, starting


@pytest.mark.full
@pytest.mark.parametrize("workers", [1, 3])
def test_interrupted(compiled: Project, workers: int) -> None:
    many = 20_000_000
    real = pa.DictionaryArray.from_arrays(pa.repeat(pa.scalar(0, pa.int8()), many), ["false"])
    compiled.arrow("send", pa.table({"SendId": np.arange(many), "IsSynthetic": real}))
    slow = f"{'sha256(' * 12}CAST(SendId AS VARCHAR){')' * 12}"
    files = "    parquet: lake/send/*.parquet\n"
    compiled.edit(files, f"{files}    where: \"{slow} <> 'x'\"\n")
    compiled.compile()
    before = {file: file.read_bytes() for file in compiled.root.rglob("*") if file.is_file()}
    process = starting("run", "nightly", "--workers", str(workers), cwd=compiled.root)
    results = compiled.root / "great_expectations" / "uncommitted" / "validations" / "customer"
    for _ in range(600):
        if results.exists():
            break
        time.sleep(0.1)
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    try:
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert (process.returncode, out) == (130, ""), err
    assert err == "Interrupted. Results of finished tables are kept.\n"
    assert all(file.read_bytes() == text for file, text in before.items())
    left = [file for file in compiled.root.rglob("*") if file.is_file() and file not in before]
    assert left
    for file in left:
        assert file.suffix != ".tmp"
        if file.suffix == ".json":
            json.loads(file.read_text())
