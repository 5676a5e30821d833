"""Views of the assets that a query names, of the files that are there when it runs.

An asset is a table of DuckDB once it has a view. Great Expectations loads one batch at a time, and its expectations may
name other assets: another table to count, a join, a query to compare with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, Protocol

import sqlalchemy as sa
from great_expectations.execution_engine import SqlAlchemyExecutionEngine

from synth_expectations.errors import SynthError
from synth_expectations.gx.datasources.unreadable_table import UnreadableTableError


class ViewableAsset(Protocol):
    """An asset that can be a view.

    Attributes:
        name: of the asset, and of its view.
    """

    name: str

    def make_view(self) -> None:
        """Make its view, or replace it; raise `UnreadableTableError` if that is not possible."""

    def assets_read(self) -> Collection[str]:
        """Return the names of the other assets that its records come from."""


class AssetReadingEngine(SqlAlchemyExecutionEngine):
    """An engine whose queries may name any asset of its data source."""

    assets: Callable[[], Iterable[ViewableAsset]] = staticmethod(tuple)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self._resolving = False
        self._underway: list[str] = []  # assets whose `where` or query may name others
        super().__init__(*arguments, **named)

    def mark_unreadable(self, name: str, error: SynthError) -> None:
        """Let a table have no view; whoever reads it meets the error."""
        raise NotImplementedError

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

    def view_assets(self, text: str, but: Collection[str] = ()) -> UnreadableTableError | None:
        """Make views of the assets that a text names, of the files that are there now.

        A name may also be that of a column, so the error of an asset is not raised. Such an asset has no view, and a
        query that reads it fails.

        Args:
            text: SQL, or a name.
            but: names of assets that stay as they are.

        Returns:
            why an asset cannot be read; None if all can.
        """
        errors: list[UnreadableTableError] = []
        for asset in find_named(text, self.assets(), {*but, *self._underway}):
            self._underway.append(asset.name)
            try:
                asset.make_view()
            except UnreadableTableError as error:
                self.mark_unreadable(asset.name, error)
                errors.append(error)
            finally:
                self._underway.remove(asset.name)
        return errors[0] if errors else None

    def _view_others(self, text: str) -> UnreadableTableError | None:
        """Make views of the assets that a text names, except those of the batch whose metrics are being resolved."""
        batch = self.batch_manager.active_batch if self._resolving else None
        if batch is None:
            return self.view_assets(text)
        name = batch.batch_definition.data_asset_name
        own = (asset.assets_read() for asset in self.assets() if asset.name == name)
        return self.view_assets(text, but={name}.union(*own))


def find_named(text: str, assets: Iterable[ViewableAsset], but: Collection[str] = ()) -> Sequence[ViewableAsset]:
    """Return the assets whose name is a word of a text, in any case, except those named in `but`."""
    left_out = {name.casefold() for name in but}
    return [
        asset
        for asset in assets
        if asset.name.casefold() not in left_out
        and re.search(rf"(?<!\w){re.escape(asset.name)}(?!\w)", text, re.IGNORECASE)
    ]
