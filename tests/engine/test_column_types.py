"""Values of every type that an engine has: which are blank, a marker's word, a pattern's, a name, a key, and a time."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest
import sqlalchemy as sa

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.adapters.pandas import FrameAdapter
from synth_expectations.engine.adapters.spark import SparkAdapter
from synth_expectations.engine.adapters.sqlalchemy import SqlAdapter
from synth_expectations.engine.compiler import Compiler
from synth_expectations.engine.count_query import CountQuery
from synth_expectations.errors import NoTimeError
from synth_expectations.rules.expressions import (
    field,
    is_blank,
    is_equal,
    is_one_of,
    is_readable,
    literal,
    matches,
    normalize,
    normalize_key,
)
from synth_expectations.testing import Engine
from tests.engine.forms import AS_OF

VALUE = field("c")
IS = {
    "blank": is_blank(VALUE),
    "word": is_one_of(VALUE, ["ann", "1", "true"]),
    "pattern": matches(VALUE, "[aA]nn.*"),
    "name": is_equal(normalize(VALUE, "name"), literal("ann")),
    "key": is_equal(normalize_key(VALUE), literal("1")),
    "time": is_readable(VALUE),
}
TEXT = "word pattern name"
DAY = "2026-11-01"
ISO = f"{DAY}T09:30:00Z"

IN_SQL = {
    "duckdb": [
        ("'Ann'::BLOB", TEXT), ("''::BLOB", "blank"), (f"'{ISO}'::BLOB", "time"), (r"'\xFF'::BLOB", ""),
        ("'ann'::ENUM('ann', 'bob')", TEXT), ("NULL::ENUM('ann')", "blank"),
        ("'Ann'::VARCHAR(9)", TEXT), ("'1'::JSON", "word key -time"),
        ("'\"\"'::JSON", "blank -time"), ("'{}'::JSON", "blank -time"),
        ("[]::VARCHAR[]", "blank -time"), ("['Ann']", "-time"), ("array_value('Ann', 'Bob')", "-time"),
        ("MAP {}::MAP(VARCHAR, VARCHAR)", "blank -time"), ("{'a': 1}", "-time"),
        ("{'a': NULL::TEXT, 'b c': {'d': ''}}", "blank -time"), ("{'a': NULL, 'b': 'x'}", "-time"),
        ("['YWI=']", "-time"), ("{'a': 'YWI='}", "-time"), ("MAP {'k': 'x='}", "-time"),
        ("[NULL, '']", "blank -time"), ("MAP {'k': NULL::TEXT}", "blank -time"), ("'{\"a\": null}'::JSON", "blank -time"),
        ("union_value(a := 'Ann')", "word pattern name -time"), ("NULL::UUID", "blank -time"),
        ("'11111111-2222-3333-4444-555555555555'::UUID", "-time"),
        ("NULL", "blank"), ("1::HUGEINT", "word key -time"), ("1::UTINYINT", "word key -time"),
        ("1.0::DECIMAL(3, 1)", "word key -time"), ("1::REAL", "word key -time"), ("'NaN'::REAL", "blank"),
        ("NULL::INTEGER", "blank"), ("NULL::BOOLEAN", "blank -time"), ("TRUE", "word -time"), ("INTERVAL 1 DAY", "-time"),
        ("TIME '09:30:00'", "-time"), (f"'{DAY}'::DATE", "time"), (f"'{ISO}'::TIMESTAMP_NS", "time"),
        (f"'{ISO}'::TIMESTAMP_S", "time"), (f"'{ISO}'::TIMESTAMP_MS", "time"), (f"'{ISO}'::TIMESTAMPTZ", "time"),
        ("'101'::BIT", "-time"),
    ],
    "postgresql": [
        ("'Ann'::bytea", TEXT), ("''::bytea", "blank"), (f"'{ISO}'::bytea", "time"), (r"'\xff'::bytea", ""),
        ("'ann'::test_enum", TEXT), ("NULL::test_enum", "blank"), ("'Ann'::test_domain", TEXT),
        ("''::test_domain", "blank"), (f"'{ISO}'::test_domain", "time"), ("'Ann'::char(9)", TEXT), ("'Ann'::varchar", TEXT),
        ("'Ann'::name", TEXT), ("'Ann' COLLATE \"C\"", TEXT), ("'Ann' COLLATE \"POSIX\"", TEXT),
        ("'{}'::text[]", "blank -time"), ("'{Ann}'::text[]", "-time"), ("'{}'::test_enum[]", "blank"),
        ("'{}'::json", "blank -time"), ("'null'::jsonb", "blank -time"), ("'[]'::jsonb", "blank -time"),
        ("'{YWI=,x=,NULL}'::text[]", "-time"),
        ("'{NULL,\"\"}'::text[]", "blank -time"), ("'{\"a\": {\"b\": null}}'::jsonb", "blank -time"),
        ("row(1, 2)::test_row", ""), ("row(NULL, NULL)::test_row", "blank"), ("'{\"a\": [0]}'::jsonb", "-time"),
        ("NULL::uuid", "blank -time"), ("'11111111-2222-3333-4444-555555555555'::uuid", "-time"),
        ("1::smallint", "word key -time"), ("1::real", "word key -time"), ("'NaN'::real", "blank"),
        ("'NaN'::numeric", "blank"), ("1.0::numeric", "word key -time"), ("NULL::integer", "blank"),
        ("TRUE", "word -time"), ("interval '1 day'", "-time"), ("time '09:30'", "-time"), (f"'{DAY}'::date", "time"),
        (f"'{ISO}'::timestamp", "time"), (f"'{ISO}'::timestamptz", "time"), ("'1.2.3.4'::inet", "-time"),
        ("'$1.00'::money", "-time"), ("B'101'", "-time"), ("'[1,2)'::int4range", "-time"), ("'a'::tsvector", "-time"),
    ],
    "spark": [
        ("CAST('Ann' AS BINARY)", TEXT), ("CAST('' AS BINARY)", "blank"), (f"CAST('{ISO}' AS BINARY)", "time"),
        ("X'FF'", ""), ("NULL", "blank"), ("ARRAY()", "blank -time"), ("ARRAY('Ann')", "-time"), ("MAP()", "blank -time"),
        ("NAMED_STRUCT('a', 1)", "-time"),
        ("NAMED_STRUCT('a', NULL, 'b', '')", "blank -time"), ("ARRAY('YWI=')", "-time"),
        ("MAP('k', CAST(NULL AS STRING))", "blank -time"), ("ARRAY(NULL)", "blank -time"),
        ("CAST(1 AS TINYINT)", "word key -time"), ("CAST('NaN' AS FLOAT)", "blank"),
        ("CAST(1 AS DECIMAL(3, 1))", "word key -time"), ("CAST(NULL AS INT)", "blank"), ("TRUE", "word -time"),
        ("INTERVAL 1 DAY", "-time"), (f"DATE '{DAY}'", "time"), (f"TIMESTAMP_NTZ '{DAY} 09:30:00'", "time"),
        (f"TIMESTAMP_LTZ '{ISO}'", "time"), ("CAST('Ann' AS VARCHAR(9))", TEXT), ("CAST('Ann' AS CHAR(9))", TEXT),
    ],
}  # fmt: skip

IN_PANDAS: list[tuple[Any, str]] = [
    ([b"Ann"], TEXT), ([b""], "blank"), ([[]], "blank"), ([["Ann"]], ""), ([{}], "blank"), ([{"a": None}], "blank"),
    ([[None]], "blank"), ([[pd.NA, pd.NaT]], "blank"), (["Ann"], TEXT), ([None], "blank"),
    ([float("nan")], "blank"), ([1], "word key -time"), ([1.0], "word key -time"), ([True], "word -time"),
    ([Decimal("1.0")], "word key -time"), ([pd.Timestamp(ISO)], "time"), ([dt.date(2026, 11, 1)], "time"),
    (pd.Series([pd.Timestamp(f"{DAY}T09:30:00.123456789")], dtype=object), "time"), (pd.array([pd.NA], "string"), "blank"),
    (pd.Series(pd.to_datetime([ISO])).astype("datetime64[ns, UTC]"), "time"),
    (pd.Series(pd.to_datetime([DAY])).astype("datetime64[s]"), "time"), (pd.Series([pd.NaT], dtype=object), "blank"),
    (pd.Series([pd.Timedelta("1D")]), "-time"), (pd.Series([pd.Period(DAY, "D")]), "time"),
    (pd.Series(["Ann"], dtype="category"), TEXT), (pd.Series([None], dtype="category"), "blank"),
    *((pd.Series(pa.array(["Ann"], kind)), TEXT) for kind in (pa.string(), pa.large_string(), pa.string_view())),
    *((pd.Series(pa.array(values).to_pandas(types_mapper=pd.ArrowDtype)), found) for values, found in [
        (pa.array(["Ann"], pa.large_string()), TEXT), (pa.array(["Ann"], pa.string_view()), TEXT),
        (pa.array(["Ann"]).dictionary_encode(), TEXT), (pa.nulls(1), "blank"), (pa.array([b"Ann"]), TEXT),
        (pa.array([b"Ann"], pa.binary(3)), TEXT), (pa.array([Decimal("1.0")]), "word key -time"),
        (pa.array([1], pa.float16()), "word key -time"), (pa.array([1], pa.timestamp("ns")), "time"),
        (pa.array([1], pa.duration("us")), "-time"), (pa.array([[]], pa.list_(pa.string())), "blank -time"),
    ]),
]  # fmt: skip


def answer(table: Adapter) -> str:
    """Return what the one value of column `c` is; `-time` where a time would be an error, in a sentence."""
    columns = table.columns()
    compiler = Compiler(columns, table.dialect, AS_OF)
    answers = []
    for what, condition in IS.items():
        try:
            [counts] = table.count([CountQuery.of([compiler.compile(condition)])])
        except NoTimeError:  # a sentence: see tests/runner/test_rows_of_no_day.py
            answers.append(f"-{what}")
        else:
            answers += [what] if counts.by_condition[0] else []
    return " ".join(answers)


@pytest.mark.full_on("spark")
@pytest.mark.only_on("duckdb", "postgresql", "spark")
def test_values_in_sql(engine: Engine) -> None:
    if engine.name == "spark":
        session = engine.start()  # type: ignore[attr-defined]
        tables = {
            sql: SparkAdapter(session.sql(f"SELECT {sql} AS c"), {}.__getitem__, "t") for sql, _ in IN_SQL["spark"]
        }
        assert {sql: answer(table) for sql, table in tables.items()} == dict(IN_SQL["spark"])
        return
    server = engine.start()  # type: ignore[attr-defined]
    if engine.name == "postgresql":
        with server.begin() as connection:
            for made in (
                "TYPE test_enum AS ENUM ('ann')",
                "DOMAIN test_domain AS text",
                "TYPE test_row AS (a int, b int)",
            ):
                connection.exec_driver_sql(f"CREATE {made}")
    answers = {}
    for sql, _ in IN_SQL[engine.name]:
        rows = sa.select(sa.literal_column(sql).label("c"))
        answers[sql] = answer(SqlAdapter(server.connect, rows, {}.__getitem__, "t"))
    assert answers == dict(IN_SQL[engine.name])


@pytest.mark.parametrize(("values", "found"), IN_PANDAS)
def test_values_in_frames(values: Any, found: str) -> None:
    assert answer(FrameAdapter(pd.DataFrame({"c": values}), {}.__getitem__, "t")) == found
