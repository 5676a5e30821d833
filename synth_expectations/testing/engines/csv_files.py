"""CSV files, once DuckDB has read them."""

from __future__ import annotations

import csv
import math
from datetime import date
from typing import Any

from synth_expectations.testing.engines.duckdb import DuckdbEngine
from synth_expectations.testing.tables import Table

_CSV = {
    "boolean": "boolean",
    "integer": "integer",
    "float": "number",
    "decimal": "decimal(18,4)",
    "date": "date",
    "timestamp": "timestamp",
    "timestamptz": "timestamptz",
}


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
