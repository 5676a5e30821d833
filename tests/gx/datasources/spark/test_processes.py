"""The command line in processes of its own: a session that it makes, with workers beside it; and what it lacks."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from synth_expectations.demo import AS_OF, generate
from synth_expectations.demo.agreement import find_disagreements
from synth_expectations.demo.project import read_policy_text
from synth_expectations.policy.compile.compiler import compile_policy
from synth_expectations.runner import Options, run
from synth_expectations.testing.java import provide_java
from tests.cli.project import AS_OF as SMALL_AS_OF
from tests.cli.project import Project, small_project, starting
from tests.paths import ROOT

pytestmark = pytest.mark.xdist_group("spark")

DEFAULTS = {
    "spark.master": "local-cluster[2,1,1024]",
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.files.openCostInBytes": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.eventLog.enabled": "true",
    "spark.eventLog.compress": "false",
    "spark.eventLog.rolling.enabled": "false",
}


def environment(folder: Path, **defaults: str) -> dict[str, str]:
    """As users of Spark configure it."""
    import pyspark

    provide_java()
    conf, events = folder / "conf", folder / "events"
    conf.mkdir()
    events.mkdir()
    said = {**DEFAULTS, "spark.eventLog.dir": f"file://{events}", **defaults}
    (conf / "spark-defaults.conf").write_text("".join(f"{name} {value}\n" for name, value in said.items()))
    home = str(Path(pyspark.__file__).parent)  # workers are started from it
    return os.environ | {"SPARK_CONF_DIR": str(conf), "SPARK_HOME": home}


def synth(*arguments: str, cwd: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "synth_expectations", *arguments]
    root = str(ROOT)
    return subprocess.run(
        command, cwd=cwd, env={**env, "PYTHONPATH": root}, capture_output=True, text=True, check=False
    )


def demo(folder: Path, engine: str) -> Path:
    file = folder / engine / "great_expectations" / "policy.yml"
    file.parent.mkdir(parents=True)
    text = read_policy_text().replace("${SYNTH_EXTRACTS:-../build/demo/extracts}", "../../extracts")
    file.write_text(text.replace("defaults:\n", f"defaults:\n  engine: {engine}\n", 1))
    compile_policy(file).write()
    return file.parent


def judged(document: dict[str, Any]) -> dict[str, Any]:
    """Counts by rule and keys, by table and expectation."""
    kept = ("verdict", "element_count", "unexpected_count", "rules", "sample", "error")
    return {
        f"{table['table']} {table['scope']} {each['type']}": {name: each.get(name) for name in kept}
        for table in document["tables"]
        for each in table["expectations"]
    }


def events(folder: Path) -> list[dict[str, Any]]:
    lines = [line for file in folder.glob("app-*") for line in file.read_text(encoding="utf-8").split("\n")]
    return [json.loads(line) for line in lines if line.startswith("{")]


@pytest.mark.full
def test_the_demo_on_several_workers_is_judged_as_by_duckdb(tmp_path: Path) -> None:
    from synth_expectations.report.json import to_json

    manifest = generate(tmp_path / "extracts", 1_000)
    report = run("nightly", demo(tmp_path, "duckdb"), Options(as_of=AS_OF))
    assert list(find_disagreements(manifest, report)) == []
    root = demo(tmp_path, "spark")
    env = environment(tmp_path)
    moment = f"{AS_OF:%Y-%m-%dT%H:%M:%SZ}"
    done = synth("run", "nightly", "--as-of", moment, "--output", "json", cwd=root.parent, env=env)
    assert (done.returncode, done.stderr) == (1, "")
    document = json.loads(done.stdout)
    assert {table["engine"] for table in document["tables"]} == {"spark"}
    assert judged(document) == judged(json.loads(to_json(report)))
    heard = events(tmp_path / "events")
    workers = Counter(each["Task Info"]["Executor ID"] for each in heard if each["Event"] == "SparkListenerTaskEnd")
    assert set(workers) == {"0", "1"}, "each of two workers, and nothing in the driver"
    assert heard[-1]["Event"] == "SparkListenerApplicationEnd", "the session was stopped"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = small_project(tmp_path, lambda *_: pytest.fail("it is called in a process of its own"))
    made.edit("    parquet: lake/send/*.parquet\n", "    parquet: lake/send/*.parquet\n    engine: spark\n")
    compile_policy(made.policy).write()
    return made


@pytest.mark.parametrize(
    "command", [pytest.param(["check"], marks=pytest.mark.full), ["run", "nightly", "--as-of", SMALL_AS_OF]]
)
def test_without_pyspark(project: Project, command: list[str]) -> None:
    code = "import sys; sys.modules['pyspark'] = None; from synth_expectations.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, *command],
        cwd=project.root,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    said = " ".join((done.stdout + done.stderr).split())
    assert done.returncode == 2
    assert "pyspark is not installed, and a table has engine: spark. Install it: pip install" in said
    assert "synth-expectations[spark]" in said
    assert "Traceback" not in said


@pytest.mark.full
def test_without_java(project: Project, tmp_path: Path) -> None:
    env = environment(tmp_path) | {"JAVA_HOME": "/nowhere"}
    done = synth("check", cwd=project.root, env=env)
    assert done.returncode == 2
    assert "send: Spark did not start:" in done.stdout
    assert "It needs a Java, 17 or later: let JAVA_HOME name it." in done.stdout
    assert done.stderr == "1 problem found.\n"


@pytest.mark.full
def test_a_configuration_that_is_wrong(project: Project, tmp_path: Path) -> None:
    env = environment(tmp_path, **{"spark.master": "nonsense"})
    done = synth("check", cwd=project.root, env=env)
    assert "Its configuration is in SPARK_CONF_DIR and PYSPARK_SUBMIT_ARGS." in done.stdout


@pytest.mark.full
@pytest.mark.parametrize("variable", ["spark.master", "SPARK_REMOTE"])
def test_a_server_that_does_not_answer(project: Project, tmp_path: Path, variable: str, closed_port: int) -> None:
    master = f"spark://127.0.0.1:{closed_port}"
    if variable == "spark.master":
        env, address = environment(tmp_path, **{variable: master}), master
    else:
        env, address = (
            environment(tmp_path) | {variable: f"sc://127.0.0.1:{closed_port}/;token=s3cret"},
            f"sc://127.0.0.1:{closed_port}",
        )
    done = synth("check", cwd=project.root, env=env)
    assert done.returncode == 2
    assert f"send: Spark cannot be reached at {address}: connection refused. {variable} names it" in done.stdout
    assert "s3cret" not in done.stdout + done.stderr


@pytest.mark.full
def test_ctrl_c_ends_a_run(project: Project, tmp_path: Path) -> None:
    env = environment(tmp_path, **{"spark.master": "local[1]"}) | {"PYTHONPATH": str(ROOT)}
    project.table("send", [{"SendId": "m" * 200_000, "IsSynthetic": "false"}] * 400)
    process = starting("run", "nightly", cwd=project.root, env=env)
    deadline = time.monotonic() + 120
    while not any((tmp_path / "events").iterdir()) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    started = time.monotonic()
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert time.monotonic() - started < 30
    assert err.splitlines()[-1] == "Interrupted. Results of finished tables are kept."
    assert "Traceback" not in err


@pytest.mark.full
def test_ctrl_c_does_what_it_did_after_spark_ran(tmp_path: Path) -> None:
    """pyspark puts a handler of its own into the main thread, which would go on after Ctrl-C."""
    script = (
        "import signal\n"
        "from synth_expectations.gx.datasources.spark.session import session, stop_started\n"
        "handler = lambda *_: None\n"
        "signal.signal(signal.SIGINT, handler)\n"
        "assert session().range(3).count() == 3\n"
        "assert signal.getsignal(signal.SIGINT) is handler\n"
        "stop_started()\n"
        "assert signal.getsignal(signal.SIGINT) is handler\n"
    )
    env = environment(tmp_path, **{"spark.master": "local[1]"}) | {"PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", script], env=env, check=True)
