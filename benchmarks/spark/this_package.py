"""The twenty checks with this package on Spark: a run of the compiled policy in the session that is there."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.peers.checks import AS_OF, CHECKS
from benchmarks.peers.ways.this_package import count_checks
from benchmarks.spark.session import report
from synth_expectations.report.json import to_json
from synth_expectations.runner import Options, run

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def ask(data: Path, session: SparkSession) -> dict[str, int | None]:
    """Run the checkpoint of the compiled project; the command line would start a session of its own."""
    os.environ["PEERS_DATA"] = str(data.resolve())
    found = run("peers", Path(os.environ["PEERS_PROJECT"]), Options(as_of=datetime.fromisoformat(AS_OF)))
    counts: dict[str, int | None] = dict.fromkeys(CHECKS, 0)
    for check, count in count_checks(json.loads(to_json(found))):
        counts[check] = (counts[check] or 0) + count
    return counts


if __name__ == "__main__":
    report(ask)
