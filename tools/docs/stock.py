"""Which expectations of Great Expectations work on the data sources over Parquet files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tools.docs.markdown import code, page, plain, table

ROOT = Path(__file__).parents[2]
TYPES = ROOT / "synth_expectations" / "policy" / "gx_expectations.json"
FILE = ROOT / "tests" / "gx" / "datasources" / "stock_expectations.yml"
SOURCES = {"duckdb": "DuckDB", "spark": "Spark"}

_NOTES = r"""
## Other assets

On DuckDB, `ExpectTableRowCountToEqualOtherTable`, and the queries of `UnexpectedRowsExpectation` and
`ExpectQueryResultsToMatchComparison`, can refer to any asset of the data source. They read the files that the asset has
when the query runs, whatever the order in the checkpoint. If the asset cannot be read, the result is errored and names it.
The batch itself does not change until all its metrics are computed.

## Names of types

On DuckDB, the expectations on types compare the full type. `INTEGER[]` is not `INTEGER`, `DECIMAL(10,2)` is not
`DECIMAL(12,2)`, and `TIMESTAMP WITH TIME ZONE` is not `TIMESTAMP`. Names follow DuckDB and are not case-sensitive:
`bigint`, `int8` and `BIGINT` are the same. Without parameters, `DECIMAL`, `LIST`, `ARRAY`, `STRUCT`, `MAP`, `UNION` and
`ENUM` match every type of that kind, and `TIMESTAMP` matches any precision. SQLAlchemy's names, such as `Integer`, `String`
and `DateTime`, match all types of their kind.

## Regular expressions

DuckDB uses [RE2](https://github.com/google/re2/wiki/Syntax), which does not support look-around and back references: a
result with such a pattern is errored. `\w`, `\d`, `\s` and `\b` match only ASCII, so `^\w+$` does not match `Müller`, but
`^[\p{L}\d_]+$` does. A pattern matches anywhere in the value, unless it has `^` and `$`.

## A data source of the same name

The DuckDB data source of this package has the type `duckdb_parquet`, which `compile` writes, and the short name `duckdb`. If
Great Expectations or another package has already registered a data source `duckdb`, that one keeps the name, and a warning
says so. Compiled projects are not affected. In a project that you wrote by hand, replace `type: duckdb` with
`type: duckdb_parquet`, and `add_duckdb` with `add_duckdb_parquet`.

## Versions

Great Expectations 1.24 declares no upper bounds, but does not work with all newer releases. This package therefore declares
them:

- SQLAlchemy below 2.1. With 2.1, `row_condition` fails for medians, quantiles, distinct values, most common values and
  Kullback-Leibler divergence, on every SQL data source.
- marshmallow below 4. With 4, a quantile result cannot be stored, and no other result of its suite is stored either.
"""


def pages() -> Iterator[tuple[str, str]]:
    """Yield the page by its path below docs."""
    yield "stock_expectations.md", page(_page())


def _page() -> Iterator[str]:
    expectations: dict[str, dict[str, Any]] = YAML(typ="safe").load(FILE)["expectations"]
    types = list(json.loads(TYPES.read_text(encoding="utf-8"))["types"])
    counts = {source: sum("never" not in expectations[name].get(source, {}) for name in types) for source in SOURCES}
    yield "# Great Expectations' own expectations"
    yield ""
    yield f"Great Expectations has {len(types)} expectations. {counts['duckdb']} of them work on Parquet files with DuckDB, and"
    yield f"{counts['spark']} with Spark (`engine: spark`). A test runs each of them on both engines, with data that passes and"
    yield "data that fails. This page is generated from that test."
    yield ""
    rows = [
        (code(class_name(name)), *(_status(expectations[name].get(source, {})) for source in SOURCES)) for name in types
    ]
    yield from table(("expectation", *SOURCES.values()), rows)
    yield ""
    yield "On other data sources, they work as Great Expectations says."
    yield ""
    yield from _NOTES.splitlines()


def class_name(name: str) -> str:
    """Return the name of the class of an expectation of Great Expectations.

    Args:
        name: the type of the expectation, as `expect_column_to_exist`.
    """
    return "".join({"kl": "KL"}.get(word, word.capitalize()) for word in name.split("_"))


def _status(entry: dict[str, Any]) -> str:
    if reason := entry.get("never"):
        return f"never: {plain(reason)}"
    return f"works but for {plain(entry['but'])}." if "but" in entry else "works"
