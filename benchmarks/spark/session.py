"""The session that every contender gets, and the report of its tasks."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from benchmarks.peers.measurement import MARK
from benchmarks.spark.task_figures import TaskFigures

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

MASTER = "local[2]"
MEMORY = "1g"
"""The memory of the driver: Spark's default."""


def report(ask: Callable[[Path, SparkSession], Mapping[str, int | None]]) -> None:
    """Run the checks on the directory from the command line, and print the counts with the figures of the tasks."""
    import pyspark

    session = _start()
    with redirect_stdout(sys.stderr):  # some packages log to stdout
        start = perf_counter()
        counts = ask(Path(sys.argv[1]), session)
        checking = perf_counter() - start
        figures = TaskFigures.read(session)
    java: Any = session.sparkContext._jvm
    versions = {"pyspark": pyspark.__version__, "Java": java.System.getProperty("java.version")}
    found = {"counts": dict(counts), "checking": checking, "versions": versions, **figures.plain()}
    print(MARK + json.dumps(found))
    session.stop()


def _start() -> SparkSession:
    from pyspark.sql import SparkSession

    session: SparkSession = (
        SparkSession.builder.master(MASTER)
        .appName("benchmarks")
        .config("spark.driver.memory", MEMORY)
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    return session
