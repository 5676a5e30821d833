"""The columns of the matrix: each way to spoil what stands around a planted violation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from tools.mutations import file_changes, project_changes, table_changes
from tools.mutations.crm_copy import CrmCopy
from tools.mutations.file_changes import FileChange
from tools.mutations.project_changes import ProjectChange
from tools.mutations.table_changes import TableChange

Change = Callable[[CrmCopy, frozenset[str], int], None]
"""Spoils some tables of a copy, in a round."""


def _unchanged(key: str) -> str:
    return key


@dataclass(frozen=True)
class Spoiling:
    """A way to spoil what stands around a planted violation.

    Attributes:
        name: its name in short, unique.
        sentence: what is done.
        change: does it.
        around: whether every table is spoiled, or only those that the planted violation is looked up in.
        rounds: how many runs it takes, each with another part spoiled.
        respell: gives the key of a record after it.
        needs_files: whether it damages files, which a database has not.
    """

    name: str
    sentence: str
    change: Change
    around: Literal["tables", "references"] = "tables"
    rounds: int = 1
    respell: Callable[[str], str] = _unchanged
    needs_files: bool = False


def _in_tables(change: TableChange) -> Change:
    def spoil(crm: CrmCopy, tables: frozenset[str], turn: int) -> None:
        for name in tables:
            crm.change_table(name, lambda table, words: change(table, words, turn))

    return spoil


def _in_files(change: FileChange) -> Change:
    def spoil(crm: CrmCopy, tables: frozenset[str], turn: int) -> None:
        for name in tables:
            change(crm.root / "extracts" / name)

    return spoil


def _drop_tables(crm: CrmCopy, tables: frozenset[str], turn: int) -> None:
    for name in tables:
        crm.store.drop(crm.root, name)


def _in_project(change: ProjectChange) -> Change:
    return lambda crm, tables, turn: change(crm, turn)


def _pad(key: str) -> str:
    return f" {key} "


SPOILINGS: Sequence[Spoiling] = (
    Spoiling(
        "marker renamed",
        "Every value of the marker is replaced by a word that is not in the policy.",
        _in_tables(table_changes.rename_marker_values),
    ),
    Spoiling(
        "synthetic renamed",
        "Only the marker of synthetic records is replaced by a word that is not in the policy.",
        _in_tables(table_changes.rename_synthetic_value),
    ),
    Spoiling("marker empty", "The marker is NULL everywhere.", _in_tables(table_changes.empty_marker)),
    Spoiling("marker gone", "The marker column is missing.", _in_tables(table_changes.drop_marker)),
    Spoiling(
        "marker in upper case",
        "The marker is in upper case, with spaces and tabs around it.",
        _in_tables(table_changes.shout_marker),
    ),
    Spoiling(
        "marker full width",
        "The marker is written in full-width letters.",
        _in_tables(table_changes.widen_marker),
    ),
    Spoiling("marker binary", "The marker is UTF-8 in a binary column.", _in_tables(table_changes.binary_marker)),
    Spoiling("marker a list", "The marker is a list with one string.", _in_tables(table_changes.list_marker)),
    Spoiling(
        "marker numbers",
        "Each value of the marker is replaced by a number.",
        _in_tables(table_changes.number_marker_values),
    ),
    Spoiling("marker lies", "The marker says that every record is real.", _in_tables(table_changes.tag_all_real)),
    Spoiling("binary text", "All text is UTF-8 in binary columns.", _in_tables(table_changes.binary_text)),
    Spoiling("dictionaries", "All text is in dictionary columns.", _in_tables(table_changes.dictionary_text)),
    Spoiling("blank for NULL", "In text columns, NULL is replaced by a blank.", _in_tables(table_changes.blank_nulls)),
    Spoiling("N/A for NULL", "In text columns, NULL is replaced by N/A.", _in_tables(table_changes.word_for_nulls)),
    Spoiling("times as text", "Times are ISO 8601 text.", _in_tables(table_changes.text_times)),
    Spoiling("naive times", "Times have no time zone, and have nanoseconds.", _in_tables(table_changes.naive_times)),
    Spoiling(
        "unreadable times",
        f"Times are text such as {table_changes.UNREADABLE_TIME}, which is ambiguous.",
        _in_tables(table_changes.unreadable_times),
    ),
    Spoiling("late times", "Every time is ten years later.", _in_tables(table_changes.late_times)),
    Spoiling(
        "columns renamed",
        "Every third column of each table is renamed, in three rounds.",
        _in_tables(table_changes.rename_third),
        rounds=table_changes.THIRDS,
    ),
    Spoiling(
        "columns NULL",
        "Every third column of each table is NULL everywhere, in three rounds.",
        _in_tables(table_changes.empty_third),
        rounds=table_changes.THIRDS,
    ),
    Spoiling(
        "names in other case",
        "The case of all column names is swapped.",
        _in_tables(table_changes.swap_case_of_names),
    ),
    Spoiling(
        "byte order mark",
        "The name of the first column begins with a byte order mark.",
        _in_tables(table_changes.mark_first_name),
    ),
    Spoiling("reversed", "Columns and rows are in reverse order.", _in_tables(table_changes.reverse)),
    Spoiling("rows twice", "Each row is duplicated.", _in_tables(table_changes.repeat_rows)),
    Spoiling("keys padded", "Each key has spaces around it.", _in_tables(table_changes.pad_keys), respell=_pad),
    Spoiling("no rows", "The tables have no rows.", _in_tables(table_changes.drop_rows)),
    Spoiling("file cut", "The last file is cut in half.", _in_files(file_changes.cut_last), needs_files=True),
    Spoiling("file empty", "The last file is empty (0 bytes).", _in_files(file_changes.clear_last), needs_files=True),
    Spoiling("file gone", "The last file is missing.", _in_files(file_changes.remove_last), needs_files=True),
    Spoiling("table gone", "The table is missing.", _drop_tables),
    Spoiling("dangling link", "A file is a broken link.", _in_files(file_changes.dangle), needs_files=True),
    Spoiling(
        "hidden files",
        "There are hidden files and directories next to the files: copies of them, and garbage.",
        _in_files(file_changes.add_hidden),
        needs_files=True,
    ),
    Spoiling(
        "reference without rows",
        "The reference has no rows.",
        _in_tables(table_changes.drop_rows),
        around="references",
    ),
    Spoiling("reference gone", "The reference is missing.", _drop_tables, around="references"),
    Spoiling(
        "reference NULL",
        "Every column of the reference is NULL.",
        _in_tables(table_changes.empty_columns),
        around="references",
    ),
    Spoiling(
        "reference without marker values",
        "The marker values of the reference are replaced by words that are not in the policy.",
        _in_tables(table_changes.rename_marker_values),
        around="references",
    ),
    Spoiling(
        "reference without synthetic",
        "In the reference, only the marker of synthetic records is replaced by a word that is not in the policy.",
        _in_tables(table_changes.rename_synthetic_value),
        around="references",
    ),
    Spoiling(
        "reference with short keys",
        "In the reference, Salesforce ids of 18 characters are shortened to 15.",
        _in_tables(table_changes.shorten_keys),
        around="references",
    ),
    Spoiling(
        "reference with unreadable times",
        f"Times of the reference are text such as {table_changes.UNREADABLE_TIME}.",
        _in_tables(table_changes.unreadable_times),
        around="references",
    ),
    Spoiling(
        "reference twice", "Each row of the reference is duplicated.", _in_tables(table_changes.repeat_rows),
        around="references",
    ),
    Spoiling(
        "half a reference",
        "Every second row of the reference is missing.",
        _in_tables(table_changes.drop_half),
        around="references",
    ),
    Spoiling(
        "left out by where",
        "A `where` in the policy excludes the planted records.",
        _in_project(project_changes.leave_rows_out),
    ),
    Spoiling(
        "policy edited",
        "The policy is edited, but not compiled.",
        _in_project(project_changes.edit_policy),
    ),
    Spoiling(
        "expectation removed",
        "Expectations are removed from the compiled suites by hand, half of them in each of two rounds.",
        _in_project(project_changes.remove_expectations),
        rounds=2,
    ),
    Spoiling(
        "expectation loosened",
        "`mostly` of each expectation is set to one in a hundred by hand in the compiled suites.",
        _in_project(project_changes.loosen_expectations),
    ),
    Spoiling(
        "severity lowered",
        "The severity of each expectation is set to info by hand in the compiled suites.",
        _in_project(project_changes.lower_severities),
    ),
    Spoiling(
        "table removed",
        "Tables are removed from the compiled checkpoint by hand, half of them in each of two rounds.",
        _in_project(project_changes.remove_tables),
        rounds=2,
    ),
)  # fmt: skip
