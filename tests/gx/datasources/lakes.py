"""What a directory may hold beside the files of a table, and what is said of it; the same on DuckDB and on Spark."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.gx.datasources.duckdb.reading import write


def _table(root: Path, *names: str) -> None:
    for name in names:
        write(root / name, Id=[1])


def _with_directory(name: str) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        _table(root, "t/day=1/a.parquet")
        (root / name).mkdir(parents=True)

    return make


def _iceberg(root: Path) -> None:
    _table(root, "t/data/day=1/a.parquet")
    (root / "t/metadata").mkdir()
    (root / "t/metadata/v1.metadata.json").write_text("{}")


def _dangling_file(root: Path) -> None:
    _table(root, "t/day=1/a.parquet")
    (root / "t/day=1/b.parquet").symlink_to("gone.parquet")


def _dangling_directory(root: Path) -> None:
    _table(root, "t/day=1/a.parquet")
    (root / "t/day=2").symlink_to("gone")


def _directory_as_file(root: Path) -> None:
    _table(root, "t/day=1/a.parquet", "t/day=1/b.parquet/part-0.parquet")


def _no_utf8(root: Path) -> None:
    _table(root, "t/day=1/a.parquet", "t/day=1/b.parquet")
    (root / "t/day=1/b.parquet").rename(root / "t/day=1/b\udce9.parquet")


def _second_name(root: Path) -> None:
    _table(root, "t/a/1.parquet")
    (root / "t/b.parquet").symlink_to("a/1.parquet")


def _latest(root: Path) -> None:
    _table(root, "t/2026-11-01/1.parquet")
    (root / "t/latest").symlink_to("2026-11-01")


def _loop(root: Path) -> None:
    _table(root, "t/day=1/a.parquet")
    (root / "t/day=1/again").symlink_to("..")


def _with_file(name: str) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        _table(root, "t/day=1/a.parquet")
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(b"not read")

    return make


REFUSED = [
    pytest.param(_with_directory("t/_delta_log"), "t/*/*.parquet", "t is part of a Delta table", id="delta"),
    pytest.param(_with_directory("t/_delta_log"), "t/day=1/*.parquet", "is part of a Delta table", id="part of delta"),
    pytest.param(_with_directory("t/.hoodie"), "**/*.parquet", "t is part of a Hudi table", id="hudi"),
    pytest.param(_iceberg, "t/data/**/*.parquet", "t/data is part of an Iceberg table", id="iceberg"),
    pytest.param(_dangling_file, "t/*/*.parquet", "t/day=1/b.parquet is a broken link", id="link"),
    pytest.param(_dangling_file, "t/*/b.parquet", "t/day=1/b.parquet is a broken link", id="named link"),
    pytest.param(_dangling_directory, "t/day=*/*.parquet", "t/day=2 is a broken link", id="directory link"),
    pytest.param(_dangling_directory, "t/**/*.parquet", "t/day=2 is a broken link", id="link in **"),
    pytest.param(_directory_as_file, "t/*/*.parquet", "t/day=1/b.parquet is a directory", id="directory"),
    pytest.param(
        _with_file("t/day=1/b.PARQUET"), "t/*/*.parquet", "t/day=1/b.PARQUET is left out: it is nearly", id="capitals"
    ),
    pytest.param(
        _with_file("t/day=1/b.parquet.gz"), "t/*/*.parquet", "t/day=1/b.parquet.gz is left out", id="compressed"
    ),
    pytest.param(
        _with_file("t/day=1/hour=1/b.parquet"), "t/*/*.parquet", "t/day=1/hour=1 is a partition", id="deeper partition"
    ),
    pytest.param(_no_utf8, "t/*/*.parquet", r"t/day=1/b\udce9.parquet has a name that is not UTF-8", id="no UTF-8"),
    pytest.param(_loop, "t/**/*.parquet", "t/day=1/again is a link to a directory above it", id="loop"),
    pytest.param(_second_name, "t/**/*.parquet", "t/a/1.parquet and t/b.parquet are the same file", id="second name"),
    pytest.param(
        _latest, "t/*/*.parquet", "t/2026-11-01/1.parquet and t/latest/1.parquet are the same file", id="latest"
    ),
]
"""What makes a directory, a glob, and what is said of it."""

NO_PART = (
    "day=1/_temporary/0/b.parquet",
    "day=1/.staging/b.parquet",
    "_archive/day=1/b.parquet",
    "day=1/.b.parquet",
    "day=1/.b.parquet",
)
"""Files that are not part of a table."""
