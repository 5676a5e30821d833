"""The short name of the data source, `duckdb`, as long as Great Expectations has none of that name.

What `compile` writes has the long name, `duckdb_parquet`. So a compiled project works beside a data source `duckdb` of
Great Expectations (its pull request 12084), or of another package.
"""

from __future__ import annotations

import warnings
from typing import Literal

from great_expectations import __version__ as gx_version
from great_expectations.datasource.fluent.sources import DataSourceManager

from synth_expectations.gx.datasources.duckdb.datasource import DuckDBDatasource
from synth_expectations.gx.private_name import GreatExpectationsVersionWarning

NAME = "duckdb"


def register_short_name() -> None:
    """Register the data source under its short name too; where that is taken, leave it, and say so in a warning."""
    if NAME in DataSourceManager.type_lookup:
        owner = DataSourceManager.type_lookup[NAME]
        warnings.warn(
            f"The data source {NAME} is {owner.__module__}.{owner.__name__} (Great Expectations {gx_version}). That of "
            "synth_expectations is duckdb_parquet: compile again, or write add_duckdb_parquet and type: duckdb_parquet.",
            GreatExpectationsVersionWarning,
            stacklevel=2,
        )
        return

    class ShortNamedDuckDBDatasource(DuckDBDatasource):
        """The same data source, under its short name."""

        type: Literal["duckdb"] = "duckdb"  # type: ignore[assignment]
