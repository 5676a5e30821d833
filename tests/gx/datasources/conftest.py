"""A lake of three days."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gx.datasources.duckdb.reading import DAYS, write


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    root = tmp_path / "lake [1]"  # brackets are not a pattern here
    for n, day in enumerate(DAYS, start=1):
        write(root / f"contact/extract_date={day}/part.parquet", Id=list(range(n)), Email=[f"{day}@x"] * n)
    return root
