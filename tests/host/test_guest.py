"""A process that imports this package, or runs a checkpoint, is left as it was; each test is a process of its own.

Great Expectations and the drivers are imported before each snapshot: what they change is theirs.
"""

from __future__ import annotations

import json
from pathlib import Path

import great_expectations as gx
import pytest

import synth_expectations as se
from tests.gx.contacts import contacts, tagged
from tests.gx.projects import Project, python

_LIBRARIES = """
import warnings
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import great_expectations, duckdb_engine, sqlglot, pyarrow.parquet, pyarrow.dataset, pandas
"""
_BEFORE = """
import logging, sys, warnings
from tests.host import snapshot
logging.getLogger("great_expectations").setLevel(logging.ERROR)
logging.getLogger("sqlalchemy.pool").setLevel(logging.INFO)
warnings.filterwarnings("error", message="of the host")
before = snapshot.take()
"""
_RUN = """
from pathlib import Path
from synth_expectations.runner import Options, run
report = run("nightly", Path(sys.argv[1]), Options(workers=int(sys.argv[2])))
assert [table.verdict("warning").value for table in report.tables] == ["failed", "failed"], report
"""
_DUCKDB_AT_EXIT = """
import atexit
def use_duckdb():
    import duckdb, duckdb_engine, sqlalchemy as sa
    print(duckdb.sql("SELECT 1").fetchall())
    engine = sa.create_engine("duckdb:///:memory:")
    with engine.connect() as connection:
        print(connection.exec_driver_sql("SELECT 2").fetchall())
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT missing")
    except sa.exc.ProgrammingError as error:
        print(type(error.orig).__name__)
    globals()["left_open"] = engine.connect()
atexit.register(use_duckdb)
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Two tables, each with a record that has no tag."""
    made = Project.made(tmp_path)
    place = made.place(contact=contacts({}, {"is_synthetic": None}), send=contacts({"is_synthetic": None}))
    definitions = [
        place.context.validation_definitions.add(
            gx.ValidationDefinition(
                name=table,
                data=place.definition(table),
                suite=place.context.suites.add(gx.ExpectationSuite(table, expectations=[tagged()])),
            )
        )
        for table in ("contact", "send")
    ]
    actions = [gx.checkpoint.UpdateDataDocsAction(name="docs"), se.GuardAction(name="guard")]
    place.context.checkpoints.add(gx.Checkpoint(name="nightly", validation_definitions=definitions, actions=actions))
    return made


@pytest.mark.full  # the run below imports the same, between the same snapshots
def test_an_import_changes_nothing(tmp_path: Path) -> None:
    script = f"{_LIBRARIES}{_BEFORE}import synth_expectations.gx, synth_expectations.runner\nsnapshot.report(before)"
    ended = python(script, cwd=tmp_path)
    assert (ended.stderr, ended.stdout) == ("", "[]\n")


def test_a_run_changes_nothing_not_even_the_project_that_is_open(project: Project) -> None:
    opened = """
context = great_expectations.get_context(mode="ephemeral")
from great_expectations.data_context.data_context.context_factory import project_manager
"""
    imported = "import synth_expectations.gx, synth_expectations.runner\n"
    left = "assert project_manager.get_current_project() is context\nsnapshot.report(before)"
    ended = python(f"{_LIBRARIES}{opened}{_BEFORE}{imported}{_RUN}{left}", str(project.root), "2", cwd=project.root)
    assert (ended.stderr, ended.stdout) == ("", "[]\n")


@pytest.mark.full
def test_exit_handlers_of_the_host_may_use_duckdb(project: Project) -> None:
    script = f"import sys\n{_DUCKDB_AT_EXIT}{_LIBRARIES}{_RUN}{_DUCKDB_AT_EXIT}"
    ended = python(script, str(project.root), "2", cwd=project.root)
    said = ["[(1,)]", "[(2,)]", "BinderException"]
    assert (ended.returncode, ended.stderr, ended.stdout.splitlines()) == (0, "", said * 2)


def test_exit_handlers_of_the_host_may_run_a_checkpoint(project: Project) -> None:
    again = _RUN.replace("\n", "\n    ")
    at_exit = f"import atexit, sys\n@atexit.register\ndef run_again():{again}\n"
    ended = python(f"{at_exit}{_LIBRARIES}{_RUN}", str(project.root), "1", cwd=project.root)
    assert (ended.returncode, ended.stderr, ended.stdout) == (0, "", "")


@pytest.mark.full
def test_the_snapshot_sees_a_change(tmp_path: Path) -> None:
    change = """
import atexit, signal
atexit.register(print)
warnings.simplefilter("ignore")
logging.getLogger("great_expectations").setLevel(logging.CRITICAL)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
del duckdb_engine.DBAPI.Error
"""
    ended = python(f"{_LIBRARIES}{_BEFORE}{change}snapshot.report(before)", cwd=tmp_path)
    said = json.loads(ended.stdout.splitlines()[0])
    assert {text.partition(" ")[0].rstrip(":") for text in said} == {
        "attributes",
        "loggers",
        "signals",
        "filters",
        "exits",
    }
