"""Refuse the files of Delta Lake, Apache Iceberg and Apache Hudi: among them are rows that the table no longer has.

What such a table holds is written in its log: https://github.com/delta-io/delta/blob/master/PROTOCOL.md,
https://iceberg.apache.org/spec/#table-metadata-and-snapshots, https://hudi.apache.org/tech-specs/.
"""

from __future__ import annotations

import os
from collections.abc import Collection

from synth_expectations.validation.sources.unreadable_table import UnreadableTableError

_LOGS = {"_delta_log": "a Delta table", ".hoodie": "a Hudi table"}
_ICEBERG = "metadata"
_ICEBERG_FILE = ".metadata.json"


def refuse_format(table: str, directory: str, shown: str, names: Collection[str]) -> None:
    """Refuse a local directory that is a table of one of these formats.

    Args:
        table: the name of the table, for errors.
        directory: its path.
        shown: the path in sentences.
        names: of what it holds.

    Raises:
        UnreadableTableError: it is one.
    """
    metadata = _list_metadata(os.path.join(directory, _ICEBERG)) if _ICEBERG in names else []
    if kind := find_format(names, metadata):
        raise format_error_of(table, shown, kind)


def refuse_format_above(table: str, directory: str, shown: str) -> None:
    """Refuse a local directory that lies in a table of one of these formats; see `refuse_format`."""
    above = os.path.abspath(directory)
    while True:
        names = [name for name in (*_LOGS, _ICEBERG) if os.path.lexists(os.path.join(above, name))]
        refuse_format(table, above, shown, names)
        if above == os.path.dirname(above):
            return
        above = os.path.dirname(above)


def find_format(names: Collection[str], metadata: Collection[str]) -> str | None:
    """Return which format a directory has, such as "a Delta table"; None if it has none of these.

    Args:
        names: of what it holds.
        metadata: names in its directory `metadata`, if it has one.
    """
    kinds = [kind for name, kind in _LOGS.items() if name in names]
    kinds += ["an Iceberg table"] if any(name.endswith(_ICEBERG_FILE) for name in metadata) else []
    return kinds[0] if kinds else None


def format_error_of(table: str, shown: str, kind: str) -> UnreadableTableError:
    """Return the error of a table whose files are those of a format."""
    return UnreadableTableError(
        f"{table} cannot be read: {shown} is part of {kind}, whose files also hold rows that were removed or replaced.",
        "Export it as plain Parquet, and name that directory.",
    )


def _list_metadata(directory: str) -> list[str]:
    try:
        return os.listdir(directory)
    except OSError:  # one that may not be opened is refused where files are listed, if it is part of the table
        return []
