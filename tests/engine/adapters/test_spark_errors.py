"""What Spark says of a file that is not there, in a sentence: nobody has it, or a worker alone lacks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from synth_expectations.engine.adapters.spark_errors import summarize_error

SAID = (
    "[FAILED_READ_FILE.FILE_NOT_EXIST] Encountered error while reading file {}. File does not exist. It is possible the "
    "underlying files have been updated. SQLSTATE: KD001",
    "An error occurred while calling o75.collectToPython.\n: org.apache.spark.SparkException: Job aborted\n"
    "Caused by: java.io.FileNotFoundException: File {} does not exist\n\tat org.apache.hadoop.fs",
)


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("address", ["file:{}", "file://{}"])
def test_a_file_that_only_a_worker_lacks(tmp_path: Path, said: str, address: str) -> None:
    file = tmp_path / "of may.parquet"
    named = address.format(str(file).replace(" ", "%20"))
    missing = summarize_error(RuntimeError(said.format(named)))
    assert "does not see" not in missing
    assert "file:/" in missing
    file.touch()
    assert f"a worker does not see file:{file}, which is there" in summarize_error(RuntimeError(said.format(named)))


def test_what_the_transport_of_spark_connect_says() -> None:
    said = '<_InactiveRpcError of RPC that terminated with:\n\tstatus = StatusCode.UNAVAILABLE\n\tdetails = "Socket closed"\n>'
    assert summarize_error(RuntimeError(said)) == "Socket closed"
