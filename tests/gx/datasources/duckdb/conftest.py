"""A lake of three days, and a data source on it."""

from __future__ import annotations

from pathlib import Path

import great_expectations as gx
import pytest

from synth_expectations.gx.datasources.duckdb.datasource import DuckDBDatasource
from tests.gx.datasources.duckdb.reading import DAYS, write


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    root = tmp_path / "lake [1]"  # brackets are not a pattern here
    for n, day in enumerate(DAYS, start=1):
        write(root / f"contact/extract_date={day}/part.parquet", Id=list(range(n)), Email=[f"{day}@x"] * n)
    return root


@pytest.fixture
def source(lake: Path) -> DuckDBDatasource:
    made = gx.get_context(mode="ephemeral").data_sources.add_duckdb("lake", path=str(lake))
    assert isinstance(made, DuckDBDatasource)
    return made
