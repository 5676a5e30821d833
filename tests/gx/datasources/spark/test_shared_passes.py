"""Great Expectations' own expectations beside ours on Spark: what both count is read in one pass, with the same counts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import great_expectations as gx
import great_expectations.expectations as gxe
import pytest

from tests.gx.contacts import provenance, tagged
from tests.gx.datasources.duckdb.reading import write
from tests.gx.places import by_type, verdict

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = pytest.mark.xdist_group("spark")

COLUMNS: dict[str, list[Any]] = {
    "id": ["a", "b", "a", "c", "a", None, None, "A", "a ", "b"],
    "is_synthetic": ["true"] * 10,
    "source": ["sdv"] * 9 + [" \u3000"],
    "version": ["1.0.0"] * 10,
    "email": ["x@shop.example"] * 8 + ["x", None],
}
STOCK = (
    gxe.ExpectColumnValuesToMatchRegex(column="email", regex="^[^@]+@[^@]+$"),
    gxe.ExpectColumnValuesToNotBeNull(column="source"),
    gxe.ExpectColumnValuesToBeUnique(column="id"),
    gxe.ExpectTableRowCountToEqual(value=10),
)


@pytest.fixture
def judged_columns(monkeypatch: pytest.MonkeyPatch, session: SparkSession) -> list[list[str]]:
    """The columns of each frame whose rows came to the driver."""
    from pyspark.sql.classic.dataframe import DataFrame

    collect, seen = DataFrame.collect, []

    def collecting(frame: Any) -> Any:
        seen.append(frame.columns)
        return collect(frame)

    monkeypatch.setattr(DataFrame, "collect", collecting)
    return seen


def judge(folder: Path, columns: dict[str, list[Any]], *expectations: Any) -> Any:
    write(folder / "contact/a.parquet", **columns)
    context = gx.get_context(mode="ephemeral")
    asset = context.data_sources.add_spark_parquet("lake", path=str(folder)).add_parquet_asset("contact", "contact/*")
    batch = asset.add_batch_definition("all").get_batch()
    suite = gx.ExpectationSuite("s", expectations=[expectation.copy() for expectation in expectations])
    return by_type(batch.validate(suite, result_format="BASIC"))


def test_what_both_count_is_read_once(tmp_path: Path, judged_columns: list[list[str]]) -> None:
    found = judge(tmp_path, COLUMNS, *STOCK, tagged(), provenance())
    assert verdict(found["expect_records_to_be_tagged"]) == "passed 0/10"
    assert verdict(found["expect_synthetic_records_to_have_provenance"]) == "failed 1/10"
    assert found["expect_column_values_to_match_regex"].result["unexpected_count"] == 1
    assert found["expect_column_values_to_be_unique"].result["unexpected_count"] == 5
    assert found["expect_column_values_to_not_be_null"].success
    counting = [columns for columns in judged_columns if "n0" in columns]
    assert [len([name for name in columns if name.startswith("sum(")]) >= 2 for columns in counting] == [True]
    assert not [columns for columns in judged_columns if columns and all(name.startswith("sum(C") for name in columns)]


@pytest.mark.parametrize("taken", ["C0", "k"])
def test_columns_of_the_names_that_the_query_uses_cost_a_pass_and_no_verdict(tmp_path: Path, taken: str) -> None:
    columns = {name: values for name, values in COLUMNS.items() if name != "email"} | {taken: COLUMNS["email"]}
    regex = gxe.ExpectColumnValuesToMatchRegex(column=taken, regex="^[^@]+@[^@]+$")
    found = judge(tmp_path, columns, regex, tagged(), provenance())
    assert found["expect_column_values_to_match_regex"].result["unexpected_count"] == 1
    assert verdict(found["expect_synthetic_records_to_have_provenance"]) == "failed 1/10"


def test_an_aggregate_of_theirs_that_fails_leaves_ours(tmp_path: Path) -> None:
    wrong = gxe.ExpectColumnMaxToBeBetween(column="nothing", max_value=1)
    found = judge(tmp_path, COLUMNS, wrong, STOCK[0], tagged())
    assert found["expect_column_max_to_be_between"].exception_info
    assert not found["expect_column_max_to_be_between"].success
    assert found["expect_column_values_to_match_regex"].result["unexpected_count"] == 1
    assert verdict(found["expect_records_to_be_tagged"]) == "passed 0/10"
