"""A data source on the lake."""

from __future__ import annotations

from pathlib import Path

import great_expectations as gx
import pytest

from synth_expectations.gx.datasources.duckdb.datasource import DuckDBDatasource


@pytest.fixture
def source(lake: Path) -> DuckDBDatasource:
    made = gx.get_context(mode="ephemeral").data_sources.add_duckdb("lake", path=str(lake))
    assert isinstance(made, DuckDBDatasource)
    return made
