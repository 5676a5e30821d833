"""The engines that every expectation is proven on: where they differ, one line a difference, each with its reason."""

from __future__ import annotations

from sqlglot import exp

from synth_expectations.engine.dialects.base import Dialect
from synth_expectations.engine.dialects.translations import (
    by_whole_name,
    call,
    call_of,
    cast,
    plus_microseconds,
    same,
    text_in_utc,
    unless_printed_at_both_ends,
)
from synth_expectations.engine.schema import Family

POSTGRES_TYPES = {
    **dict.fromkeys((18, 19, 25, 1042, 1043), Family.TEXT),  # char, name, text, bpchar, varchar
    **dict.fromkeys((20, 21, 23, 26), Family.NUMBER),  # int8, int2, int4, oid
    **dict.fromkeys((700, 701, 1700), Family.FLOAT),  # float4, float8, and numeric, which may be NaN too
    16: Family.BOOLEAN,
    1082: Family.DATE,
    1114: Family.NAIVE,
    1184: Family.ZONED,
}

DUCKDB = Dialect(
    name="duckdb",
    family=by_whole_name(
        [
            ("VARCHAR|TEXT|STRING|ENUM", Family.TEXT),
            ("BOOLEAN", Family.BOOLEAN),
            ("U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER", Family.NUMBER),
            ("DECIMAL", Family.DECIMAL),
            ("FLOAT|DOUBLE", Family.FLOAT),
            ("TIMESTAMP(_NS)? WITH TIME ZONE", Family.ZONED),
            ("TIMESTAMP(_S|_MS|_NS)?", Family.NAIVE),
            ("DATE", Family.DATE),
        ]
    ),
    folds="any",  # names are case-insensitive even in quotes
    # `AT TIME ZONE` goes through ICU, row by row; a moment with zone is microseconds since 1970 in UTC already.
    from_zoned=lambda value: call("MAKE_TIMESTAMP", call("EPOCH_US", value)),
    from_naive=cast("TIMESTAMP"),  # TIMESTAMP_S, _MS and _NS too
    from_date=cast("TIMESTAMP"),
    # ISNAN is folded to false by the statistics of Parquet files, which leave NaN out (DuckDB 2.0: NaN passed unseen).
    nan=lambda value: exp.paren(exp.and_(~call("ISFINITE", value.copy()), ~call("ISINF", value.copy()))),
    dot_all="(?s)",
    byte_length=call_of("STRLEN"),  # its OCTET_LENGTH takes no text
    trims=unless_printed_at_both_ends,  # trimming by a list of characters takes three times as long as looking
    shares=True,
    smallest=lambda column, most: f"MIN({column}, {most})",
    rules_worth_a_scan=3,  # columns are read lazily, conditions computed for every row: half the time of one scan
    screens="all",  # trimming a text and finding no pattern in it takes twice as long as finding none in it as it is
)

POSTGRESQL = Dialect(
    name="postgresql",
    family=lambda oid: POSTGRES_TYPES.get(oid, Family.OTHER),
    from_zoned=lambda value: exp.AtTimeZone(this=value, zone=exp.Literal.string("UTC")),
    from_naive=same,
    from_date=cast("TIMESTAMP"),
    # PostgreSQL has no isnan, and its NaN equals itself.
    nan=lambda value: exp.EQ(this=exp.cast(value, "DOUBLE"), expression=exp.cast(exp.Literal.string("NaN"), "DOUBLE")),
    shares=True,
    screens="words",  # trimming is costly beside lower case, a pattern three times as much as four words
    spells=True,  # trimming and lower case take four times as long as reading a record
    rules_worth_a_scan=3,  # a condition is computed anew wherever it stands: what rows have in common is worth a scan
    # It pulls subqueries up, and computes what they computed again wherever it is read. In quotes: a number is made a
    # bigint so late that the planner thinks of a limit, under which no workers read in parallel.
    fence="'0'",
    most_patterns=30,  # it caches 32 compiled ones; the 33rd in a query made it 14 times slower
)

SPARK = Dialect(
    name="spark",
    family=by_whole_name(
        [
            ("string|char|varchar", Family.TEXT),
            ("boolean", Family.BOOLEAN),
            ("tinyint|smallint|int|bigint", Family.NUMBER),
            ("decimal", Family.DECIMAL),
            ("float|double", Family.FLOAT),
            ("timestamp_ntz", Family.NAIVE),
            ("timestamp", Family.ZONED),  # an instant, whatever the session's time zone
            ("date", Family.DATE),
        ]
    ),
    folds="any",  # unless spark.sql.caseSensitive is on
    moment_type="TIMESTAMPLTZ",  # what TIMESTAMP is depends on spark.sql.timestampType
    naive_type="TIMESTAMPNTZ",  # for the same reason
    from_text=cast("TIMESTAMPLTZ"),
    literal_suffix="Z",  # a text without one is read in the session's time zone
    needs_seconds=True,  # `09:30Z` cannot be cast
    from_zoned=same,
    from_naive=text_in_utc("Z"),  # its cast to TIMESTAMP reads in the session's time zone
    from_date=text_in_utc(" 00:00:00Z"),
    nan=lambda value: exp.IsNan(this=value),
    later=plus_microseconds,  # months are added in the session's time zone, where another day may be the last
    # Casts to text and date show the session's time zone, in which one hour of the year comes twice.
    second=lambda moment: exp.cast(call("UNIX_SECONDS", moment), "TEXT"),
    day=lambda moment: exp.cast(call("FLOOR", call("UNIX_SECONDS", moment) / exp.Literal.number(86400)), "TEXT"),
    dot_all="(?s)",
    end="(?![^a]|a)",  # Java's `$` lets a line end follow
    dollar="\\u0024{",  # `${x}` is a variable, also within quotes
    shares=True,
)
