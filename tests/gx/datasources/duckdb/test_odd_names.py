"""Names of files and directories that a pattern, SQL, a shell or an address would take for something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from synth_expectations.gx.datasources.duckdb.datasource import DuckDBDatasource
from tests.gx.datasources.duckdb.reading import write
from tests.gx.datasources.duckdb.test_broken import broken
from tests.gx.datasources.duckdb.test_listing import rows

ODD = (
    *("a*", "a?", "[ab]", "a[1]", "{a,b}", "a]b", "a["),
    *(
        "a b",
        " a",
        "a ",
        "a'b",
        'a"b',
        "a\nb",
        "a\tb",
        "a;b",
        "a,b",
        "a|b",
        "a=b",
        "a:b",
        "a#b",
        "-a",
        "~",
        "$HOME",
        "${HOME}",
    ),
    *("a%20b", "a%", "a?x=1", "é", "e\u0301", "\u202eb", "\ufeffa", "\x01"),
)
NEIGHBOURS = ("a", "b", "ab", "a1", "a b1")
"""Names that a pattern of the odd ones would match too."""


def test_a_file_is_read_by_its_name(source: DuckDBDatasource, lake: Path) -> None:
    for number, name in enumerate((*ODD, *NEIGHBOURS)):
        write(lake / f"t/{name}.parquet", Id=[number])
    assert rows(source, "t/*.parquet") == [(number,) for number in range(len(ODD) + len(NEIGHBOURS))]


def test_a_backslash_beside_a_character_of_patterns_is_errored(source: DuckDBDatasource, lake: Path) -> None:
    """DuckDB knows no way to write a backslash there that is not an escape; the directory of this lake has brackets."""
    write(lake / "t/a\\b.parquet", Id=[1])
    assert "t cannot be read: No files found that match the pattern" in broken(
        source, source.add_parquet_asset("t", "t/*")
    )
    source.path = str(lake.parent)
    write(lake.parent / "u/a\\b.parquet", Id=[1])
    source.delete_asset("t")
    assert rows(source, "u/*") == [(1,)]


@pytest.mark.parametrize("name", ["a*", "[ab]", "a[1]", "a'b", "a b", "a%", "${HOME}"])
def test_a_directory_and_a_partition_are_read_by_their_names(source: DuckDBDatasource, lake: Path, name: str) -> None:
    for number, each in enumerate((name, *NEIGHBOURS)):
        write(lake / f"t/{each}/x.parquet", Id=[number])
        write(lake / f"u/day={each}/x.parquet", Id=[number])
    known = set(range(len(NEIGHBOURS) + 1))
    assert {row[0] for row in rows(source, "t/*/*.parquet")} == known
    source.delete_asset("t")
    assert rows(source, "u/*/*.parquet", '"Id", "day"')[0] == (0, name)


def test_a_data_source_may_lie_below_a_name_with_brackets(source: DuckDBDatasource, lake: Path) -> None:
    write(lake / "[prod]/t/x.parquet", Id=[1])
    write(lake / "p/t/x.parquet", Id=[2])
    source.path = str(lake / "[prod]")
    assert rows(source, "t/*.parquet") == [(1,)]
