"""Airflow itself, with a database of its own, and projects that pass, violate and err. Run by `make test-airflow`."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.cli.project import GOOD, Project, Said, small_project

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ended:
    """What the metadata database holds of a run.

    Attributes:
        states: by task.
        tries: by task, how often it was run.
        xcom: what each task returned, or pushed as that.
        events: the `extra` of the events of assets.
        log: what was printed.
    """

    states: dict[str, str]
    tries: dict[str, int]
    xcom: dict[str, Any]
    events: list[dict[str, Any]]
    log: str


@dataclass(frozen=True)
class Airflow:
    """An installation of Airflow in a directory."""

    home: Path
    dags: Path

    @property
    def lineage(self) -> Path:
        """Where OpenLineage writes its events."""
        return self.home / "lineage.jsonl"

    def environment(self, **variables: str) -> dict[str, str]:
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW")},
            "AIRFLOW_HOME": str(self.home),
            "AIRFLOW__CORE__DAGS_FOLDER": str(self.dags),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "false",
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{self.home}/airflow.db",
            "AIRFLOW__OPENLINEAGE__TRANSPORT": json.dumps(
                {"type": "file", "log_file_path": str(self.lineage), "append": True}
            ),
            "PYTHONPATH": str(ROOT),
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            **{f"AIRFLOW_VAR_{name.upper()}": value for name, value in variables.items()},
        }

    def call(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "airflow", *arguments]
        return subprocess.run(
            command, env=self.environment(**variables), cwd=self.home, text=True, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def test(self, dag: str, project: Project) -> Ended:
        """Run a DAG whole; what is in the database of it then."""
        before = self.query("SELECT COALESCE(MAX(id), 0) FROM asset_event")[0][0]
        done = self.call(
            "dags", "test", dag, synth_project=str(project.root / "great_expectations"), synth_python=sys.executable
        )
        [run] = self.query("SELECT run_id FROM dag_run WHERE dag_id = ? ORDER BY id DESC LIMIT 1", dag)
        tasks = self.query(
            "SELECT task_id, state, try_number FROM task_instance WHERE dag_id = ? AND run_id = ?", dag, run[0]
        )
        pushed = self.query(
            "SELECT task_id, value FROM xcom WHERE dag_id = ? AND run_id = ? AND key = 'return_value'", dag, run[0]
        )
        events = self.query("SELECT extra FROM asset_event WHERE id > ?", before)
        return Ended(
            {task: state for task, state, _ in tasks}, {task: number for task, _, number in tasks},
            {task: _plain(value) for task, value in pushed},
            [json.loads(extra) for (extra,) in events],
            done.stdout,
        )  # fmt: skip

    def query(self, sql: str, *values: Any) -> list[Any]:
        with closing(sqlite3.connect(self.home / "airflow.db")) as connection:
            return connection.execute(sql, values).fetchall()


def _plain(value: Any) -> Any:
    found = json.loads(value)
    return json.loads(found) if isinstance(found, str) and found.startswith("{") else found


@pytest.fixture(scope="session")
def airflow(tmp_path_factory: pytest.TempPathFactory) -> Airflow:
    home = tmp_path_factory.mktemp("airflow")
    dags = home / "dags"
    dags.mkdir()
    for file in [
        *(ROOT / "examples" / "airflow" / "dags").glob("*.py"),
        *(Path(__file__).parent / "dags").glob("*.py"),
    ]:
        (dags / file.name).symlink_to(file)
    made = Airflow(home, dags)
    done = made.call("db", "migrate")
    assert done.returncode == 0, done.stdout
    done = made.call("dags", "reserialize")
    assert done.returncode == 0, done.stdout
    return made


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Project]]:
    made: dict[str, Project] = {}

    def make(kind: str) -> Project:
        if kind not in made:
            made[kind] = _project(tmp_path_factory.mktemp(kind), kind)
        return made[kind]

    return make


def _project(root: Path, kind: str) -> Project:
    def cli(*arguments: str) -> Said:
        done = subprocess.run(
            [sys.executable, "-m", "synth_expectations", *arguments], cwd=root, text=True, check=False,
            capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        return Said(done.returncode, done.stdout, done.stderr)

    made = small_project(root, cli)
    text = made.policy.read_text()
    made.policy.write_text(text + "checkpoints:\n  nightly: {tables: all}\n  sends: {tables: [send]}\n")
    assert cli("compile").code == 0
    if kind == "violated":
        made.table("contact", [GOOD, {**GOOD, "Id": "s2", "IsSynthetic": None}])
    if kind == "errored":
        (root / "lake" / "send" / "part.parquet").unlink(missing_ok=True)
        for file in (root / "lake" / "send").glob("*"):
            file.unlink()
    return made
