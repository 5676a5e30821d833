"""A table that is files: Parquet, CSV or JSON Lines, below the directory of its data source."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Protocol

import sqlalchemy as sa

from synth_expectations.validation.sources.date_partitions import PARTITION_PARTS, select_partitions
from synth_expectations.validation.sources.duckdb.views import DuckDBViews
from synth_expectations.validation.sources.file_set import FileSet
from synth_expectations.validation.sources.files import find_files
from synth_expectations.validation.sources.unreadable_table import UnreadableTableError

if TYPE_CHECKING:
    from synth_expectations.engine.extracts.extract import Extract


class SourceOfFiles(Protocol):
    """A data source whose tables are files."""

    name: str

    @property
    def assets(self) -> Any:
        """The tables, each with a name."""

    def base(self) -> str:
        """Return where globs start: a directory, or an address of an object store."""

    def get_execution_engine(self) -> DuckDBViews:
        """Return what has the views."""


class FileTable:
    """All files of a glob, as one table.

    Attributes:
        name: of the table.
        datasource: that it belongs to.
        glob: one or several patterns, relative to the data source's path; `**` and Hive partitions
            (`extract_date=*/`) are read, `${VAR}` and `${VAR:-default}` too. Each must match a file.
        where: a condition that rows of the table meet, in DuckDB's SQL.
        first_of: columns to compute; each is the first of several columns that is not NULL.
    """

    name: str
    datasource: Any
    glob: str | list[str]
    where: str | None
    first_of: dict[str, list[str]]

    @property
    def patterns(self) -> list[str]:
        """The patterns of the glob."""
        return [self.glob] if isinstance(self.glob, str) else self.glob

    def find_files(self) -> FileSet:
        """Return the files that match now.

        Raises:
            UnreadableTableError: a pattern matches no file, a directory cannot be opened, or a variable is not set.
        """
        return find_files(self.name, self._source.base(), self.patterns)

    def build_extract(self) -> Extract | None:
        """Return how the files are read; None if they are Parquet, which DuckDB reads itself."""
        return None

    def as_selectable(self) -> sa.TableClause:
        """Return the view of the files that are there now, on the connection of the data source.

        Raises:
            UnreadableTableError: no file matches, or one cannot be read.
        """
        refuse_same_name(self._source.name, self.name, (asset.name for asset in self._source.assets))
        views = self._source.get_execution_engine()
        if self.where:  # it may look up another table
            views.view_tables(self.where, but={self.name})
        return views.make_view(self.name, self.find_files(), self.where, self.first_of, self.build_extract())

    def make_view(self) -> None:
        """Make the view of the files that are there now; raise `UnreadableTableError` if that is not possible."""
        self.as_selectable()

    def try_view(self) -> None:
        """Make the view; of a table that cannot be read, every query raises why."""
        try:
            self.as_selectable()
        except UnreadableTableError as error:
            self._source.get_execution_engine().mark_unreadable(self.name, error)

    def assets_read(self) -> Collection[str]:
        """Return no name: its records come from its files."""
        return ()

    def list_partitions(self, method: str, column: str) -> list[dict[str, int]]:
        """Return the days, months or years that the table has rows of; this reads the column.

        Raises:
            ConditionError: the table cannot be read, or the column is missing or holds no time.
        """
        view, parts = self.as_selectable(), PARTITION_PARTS[method]
        views = self._source.get_execution_engine()
        with views.get_connection() as connection:
            query = select_partitions(views.columns_of(self.name), column, parts, view)
            rows = connection.execute(query).fetchall()
        return [dict(zip(parts, map(int, row), strict=True)) for row in sorted(rows)]

    @property
    def _source(self) -> SourceOfFiles:
        source: SourceOfFiles = self.datasource
        return source


def refuse_same_name(source: str, name: str, others: Iterable[str]) -> None:
    """Refuse two tables whose names differ only by case: DuckDB would read one for the other.

    Raises:
        UnreadableTableError: there are two such tables; names both.
    """
    folded = name.casefold()
    for other in others:
        if other != name and other.casefold() == folded:
            raise UnreadableTableError(
                f"The assets {name} and {other} of {source} differ only by case.", "Rename one of them."
            )


def list_file_tables(source: Any) -> Iterator[FileTable]:
    """Yield the tables of a data source that are files."""
    yield from (asset for asset in source.assets if isinstance(asset, FileTable))
