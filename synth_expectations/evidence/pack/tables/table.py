"""A table of a pack, and its CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from synth_expectations.evidence.pack.verifier.verify import format_cell


@dataclass(frozen=True)
class TableColumn:
    """A column of a table, and what it holds, as a sentence without a full stop."""

    name: str
    meaning: str


@dataclass(frozen=True)
class PackTable:
    """A table of a pack.

    Attributes:
        name: of its file, without `.csv`.
        about: what a line is.
        columns: in their order.
        rows: a value by the name of each column.
    """

    name: str
    about: str
    columns: Sequence[TableColumn]
    rows: Sequence[Mapping[str, Any]]

    def to_csv(self) -> bytes:
        """Return the table as UTF-8: RFC 4180, every cell in quotes, lines ending in a line feed.

        A cell that a spreadsheet would take for a formula starts with an apostrophe. A character that is not seen, such
        as a line end, is written as an escape.
        """
        lines = io.StringIO()
        writer = csv.writer(lines, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(column.name for column in self.columns)
        for row in self.rows:
            if row.keys() - {column.name for column in self.columns}:
                raise KeyError(f"{self.name} has no column for {sorted(row)}")
            writer.writerow(format_cell(_to_text(row.get(column.name))) for column in self.columns)
        return lines.getvalue().encode("utf-8", "backslashreplace")


def list_columns(*columns: tuple[str, str]) -> tuple[TableColumn, ...]:
    """Return columns from pairs of name and meaning."""
    return tuple(TableColumn(name, meaning) for name, meaning in columns)


def _to_text(value: Any) -> Any:
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return "; ".join(map(str, value)) if isinstance(value, Iterable) and not isinstance(value, str) else value
