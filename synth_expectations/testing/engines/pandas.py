"""pandas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.testing.engines.base import BATCH_NAME, find_reference
from synth_expectations.testing.tables import Table

_DATABASE = "synth_cases"


class PandasEngine:
    """pandas frames, all in one DuckDB: to make one for each case would take longer than most cases."""

    name = "pandas"

    def __init__(self) -> None:
        self._database: Any = None

    def adapter(self, batch: Table, references: Mapping[str, Table]) -> Adapter:
        """See `Engine`."""
        from synth_expectations.engine.adapters.pandas import FrameAdapter

        self._open()
        return FrameAdapter(build_frame(batch), find_reference(references, build_frame), BATCH_NAME, database=_DATABASE)

    def _open(self) -> None:
        """Keep the database open between adapters."""
        from synth_expectations.engine.memory_database import open_memory_database

        if self._database is None:
            self._database = open_memory_database(_DATABASE)
            self._database.connect().close()

    def close(self) -> None:
        """See `Engine`."""
        if self._database is not None:
            self._database.dispose()


def build_frame(table: Table) -> Any:
    """Return a table as the usual frame: numbers with gaps are floats, booleans with gaps objects."""
    return table.arrow().to_pandas()
