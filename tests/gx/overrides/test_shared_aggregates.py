"""Great Expectations' own expectations beside ours on the same tables, and its metrics as they were."""

from __future__ import annotations

import re

import great_expectations.expectations as gxe
import pytest
from great_expectations.experimental.metric_repository.metric_list_metric_retriever import MetricListMetricRetriever
from great_expectations.experimental.metric_repository.metrics import MetricTypes

from synth_expectations.engine.planner.row_checks import RowCheckPlanner
from synth_expectations.testing import Table
from tests.gx.contacts import MARKED, provenance, tagged
from tests.gx.places import Listening, Place, by_type, engine_of, judge, judge_one, sent, verdict, why

KINDS = {
    "id": "text",
    "is_synthetic": "boolean",
    "source": "text",
    "version": "text",
    "age": "integer",
    "made": "timestamp",
}
ROWS = [
    {
        "id": f"c{n}",
        "is_synthetic": n % 2 == 0,
        "source": "sdv",
        "version": "1.0.0",
        "age": 20 + n,
        "made": f"2026-10-0{n}",
    }
    for n in range(1, 6)
]


@pytest.fixture
def people(place: Place) -> Place:
    place.fill("contact", Table.of(KINDS, [{**row, "made": row["made"] + "T00:00:00"} for row in ROWS]))
    return place


STOCK = [
    (gxe.ExpectTableRowCountToEqual(value=5), True),
    (gxe.ExpectTableColumnCountToEqual(value=6), True),
    (gxe.ExpectTableColumnsToMatchSet(column_set=list(KINDS)), True),
    (gxe.ExpectColumnToExist(column="age"), True),
    (gxe.ExpectColumnValuesToBeUnique(column="id"), True),
    (gxe.ExpectColumnValuesToNotBeNull(column="source"), True),
    (gxe.ExpectColumnValuesToBeInSet(column="source", value_set=["sdv"]), True),
    (gxe.ExpectColumnValuesToBeBetween(column="age", min_value=22), False),
    (gxe.ExpectColumnMaxToBeBetween(column="age", max_value=25), True),
    (gxe.ExpectColumnMeanToBeBetween(column="age", min_value=23, max_value=23), True),
    (gxe.ExpectColumnDistinctValuesToBeInSet(column="version", value_set=["1.0.0"]), True),
    (gxe.ExpectColumnValueLengthsToEqual(column="id", value=2), True),
    (gxe.ExpectCompoundColumnsToBeUnique(column_list=["source", "age"]), True),
]


@pytest.mark.parametrize(
    ("kind", "values", "twice"),
    [
        ("text", ["a", "b", "a", "c", "a", None, None, "A", "a ", "b"], 5),
        ("text", ["a", "b", None, None], 0),
        ("text", [None, None], 0),
        ("integer", [1, 2, 2, None, 3, 3, 3], 5),
    ],
)
def test_values_that_come_twice_are_counted_as_by_great_expectations(
    place: Place, kind: str, values: list[object], twice: int
) -> None:
    """On DuckDB the count is ours, by hashes; on PostgreSQL too, by groups, where an expectation of ours is beside it."""
    rows = [{"id": str(number), "is_synthetic": "true", "x": value} for number, value in enumerate(values)]
    place.fill("numbers", Table.of({"id": "text", "is_synthetic": "text", "x": kind}, rows))
    unique = gxe.ExpectColumnValuesToBeUnique(column="x")
    for result in (judge_one(place, "numbers", unique), judge(place, "numbers", unique, tagged()).results[0]):
        assert (result.success, result.result["unexpected_count"]) == (not twice, twice)


@pytest.mark.only_on("postgresql")
def test_duplicates_beside_ours_are_counted_in_groups(people: Place) -> None:
    unique = gxe.ExpectColumnValuesToBeUnique(column="id")
    with Listening(engine_of(people).engine) as heard:  # type: ignore[attr-defined]
        judge(people, "contact", unique, tagged())
    counted = [each for each in heard if "HAVING" in each]
    assert len(counted) == 1, heard
    assert [each for each in heard if "OVER" in each and "LIMIT" not in each] == []


def test_both_are_evaluated_in_one_suite(people: Place) -> None:
    ours = [tagged(), provenance(mostly=0.5)]
    result = by_type(judge(people, "contact", *[each for each, _ in STOCK], *ours))
    for expectation, expected in STOCK:
        found = result[expectation.expectation_type]
        assert not found.exception_info.get("raised_exception"), found
        assert found.success is expected, expectation.expectation_type
    assert verdict(result["expect_records_to_be_tagged"]) == "passed 0/5"
    assert verdict(result["expect_synthetic_records_to_have_provenance"]) == "passed 0/2"
    assert len(sent(people)) == 1


_COUNTED = [
    gxe.ExpectColumnValuesToNotBeNull(column="source"),
    gxe.ExpectColumnValuesToMatchRegex(column="version", regex="^1[.]0"),
    gxe.ExpectColumnValuesToBeInSet(column="source", value_set=["sdv"]),
]


@pytest.mark.only_on("duckdb", "postgresql")
def test_what_both_count_is_read_once(people: Place) -> None:
    with Listening(engine_of(people).engine) as heard:  # type: ignore[attr-defined]
        result = judge(people, "contact", *_COUNTED, provenance())
    assert result.success, result
    reading = [each for each in heard if re.search("sum|avg", each, re.IGNORECASE)]
    assert (len(reading), len(sent(people))) == (1, 1), reading


@pytest.mark.only_on("duckdb", "postgresql")
def test_alone_they_are_asked_as_ever(people: Place) -> None:
    result = judge(people, "contact", *_COUNTED)
    assert result.success, result
    assert sent(people) == []


@pytest.mark.only_on("duckdb", "postgresql")  # in a frame, a number is its text
def test_what_cannot_be_counted_costs_ours_nothing(people: Place) -> None:
    bad = gxe.ExpectColumnValuesToMatchRegex(column="age", regex="^2")
    good = gxe.ExpectColumnValuesToNotBeNull(column="source")
    found = by_type(judge(people, "contact", bad, good, tagged(), provenance()))
    assert found["expect_column_values_to_match_regex"].success is False
    assert found["expect_column_values_to_not_be_null"].success is True
    assert verdict(found["expect_records_to_be_tagged"]) == "passed 0/5"
    assert verdict(found["expect_synthetic_records_to_have_provenance"]) == "passed 0/2"


def test_what_nobody_foresaw_ends_ours_and_not_theirs(people: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("no such luck")

    monkeypatch.setattr(RowCheckPlanner, "__init__", breaks)
    found = by_type(judge(people, "contact", gxe.ExpectColumnValuesToNotBeNull(column="source"), provenance()))
    assert found["expect_column_values_to_not_be_null"].success is True
    said = why(found["expect_synthetic_records_to_have_provenance"])
    assert " could not be run: RuntimeError: no such luck." in said


def test_columns_may_be_called_what_the_query_calls_its_own(place: Place) -> None:
    odd = {
        "id": "text",
        "is_synthetic": "boolean",
        "source": "text",
        "version": "text",
        "c0": "integer",
        "g0": "integer",
    }
    rows = [{**row, "c0": row["age"], "g0": None} for row in ROWS]
    place.fill("contact", Table.of(odd, [{name: row[name] for name in odd} for row in rows]))
    asked = [
        gxe.ExpectColumnMaxToBeBetween(column="c0", min_value=25, max_value=25),
        gxe.ExpectColumnValuesToBeNull(column="g0"),
        gxe.ExpectColumnValuesToNotBeNull(column="version"),
    ]
    result = judge(place, "contact", *asked, tagged(), provenance())
    assert [each.success for each in result.results] == [True] * 5


def test_those_of_some_rows_are_theirs(people: Place) -> None:
    some = gxe.ExpectColumnMaxToBeBetween(
        column="age", max_value=22, row_condition='col("age") < 23', condition_parser="great_expectations"
    )
    found = by_type(judge(people, "contact", some, tagged(), provenance()))
    assert found["expect_column_max_to_be_between"].success is True
    assert verdict(found["expect_records_to_be_tagged"]) == "passed 0/5"


def test_an_error_of_theirs_leaves_ours(people: Place) -> None:
    result = by_type(judge(people, "contact", gxe.ExpectColumnMaxToBeBetween(column="nothing", max_value=1), tagged()))
    assert result["expect_column_max_to_be_between"].success is False
    assert verdict(result["expect_records_to_be_tagged"]) == "passed 0/5"


def test_an_error_of_ours_leaves_theirs(people: Place) -> None:
    bad = tagged(marker_column="nothing")
    result = by_type(judge(people, "contact", bad, gxe.ExpectColumnMaxToBeBetween(column="age", max_value=25)))
    assert result["expect_column_max_to_be_between"].success is True
    assert verdict(result["expect_records_to_be_tagged"]) == "errored"


@pytest.mark.only_on("duckdb", "postgresql")  # Great Expectations asks queries of SQL and Spark only
def test_rows_of_a_query(people: Place) -> None:
    rows = gxe.UnexpectedRowsExpectation(unexpected_rows_query="SELECT id FROM {batch} WHERE age > 24")
    result = by_type(judge(people, "contact", rows, tagged()))
    assert result["unexpected_rows_expectation"].success is False
    assert result["unexpected_rows_expectation"].result["observed_value"] == 1
    assert verdict(result["expect_records_to_be_tagged"]) == "passed 0/5"


def test_profiling_works(people: Place) -> None:
    """Great Expectations' profile of a batch: row count, columns, types, ranges, nulls."""
    definition = people.definition("contact")
    request = definition.build_batch_request(batch_parameters=people.parameters("contact"))
    validator = people.context.get_validator(batch_request=request)
    assert validator.get_metric(_metric("table.row_count")) == 5
    assert set(validator.get_metric(_metric("table.columns"))) == set(KINDS)
    assert len(validator.get_metric(_metric("table.column_types"))) == len(KINDS)
    assert validator.get_metric(_metric("column.max", column="age")) == 25
    assert validator.get_metric(_metric("column_values.null.count", column="age")) == 0
    assert validator.get_metric(_metric("column.distinct_values.count", column="source")) == 1


@pytest.mark.only_on("duckdb", "postgresql")  # a frame is given to a run, and the repository takes none
def test_its_metric_repository_too(people: Place) -> None:
    definition = people.definition("contact")
    wanted = [
        MetricTypes.TABLE_ROW_COUNT,
        MetricTypes.TABLE_COLUMNS,
        MetricTypes.TABLE_COLUMN_TYPES,
        MetricTypes.COLUMN_MIN,
        MetricTypes.COLUMN_MAX,
    ]
    found = MetricListMetricRetriever(people.context).get_metrics(definition.build_batch_request(), metric_list=wanted)
    assert [each for each in found if each.exception] == []
    assert {each.metric_name for each in found} >= {"table.row_count", "table.columns", "column.max"}


def _metric(name: str, **domain: str) -> object:
    from great_expectations.validator.metric_configuration import MetricConfiguration

    return MetricConfiguration(name, domain, None)


def test_marked_columns_may_be_booleans(people: Place) -> None:
    assert MARKED["marker_column"] == "is_synthetic"
    [result] = judge(people, "contact", tagged()).results
    assert result.result["details"]["census"] == {"all": 5, "synthetic": 2, "real": 3, "untagged": 0}
