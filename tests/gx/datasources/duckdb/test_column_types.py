"""Types of columns keep what DuckDB knows of them, and names of types are read as DuckDB reads them."""

from __future__ import annotations

from typing import Any

import great_expectations.expectations as gxe
import pytest

from synth_expectations.gx.datasources.duckdb.datasource import DuckDBDatasource

# column: its value, names that mean its type, and names that do not
COLUMNS: dict[str, tuple[str, list[str], list[str]]] = {
    "whole": ("1::INTEGER", ["INTEGER", "integer", "int4", "Integer"], ["BIGINT", "INTEGER[]", "UINTEGER", "String"]),
    "big": ("1::BIGINT", ["BIGINT", "bigint", "int8", "Integer", "BigInteger"], ["INTEGER", "HUGEINT", "UBIGINT"]),
    "tiny": ("1::TINYINT", ["TINYINT", "Integer"], ["SMALLINT", "UTINYINT"]),
    "unsigned": ("1::UINTEGER", ["UINTEGER", "uint32", "Integer"], ["INTEGER", "BIGINT", "NullType"]),
    "huge": ("1::HUGEINT", ["hugeint", "int128"], ["BIGINT", "UHUGEINT", "NullType"]),
    "price": ("1::DECIMAL(10,2)", ["DECIMAL(10,2)", "decimal(10, 2)", "DECIMAL", "numeric", "Numeric"],
              ["DECIMAL(12,2)", "DECIMAL(10,3)", "DOUBLE", "DECIMAL(10,2)[]"]),
    "ratio": ("1::DOUBLE", ["DOUBLE", "float8", "Float"], ["FLOAT", "DECIMAL"]),
    "text": ("'a'", ["VARCHAR", "text", "string", "String"], ["BLOB", "JSON", "VARCHAR[]"]),
    "numbers": ("[1]::INTEGER[]", ["INTEGER[]", "int4[]", "LIST", "array"], ["INTEGER", "BIGINT[]", "INTEGER[][]"]),
    "triple": ("[1, 2, 3]::INTEGER[3]", ["INTEGER[3]", "ARRAY"], ["INTEGER[]", "INTEGER[2]", "LIST"]),
    "nested": ("[[1]]::INTEGER[][]", ["integer[][]", "list"], ["INTEGER[]", "INTEGER"]),
    "zoned": ("now()", ["TIMESTAMPTZ", "timestamp with time zone", "DateTime"], ["TIMESTAMP", "datetime", "DATE"]),
    "naive": ("TIMESTAMP '2026-11-22'", ["TIMESTAMP", "datetime", "DateTime"], ["TIMESTAMPTZ", "TIMESTAMP_NS"]),
    "nanoseconds": ("'2026-11-22'::TIMESTAMP_NS", ["TIMESTAMP_NS", "TIMESTAMP"], ["TIMESTAMP_MS", "TIMESTAMPTZ"]),
    "zoned_time": ("'12:00+01'::TIMETZ", ["TIMETZ", "Time"], ["TIME"]),
    "record": ("{'a': 1, 'b': ['x']}", ["STRUCT(a INTEGER, b VARCHAR[])", "struct"],
               ["STRUCT(a BIGINT, b VARCHAR[])", "MAP", "NullType"]),
    "mapping": ("MAP {'a': 1}", ["MAP(VARCHAR, INTEGER)", "map"], ["MAP(VARCHAR, BIGINT)", "STRUCT", "NullType"]),
    "document": ("'{}'::JSON", ["JSON", "json"], ["VARCHAR", "NullType"]),
    "choice": ("'Ann'::ENUM('Ann', 'O''Brien')", ["ENUM", "ENUM('Ann', 'O''Brien')"], ["ENUM('Ann')", "VARCHAR"]),
    "choices": ("['Ann'::ENUM('Ann')]", ["LIST"], ["ENUM", "VARCHAR[]"]),
    "span": ("INTERVAL 1 DAY", ["INTERVAL", "Interval"], ["TIME"]),
    "id": ("uuid()", ["UUID", "uuid"], ["VARCHAR"]),
}  # fmt: skip


@pytest.fixture
def batch(source: DuckDBDatasource) -> Any:
    columns = ", ".join(f"{value} AS {name}" for name, (value, *_) in COLUMNS.items())
    return source.add_query_asset("q", f"SELECT {columns}").add_batch_definition_whole_table("all").get_batch()


def test_a_type_is_compared_whole(batch: Any) -> None:
    expected = {True: 1, False: 2}
    for success, part in expected.items():
        for column, names in ((name, column[part]) for name, column in COLUMNS.items()):
            for name in names:
                result = batch.validate(gxe.ExpectColumnValuesToBeOfType(column=column, type_=name))
                assert bool(result.success) is success, (column, name, result.result, result.exception_info)
            if success:
                assert batch.validate(gxe.ExpectColumnTypeToBe(column=column, type_=names[0])).success
                listed = gxe.ExpectColumnValuesToBeInTypeList(column=column, type_list=["DATE", names[-1]])
                assert batch.validate(listed).success
            else:
                assert not batch.validate(gxe.ExpectColumnValuesToBeInTypeList(column=column, type_list=names)).success


def test_an_observed_type_is_whole_and_holds_no_value(batch: Any) -> None:
    def observed(column: str) -> Any:
        return batch.validate(gxe.ExpectColumnTypeToBe(column=column, type_="DATE")).result["observed_value"]

    assert [observed(column) for column in ("price", "numbers", "zoned", "record", "choice", "choices")] == [
        "DECIMAL(10,2)",
        "INTEGER[]",
        "TIMESTAMP WITH TIME ZONE",
        "STRUCT(a INTEGER, b VARCHAR[])",
        "ENUM",
        "ENUM[]",
    ]


@pytest.mark.parametrize("name", ["nothing", "INTEGER); SELECT 1", "", "STRUCT(", "dialect"])
def test_a_name_that_is_no_type_does_not_pass(batch: Any, name: str) -> None:
    result = batch.validate(gxe.ExpectColumnTypeToBe(column="whole", type_=name))
    assert not result.success
    assert batch.validate(gxe.ExpectColumnTypeToBe(column="whole", type_="INTEGER")).success
