"""The names of tables in a lineage graph, as other producers of OpenLineage write them, so that the graphs join.

They follow the naming of OpenLineage (openlineage.io/docs/spec/naming): a namespace for the server or the store, and a
name for the table or the directory. Neither has a user, a password or a parameter of an address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import takewhile
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
import sqlglot
from sqlglot import exp

from synth_expectations.engine.dialects.registry import find_dialect
from synth_expectations.engine.object_addresses import is_address
from synth_expectations.validation.sources.duckdb.file_table import FileTable
from synth_expectations.validation.sources.file_listing import split_glob
from synth_expectations.validation.sources.files import with_variables

DatasetName = tuple[str, str]
"""A namespace and a name."""

_HADOOP_NAMES = {"s3a": "s3", "s3n": "s3"}


def name_datasets(asset: Any) -> tuple[DatasetName, ...]:
    """Return the names of what an asset reads; none if they cannot be told, which is no reason to fail a run."""
    try:
        names = _name_directories(asset) if isinstance(asset, FileTable) else _name_tables(asset)
        return tuple(dict.fromkeys(names))
    except Exception:  # noqa: BLE001 - a driver, or Great Expectations, may raise anything
        return ()


def _name_directories(asset: Any) -> Iterator[DatasetName]:
    """Yield the directory of each glob: of the whole table, not of a partition."""
    for glob in asset.patterns:
        fixed, _ = split_glob(with_variables(glob))
        fixed = list(takewhile(lambda part: "=" not in part, fixed))
        path = "/".join([asset.datasource.base().rstrip("/"), *fixed])
        if not is_address(path):
            yield "file", path
            continue
        parts = urlsplit(path)
        scheme = _HADOOP_NAMES.get(parts.scheme, parts.scheme)
        yield f"{scheme}://{parts.netloc.rpartition('@')[2] if parts.password else parts.netloc}", parts.path.strip("/")


def _name_tables(asset: Any) -> Iterator[DatasetName]:
    engine: sa.Engine = asset.datasource.get_engine()
    name_table = _BY_BACKEND.get(engine.url.get_backend_name(), _name_any)
    for catalog, schema, table in find_tables(asset, engine):
        yield name_table(engine.url, catalog, schema or engine.dialect.default_schema_name or "", table)


def find_tables(asset: Any, engine: sa.Engine) -> Iterator[tuple[str, str, str]]:
    """Yield the catalog, the schema and the name of each table that an asset reads, as far as it says them."""
    if (query := getattr(asset, "query", None)) is None:
        # before the first connection, Great Expectations has a sign in the place of the schema
        schema = asset.schema_name if isinstance(asset.schema_name, str) else ""
        yield "", schema, str(asset.table_name).strip('"')
        return
    dialect = find_dialect(engine.dialect.name)
    parsed = sqlglot.parse_one(query, dialect=dialect.sqlglot if dialect else None)
    for table in parsed.find_all(exp.Table):
        yield table.catalog, table.db, table.name


def _name_postgresql(url: sa.URL, catalog: str, schema: str, table: str) -> DatasetName:
    return f"postgres://{_host(url)}:{url.port or 5432}", _join(catalog or url.database, schema or "public", table)


def _name_redshift(url: sa.URL, catalog: str, schema: str, table: str) -> DatasetName:
    """Name a table of a cluster, whose host is `CLUSTER.ID.REGION.redshift.amazonaws.com`, or of a workgroup."""
    labels = _host(url).split(".")
    host = f"{labels[0]}.{labels[2]}" if len(labels) > 3 and labels[-1] == "com" else _host(url)
    return f"redshift://{host}:{url.port or 5439}", _join(catalog or url.database, schema or "public", table)


def _name_snowflake(url: sa.URL, catalog: str, schema: str, table: str) -> DatasetName:
    """Name a table of an account, `ORGANIZATION-ACCOUNT`; the database of the address is `DATABASE/SCHEMA`."""
    database, _, default = (url.database or "").partition("/")
    return f"snowflake://{_host(url)}", _join(catalog or database, schema or default or "PUBLIC", table)


def _name_bigquery(url: sa.URL, catalog: str, schema: str, table: str) -> DatasetName:
    return "bigquery", _join(catalog or url.host, schema or url.database, table)


def _name_trino(url: sa.URL, catalog: str, schema: str, table: str) -> DatasetName:
    known, _, default = (url.database or "").partition("/")
    return f"trino://{_host(url)}:{url.port or 443}", _join(catalog or known, schema or default, table)


def _name_any(url: sa.URL, catalog: str, schema: str, table: str) -> DatasetName:
    port = f":{url.port}" if url.port else ""
    return f"{url.get_backend_name()}://{_host(url)}{port}", _join(catalog or url.database, schema, table)


_BY_BACKEND: dict[str, Callable[[sa.URL, str, str, str], DatasetName]] = {
    "postgresql": _name_postgresql,
    "redshift": _name_redshift,
    "snowflake": _name_snowflake,
    "bigquery": _name_bigquery,
    "trino": _name_trino,
}
"""Warehouses whose names the specification gives. Others are named alike: `BACKEND://HOST:PORT`."""


def _host(url: sa.URL) -> str:
    return url.host or "localhost"


def _join(*parts: str | None) -> str:
    return ".".join(part for part in parts if part)
