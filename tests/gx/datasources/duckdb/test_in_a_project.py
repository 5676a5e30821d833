"""The data source in the files of a project."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import great_expectations as gx
import great_expectations.expectations as gxe
import pytest

from tests.gx.datasources.duckdb.reading import count, why

YML = """
fluent_datasources:
  lake:
    type: duckdb_parquet
    path: "${SYNTH_LAKE:-../lake}"
    assets:
      contact:
        type: parquet
        glob: contact/extract_date=*/*.parquet
        where: Id < 9
        batch_definitions:
          all:
            id: 11111111-1111-5111-8111-111111111111
            partitioner: null
          day:
            id: 22222222-2222-5222-8222-222222222222
            partitioner:
              column_name: extract_date
              method_name: partition_on_year_and_month_and_day
              sort_ascending: true
      gone:
        type: parquet
        glob: [gone/*.parquet]
        batch_definitions:
          all:
            id: 33333333-3333-5333-8333-333333333333
            partitioner: null
"""


@pytest.fixture
def project(lake: Path, tmp_path: Path) -> Path:
    lake.rename(tmp_path / "lake")
    root = tmp_path / "great_expectations"
    gx.get_context(mode="file", context_root_dir=root)
    config = root / "great_expectations.yml"
    config.write_text(re.sub(r"\nfluent_datasources:.*?\n(?=\S)", "\n", config.read_text()) + YML)
    return root


def test_a_written_entry_loads_relative_to_the_project(
    project: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    context = gx.get_context(mode="file", context_root_dir=project)
    asset = context.data_sources.get("lake").get_asset("contact")
    assert count(asset.get_batch_definition("all").get_batch()) == 6
    assert count(asset.get_batch_definition("day").get_batch({"year": 2026, "month": 11, "day": 21})) == 1
    assert list(Path.cwd().iterdir()) == []  # no `.tmp` left where we ran


def test_one_missing_table_leaves_the_others_of_a_checkpoint(project: Path) -> None:
    context = gx.get_context(mode="file", context_root_dir=project)
    definitions = []
    for name in ("gone", "contact"):
        suite = context.suites.add(gx.ExpectationSuite(name, expectations=[gxe.ExpectTableRowCountToEqual(value=6)]))
        data = context.data_sources.get("lake").get_asset(name).get_batch_definition("all")
        definitions.append(
            context.validation_definitions.add(gx.ValidationDefinition(name=name, data=data, suite=suite))
        )
    result = context.checkpoints.add(gx.Checkpoint(name="c", validation_definitions=definitions)).run()
    by_name = {each.suite_name: each for each in result.run_results.values()}
    assert by_name["contact"].success
    assert "gone has no files" in why(by_name["gone"].results[0])


def test_what_great_expectations_writes_it_reads_again(project: Path, tmp_path: Path) -> None:
    context = gx.get_context(mode="file", context_root_dir=project)
    source = context.data_sources.add_duckdb("second", path="../lake")
    added = source.add_parquet_asset("contact", ["contact/*/*.parquet"], where="Id = 0")
    added.add_batch_definition_daily("day", "extract_date")
    written = (project / "great_expectations.yml").read_text()
    assert "${SYNTH_LAKE:-../lake}" in written
    again = gx.get_context(mode="file", context_root_dir=project).data_sources.get("second").get_asset("contact")
    assert (again.glob, again.where) == (["contact/*/*.parquet"], "Id = 0")
    assert count(again.get_batch_definition("day").get_batch({"year": 2026, "month": 11, "day": 23})) == 1


@pytest.mark.full
def test_the_process_ends_quietly(project: Path) -> None:
    script = f"""
import great_expectations as gx, great_expectations.expectations as gxe
import synth_expectations.gx.datasources.duckdb.datasource
source = gx.get_context(mode="file", context_root_dir={str(project)!r}).data_sources.get("lake")
batch = source.get_asset("contact").get_batch_definition("all").get_batch()
assert batch.validate(gxe.ExpectColumnValuesToBeUnique(column="Id")).success is False
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "nanobind" not in done.stderr
    assert "registered" not in done.stderr  # our metrics change none of Great Expectations' own
    assert "Error" not in done.stderr
