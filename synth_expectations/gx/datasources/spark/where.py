"""The condition that narrows a table on Spark: it means the same in every session, or a sentence says why not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import sqlglot
from sqlglot import exp

from synth_expectations.engine.adapters.spark import columns_of, said
from synth_expectations.engine.dialects.spark import DIALECT as SPARK
from synth_expectations.engine.schema import Columns, Family
from synth_expectations.engine.timestamps import PATTERN
from synth_expectations.errors import ConditionError
from synth_expectations.gx.datasources.spark.schemas import ALIKE
from synth_expectations.gx.datasources.unreadable_table import UnreadableTableError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_COMPARES = (
    *(exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.In, exp.Between, exp.NullSafeEQ, exp.NullSafeNEQ),
    exp.Coalesce,
)
_TEXTS = (exp.Lower, exp.Upper, exp.Trim)
_EPOCH = "TIMESTAMP_NTZ '1970-01-01 00:00:00'"


def narrowed(frame: DataFrame, where: str, table: str) -> DataFrame:
    """The rows of a frame for which a condition holds.

    Args:
        frame: all rows.
        where: the condition, in Spark's SQL.
        table: what sentences call the frame.

    Raises:
        UnreadableTableError: it names a column that there is not, or means one thing here and another elsewhere.
    """
    from pyspark.errors import PySparkException

    try:
        columns = columns_of(frame, table)
        tree = sqlglot.parse_one(where, read="spark")
        for compared in tree.find_all(*_COMPARES):
            _refuse_casts(compared, columns)
        return frame.where(SPARK.render(tree.transform(_in_utc, columns)))
    except PySparkException as error:
        raise UnreadableTableError(f"The where of {table} is refused: {said(error)}.", f"It is: {where}") from None
    except ConditionError as error:
        raise UnreadableTableError(f"The where of {table} is refused: {error.message}", error.hint) from None


def _in_utc(node: exp.Expr, columns: Columns) -> exp.Expr:
    """A column with a zone, as its time in UTC: Spark would compare it in the session's time zone."""
    if not isinstance(node, exp.Column) or columns.find(node.name).family is not Family.ZONED:
        return node
    column = node.sql(dialect="spark")
    return sqlglot.parse_one(f"TIMESTAMPADD(MICROSECOND, UNIX_MICROS({column}), {_EPOCH})", read="spark")


def _refuse_casts(compared: exp.Expr, columns: Columns) -> None:
    """Refuse what is compared only after a cast of records: an error in some sessions, and NULL in others."""
    sides = {side.sql(dialect="spark"): _family(side, columns) for side in compared.iter_expressions()}
    families = {family for family in sides.values() if family}
    times = families & {Family.DATE, Family.NAIVE}
    written = [side.name for side in compared.iter_expressions() if isinstance(side, exp.Literal) and side.is_string]
    if times and written and all(_is_moment(text) for text in written):
        families -= {Family.TEXT}
    if families and not any(families <= each for each in ALIKE):
        kinds = " with ".join(f"{side} ({family.value})" for side, family in sides.items() if family)
        raise ConditionError(f"it compares {kinds}.", "Write the value as the column has it.")


def _family(side: exp.Expr, columns: Columns) -> Family | None:
    """What a side of a comparison is; None where that is left to Spark."""
    match side:
        case exp.Column():
            found = columns.find(side.name).family
            return Family.NAIVE if found is Family.ZONED else found  # see _in_utc
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
    return re.fullmatch(PATTERN.strip("^$"), text) is not None
