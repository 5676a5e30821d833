"""Stock expectations that name another asset of the source read it as it is now, in any order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import great_expectations as gx
import great_expectations.expectations as gxe
import pytest
import sqlalchemy as sa

from synth_expectations.gx import EXPECTATIONS
from synth_expectations.gx.datasources.duckdb.datasource import DuckDBDatasource
from tests.gx.datasources.duckdb.reading import why, write


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    write(tmp_path / "contact/1.parquet", Id=[1, 2, 3], AccountId=[1, 1, 2], is_synthetic=["false"] * 3)
    write(tmp_path / "account/1.parquet", Id=[1, 2])
    return tmp_path


@pytest.fixture
def source(lake: Path) -> DuckDBDatasource:
    made = gx.get_context(mode="ephemeral").data_sources.add_duckdb("lake", path=str(lake))
    assert isinstance(made, DuckDBDatasource)
    for name in ("contact", "account"):
        made.add_parquet_asset(name, f"{name}/*.parquet").add_batch_definition_whole_table("all")
    return made


def run(source: DuckDBDatasource, suites: Sequence[tuple[str, Sequence[Any]]]) -> dict[str, list[Any]]:
    """Return the results of a checkpoint with a suite for each table, in that order, by table and suite's order."""
    context = source.data_context
    definitions = []
    for table, expectations in suites:
        numbered = [each.copy(update={"id": None, "meta": {"n": n}}) for n, each in enumerate(expectations)]
        suite = context.suites.add_or_update(gx.ExpectationSuite(table, expectations=numbered))
        data = source.get_asset(table).get_batch_definition("all")
        definition = gx.ValidationDefinition(name=table, data=data, suite=suite)
        definitions.append(context.validation_definitions.add_or_update(definition))
    checkpoint = context.checkpoints.add_or_update(gx.Checkpoint(name="c", validation_definitions=definitions))
    results = checkpoint.run().run_results.values()
    return {
        each.suite_name: sorted(each.results, key=lambda result: result.expectation_config.meta["n"])
        for each in results
    }


def naming(rows: int, orphans: int) -> list[Any]:
    """Expectations on contacts that name accounts, and hold for so many accounts and contacts without one."""
    join = "SELECT c.* FROM {batch} c LEFT JOIN account a ON c.AccountId = a.Id WHERE a.Id IS NULL"
    return [
        gxe.UnexpectedRowsExpectation(unexpected_rows_query=f"{join} OFFSET {orphans}"),
        gxe.ExpectQueryResultsToMatchComparison(
            base_query=f"SELECT {rows} AS n",
            comparison_data_source_name="lake",
            comparison_query="SELECT count(*) AS n FROM Account",
        ),
    ]


@pytest.mark.parametrize("order", [("contact", "account"), ("account", "contact")])
def test_every_order_reads_the_files_that_are_there(
    source: DuckDBDatasource, lake: Path, order: tuple[str, str]
) -> None:
    other = gxe.ExpectTableRowCountToEqualOtherTable(other_table_name="account")
    own = EXPECTATIONS["ExpectTableToContainNoSyntheticRecords"](marker_column="is_synthetic", record_key="Id")
    suites = {
        "contact": [*naming(2, 0), other, own],
        "account": [gxe.ExpectTableRowCountToEqual(value=2)],
    }
    results = run(source, [(name, suites[name]) for name in order])
    assert [result.success for result in results["contact"]] == [True, True, False, True]
    assert results["contact"][2].result["observed_value"] == {"self": 3, "other": 2}
    write(lake / "account/2.parquet", Id=[9])
    suites["account"] = [gxe.ExpectTableRowCountToEqual(value=3)]
    suites["contact"][:2] = naming(3, 0)
    results = run(source, [(name, suites[name]) for name in order])
    assert all(result.success for results_of_table in results.values() for result in results_of_table)
    assert results["contact"][2].result["observed_value"] == {"self": 3, "other": 3}
    (lake / "account/1.parquet").unlink()
    results = run(source, [("contact", naming(1, 3))])
    assert [result.success for result in results["contact"]] == [True, True]


def test_another_source_is_read_as_it_is_now(source: DuckDBDatasource, lake: Path) -> None:
    second = source.data_context.data_sources.add_duckdb("second", path=str(lake))
    assert isinstance(second, DuckDBDatasource)
    second.add_parquet_asset("account", "account/*.parquet").add_batch_definition_whole_table("all")
    second.get_asset("account").get_batch_definition("all").get_batch().validate(
        gxe.ExpectTableRowCountToEqual(value=2)
    )
    write(lake / "account/2.parquet", Id=[9])
    compared = gxe.ExpectQueryResultsToMatchComparison(
        base_query="SELECT count(*) AS n FROM {batch}",
        comparison_data_source_name="second",
        comparison_query="SELECT count(*) AS n FROM account",
    )
    (result,) = run(source, [("contact", [compared])])["contact"]
    assert result.success, result


def test_a_day_is_compared_with_a_whole_table(source: DuckDBDatasource, lake: Path) -> None:
    write(lake / "visit.parquet", Id=[1, 2, 3], Day=["2026-11-21", "2026-11-21", "2026-11-22"])
    daily = source.add_parquet_asset("visit", "visit.parquet").add_batch_definition_daily("day", "Day")
    batch = daily.get_batch({"year": 2026, "month": 11, "day": 21})
    same = gxe.ExpectTableRowCountToEqualOtherTable(other_table_name="account")
    assert batch.validate(same).success
    whole = gxe.ExpectTableRowCountToEqualOtherTable(other_table_name="visit")
    assert batch.validate(whole).result["observed_value"] == {"self": 2, "other": 3}


def test_a_query_asset_is_a_table_too(source: DuckDBDatasource, lake: Path) -> None:
    source.add_query_asset("used_account", "SELECT * FROM account SEMI JOIN contact ON account.Id = AccountId; ")
    source.add_query_asset("used_once", "SELECT * FROM used_account WHERE Id = 2")
    other = gxe.ExpectTableRowCountToEqualOtherTable(other_table_name="used_account")
    once = gxe.ExpectTableRowCountToEqualOtherTable(other_table_name="used_once")
    results = run(source, [("contact", [other, once])])["contact"]
    assert [result.result["observed_value"]["other"] for result in results] == [2, 1]


def test_a_where_looks_up_another_asset(source: DuckDBDatasource) -> None:
    asset = source.add_parquet_asset("orphan", "contact/*.parquet", where="AccountId NOT IN (SELECT Id FROM account)")
    asset.add_batch_definition_whole_table("all")
    (result,) = run(source, [("orphan", [gxe.ExpectTableRowCountToEqual(value=0)])])["orphan"]
    assert result.success, result


def test_assets_that_name_each_other_end(source: DuckDBDatasource) -> None:
    source.add_query_asset("egg", "SELECT * FROM hen")
    source.add_query_asset("hen", "SELECT * FROM egg")
    (result,) = run(source, [("contact", [gxe.ExpectTableRowCountToEqualOtherTable(other_table_name="hen")])])[
        "contact"
    ]
    assert "hen cannot be read" in why(result) or "egg cannot be read" in why(result)


def test_an_asset_that_is_gone_is_named(source: DuckDBDatasource, lake: Path) -> None:
    (lake / "account/1.parquet").rename(lake / "moved.parquet")
    expectations = [gxe.ExpectTableRowCountToEqualOtherTable(other_table_name="account"), *naming(2, 0)]
    for result in run(source, [("contact", expectations)])["contact"]:
        assert "account has no files" in why(result)


def test_a_column_of_that_name_needs_no_file(source: DuckDBDatasource) -> None:
    source.add_parquet_asset("Id", "nowhere/*.parquet")
    query = "SELECT Id FROM {batch} WHERE Id > 3"
    (result,) = run(source, [("contact", [gxe.UnexpectedRowsExpectation(unexpected_rows_query=query)])])["contact"]
    assert result.success, result


def test_the_batch_itself_stays_as_it_was_made(source: DuckDBDatasource, lake: Path) -> None:
    late = lake / "contact/2.parquet"

    def arrive(_: Any, __: Any, statement: str, *___: Any) -> None:
        if statement.startswith("SELECT") and not late.exists():
            write(late, Id=[4], AccountId=[1], is_synthetic=["false"])

    sa.event.listen(source.get_engine(), "before_cursor_execute", arrive)
    counted = gxe.UnexpectedRowsExpectation(unexpected_rows_query="SELECT * FROM {batch} WHERE Id = 4")
    results = run(source, [("contact", [counted, gxe.ExpectTableRowCountToEqual(value=3)])])["contact"]
    assert late.exists()
    assert [result.success for result in results] == [True, True]
    assert [result.success for result in run(source, [("contact", [counted])])["contact"]] == [False]
