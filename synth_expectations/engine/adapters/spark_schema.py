"""The columns of a Spark DataFrame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from synth_expectations.engine.dialects.spark import DIALECT as SPARK
from synth_expectations.engine.schema import Column, Columns
from synth_expectations.errors import ConditionError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def read_columns(frame: DataFrame, table: str) -> Columns:
    """Return the columns of a DataFrame; reads no data.

    Args:
        frame: the records.
        table: the name of the records in sentences.

    Raises:
        ConditionError: two columns differ only by case, or the session reads string literals in another way.
    """
    settings = frame.sparkSession.conf
    if settings.get("spark.sql.parser.escapedStringLiterals") == "true":
        raise ConditionError(
            "Spark reads text in queries as it did before 2.0: patterns and values would change their meaning.",
            "Set spark.sql.parser.escapedStringLiterals to false.",
        )
    columns = [Column(column.name, SPARK.type_family(column.dataType.simpleString())) for column in frame.schema.fields]
    return Columns(columns, table, None if settings.get("spark.sql.caseSensitive") == "true" else SPARK.name_folding)
