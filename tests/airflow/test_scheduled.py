"""A scheduler, an API server and workers, as in production: a scheduled run, a backfill, and a DAG that an asset starts."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.airflow.conftest import Airflow
from tests.cli.project import Project

SECONDS = 600


@pytest.fixture(scope="module")
def scheduler(airflow: Airflow, project: Callable[[str], Project]) -> Iterator[Airflow]:
    """Airflow at work, on the project that passes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **airflow.environment(synth_project=str(project("good").root / "great_expectations")),
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": "2",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__API_AUTH__JWT_SECRET": "of this test alone, and of no other",
    }
    parts = (["api-server"], ["scheduler"], ["dag-processor"])
    log = (airflow.home / "scheduler.log").open("w")
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "airflow", *part], env=environment, cwd=airflow.home, stdout=log, stderr=log,
            start_new_session=True,
        )
        for part in parts
    ]  # fmt: skip
    try:
        yield airflow
    finally:
        for each in started:
            os.killpg(each.pid, signal.SIGTERM)
        for each in started:
            try:
                each.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(each.pid, signal.SIGKILL)
        log.close()


def ended(airflow: Airflow, dag: str, run_type: str, number: int) -> list[dict[str, Any]]:
    """The runs of a type that succeeded, as soon as they are so many, with what their first task returned."""
    for _ in range(SECONDS):
        runs = airflow.query(
            "SELECT run_id, state, data_interval_end, run_after FROM dag_run WHERE dag_id = ? AND run_type = ?"
            " ORDER BY run_after", dag, run_type,
        )  # fmt: skip
        assert "failed" not in [state for _, state, *_ in runs], (airflow.home / "scheduler.log").read_text()[-5000:]
        succeeded = [(run, end, after) for run, state, end, after in runs if state == "success"]
        if len(succeeded) >= number:  # another may have just begun
            return [_run(airflow, dag, *run) for run in succeeded]
        time.sleep(1)
    pytest.fail(f"{dag}, {run_type}: {runs}\n{(airflow.home / 'scheduler.log').read_text()[-5000:]}")


def _run(airflow: Airflow, dag: str, run: str, end: str | None, after: str) -> dict[str, Any]:
    [pushed] = airflow.query(
        "SELECT value FROM xcom WHERE dag_id = ? AND run_id = ? AND key = 'return_value' AND task_id IN ('check', 'report')",
        dag, run,
    )  # fmt: skip
    value = json.loads(pushed[0])
    return {"end": end and datetime.fromisoformat(end), "after": datetime.fromisoformat(after), "found": value}


def test_scheduled_backfilled_and_started_by_an_asset(scheduler: Airflow) -> None:
    done = scheduler.call("dags", "unpause", "crm_reporting")
    assert done.returncode == 0, done.stdout
    done = scheduler.call("dags", "unpause", "crm_nightly")
    assert done.returncode == 0, done.stdout
    [scheduled, *_] = ended(scheduler, "crm_nightly", "scheduled", 1)
    assert _as_of(scheduled["found"]) == scheduled["end"].replace(tzinfo=None)
    assert scheduled["found"]["verdict"] == "passed"

    dates = ("--from-date", "2026-11-05", "--to-date", "2026-11-06")
    done = scheduler.call("backfill", "create", "--dag-id", "crm_nightly", *dates)
    assert done.returncode == 0, done.stdout
    backfilled = ended(scheduler, "crm_nightly", "backfill", 1)
    for run in backfilled:  # as of then, and the batch of the day before
        assert _as_of(run["found"]) == run["end"].replace(tzinfo=None)
        assert run["found"]["runs"][0]["batch"] == str((run["end"] - timedelta(days=1)).date())

    [reported, *_] = ended(scheduler, "crm_reporting", "asset_triggered", 1)
    assert reported["found"].startswith("nightly: passed")


def _as_of(summary: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(summary["as_of"]).replace(tzinfo=None)
