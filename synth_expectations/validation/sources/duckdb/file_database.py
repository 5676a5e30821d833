"""The DuckDB in which files are read, as SQLAlchemy has it: its settings, how results are fetched, and damaged files."""

from __future__ import annotations

import tempfile
import uuid
from pathlib import Path
from typing import Any

import duckdb
import sqlalchemy as sa
from sqlalchemy.engine.cursor import BufferedRowCursorFetchStrategy, FullyBufferedCursorFetchStrategy

from synth_expectations.validation.sources.duckdb.scan import quote_name
from synth_expectations.validation.sources.duckdb.spans import with_written_spans
from synth_expectations.validation.sources.files import find_damaged_file, quote
from synth_expectations.validation.sources.unreadable_table import UnreadableTableError

# Errors of a query on whole files: no damaged file is looked for.
_NOT_THE_FILE = (
    duckdb.BinderException,
    duckdb.CatalogException,
    duckdb.ConversionException,
    duckdb.InterruptException,
    duckdb.OutOfMemoryException,
    duckdb.OutOfRangeException,
    duckdb.ParserException,
    duckdb.TransactionException,
)


def make_settings() -> dict[str, str]:
    """Return the settings of the database, in SQL."""
    return {
        "TimeZone": "'UTC'",
        # nothing is downloaded
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        # footers are read once, as long as their file does not change
        "parquet_metadata_cache": "true",
        # the default is `.tmp` in the working directory; it is made only if memory runs short
        "temp_directory": quote(str(Path(tempfile.gettempdir()) / f"synth_expectations_{uuid.uuid4().hex}")),
    }


class _InPieces(BufferedRowCursorFetchStrategy):
    """Fetches rows in pieces; their types are text, so that nothing of DuckDB is cached."""

    __slots__ = ("alternate_cursor_description",)


def adapt_engine(engine: sa.Engine, files: dict[str, list[str]]) -> None:
    """Fetch every result at once, unless it is streamed; and name the file if an error comes from a damaged one."""

    @sa.event.listens_for(engine, "after_cursor_execute")
    def _fetch_all(_: Any, cursor: Any, __: str, ___: Any, context: Any, ____: bool) -> None:
        # All cursors of a DuckDB connection are one: the next query would throw away rows that were not fetched yet.
        if cursor.description is not None:
            # Types as text: SQLAlchemy caches them, and DuckDB complains on stderr about those that outlive it.
            description = [(name, str(kind), *others) for name, kind, *others in cursor.description]
            if context.execution_options.get("stream_results"):  # no other query comes before its last row
                context.cursor_fetch_strategy = _InPieces(cursor, context.execution_options)
                context.cursor_fetch_strategy.alternate_cursor_description = description
                return
            rows = with_written_spans(cursor.fetchall(), [kind for _, kind, *_ in description])
            context.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(cursor, description, rows)

    @sa.event.listens_for(engine, "handle_error")
    def _name_the_file(context: Any) -> None:
        error = context.original_exception
        if not isinstance(error, duckdb.Error) or isinstance(error, _NOT_THE_FILE) or not context.statement:
            return
        for name, read in files.items():
            if quote_name(name) in context.statement:
                damaged = next((file for file in read if file in str(error)), None) or find_damaged_file(read)
                if damaged:
                    # SQLAlchemy raises it in place of its own
                    raise UnreadableTableError(
                        f"{name} cannot be read: the file {damaged} is damaged or gone.", "Extract it again."
                    )
