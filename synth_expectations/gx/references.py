"""The tables in which expectations look records up.

A reference is the name of an asset of the same data source: in a compiled project, a table of the policy. Under pandas
and Spark it may also be a frame that was given a name here with `add`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from great_expectations.core.batch import Batch
from great_expectations.data_context.data_context.context_factory import project_manager
from great_expectations.datasource.fluent.interfaces import Batch as FluentBatch
from great_expectations.datasource.fluent.interfaces import DataAsset, Datasource
from great_expectations.exceptions import GreatExpectationsError
from great_expectations.execution_engine import ExecutionEngine, SqlAlchemyExecutionEngine

from synth_expectations.errors import ConditionError
from synth_expectations.validation.references import (
    build_unknown_reference_error,
    build_unread_reference_error,
    is_security_accepted,
)
from synth_expectations.validation.sources.duckdb.file_table import FileTable
from synth_expectations.validation.sources.unreadable_table import UnreadableTableError

_frames: dict[str, Any] = {}


def add(name: str, frame: Any) -> None:
    """Give a pandas or Spark frame a name under which expectations find it.

    Args:
        name: the value of `reference=`.
        frame: a pandas or Spark DataFrame; a frame of that name is replaced.
    """
    _frames[name] = frame


def table_name(engine: ExecutionEngine, domain: dict[str, Any]) -> str:
    """Return the name of a batch's table in sentences: that of its asset."""
    batch = batch_of(engine, domain)
    return batch.batch_definition.data_asset_name if batch else "the batch"


def reference_finder(engine: ExecutionEngine, domain: dict[str, Any]) -> Callable[[str], Any]:
    """Return a function that finds references for a batch: a selectable for SQL, a frame for pandas and Spark.

    The function raises `ConditionError` for an unknown name, and for a table that cannot be read.
    """
    return finder(engine, lambda: datasource_of(engine, domain))


def finder(engine: ExecutionEngine, datasource: Callable[[], Datasource[Any, Any] | None]) -> Callable[[str], Any]:
    """Return a function that finds references among a data source's tables and named frames; see `reference_finder`."""

    def find(name: str) -> Any:
        source = datasource()
        names = source.get_asset_names() if source else set()
        if source and name in names:
            return _loaded(source.get_asset(name), engine)
        if name in _frames and not isinstance(engine, SqlAlchemyExecutionEngine):
            return _frames[name]
        raise build_unknown_reference_error(name, {*names, *_frames})

    return find


def accepts_row_security(engine: ExecutionEngine, domain: dict[str, Any], table: str) -> bool:
    """Return whether the policy accepts that row-level security filters a table of a batch's data source."""
    source = datasource_of(engine, domain)
    return source is not None and is_security_accepted(source, table)


def _loaded(asset: DataAsset[Any, Any], engine: ExecutionEngine) -> Any:
    try:
        if isinstance(engine, SqlAlchemyExecutionEngine) or isinstance(asset, FileTable):
            return asset.as_selectable()  # type: ignore[attr-defined]
        requests = asset.get_batch_identifiers_list(asset.build_batch_request())
        if len(requests) != 1:
            raise ConditionError(
                f"The reference {asset.name} is {len(requests)} batches.",
                "Make it one: a directory asset, or a duckdb data source over its Parquet files.",
            )
        return asset.get_batch(asset.build_batch_request()).data.dataframe  # type: ignore[attr-defined]
    except (GreatExpectationsError, UnreadableTableError) as error:
        raise build_unread_reference_error(asset.name, error) from None


def datasource_of(engine: ExecutionEngine, domain: dict[str, Any]) -> Datasource[Any, Any] | None:
    """Return the data source of the batch itself: the project that was opened last may be another worker's."""
    batch = batch_of(engine, domain)
    if batch is None:
        return None
    if isinstance(batch, FluentBatch):
        return batch.datasource
    return project_manager.get_datasources().get(batch.batch_definition.datasource_name)  # type: ignore[return-value]


def batch_of(engine: ExecutionEngine, domain: dict[str, Any]) -> Batch | None:
    """Return the batch of a domain, as it was loaded last."""
    cache = engine.batch_manager.batch_cache
    return cache.get(domain.get("batch_id") or engine.batch_manager.active_batch_id or "")  # type: ignore[return-value]
