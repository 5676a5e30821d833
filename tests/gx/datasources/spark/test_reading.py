"""Parquet files on Spark: the same table as on DuckDB, or a sentence."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import great_expectations as gx
import pyarrow as pa
import pytest

from synth_expectations.gx.datasources.spark.datasource import SparkParquetDatasource
from tests.gx.datasources.duckdb.reading import DAYS, count, write
from tests.gx.datasources.spark.reading import refused, rows, table

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = pytest.mark.xdist_group("spark")  # one JVM for all of them, and for the cases


# One asset is one table


def test_partitions_are_columns_and_names_are_no_patterns(source: SparkParquetDatasource, lake: Path) -> None:
    write(lake / "odd/it's [1] *?.parquet", Id=[1])
    write(lake / "odd/its 1 xy.parquet", Id=[2])
    assert rows(source, "odd/it's*") == [(1,)]
    found = rows(source, ["contact/*/*.parquet", "**/extract_date=2026-11-22/*.parquet"], "Id", "extract_date")
    assert len(found) == 6
    assert (0, date(2026, 11, 21)) in found


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (({"Id": [1], "Email": ["a"]}, {"email": ["b"], "Id": [2]}), [(1, "a"), (2, "b")]),
        (({"n": pa.array([1], pa.int32())}, {"n": [2]}), [(1,), (2,)]),
        (({"n": [1, 2]}, {"n": [1.5, None]}), [(1.0,), (1.5,), (2.0,), (None,)]),
        (({"n": [1]}, {"n": ["1"]}), [("1",), ("1",)]),
        (({"n": [1], "c": pa.array([None], pa.null())}, {"n": [2], "c": ["x"]}), [(1, None), (2, "x")]),
    ],
    ids=["another case", "wider numbers", "numbers with gaps", "numbers and text", "a column without values"],
)
def test_files_that_differ(
    source: SparkParquetDatasource, lake: Path, files: tuple[dict[str, Any], ...], found: list[tuple[Any, ...]]
) -> None:
    for number, columns in enumerate(files):
        write(lake / f"two/{number}.parquet", **columns)
    assert rows(source, "two/*.parquet") == found


def test_an_address_is_read_by_spark_itself(source: SparkParquetDatasource, lake: Path) -> None:
    lake.rename(lake.parent / "far")
    source.path = f"file://{lake.parent}/far"
    assert len(rows(source, "contact/extract_date=*/*.parquet", "extract_date")) == 6
    assert "Path does not exist: file:" in refused(source, ["contact/*/*.parquet", "gone/*.parquet"])
    assert "is not known to Spark. Write each level" in refused(source, "**/*.parquet")


def test_a_second_run_sees_fresh_files_and_the_same_are_not_read_again(
    source: SparkParquetDatasource, lake: Path
) -> None:
    asset = source.add_parquet_asset("contact", "contact/*/*.parquet")
    first = asset.as_selectable()
    assert asset.as_selectable() is first
    assert count(asset.add_batch_definition_whole_table("all").get_batch()) == 6
    write(lake / f"contact/extract_date={DAYS[0]}/part.parquet", Id=[1] * 5, Email=["x"] * 5)  # replaced in place
    assert count(asset.get_batch_definition("all").get_batch()) == 10


# What is wrong is a sentence, and errs only its own table


@pytest.mark.parametrize(
    ("files", "glob", "sentence"),
    [
        ({}, "gone/*.parquet", "t has no files: nothing matches "),
        ({"a.parquet": {"Id": [1]}, "b._COPYING_": {"Id": [1]}}, "x/*", "Spark looks at 1 of its 2 files. It leaves"),
        (
            {"d=1/a.parquet": {"Id": [1]}, "b.parquet": {"Id": [1]}},
            "x/**/*.parquet",
            "lies in the partition d. Others",
        ),
        ({"d=1/a.parquet": {"D": [1]}}, "x/*/*", "Column D of t and its partition d differ only by case: Spark reads"),
        ({"a.parquet": {"t": pa.array([0], pa.timestamp("ns"))}}, "x/*", "Spark reads no nanoseconds: write them as"),
    ],
    ids=["missing", "left out", "mixed partitions", "twin of a partition", "nanoseconds"],
)
def test_what_spark_would_not_read(
    source: SparkParquetDatasource, lake: Path, files: dict[str, Any], glob: str, sentence: str
) -> None:
    for name, columns in files.items():
        write(lake / "x" / name, **columns)
    assert sentence in refused(source, glob)


def test_a_damaged_file_is_named(source: SparkParquetDatasource, lake: Path) -> None:
    data = write(lake / "bad/good.parquet", Id=[1]).read_bytes()
    (lake / "bad/worse.parquet").write_bytes(data[: len(data) // 2])
    assert "bad/worse.parquet. Could not read footer" in refused(source, "bad/*.parquet")


def test_a_session_may_not_leave_damaged_files_out(
    source: SparkParquetDatasource, lake: Path, session: SparkSession
) -> None:
    data = write(lake / "bad/good.parquet", Id=[1]).read_bytes()
    (lake / "bad/worse.parquet").write_bytes(data[: len(data) // 2])
    session.conf.set("spark.sql.files.ignoreCorruptFiles", "true")
    try:
        assert "worse.parquet" in refused(source, "bad/*.parquet")
    finally:
        session.conf.unset("spark.sql.files.ignoreCorruptFiles")


# The condition that narrows a table


@pytest.fixture
def times(lake: Path) -> None:
    at = [
        datetime(2026, 11, 22, 3, tzinfo=UTC),
        datetime(2026, 11, 22, 12, tzinfo=UTC),
    ]  # the first: the 21st in New York
    write(lake / "w/a.parquet", Id=[1, 2], name=["Ann", None], old=["x", "y"], at=at, day=[each.date() for each in at])


@pytest.mark.usefixtures("times")
@pytest.mark.parametrize(
    ("where", "ids"),
    [
        ("`Id` = 1", [1]),
        ("NOT `name` IS NULL AND LOWER(`name`) LIKE 'a%'", [1]),
        ("`at` >= CAST('2026-11-22 00:00:00' AS TIMESTAMP_NTZ)", [1, 2]),
        ("`at` >= '2026-11-22' AND `day` < CAST('2026-11-23' AS DATE)", [1, 2]),
        ("`name` = '\\u0024{x}'", []),
    ],
)
def test_where_means_the_same_in_every_zone(source: SparkParquetDatasource, where: str, ids: list[int]) -> None:
    assert rows(source, "w/*", "Id", where=where) == [(each,) for each in ids]


@pytest.mark.usefixtures("times")
@pytest.mark.parametrize(
    ("where", "sentence"),
    [
        ("`Idd` = 1", "The where of t is refused: Column Idd is not in t. Nearest: Id."),
        ("`name` = 1", "it compares `name` (text) with 1 (a number). Write the value as the column has it."),
        ("`day` = 'today'", "it compares `day` (a date) with 'today' (text)."),
        ("`old` > CAST('2026-11-23' AS DATE)", "it compares `old` (text) with CAST('2026-11-23' AS DATE) (a date)."),
    ],
)
def test_a_where_that_sessions_would_read_otherwise(source: SparkParquetDatasource, where: str, sentence: str) -> None:
    assert sentence in refused(source, "w/*", where=where)


@pytest.mark.usefixtures("times")
def test_the_first_that_is_not_null(source: SparkParquetDatasource) -> None:
    assert rows(source, "w/*", "name or old", first_of={"name or old": ["NAME", "old"]}) == [("Ann",), ("y",)]
    assert rows(source, "w/*", "Id", first_of={"name or gone": ["name", "gone"]}) == [(1,), (2,)]
    said = refused(source, "w/*", first_of={"Id or old": ["Id", "old"]})
    assert "Columns of t have no value in common: Id is a number and old is text." in said


def test_a_field_of_a_nested_column(source: SparkParquetDatasource, lake: Path) -> None:
    write(lake / "n/a.parquet", Id=[1], customer=[{"email": "ann@x", "Made by": {"tool": "t"}}], tags=[["a"]])
    paths = ["customer.email", "CUSTOMER.made by.tool", "customer.gone", "tags.a"]
    frame = table(source, "n/*", first_of={path: [path] for path in paths}).as_selectable()
    assert frame.columns == ["Id", "customer", "tags", *paths[:2]]
    assert [tuple(row) for row in frame.select("`customer.email`", "`CUSTOMER.made by.tool`").collect()] == [
        ("ann@x", "t")
    ]


def test_great_expectations_own_work_too(source: SparkParquetDatasource) -> None:
    stock, asset = gx.expectations, source.add_parquet_asset("contact", "contact/*/*.parquet")
    asked: list[tuple[Any, bool]] = [
        (stock.ExpectTableRowCountToEqual(value=6), True),
        (stock.ExpectColumnValuesToNotBeNull(column="Id"), True),
        (stock.ExpectColumnValuesToBeUnique(column="Id"), False),
        (stock.ExpectColumnValuesToBeBetween(column="Id", min_value=0, max_value=2), True),
        (stock.ExpectColumnValuesToBeInSet(column="Id", value_set=[0, 1]), False),
        (stock.ExpectColumnValuesToMatchRegex(column="Email", regex="^2026"), True),
        (stock.ExpectColumnMeanToBeBetween(column="Id", min_value=0, max_value=2), True),
    ]
    for number, (each, _) in enumerate(asked):
        each.meta = {"n": number}
    results = (
        asset.add_batch_definition_whole_table("all")
        .get_batch()
        .validate(gx.ExpectationSuite("s", expectations=[each for each, _ in asked]))
        .results
    )
    found = {each.expectation_config.meta["n"]: each for each in results}
    for number, (each, expected) in enumerate(asked):
        assert bool(found[number].success) is expected, (each, found[number])
