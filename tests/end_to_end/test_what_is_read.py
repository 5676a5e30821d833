"""A nightly run reads one day for what judges a batch, and the table for what judges the table: as DuckDB counts it."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.batches import DAYS, Read, measure

ROWS = 60_000
OF_A_DAY = ROWS // DAYS
SCANS = 4
"""How often one query reads the table at most: for a population with many rules its columns are read by themselves."""


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Read]:
    folder: Path = tmp_path_factory.mktemp("batches")
    return {(each.report.table, each.report.scope): each for each in measure(folder, ROWS)}


def test_a_partition_is_read_for_a_day(read: dict[tuple[str, str], Read]) -> None:
    of_day, of_table = read["partitioned", "batch"], read["partitioned", "table"]
    assert of_day.report.records["all"] == OF_A_DAY
    assert len(of_day.report.expectations) > len(of_table.report.expectations) > 0
    [whole] = of_table.scanned
    assert ROWS <= whole.rows <= SCANS * ROWS
    counted, rules, *lookups = of_day.scanned
    assert counted.rows == ROWS  # the rows of no day, in the column of the batches alone
    assert OF_A_DAY <= rules.rows <= SCANS * OF_A_DAY
    assert rules.files <= SCANS
    for each in lookups:  # records of the day, looked up in those of the day
        assert each.rows <= 4 * OF_A_DAY  # a reference is read again for keys that too many records share


def test_row_groups_are_read_for_a_day_of_a_plain_column(read: dict[tuple[str, str], Read]) -> None:
    of_day, of_table = read["plain", "batch"], read["plain", "table"]
    assert of_day.report.records["all"] == OF_A_DAY
    [whole] = of_table.scanned
    assert ROWS <= whole.rows <= SCANS * ROWS
    counted, *scanned = of_day.scanned
    assert counted.rows == ROWS
    assert scanned[0].row_groups < whole.row_groups
    for each in scanned:
        assert each.rows < ROWS / 4  # a row group holds more than a day
