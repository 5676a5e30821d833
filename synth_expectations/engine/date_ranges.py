"""Days, months and years of a table as ranges of a column, so that engines skip what lies outside.

A day is a day in UTC, whatever the column holds: a date, a time with or without zone, or text in ISO 8601. The column
itself is compared with constants, so that indexes, partitions, files and row groups can be chosen by it, and the time
zone of a session has no influence. Rows without a readable time belong to no day.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlglot import exp

from synth_expectations.engine.compiler import Compiler
from synth_expectations.engine.dialects.base import Dialect
from synth_expectations.engine.rendering import render
from synth_expectations.engine.schema import Columns, Family
from synth_expectations.engine.trees import conjoin, disjoin, negate
from synth_expectations.errors import ConditionError
from synth_expectations.rules.expressions import field, literal, to_timestamp
from synth_expectations.rules.nodes import TimestampLiteral


def find_date_range(year: int, month: int | None = None, day: int | None = None) -> tuple[date, date]:
    """Return the first day of a year, month or day, and that of the next one.

    Raises:
        ConditionError: there is no such day.
    """
    try:
        start = date(year, month or 1, 1 if day is None else day)
        if day is not None:
            return start, start + timedelta(days=1)
        if month is not None:
            return start, date(year + month // 12, month % 12 + 1, 1)
        return start, date(year + 1, 1, 1)
    except (ValueError, OverflowError):
        batch = "-".join(str(part) for part in (year, month, day) if part is not None)
        raise ConditionError(f"The batch {batch} is not a day, month or year.", "Choose one that exists.") from None


def compile_date_range(columns: Columns, dialect: Dialect, column: str, start: date, end: date) -> str:
    """Return the SQL condition that a column lies in a date range, from the start and before the end.

    Raises:
        ConditionError: there is no such column, or it holds no time.
    """
    known = columns.find(column)
    value = exp.column(known.name, quoted=True)
    match known.family:
        case Family.DATE:
            return render(dialect, _between(value, *(exp.cast(literal(str(day)), "DATE") for day in (start, end))))
        case Family.NAIVE:
            bounds = (exp.cast(literal(f"{day} 00:00:00"), dialect.naive_type) for day in (start, end))
            return render(dialect, _between(value, *bounds))
        case Family.ZONED:
            zoned = (dialect.from_text(literal(f"{day} 00:00:00Z")) for day in (start, end))
            return render(dialect, _between(value, *zoned))
    compiler = _compiler(columns, dialect)
    text = compiler.translate(field(column))
    timestamps = (compiler.translate(TimestampLiteral(this=literal(f"{day} 00:00:00"))) for day in (start, end))
    exact = _between(compiler.translate(to_timestamp(field(column))), *timestamps)
    # Offsets stay below 15 hours: a day more on each side holds all, and is compared as text, which is pushed down.
    first = start - timedelta(days=1) if start > date.min else start
    last = end + timedelta(days=1) if end < date.max else end
    extended = _between(text, literal(str(first)), literal(str(last)))
    basic = _between(text, literal(f"{first:%Y%m%d}"), literal(f"{last:%Y%m%d}"))
    return render(dialect, conjoin(disjoin(extended, basic), exact))


def compile_timestamp(columns: Columns, dialect: Dialect, column: str) -> str:
    """Return the SQL of a column as a timestamp; NULL where it holds none.

    Raises:
        ConditionError: there is no such column, or it holds no time.
    """
    return _compiler(columns, dialect).compile(to_timestamp(field(column)))


def compile_text(columns: Columns, dialect: Dialect, column: str) -> str:
    """Return the SQL of a column as text, times in ISO 8601; see `Compiler.compile_text`.

    Raises:
        ConditionError: there is no such column.
    """
    return _compiler(columns, dialect).compile_text(column)


def compile_no_day(columns: Columns, dialect: Dialect, column: str) -> str:
    """Return the SQL condition that a column holds no day that a batch could name: nothing, or no time, or infinity.

    Raises:
        ConditionError: there is no such column, or it holds no time.
    """
    compiler = _compiler(columns, dialect)
    value = compiler.translate(to_timestamp(field(column)))
    first, last = (
        compiler.translate(TimestampLiteral(this=literal(f"{day} 00:00:00"))) for day in (date.min, date.max)
    )
    is_nothing = exp.Is(this=value.copy(), expression=exp.Null())
    return render(dialect, disjoin(is_nothing, negate(_between(value, first, last))))


def _compiler(columns: Columns, dialect: Dialect) -> Compiler:
    # as_of is not part of these conditions, but the compiler takes one
    return Compiler(columns, dialect, datetime(1970, 1, 1, tzinfo=UTC))


def _between(value: exp.Expr, start: exp.Expr, end: exp.Expr) -> exp.Expr:
    return conjoin(exp.GTE(this=value.copy(), expression=start), exp.LT(this=value.copy(), expression=end))
