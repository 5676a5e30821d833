"""The engine under Great Expectations' own expectations, and tables joined to others."""

from __future__ import annotations

import os
from pathlib import Path

import great_expectations as gx
import great_expectations.expectations as gxe
import pytest
import sqlalchemy as sa

from synth_expectations.gx.datasources.duckdb.datasource import DuckDBDatasource
from tests.gx.datasources.duckdb.reading import count, write


def test_an_asset_is_joined_to_another_of_its_source(source: DuckDBDatasource, lake: Path) -> None:
    write(lake / "customer.parquet", id=[0, 1])
    customer = source.add_parquet_asset("customer", "customer.parquet")
    contact = source.add_parquet_asset("contact", "contact/*/*.parquet").add_batch_definition_whole_table("all")
    batch = contact.get_batch().data.selectable
    other = sa.select(sa.literal_column("id").label("k")).select_from(customer.as_selectable()).subquery("o")
    own = sa.select(sa.literal_column('"Id"').label("k")).select_from(batch).subquery("b")
    query = (
        sa.select(sa.func.count()).select_from(own.outerjoin(other, own.c.k == other.c.k)).where(other.c.k.is_(None))
    )
    with source.get_execution_engine().get_connection() as connection:
        assert connection.execute(query).scalar_one() == 1


def test_a_query_asset_names_parquet_assets(source: DuckDBDatasource) -> None:
    source.add_parquet_asset("contact", "contact/*/*.parquet")
    query = source.add_query_asset("q", "SELECT * FROM contact WHERE Id = 0")
    batch = query.add_batch_definition_whole_table("all").get_batch()
    assert count(batch) == 3
    assert batch.validate(gxe.ExpectColumnValuesToNotBeNull(column="Email")).success


EXPECTATIONS = [
    (gxe.ExpectColumnValuesToNotBeNull(column="Id"), True),
    (gxe.ExpectColumnValuesToBeUnique(column="Id"), False),
    (gxe.ExpectColumnValuesToBeBetween(column="Id", min_value=0, max_value=2), True),
    (gxe.ExpectColumnValuesToBeInSet(column="Id", value_set=[0, 1]), False),
    (gxe.ExpectTableRowCountToEqual(value=6), True),
    (gxe.ExpectColumnToExist(column="Email"), True),
    (gxe.ExpectTableColumnsToMatchSet(column_set=["Id", "Email", "extract_date"]), True),
    (gxe.ExpectColumnValuesToMatchRegex(column="Email", regex="2026"), True),
    (gxe.ExpectColumnValuesToMatchRegex(column="Email", regex="^2026$"), False),
    (gxe.ExpectColumnValuesToNotMatchRegex(column="Email", regex="-2[12]"), False),
    (gxe.ExpectColumnValuesToMatchRegexList(column="Email", regex_list=["21@", "22@"], match_on="any"), False),
    (gxe.ExpectColumnValuesToNotMatchRegexList(column="Email", regex_list=["nowhere", "y$"]), True),
    (gxe.ExpectColumnValuesToMatchLikePattern(column="Email", like_pattern="2026%"), True),
    (gxe.ExpectColumnValuesToNotMatchLikePattern(column="Email", like_pattern="%22@x"), False),
    (
        gxe.ExpectColumnValuesToMatchLikePatternList(column="Email", like_pattern_list=["2%", "3%"], match_on="all"),
        False,
    ),
    (gxe.ExpectColumnValuesToNotMatchLikePatternList(column="Email", like_pattern_list=["3%", "4%"]), True),
    (gxe.ExpectColumnValuesToBeOfType(column="Id", type_="BIGINT"), True),
    (gxe.ExpectColumnValuesToBeOfType(column="Id", type_="VARCHAR"), False),
    (gxe.ExpectColumnValuesToBeInTypeList(column="extract_date", type_list=["DATE"]), True),
    (gxe.ExpectColumnMeanToBeBetween(column="Id", min_value=0, max_value=2), True),
    (gxe.ExpectColumnMedianToBeBetween(column="Id", min_value=0, max_value=2), True),
    (
        gxe.ExpectColumnQuantileValuesToBeBetween(
            column="Id", quantile_ranges={"quantiles": [0.5], "value_ranges": [[0, 1]]}
        ),
        True,
    ),
    (gxe.ExpectCompoundColumnsToBeUnique(column_list=["Id", "Email"]), True),
    (gxe.UnexpectedRowsExpectation(unexpected_rows_query="SELECT * FROM {batch} WHERE Id = 2"), False),
    (
        gxe.ExpectColumnValuesToBeNull(
            column="Id", row_condition='col("Id") > 9', condition_parser="great_expectations"
        ),
        True,
    ),
]


def test_stock_expectations_work(source: DuckDBDatasource) -> None:
    asset = source.add_parquet_asset("contact", "contact/*/*.parquet")
    for n, (expectation, _) in enumerate(EXPECTATIONS):
        expectation.meta = {"n": n}
    suite = gx.ExpectationSuite("s", expectations=[each for each, _ in EXPECTATIONS])
    results = asset.add_batch_definition_whole_table("all").get_batch().validate(suite).results
    found = {each.expectation_config.meta["n"]: each for each in results}
    for n, (expectation, expected) in enumerate(EXPECTATIONS):
        assert bool(found[n].success) is expected, (expectation, found[n])
        assert found[n].exception_info == {
            "exception_message": None,
            "exception_traceback": None,
            "raised_exception": False,
        }


def test_rows_outlive_the_next_query(source: DuckDBDatasource) -> None:
    engine = source.get_execution_engine()
    first = engine.execute_query(sa.text("SELECT * FROM range(3)"))
    engine.execute_query(sa.text("SELECT 99"))
    assert [row[0] for row in first.fetchall()] == [0, 1, 2]


def test_an_error_does_not_abort_what_follows(source: DuckDBDatasource) -> None:
    engine = source.get_execution_engine()
    with pytest.raises(sa.exc.SQLAlchemyError):
        engine.execute_query(sa.text("SELECT nothing"))
    assert engine.execute_query(sa.text("SELECT 1")).scalar() == 1
    with engine.engine.connect() as second:  # Great Expectations' inspector opens its own
        assert second.exec_driver_sql("SELECT 1").fetchall() == [(1,)]


def test_the_session_is_utc_and_downloads_nothing(source: DuckDBDatasource) -> None:
    settings = ("TimeZone", "autoinstall_known_extensions", "autoload_known_extensions", "temp_directory")
    query = ", ".join(f"current_setting('{each}')" for each in settings)
    zone, install, load, spill = source.get_execution_engine().execute_query(sa.text(f"SELECT {query}")).fetchone()
    assert (zone, install, load) == ("UTC", False, False)
    assert os.path.isabs(spill)
