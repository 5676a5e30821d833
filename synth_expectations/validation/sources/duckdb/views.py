"""Views of files in a DuckDB of their own: one connection in memory, kept open, in UTC."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.util import LRUCache

from synth_expectations.engine.adapters.shared_rows import SharedRows
from synth_expectations.engine.adapters.sqlalchemy import FILE_NAME
from synth_expectations.engine.date_ranges import compile_date_range
from synth_expectations.engine.dialects.duckdb import DIALECT as DUCKDB
from synth_expectations.engine.memory_database import open_memory_database
from synth_expectations.engine.object_addresses import is_address
from synth_expectations.engine.schema import Column, Columns
from synth_expectations.errors import SynthError
from synth_expectations.validation.sources.duckdb.file_database import adapt_engine, make_settings
from synth_expectations.validation.sources.duckdb.file_names import replace_tables
from synth_expectations.validation.sources.duckdb.scan import quote_name
from synth_expectations.validation.sources.duckdb.teardown import close_at_teardown
from synth_expectations.validation.sources.duckdb.view_clause import ALL_ROWS, VIEW, ViewClause, name_rows
from synth_expectations.validation.sources.duckdb.view_rows import (
    add_computed_columns,
    build_unreadable_error,
    scan_parquet,
    scan_with_names,
)
from synth_expectations.validation.sources.duckdb.viewable_table import ViewableTable, find_named
from synth_expectations.validation.sources.file_set import FileSet, FilesState
from synth_expectations.validation.sources.files import describe_error
from synth_expectations.validation.sources.object_stores import register_filesystems
from synth_expectations.validation.sources.unreadable_table import UnreadableTable, UnreadableTableError

if TYPE_CHECKING:
    from synth_expectations.engine.extracts.extract import Extract
    from synth_expectations.validation.sources.duckdb.extract_tables import ExtractTables


_MOST_PLANS = 16
"""How many forms of tables are kept: mostly those of a project are alike, or stand beside each other."""


@dataclass(frozen=True)
class _View:
    """What a view was made of."""

    files: FileSet
    where: str | None
    first_of: Mapping[str, Sequence[str]]
    extract: Extract | None


class DuckDBViews:
    """The tables of a data source of files, each a view in a DuckDB of their own, in memory.

    The connection stays open: Great Expectations reads a result after its connection was closed, which DuckDB does not
    allow. Its time zone is set, because nobody else uses it.

    Args:
        kwargs: arguments of SQLAlchemy's `create_engine`, such as `connect_args: {config: {threads: 2}}`.

    Attributes:
        engine: SQLAlchemy's engine of the connection.
        file_states: the state of the files of each view when it was made.
        tables: gives the tables of the data source, each of which may become a view.
    """

    def __init__(self, kwargs: Mapping[str, Any] | None = None) -> None:
        self.engine = open_memory_database(keeps_sql=True, **(kwargs or {}))
        self.tables: Callable[[], Iterable[ViewableTable]] = tuple
        self._underway: list[str] = []  # tables whose `where` or query may name others
        self._files: dict[str, list[str]] = {}
        self._columns: dict[str, Columns] = {}
        self._unreadable: dict[str, SynthError] = {}
        self._made_of: dict[str, object] = {}
        self._views: dict[str, _View] = {}
        self.file_states: dict[str, FilesState] = {}
        self._kept_plans: LRUCache[Hashable, Any] = LRUCache(_MOST_PLANS)
        adapt_engine(self.engine, self._files)
        self._kept = self.engine.connect()
        with self.get_connection() as connection:
            for setting, value in make_settings().items():
                connection.exec_driver_sql(f"SET {setting} = {value}")
        self._finalizer = weakref.finalize(self, _close, self._kept, self.engine)
        self._finalizer.atexit = False  # an exit handler of the host may still use it
        close_at_teardown(self)

    @cached_property
    def _extracts(self) -> ExtractTables:
        from synth_expectations.validation.sources.duckdb.extract_tables import ExtractTables  # it imports pyarrow

        return ExtractTables()

    @property
    def reads_far_away(self) -> bool:
        """Whether a file of a table lies on an object store."""
        return any(is_address(file) for files in self._files.values() for file in files[:1])

    def close(self) -> None:
        """Close the connection; the engine cannot be used afterwards."""
        self._finalizer()

    @contextmanager
    def get_connection(self) -> Iterator[sa.Connection]:
        """Yield the connection. Each use ends its transaction, or one error would fail every later query."""
        try:
            yield self._kept
        except BaseException:
            self._kept.rollback()
            raise
        self._kept.commit()

    def make_view(
        self,
        name: str,
        files: FileSet,
        where: str | None = None,
        first_of: Mapping[str, Sequence[str]] = MappingProxyType({}),
        extract: Extract | None = None,
    ) -> sa.TableClause:
        """Make a view of files, or replace the view of that name. Of Parquet only footers are read, of extracts all.

        A view of the same files stays if none of them has changed: the same reference is looked up many times.

        Args:
            name: the name of the view.
            files: at least one.
            where: a condition that its rows meet, in DuckDB's SQL.
            first_of: columns to compute; each is the first of several columns that is not NULL. It is left out if no
                file has one of them, so that only expectations on it are errored.
            extract: how the files are read if they are an extract; None if they are Parquet.

        Raises:
            UnreadableTableError: a file cannot be read, columns differ only by case, or `where` is not a condition.
        """
        made_of = files.is_state_known and (
            files.state,
            where,
            {alias: tuple(columns) for alias, columns in first_of.items()},
            extract,
        )
        if made_of and self._made_of.get(name) == made_of:
            self._unreadable.pop(name, None)
            return ViewClause(name)
        identifier = quote_name(name)
        self._made_of[name] = None
        self.file_states[name] = files.state
        with self.get_connection() as connection:
            if extract is None:
                register_filesystems(_driver(connection), files.paths)
                source, described = scan_parquet(connection, name, files)
            else:
                source = self._extracts.scan(_driver(connection), name, files, extract)
                described = connection.exec_driver_sql(f"DESCRIBE {source}").fetchall()
            source, described = add_computed_columns(connection, name, source, described, first_of)
            try:
                # on lines of its own: `where` may end in a comment
                narrowed = f"{source} WHERE (\n{where}\n)" if where else source
                connection.exec_driver_sql(f"CREATE OR REPLACE VIEW {identifier} AS {narrowed}")
            except sa.exc.SQLAlchemyError as error:
                reason = describe_error(getattr(error, "orig", None) or error)
                raise UnreadableTableError(f"The where of {name} is refused: {reason}.", f"It is: {where}") from None
        self._files[name] = [] if extract else files.paths  # an extract lies in memory
        self._columns[name] = Columns([Column(row[0], DUCKDB.type_family(row[1])) for row in described], name, "any")
        self._unreadable.pop(name, None)
        self._made_of[name] = made_of
        self._views[name] = _View(files, where, first_of, extract)
        return ViewClause(name)

    def add_files(self, rows: sa.FromClause) -> sa.FromClause | None:
        """Return rows of a view of files with the file of each, as the column `FILE_NAME`; None of anything else.

        Raises:
            UnreadableTableError: a file cannot be read any more.
        """
        return replace_tables(rows, self._make_view_with_files)

    def _make_view_with_files(self, name: str) -> sa.TableClause | None:
        if name not in self._views:
            return None
        view, made = self._views[name], f"{name} {FILE_NAME}"
        try:
            with self.get_connection() as connection:
                if view.extract is None:
                    source = scan_with_names(connection, name, view.files)
                else:
                    source = self._extracts.scan_with_names(name, view.files)
                described = connection.exec_driver_sql(f"DESCRIBE {source}").fetchall()
                source, _ = add_computed_columns(connection, name, source, described, view.first_of)
                narrowed = f"{source} WHERE (\n{view.where}\n)" if view.where else source
                connection.exec_driver_sql(f"CREATE OR REPLACE VIEW {quote_name(made)} AS {narrowed}")
        except sa.exc.SQLAlchemyError as error:
            raise build_unreadable_error(name, view.files.paths, error) from None
        return ViewClause(made)

    def make_query_view(self, name: str, query: str) -> None:
        """Make a view of a query, or replace the view of that name.

        Raises:
            UnreadableTableError: the query cannot be run.
        """
        try:
            with self.get_connection() as connection:
                connection.exec_driver_sql(f"CREATE OR REPLACE VIEW {quote_name(name)} AS (\n{query}\n)")
        except sa.exc.SQLAlchemyError as error:
            reason = describe_error(getattr(error, "orig", None) or error)
            raise UnreadableTableError(f"{name} cannot be read: {reason}.", "Correct its query.") from None

    def mark_unreadable(self, name: str, error: SynthError) -> None:
        """Let every batch of a table raise why it cannot be read, and drop its view, until it is made again."""
        self._unreadable[name] = error
        self._made_of.pop(name, None)
        with self.get_connection() as connection:
            connection.exec_driver_sql(f"DROP VIEW IF EXISTS {quote_name(name)}")

    def columns_of(self, name: str) -> Columns:
        """Return the columns of a view, as they were when it was made."""
        return self._columns[name]

    def described(self, name: str) -> Columns | None:
        """Return the columns of a view that can be read; None for any other."""
        return None if name in self._unreadable else self._columns.get(name)

    def view_tables(self, text: str, but: Collection[str] = ()) -> UnreadableTableError | None:
        """Make views of the tables that a text names, of the files that are there now.

        A name may also be that of a column, so the error of a table is not raised. Such a table has no view, and a
        query that reads it fails.

        Args:
            text: SQL, or a name.
            but: names of tables that stay as they are.

        Returns:
            why a table cannot be read; None if all can.
        """
        errors: list[UnreadableTableError] = []
        for table in find_named(text, self.tables(), {*but, *self._underway}):
            self._underway.append(table.name)
            try:
                table.make_view()
            except UnreadableTableError as error:
                self.mark_unreadable(table.name, error)
                errors.append(error)
            finally:
                self._underway.remove(table.name)
        return errors[0] if errors else None

    def select_rows(self, name: str, date_range: tuple[str, date, date] | None) -> Any:
        """Return all rows of a view; or those of some days, as a range of a column.

        Args:
            name: of a view, or of a table that cannot be read: every query on what is returned raises why.
            date_range: the column, the first day and the day after the last; None for all rows.
        """
        if error := self._unreadable.get(name):
            return UnreadableTable(name, error)
        rows: sa.Select[Any] = sa.select(sa.literal_column("*")).select_from(ViewClause(name))
        if date_range is None:
            return rows
        try:
            return rows.where(sa.literal_column(compile_date_range(self._columns[name], DUCKDB, *date_range)))
        except SynthError as error:
            return UnreadableTable(name, error)

    def share_rows(self, name: str) -> SharedRows | None:
        """Return all rows of a view, so that what is planned for one view holds for others; None if it cannot be read."""
        if name in self._unreadable:
            return None
        return SharedRows(ALL_ROWS, {VIEW: name}, partial(name_rows, name), self._kept_plans)

    def unreadable(self, name: str) -> SynthError | None:
        """Return why a table cannot be read; None if it can, or was never a view."""
        return self._unreadable.get(name)

    def has_view(self, name: str) -> bool:
        """Return whether a table has become a view."""
        return name in self._columns


def _driver(connection: sa.Connection) -> Any:
    return connection.connection.driver_connection


def _close(connection: sa.Connection, engine: sa.Engine) -> None:
    connection.close()
    engine.dispose()
