"""Every expectation of Great Expectations on a data source, with what stock_expectations.yml says of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import great_expectations as gx
from great_expectations.expectations.registry import get_expectation_impl
from ruamel.yaml import YAML

from tests.gx.datasources.duckdb.reading import write

STOCK: dict[str, Any] = YAML(typ="safe").load(Path(__file__).with_name("stock_expectations.yml"))
EXPECTATIONS: dict[str, dict[str, Any]] = STOCK["expectations"]


def write_tables(directory: Path) -> None:
    """Write the table that is judged, one with as many rows, and one with fewer."""
    rows: dict[str, list[Any]] = STOCK["rows"]
    for name, count in (("record", 6), ("other", 6), ("few", 2)):
        write(directory / f"{name}.parquet", **{column: values[:count] for column, values in rows.items()})


def add_tables(source: Any) -> Any:
    """Add those tables to a data source, and return the batch definition of the one that is judged."""
    for name in ("other", "few"):
        source.add_parquet_asset(name, f"{name}.parquet")
    return source.add_parquet_asset("record", "record.parquet").add_batch_definition_whole_table("all")


def find_differences(data: Any, source: str) -> list[str]:
    """Return a line for each expectation that does not do on a source what is said of it.

    Args:
        data: the batch definition of the table.
        source: `duckdb` or `spark`.
    """
    differences = []
    for kind in ("holds", "fails", "tried"):
        said = {name: {**entry, **entry.get(source, {})} for name, entry in EXPECTATIONS.items()}
        said = {name: entry for name, entry in said.items() if kind in entry}
        expectations = [get_expectation_impl(name)(**entry[kind], meta={"name": name}) for name, entry in said.items()]
        results = data.get_batch().validate(gx.ExpectationSuite(kind, expectations=expectations)).results
        assert len(results) == len(said)
        for result in results:
            name = result.expectation_config.meta["name"]
            errs = kind == "tried" or "never" in said[name]
            expected = said[name]["error"] if errs else str(kind == "holds")
            observed = _error_of(result) or str(bool(result.success))
            if expected not in observed:
                differences.append(f"{name} ({kind}): {observed}, not {expected}")
    return differences


def _error_of(result: Any) -> str:
    info = result.exception_info
    first = info if "raised_exception" in info else next(iter(info.values()))
    return str(first["exception_message"]) if first["raised_exception"] else ""
