"""What can become a view of a DuckDB connection, and which of them a text names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Protocol


class ViewableTable(Protocol):
    """A table of a data source that can be a view.

    Attributes:
        name: of the table, and of its view.
    """

    name: str

    def make_view(self) -> None:
        """Make its view, or replace it; raise `UnreadableTableError` if that is not possible."""

    def assets_read(self) -> Collection[str]:
        """Return the names of the other tables that its records come from."""


def find_named(text: str, tables: Iterable[ViewableTable], but: Collection[str] = ()) -> Sequence[ViewableTable]:
    """Return the tables whose name is a word of a text, in any case, except those named in `but`."""
    left_out = {name.casefold() for name in but}
    return [
        table
        for table in tables
        if table.name.casefold() not in left_out
        and re.search(rf"(?<!\w){re.escape(table.name)}(?!\w)", text, re.IGNORECASE)
    ]
