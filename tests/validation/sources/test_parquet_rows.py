"""The rows that footers name are counted, or it is said that they are not known."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from synth_expectations.validation.sources.file_set import FilesState
from synth_expectations.validation.sources.parquet_rows import count_parquet_rows


def read_state(*paths: Path) -> FilesState:
    found = [(path, path.stat()) for path in paths]
    return tuple((str(path), (stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns)) for path, stat in found)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Files of 3, 0 and 5 rows, whose names are patterns to DuckDB, and of which one has another column."""
    paths = [tmp_path / name for name in ("a[1].parquet", "it's.parquet", "*.parquet")]
    for path, rows in zip(paths, (3, 0, 5), strict=True):
        pq.write_table(pa.table({"a" if rows else "b": list(range(rows))}), path, row_group_size=2)
    return paths


def test_rows_are_those_of_the_files_that_are_named(files: list[Path]) -> None:
    assert count_parquet_rows(read_state(*files)) == 8
    assert count_parquet_rows(read_state(files[0])) == 3
    assert count_parquet_rows(read_state(files[1])) == 0


_HOST = """
import sys
import duckdb
from pathlib import Path
from synth_expectations.validation.sources.parquet_rows import count_parquet_rows
from tests.validation.sources.test_parquet_rows import read_state
{host}
print(count_parquet_rows(read_state(*map(Path, sys.argv[1:]))))
"""


@pytest.mark.parametrize(
    "host",
    [
        "duckdb.execute('SET enable_external_access = false')",
        "duckdb.execute('CREATE MACRO sum(x) AS 1')",
        "duckdb.default_connection().close()",
    ],
)
def test_what_a_host_does_to_its_own_database_changes_no_count(files: list[Path], host: str) -> None:
    command = [sys.executable, "-c", _HOST.format(host=host), *map(str, files)]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "8"


SPOILED: dict[str, Callable[[Path], object]] = {
    "removed": lambda path: path.unlink(),
    "written again": lambda path: pq.write_table(pa.table({"a": [1]}), path),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:-3]),
    "touched": lambda path: path.touch(),
}


@pytest.mark.parametrize("change", SPOILED)
def test_a_file_that_changed_after_it_was_read_has_no_count(files: list[Path], change: str) -> None:
    state = read_state(*files)
    SPOILED[change](files[0])
    assert count_parquet_rows(state) is None


@pytest.mark.parametrize(
    "content", [b"", b"a,b\n1,2\n", b"PAR1" + b"\0" * 20 + b"PAR1", b"PAR1" + b"\0" * 20 + b"PARE"]
)
def test_what_is_no_parquet_that_can_be_read_has_no_count(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(content)
    assert count_parquet_rows(read_state(path)) is None


def test_nothing_and_an_object_have_no_count(files: list[Path]) -> None:
    assert count_parquet_rows(()) is None
    assert count_parquet_rows(None) is None
    assert count_parquet_rows((*read_state(*files), ("s3://bucket/a.parquet", None))) is None
