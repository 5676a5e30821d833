"""DuckDB, over Parquet files and over pandas frames."""

from __future__ import annotations

from sqlglot import exp

from synth_expectations.engine.dialects.base import Dialect, Status
from synth_expectations.engine.dialects.translations import (
    Translation,
    begins_and_ends,
    begins_small,
    call,
    call_of,
    cast,
    is_plain_key,
    is_printable,
    match_type_names,
)
from synth_expectations.engine.schema import Family
from synth_expectations.engine.trees import choose, conjoin, enclose, negate
from synth_expectations.rules.folding import WHITE_SPACE, WHITE_SPACE_CLASS


def _list_ends(text: exp.Expr) -> list[exp.Expr]:
    """Return the last character of a text and the text.

    The end is tested first: taking it from some of the records costs twice what it costs from all of them. (RIGHT takes
    three times as long.)
    """
    return [call("SUBSTR", text.copy(), exp.Literal.number(-1)), text.copy()]


def _is_plain_key(key: exp.Expr, longest_nothing: int) -> exp.Expr:
    ends = _list_ends(key)
    return is_plain_key(key, longest_nothing, "STRLEN", ends, last=ends[0])


def _is_trimmed(text: exp.Expr) -> exp.Expr:
    """Return whether a text begins and ends with a printable ASCII character."""
    return begins_and_ends(_list_ends(text), "!")


def _compute_once(value: exp.Expr, function: Translation) -> exp.Expr:
    """Return a function of a value, as that of the one element of a list.

    A list costs 0.6 µs a record, so it is for values that are rare; to plan a long value two dozen times takes 40 ms.
    Patterns in the function are compiled anew for each block of records that has such a value, so a missing one is none.
    """
    element = exp.column("synth_v")
    applied = exp.Lambda(this=function(element), expressions=[element.this.copy()], colon=True)
    once = call("LIST_EXTRACT", call("LIST_TRANSFORM", call("LIST_VALUE", value), applied), exp.Literal.number(1))
    column = value.this if isinstance(value, exp.Trim) else value
    return choose((exp.Not(this=exp.Is(this=column.copy(), expression=exp.Null())), once))


def _trim_unless_clean(trim: exp.Trim) -> exp.Expr:
    """Return a column's text as it is where it starts and ends with a printable ASCII character; else trimmed."""
    trimmed = _trim_by_pattern(trim) if trim.expression.name == WHITE_SPACE else trim.copy()
    if not isinstance(trim.this, exp.Column):  # anything else would be computed four times
        return trimmed
    return choose((_is_trimmed(trim.this), trim.this.copy()), otherwise=trimmed)


def _trim_by_pattern(trim: exp.Trim) -> exp.Expr:
    """Return a text without white space around it: a list of sixty characters takes fourteen times as long as a pattern."""
    pattern = exp.Literal.string(f"^[{WHITE_SPACE_CLASS}]+|[{WHITE_SPACE_CLASS}]+$")
    return exp.RegexpReplace(
        this=trim.this.copy(), expression=pattern, replacement=exp.Literal.string(""), modifiers=exp.Literal.string("g")
    )


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
            ("UUID", Family.UUID),
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
    map_sign="=",  # it quotes texts that hold one
    name_folding="any",  # names are case-insensitive even in quotes
    # ISNAN is folded to false by the statistics of Parquet files, which leave NaN out (DuckDB 2.0: NaN passed unseen).
    is_nan=lambda value: enclose(conjoin(negate(call("ISFINITE", value.copy())), negate(call("ISINF", value.copy())))),
    sha256=call_of("SHA256"),
    byte_length=call_of("STRLEN"),  # its OCTET_LENGTH takes no text
    is_trimmed=_is_trimmed,
    is_surely_given=is_printable,
    begins_small=begins_small,
    is_plain_key=_is_plain_key,
    hash_of=lambda value: f"HASH({value})",  # of a million ids in two thirds of the time
    compute_once=_compute_once,
    compose=call_of("NFC_NORMALIZE"),
    trim=_trim_unless_clean,  # trimming by a list of characters takes three times as long as looking
    dot_all="(?s)",  # its dot stops at the end of a line
    smallest_values=lambda column, count: f"MIN({column}, {count})",
    is_interrupted=True,  # it has no setting for it
    shares_subexpressions=True,
    stages_subexpressions=True,
    replaces_before_patterns=True,  # five letters in a third of the time of a pattern
    prefilter="all",  # trimming a text and finding no pattern in it takes twice as long as finding none as it is
    joins_words=10,
    rules_worth_a_scan=3,  # columns are read lazily, conditions computed for every row: half the time of one scan
)
