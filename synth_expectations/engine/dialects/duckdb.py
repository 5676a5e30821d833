"""DuckDB, over Parquet files and over pandas frames."""

from __future__ import annotations

from sqlglot import exp

from synth_expectations.engine.dialects.base import Dialect, Status
from synth_expectations.engine.dialects.translations import call, call_of, cast, match_type_names
from synth_expectations.engine.schema import Family


def _trim_unless_clean(trim: exp.Trim) -> exp.Expr:
    """Return a column's text as it is where it starts and ends with a printable ASCII character; else trimmed.

    The end is tested first: taking it from some of the records costs twice what it costs from all of them. (RIGHT takes
    three times as long.)
    """
    text, lowest, highest = trim.this, exp.Literal.string("!"), exp.Literal.string("~")
    ends = [call("SUBSTR", text.copy(), exp.Literal.number(-1)), text]
    is_clean = exp.and_(*(exp.Between(this=end.copy(), low=lowest.copy(), high=highest.copy()) for end in ends))
    return exp.Case().when(is_clean, text.copy()).else_(trim.copy())


def _decode(value: exp.Expr) -> exp.Expr:
    """Return bytes as text; DECODE fails where they are no UTF-8, and the cast writes a byte beyond ASCII as its number."""
    return exp.Coalesce(this=call("TRY", call("DECODE", value)), expressions=[exp.cast(value.copy(), "TEXT")])


DIALECT = Dialect(
    name="duckdb",
    status=Status.PROVEN,
    sqlglot="duckdb",
    package="duckdb-engine",
    type_family=match_type_names(
        [
            ("VARCHAR|TEXT|STRING|ENUM", Family.TEXT),
            ("BOOLEAN", Family.BOOLEAN),
            ("U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER", Family.NUMBER),
            ("DECIMAL", Family.DECIMAL),
            ("FLOAT|DOUBLE", Family.FLOAT),
            ("TIMESTAMP(_NS)? WITH TIME ZONE", Family.ZONED),
            ("TIMESTAMP(_S|_MS|_NS)?", Family.NAIVE),
            ("DATE", Family.DATE),
            ("BLOB", Family.BINARY),
            ('"?NULL"?', Family.NOTHING),  # of Parquet columns that Arrow wrote without a type
        ]
    ),
    # AT TIME ZONE goes through ICU, row by row; a timestamp with zone is microseconds since 1970 in UTC already.
    from_zoned=lambda value: call("MAKE_TIMESTAMP", call("EPOCH_US", value)),
    from_naive=cast("TIMESTAMP"),  # TIMESTAMP_S, _MS and _NS too
    from_date=cast("TIMESTAMP"),
    second_digits=9,  # it cuts off those after the sixth
    decode=_decode,
    empty_values=("[]", "{}", '""', "null"),  # lists, maps and JSON
    name_folding="any",  # names are case-insensitive even in quotes
    # ISNAN is folded to false by the statistics of Parquet files, which leave NaN out (DuckDB 2.0: NaN passed unseen).
    is_nan=lambda value: exp.paren(exp.and_(~call("ISFINITE", value.copy()), ~call("ISINF", value.copy()))),
    byte_length=call_of("STRLEN"),  # its OCTET_LENGTH takes no text
    trim=_trim_unless_clean,  # trimming by a list of characters takes three times as long as looking
    dot_all="(?s)",  # its dot stops at the end of a line
    smallest_values=lambda column, count: f"MIN({column}, {count})",
    shares_subexpressions=True,
    prefilter="all",  # trimming a text and finding no pattern in it takes twice as long as finding none as it is
    rules_worth_a_scan=3,  # columns are read lazily, conditions computed for every row: half the time of one scan
)
