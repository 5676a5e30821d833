"""The execution engine of the DuckDB data source: views of files, as Great Expectations runs metrics on them.

An asset is a table of DuckDB once it has a view. Great Expectations loads one batch at a time, and its expectations may
name other assets: another table to count, a join, a query to compare with.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from great_expectations.core.batch_spec import BatchSpec
from great_expectations.execution_engine import SqlAlchemyExecutionEngine

from synth_expectations.errors import SynthError
from synth_expectations.gx.datasources.duckdb.column_types import TypeNames
from synth_expectations.validation.sources.date_partitions import PARTITION_PARTS, find_date_range_of
from synth_expectations.validation.sources.duckdb.views import DuckDBViews
from synth_expectations.validation.sources.unreadable_table import UnreadableTable, UnreadableTableError


class DuckDBParquetEngine(DuckDBViews, SqlAlchemyExecutionEngine):
    """Runs on a DuckDB of its own, in memory; its queries may name any asset of its data source.

    Great Expectations keeps metrics by the name of the engine's class, so an engine of its own for DuckDB must have
    another.

    Args:
        name: the name of the data source.
        kwargs: arguments of SQLAlchemy's `create_engine`, such as `connect_args: {config: {threads: 2}}`.
    """

    def __init__(self, name: str | None = None, kwargs: dict[str, Any] | None = None, **_: Any) -> None:
        self._resolving = False
        DuckDBViews.__init__(self, kwargs)
        SqlAlchemyExecutionEngine.__init__(self, engine=self.engine, create_temp_table=False, name=name)
        self.dialect_module = TypeNames(self._kept)

    def resolve_metrics(self, *arguments: Any, **named: Any) -> Any:
        """Resolve metrics of a batch. Its own records stay as they are until that is done."""
        outer, self._resolving = self._resolving, True
        try:
            return super().resolve_metrics(*arguments, **named)
        finally:
            self._resolving = outer

    def execute_query(self, query: Any) -> Any:
        """Run a query. One in text may name assets of the data source, and reads them as they are now.

        Raises:
            UnreadableTableError: the query fails, and an asset that it names cannot be read.
        """
        error = self._view_others(query.text) if isinstance(query, sa.TextClause) else None
        try:
            return super().execute_query(query)
        except sa.exc.SQLAlchemyError:
            if error is not None:
                raise error from None
            raise

    def get_domain_records(self, domain_kwargs: dict[str, Any]) -> Any:
        """Return the records of a domain. It may name another asset, which is read as it is now.

        Raises:
            UnreadableTableError: the other asset cannot be read.
        """
        if (table := domain_kwargs.get("table")) and (error := self._view_others(table)):
            raise error
        return super().get_domain_records(domain_kwargs)

    def _view_others(self, text: str) -> UnreadableTableError | None:
        """Make views of the assets that a text names, except those of the batch whose metrics are being resolved."""
        batch = self.batch_manager.active_batch if self._resolving else None
        if batch is None:
            return self.view_tables(text)
        name = batch.batch_definition.data_asset_name
        own = (asset.assets_read() for asset in self.tables() if asset.name == name)
        return self.view_tables(text, but={name}.union(*own))

    def _build_selectable_from_batch_spec(self, batch_spec: BatchSpec) -> Any:
        """Return a whole view; or its rows of one day, month or year, as a range of the column."""
        name = batch_spec.get("table_name") or ""
        is_range = batch_spec.get("partitioner_method", "partition_on_year") in PARTITION_PARTS
        if not self.unreadable(name) and not (self.has_view(name) and is_range):
            return super()._build_selectable_from_batch_spec(batch_spec)
        try:
            return self.select_rows(name, find_date_range_of(batch_spec))
        except SynthError as error:
            return UnreadableTable(name, error)
