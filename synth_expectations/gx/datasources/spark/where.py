"""Filter a table on Spark with a condition that means the same in every session; refuse any other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import sqlglot
from sqlglot import exp

from synth_expectations.engine.adapters.spark_errors import summarize_error
from synth_expectations.engine.adapters.spark_schema import read_columns
from synth_expectations.engine.dialects.spark import DIALECT as SPARK
from synth_expectations.engine.rendering import render
from synth_expectations.engine.schema import ALIKE, Columns, Family
from synth_expectations.engine.timestamps import match_timestamp
from synth_expectations.errors import ConditionError
from synth_expectations.gx.datasources.spark.schemas import EPOCH
from synth_expectations.validation.sources.unreadable_table import UnreadableTableError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_COMPARES = (
    *(exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.In, exp.Between, exp.NullSafeEQ, exp.NullSafeNEQ),
    exp.Coalesce,
)
_TEXTS = (exp.Lower, exp.Upper, exp.Trim)


def filter_frame(frame: DataFrame, where: str, table: str) -> DataFrame:
    """Return the rows of a frame that meet a condition.

    Args:
        frame: all rows.
        where: the condition, in Spark's SQL.
        table: the name of the table, for errors.

    Raises:
        UnreadableTableError: it names a column that does not exist, or its meaning depends on the session.
    """
    from pyspark.errors import PySparkException

    try:
        columns = read_columns(frame, table)
        tree = sqlglot.parse_one(where, read="spark")
        for compared in tree.find_all(*_COMPARES):
            _refuse_casts(compared, columns)
        return frame.where(render(SPARK, tree.transform(_in_utc, columns)))
    except PySparkException as error:
        raise UnreadableTableError(
            f"The where of {table} is refused: {summarize_error(error)}.", f"It is: {where}"
        ) from None
    except ConditionError as error:
        raise UnreadableTableError(f"The where of {table} is refused: {error.message}", error.hint) from None


def _in_utc(node: exp.Expr, columns: Columns) -> exp.Expr:
    """Replace a column with a zone by its time in UTC: Spark would compare it in the session's time zone."""
    if not isinstance(node, exp.Column) or columns.find(node.name).family is not Family.ZONED:
        return node
    column = node.sql(dialect="spark")
    return sqlglot.parse_one(f"TIMESTAMPADD(MICROSECOND, UNIX_MICROS({column}), {EPOCH})", read="spark")


def _refuse_casts(compared: exp.Expr, columns: Columns) -> None:
    """Refuse a comparison that casts values of records: it is an error in some sessions, and NULL in others."""
    sides = {side.sql(dialect="spark"): _family(side, columns) for side in compared.iter_expressions()}
    families = {family for family in sides.values() if family}
    times = families & {Family.DATE, Family.NAIVE}
    written = [side.name for side in compared.iter_expressions() if isinstance(side, exp.Literal) and side.is_string]
    if times and written and all(_is_moment(text) for text in written):
        families -= {Family.TEXT}
    if families and not any(families <= alike for alike in ALIKE):
        kinds = " with ".join(f"{side} ({family.value})" for side, family in sides.items() if family)
        raise ConditionError(f"it compares {kinds}.", "Write the value as the column has it.")


def _family(side: exp.Expr, columns: Columns) -> Family | None:
    """Return the type family of a side of a comparison; None if that is left to Spark."""
    match side:
        case exp.Column():
            family = columns.find(side.name).family
            return Family.NAIVE if family is Family.ZONED else family  # see _in_utc
        case exp.Literal():
            return Family.TEXT if side.is_string else Family.NUMBER
        case exp.Boolean():
            return Family.BOOLEAN
        case exp.Cast():
            return Family.DATE
        case exp.Length():
            return Family.NUMBER
    return Family.TEXT if isinstance(side, _TEXTS) else None


def _is_moment(text: str) -> bool:
    return re.fullmatch(match_timestamp(SPARK.second_digits).strip("^$"), text) is not None
