"""Tables that are checked alike share what is planned for them, and nothing in which they differ."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.planner.row_checks import RowCheckPlanner
from synth_expectations.policy.compile.compiler import compile_policy
from synth_expectations.report.expectation_report import ExpectationReport
from synth_expectations.runner import Options, run

AS_OF = datetime(2026, 11, 1, tzinfo=UTC)

HEAD = """\
version: 1
owner: crm-data@retailer.example
data_sources:
  lake: {type: parquet, path: ../lake}
allowed: {methods: [rule_based], purposes: [testing]}
retention: {classes: {testing: {max: P90D}}}
defaults:
  role: mixed
  marker: {column: origin, synthetic: [synthetic], real: [real]}
  columns: {key: id, source: source, generated_at: made_at, method: method, purpose: purpose, dataset_id: dataset}
tables:
"""
CONTACTS: dict[str, list[Any]] = {
    "id": ["1", "2", "3", "4"],
    "origin": ["synthetic", "synthetic", "real", "real"],
    "source": ["generator", None, None, None],
    "made_at": [datetime(2026, 10, 30), datetime(2026, 1, 1), None, None],
    "method": ["rule_based", "rule_based", None, None],
    "purpose": ["testing", "testing", None, None],
    "dataset": ["d1", "d1", None, None],
}
NOBODY = pa.array([None] * 4, pa.string())
PROVENANCE = "expect_synthetic_records_to_have_provenance"
WELL_FORMED = "expect_synthetic_provenance_to_be_well_formed"
EXPIRED = "expect_synthetic_records_to_expire_on_time"


class Lake:
    """A project of tables of files."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.root = directory / "great_expectations"
        self.root.mkdir(parents=True)
        self.names: list[str] = []

    def write(self, name: str, **changes: Any) -> None:
        """Write a table, some columns of which are others."""
        (self.directory / "lake" / name).mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.table({**CONTACTS, **changes}), self.directory / "lake" / name / "part.parquet")
        self.names = list(dict.fromkeys([*self.names, name]))

    def compile(self) -> None:
        """Compile the policy of all tables."""
        lines = [f"  {name}: {{parquet: lake/{name}/*.parquet}}\n" for name in self.names]
        text = HEAD + "".join(lines) + "checkpoints:\n  nightly: {tables: all}\n"
        (self.root / "policy.yml").write_text(text)
        compile_policy(self.root / "policy.yml").write()

    def run(self, as_of: datetime = AS_OF, workers: int = 1) -> dict[str, dict[str, ExpectationReport]]:
        """Run all tables, and return the reports of each by the type of the expectation."""
        report = run("nightly", self.root, Options(as_of=as_of, workers=workers))
        return {table.table: {result.type: result for result in table.expectations} for table in report.tables}


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    """A project without a table."""
    return Lake(tmp_path / "one")


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many columns had each batch that was planned, and did not share the plan of another one."""
    batches: list[int] = []
    start = RowCheckPlanner.__init__

    def count(planner: RowCheckPlanner, adapter: Adapter, *arguments: Any) -> None:
        batches.append(len(adapter.columns().names))
        start(planner, adapter, *arguments)

    monkeypatch.setattr(RowCheckPlanner, "__init__", count)
    return batches


def count_broken(reports: dict[str, ExpectationReport], *types: str) -> list[int | None]:
    """Return how many records break each of some expectations."""
    assert not any(reports[type_name].error for type_name in types), reports
    return [reports[type_name].unexpected_count for type_name in types]


def test_tables_of_one_form_are_planned_once_and_counted_by_themselves(lake: Lake, planned: list[int]) -> None:
    lake.write("contact")
    lake.write("lead", source=["generator"] * 2 + [None] * 2)
    lake.write("prospect", source=NOBODY)
    lake.compile()
    expected = {"contact": [1, 1], "lead": [0, 1], "prospect": [2, 1]}
    for workers in (1, 2):
        reports = lake.run(workers=workers)
        assert {name: count_broken(of_table, PROVENANCE, EXPIRED) for name, of_table in reports.items()} == expected
        assert len(planned) in ((1,) if workers == 1 else (2, 3))  # each worker has a connection


def test_a_table_with_a_column_of_another_type_has_a_plan_of_its_own(lake: Lake, planned: list[int]) -> None:
    lake.write("contact")
    texts = ["2026-10-30T00:00:00", "on a Monday", None, None]
    lake.write("lead", made_at=texts)
    lake.write("prospect", made_at=[date(2026, 10, 30), date(2026, 1, 1), None, None])
    lake.write("visitor", made_at=[20261030, 20260101, None, None])
    lake.write("widow", id=[1, 2, 3, 4])
    lake.compile()
    reports = lake.run()
    assert count_broken(reports["contact"], WELL_FORMED, EXPIRED) == [0, 1]
    assert count_broken(reports["lead"], WELL_FORMED) == [1]
    assert count_broken(reports["prospect"], WELL_FORMED, EXPIRED) == [0, 1]
    assert count_broken(reports["widow"], WELL_FORMED, EXPIRED) == [0, 1]
    for type_name in (WELL_FORMED, EXPIRED):
        assert "Column made_at of visitor is a number, where a time is needed" in reports["visitor"][type_name].error
    assert len(planned) == 5


def test_an_error_names_the_table_in_which_a_column_is_missing(lake: Lake, planned: list[int]) -> None:
    for name in ("contact", "lead"):
        lake.write(name)
        file = lake.directory / "lake" / name / "part.parquet"
        pq.write_table(pq.read_table(file).drop_columns(["made_at"]), file)
    lake.compile()
    reports = lake.run()
    for name, of_table in reports.items():
        assert f"Column made_at is not in {name}." in of_table[EXPIRED].error
    assert len(planned) == 2


def test_a_column_of_numbers_without_values_is_asked_of_each_table(lake: Lake) -> None:
    """pandas writes a column without values as numbers: it is then no error that it holds no time."""
    lake.write("contact", made_at=pa.array([None] * 4, pa.float64()))
    lake.write("lead", made_at=[1.5, None, None, None])
    lake.write("prospect", made_at=pa.array([None] * 4, pa.float64()))
    lake.compile()
    reports = lake.run()
    assert not reports["contact"][EXPIRED].error
    assert "where a time is needed" in reports["lead"][EXPIRED].error
    assert not reports["prospect"][EXPIRED].error


def test_a_table_that_changes_between_two_runs_of_a_process_is_counted_as_it_is(lake: Lake) -> None:
    lake.write("contact")
    lake.write("lead")
    lake.compile()
    assert count_broken(lake.run()["lead"], PROVENANCE, WELL_FORMED) == [1, 0]
    lake.write("lead", source=NOBODY, made_at=["2026-10-30", "never", None, None])
    reports = lake.run()
    assert count_broken(reports["contact"], PROVENANCE, WELL_FORMED) == [1, 0]
    assert count_broken(reports["lead"], PROVENANCE, WELL_FORMED) == [2, 1]


def test_runs_for_different_times_do_not_share_a_plan(lake: Lake) -> None:
    lake.write("contact")
    lake.write("lead")
    lake.compile()
    for as_of, expired in ((AS_OF, 1), (datetime(2026, 3, 1, tzinfo=UTC), 0), (datetime(2027, 6, 1, tzinfo=UTC), 2)):
        assert [count_broken(reports, EXPIRED) for reports in lake.run(as_of).values()] == [[expired], [expired]]


def test_two_projects_of_a_process_read_their_own_tables(lake: Lake, tmp_path: Path) -> None:
    other = Lake(tmp_path / "other")
    lake.write("contact")
    other.write("contact", source=NOBODY)
    for project in (lake, other):
        project.compile()
    found = [count_broken(project.run()["contact"], PROVENANCE) for project in (lake, other, lake)]
    assert found == [[1], [2], [1]]


def test_the_keys_that_a_table_shows_are_its_own(lake: Lake) -> None:
    lake.write("contact")
    lake.write("lead", id=["5", "6", "7", "8"])
    lake.compile()
    samples = [reports[PROVENANCE].sample for reports in lake.run().values()]
    assert [sample and sample.values for sample in samples] == [("2",), ("6",)]
