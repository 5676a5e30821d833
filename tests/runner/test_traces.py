"""The quarantine names the file of each record, whatever the table is made of; no view that others see has that column."""

from __future__ import annotations

import great_expectations as gx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.cli.project import Project
from tests.runner.quarantine_files import rows

LEAKED = "expect_table_to_contain_no_synthetic_records"


def list_files(project: Project, *options: str) -> dict[str, str]:
    """Return the path of each record below the project, by its key."""
    said = project.run("--table", "send", "--quarantine", "found", "--output", "json", *options)
    assert said.code == 1, said
    listed = [row for row in rows(said.json()) if row["expectation"] == LEAKED]
    return {row["key"]: row["file"].removeprefix(f"{project.root}/lake/send/") for row in listed}


def write(project: Project, path: str, columns: dict[str, list[object]]) -> None:
    file = project.root / "lake" / "send" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(columns), file)


@pytest.fixture
def sends(compiled: Project) -> Project:
    (compiled.root / "lake" / "send" / "part-0.parquet").unlink()
    return compiled


def test_several_files(sends: Project) -> None:
    for number in range(3):
        write(sends, f"part it's {number}.parquet", {"SendId": [f"m{number}"], "IsSynthetic": ["true"]})
    assert list_files(sends) == {f"m{number}": f"part it's {number}.parquet" for number in range(3)}
    batch = gx.get_context(mode="file", context_root_dir=sends.policy.parent).data_sources.get("lake").get_asset("send")
    assert batch.get_batch(batch.build_batch_request()).columns() == ["SendId", "IsSynthetic"]


def test_columns_of_several_types(sends: Project) -> None:
    write(sends, "old.parquet", {"SendId": [1], "IsSynthetic": [True]})
    write(sends, "new.parquet", {"SendId": ["m2"], "IsSynthetic": ["true"]})
    assert list_files(sends) == {"1": "old.parquet", "m2": "new.parquet"}


def test_partitions_a_where_and_a_first_of(sends: Project) -> None:
    sends.edit("lake/send/*.parquet", 'lake/send/*/*.parquet\n    where: "Kept = 1"')
    sends.edit("{key: SendId}", "{key: [SendId, Former]}")
    sends.compile()
    for day, kept in (("2026-10-30", 1), ("2026-10-31", 1), ("2026-11-01", 0)):
        columns = {"SendId": [None, f"m{day}"], "Former": [f"f{day}", None], "IsSynthetic": ["true"] * 2}
        write(sends, f"day={day}/part.parquet", {**columns, "Kept": [kept] * 2})
    days = ("2026-10-30", "2026-10-31")
    assert list_files(sends) == {f"{kind}{day}": f"day={day}/part.parquet" for kind in "fm" for day in days}


def test_one_day_of_a_table(sends: Project) -> None:
    sends.edit("lake/send/*.parquet", "lake/send/*.parquet\n    batch: {by: day, column: SentAt}")
    sends.compile()
    for number in (1, 2):
        sent = [f"2026-10-0{number}T09:30:00Z"]
        write(sends, f"{number}.parquet", {"SendId": [f"m{number}"], "IsSynthetic": ["true"], "SentAt": sent})
    assert list_files(sends, "--batch", "2026-10-02") == {"m2": "2.parquet"}


def test_partitions_above_the_glob(sends: Project) -> None:
    sends.edit("lake/send/*.parquet", "lake/send/run=7/*/*.parquet")
    sends.compile()
    for day in ("2026-10-30", "2026-10-31"):
        write(sends, f"run=7/day={day}/part.parquet", {"SendId": [f"m{day}"], "IsSynthetic": ["true"]})
    assert list_files(sends) == {f"m{day}": f"run=7/day={day}/part.parquet" for day in ("2026-10-30", "2026-10-31")}
