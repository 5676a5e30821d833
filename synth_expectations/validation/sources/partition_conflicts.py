"""Refuse a Hive partition that contradicts a column of its file: one of the two is wrong, and nobody knows which."""

from __future__ import annotations

from synth_expectations.validation.sources.file_set import FoundFile
from synth_expectations.validation.sources.unreadable_table import UnreadableTableError

NO_VALUE = "__HIVE_DEFAULT_PARTITION__"
"""The value of a partition whose column is NULL."""


def refuse_conflict(table: str, key: str, file: FoundFile) -> None:
    """Raise that a file holds other values in a column than its path names.

    Args:
        table: its name.
        key: the name of the column and of the partition.
        file: one that differs.

    Raises:
        UnreadableTableError: always.
    """
    raise UnreadableTableError(
        f"{table} cannot be read: {file.path[len(file.root) :].lstrip('/')} lies in a partition {key}, "
        f"and its column {key} holds other values: which of the two?",
        f"Remove the column {key} from the files, or rename the directories.",
    )
