"""pandas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.testing.engines.base import BATCH_NAME, find_reference
from synth_expectations.testing.tables import Table


class PandasEngine:
    """pandas frames."""

    name = "pandas"

    def adapter(self, batch: Table, references: Mapping[str, Table]) -> Adapter:
        """See `Engine`."""
        from synth_expectations.engine.adapters.pandas import FrameAdapter

        return FrameAdapter(build_frame(batch), find_reference(references, build_frame), BATCH_NAME)

    def close(self) -> None:
        """See `Engine`: nothing was started."""


def build_frame(table: Table) -> Any:
    """Return a table as the usual frame: numbers with gaps are floats, booleans with gaps objects."""
    return table.arrow().to_pandas()
