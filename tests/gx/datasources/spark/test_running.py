"""A policy's tables on Spark: moved by one line, judged as DuckDB judges them, in a session of the caller's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import great_expectations as gx
import pyarrow as pa
import pytest

from synth_expectations.gx.guard import NotEvaluatedError
from synth_expectations.policy.compile.compiler import compile_policy
from synth_expectations.runner import Options, run
from synth_expectations.runner.preflight import check
from tests.cli.project import GOOD, REAL, Project, Said, small_project, within
from tests.runner.quarantine_files import counted, listed

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

CONTACT = "    parquet: lake/contact/*.parquet\n"
ON_SPARK = f"{CONTACT}    engine: spark\n"
BAD = [{**GOOD, "Id": f"u{i:03}", "IsSynthetic": None} for i in range(70)]
COPIED = [{**GOOD, "Id": f"c{i}", "Email": "Someone@Firm.example "} for i in range(3)]

pytestmark = pytest.mark.xdist_group("spark")  # one JVM for all of them, and for the cases


@pytest.fixture
def project(tmp_path: Path, cli: Callable[..., Said], session: SparkSession) -> Iterator[Project]:
    """A project with violations; `contact` is on Spark, and what it looks records up in is not."""
    with within(tmp_path):
        made = small_project(tmp_path, cli)
        made.table("contact", [GOOD, REAL, *BAD, *COPIED])
        made.edit(CONTACT, ON_SPARK)
        yield made


def found(document: dict[str, Any]) -> list[dict[str, Any]]:
    """What does not depend on the engine."""
    tables = [each | {"expectations": [*map(dict, each["expectations"])]} for each in document["tables"]]
    for each in tables:
        for name in (
            "engine",
            "data_source",
            "queries",
            "seconds",
            "query_seconds",
            "quarantine",
            "great_expectations",
        ):
            each.pop(name, None)
        for expectation in each["expectations"]:
            for name in ("details", "condition", "controls"):
                expectation.pop(name, None)
            expectation["rules"] = [rule | {"finding": None} for rule in expectation["rules"]]  # the ledger grows
    return tables


def test_one_line_moves_a_table_and_nothing_else_changes(project: Project) -> None:
    project.compile()
    on_spark = project.run("--output", "json", "--quarantine", "found").json()
    assert {each["table"]: each["engine"] for each in on_spark["tables"]} == {
        "contact": "spark",
        "customer": "duckdb",
        "send": "duckdb",
    }
    assert listed(on_spark) == counted(on_spark)
    assert sum(listed(on_spark).values()) == 73
    suites = {file.name: file.read_bytes() for file in (project.root / "suites").iterdir()}
    project.edit(ON_SPARK, CONTACT)
    said = project.cli("compile")
    assert "contact: ~ data source: lake__spark -> lake" in said.out
    assert {file.name: file.read_bytes() for file in (project.root / "suites").iterdir()} == suites
    on_duckdb = project.run("--output", "json", "--quarantine", "found").json()
    assert found(on_duckdb) == found(on_spark)
    assert listed(on_duckdb) == listed(on_spark)


@pytest.mark.full
def test_a_session_of_the_caller_is_used_and_left_as_it_is(project: Project, session: SparkSession) -> None:
    project.compile()
    before = dict(session.sparkContext.getConf().getAll()), sorted(map(tuple, session.sql("SET").collect()))
    persisted = set(session.sparkContext._jsc.sc().getPersistentRDDs().keys().mkString(" ").split())
    group = "the caller's"
    session.sparkContext.setJobGroup(group, "")
    report = run("nightly", project.policy.parent, Options())
    assert report.tables[0].engine == "spark"
    assert not report.tables[0].error
    assert session.sparkContext.statusTracker().getJobIdsForGroup(group)
    after = dict(session.sparkContext.getConf().getAll()), sorted(map(tuple, session.sql("SET").collect()))
    assert after == before
    assert session.range(1).count() == 1
    assert not session.catalog.listTables()
    assert set(session.sparkContext._jsc.sc().getPersistentRDDs().keys().mkString(" ").split()) <= persisted


def test_a_compiled_checkpoint_runs_under_great_expectations_alone(project: Project) -> None:
    project.compile()
    (project.root / "lake/customer/part-0.parquet").unlink()
    context = gx.get_context(mode="file", context_root_dir=project.policy.parent)
    with pytest.raises(NotEvaluatedError, match="customer has no files"):
        context.checkpoints.get("nightly").run()
    project.table("customer", [{"CustomerId": "c1", "Email": "someone@firm.example"}])
    result = context.checkpoints.get("nightly").run()
    counted = {each.suite_name: len(each.results) for each in result.run_results.values()}
    assert counted["contact"] > 5
    assert not result.success


class Watched:
    """Jobs that Spark began, and rows that came to the driver."""

    def __init__(self, session: SparkSession, monkeypatch: pytest.MonkeyPatch) -> None:
        from pyspark.sql.classic.dataframe import DataFrame
        from pyspark.sql.readwriter import DataFrameReader

        self.context = session.sparkContext
        self.collected: list[tuple[int, int]] = []
        self.read: list[int] = []
        collect, parquet = DataFrame.collect, DataFrameReader.parquet

        def collecting(frame: Any) -> Any:
            rows, jobs = self._counted(lambda: collect(frame))
            self.collected.append((jobs, len(rows)))
            return rows

        def reading(reader: Any, *paths: str, **options: Any) -> Any:
            frame, jobs = self._counted(lambda: parquet(reader, *paths, **options))
            self.read.append(jobs)
            return frame

        monkeypatch.setattr(DataFrame, "collect", collecting)
        monkeypatch.setattr(DataFrameReader, "parquet", reading)
        self.number = 0

    def _counted(self, call: Callable[[], Any]) -> tuple[Any, int]:
        self.number += 1
        group = f"{id(self)} {self.number}"
        self.context.setJobGroup(group, "")
        result = call()
        self.context.setJobGroup(f"{id(self)} other", "")
        return result, len(self.context.statusTracker().getJobIdsForGroup(group))

    def others(self) -> int:
        return len(self.context.statusTracker().getJobIdsForGroup(f"{id(self)} other"))


def test_one_job_for_all_row_rules_and_only_samples_come_to_the_driver(
    project: Project, session: SparkSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This session plans no query anew between its stages; where it does, each stage is a job of its own."""
    project.edit("    parquet: lake/customer/*.parquet\n", "    parquet: lake/customer/*.parquet\n    engine: spark\n")
    project.compile()
    watched = Watched(session, monkeypatch)
    report = run("nightly", project.policy.parent, Options())
    contact, customer, _ = report.tables
    row_rules = [each for each in contact.expectations if not each.details["references"] and each.rules]
    assert sum(len(each.rules) for each in row_rules) > 10
    # its row rules, one expectation that looks up, and samples of each
    assert (contact.queries, customer.queries) == (4, 1)
    assert [jobs for jobs, _ in watched.collected][:1] == [1]
    counting = [rows for _, rows in watched.collected if rows == 1]
    sampled = [rows for _, rows in watched.collected if rows != 1]
    assert len(counting) == 3, "one more counts the records of customer"
    failing = sum(1 for each in contact.expectations for rule in each.rules if rule.count and rule.judged)
    assert sum(sampled) <= failing * 20 < 70
    assert watched.read == [1, 1], "customer is read as a reference, and only counted to be judged"
    assert watched.others() == 0


@pytest.mark.full
def test_batches_of_a_day(project: Project) -> None:
    reasoned = '{reason: r, approved_by: a, until: "2027-01-01"}'
    batch = f"{{by: day, column: GeneratedAt, no_day: {{allowed: {reasoned}}}}}"
    project.edit(ON_SPARK, f"{ON_SPARK}    batch: {batch}\n")
    project.compile()
    rows = [{**row, "GeneratedAt": "2026-10-02T00:30:00+01:00"} for row in BAD[:3]]  # the first of October
    project.table("contact", [GOOD, REAL, *BAD[10:], *rows])
    day, _ = project.run("--batch", "2026-10-01", "--table", "contact", "--output", "json").json()["tables"]
    assert (day["batch"] if "batch" in day else day["scope"]["batch"]) == "2026-10-01"
    assert day["records"]["untagged"] == 63
    assert day["rows_of_no_day"] > 0
    empty = project.run("--batch", "2026-10-09", "--table", "contact", "--output", "json").json()["tables"][0]
    assert "The batch 2026-10-09 has no records: nothing was checked." in str(empty)


def test_missing_files_err_their_own_table_only(project: Project) -> None:
    project.compile()
    (project.root / "lake/contact/part-0.parquet").unlink()
    contact, *others = project.run("--output", "json").json()["tables"]
    assert contact["verdict"] == "errored"
    assert "contact has no files: nothing matches" in str(contact)
    assert [each["verdict"] for each in others] == ["passed", "passed"]


@pytest.mark.full
def test_a_file_that_is_damaged_inside_is_named(project: Project) -> None:
    project.compile()
    file = project.root / "lake/contact/part-0.parquet"
    data = file.read_bytes()
    file.write_bytes(data[:4] + b"\xff" * 400 + data[404:])
    contact = project.run("--output", "json").json()["tables"][0]
    assert contact["verdict"] == "errored"
    assert "The query on contact failed: Encountered error while reading file file:" in str(contact)


def test_check(project: Project) -> None:
    project.edit("generated_at: GeneratedAt", "generated_at: MadeAt")
    (project.root / "lake/customer/part-0.parquet").unlink()
    project.arrow("elsewhere", pa.table({"Id": [1]}))
    compiled = compile_policy(project.policy)
    findings = check(compiled)
    problems = "\n".join(findings.problems)
    assert "contact: Column MadeAt is not in contact." in problems
    assert "customer has no files: nothing matches" in problems
    assert findings.unnamed == ("lake/elsewhere",)
