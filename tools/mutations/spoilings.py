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
    """

    name: str
    sentence: str
    change: Change
    around: Literal["tables", "references"] = "tables"
    rounds: int = 1
    respell: Callable[[str], str] = _unchanged


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


def _in_project(change: ProjectChange) -> Change:
    return lambda crm, tables, turn: change(crm, turn)


def _pad(key: str) -> str:
    return f" {key} "


SPOILINGS: Sequence[Spoiling] = (
    Spoiling(
        "marker renamed",
        "Every value of the marker is a word that the policy does not know.",
        _in_tables(table_changes.rename_marker_values),
    ),
    Spoiling(
        "synthetic renamed",
        "The marker of synthetic records alone is a word that the policy does not know.",
        _in_tables(table_changes.rename_synthetic_value),
    ),
    Spoiling("marker empty", "The marker is NULL everywhere.", _in_tables(table_changes.empty_marker)),
    Spoiling("marker gone", "The column of the marker is not there.", _in_tables(table_changes.drop_marker)),
    Spoiling(
        "marker in upper case",
        "The marker is in upper case, between blanks and tabs.",
        _in_tables(table_changes.shout_marker),
    ),
    Spoiling(
        "marker full width",
        "The marker is written in full-width letters.",
        _in_tables(table_changes.widen_marker),
    ),
    Spoiling("marker binary", "The marker is UTF-8 in a binary column.", _in_tables(table_changes.binary_marker)),
    Spoiling("marker a list", "The marker is a list of one text.", _in_tables(table_changes.list_marker)),
    Spoiling("marker numbers", "The marker is a number for each value.", _in_tables(table_changes.number_marker_values)),
    Spoiling("marker lies", "The marker says that every record is real.", _in_tables(table_changes.tag_all_real)),
    Spoiling("binary text", "All text is UTF-8 in binary columns.", _in_tables(table_changes.binary_text)),
    Spoiling("dictionaries", "All text is in dictionary columns.", _in_tables(table_changes.dictionary_text)),
    Spoiling("blank for NULL", "A blank stands for NULL in text.", _in_tables(table_changes.blank_nulls)),
    Spoiling("N/A for NULL", "The word N/A stands for NULL in text.", _in_tables(table_changes.word_for_nulls)),
    Spoiling("times as text", "Times are ISO 8601 text.", _in_tables(table_changes.text_times)),
    Spoiling("naive times", "Times have no zone, and nanoseconds.", _in_tables(table_changes.naive_times)),
    Spoiling(
        "unreadable times",
        f"Times are text such as {table_changes.UNREADABLE_TIME}, which names no certain day.",
        _in_tables(table_changes.unreadable_times),
    ),
    Spoiling("late times", "Every time is ten years later.", _in_tables(table_changes.late_times)),
    Spoiling(
        "columns renamed",
        "Every third column of each table has another name; in turn, each.",
        _in_tables(table_changes.rename_third),
        rounds=table_changes.THIRDS,
    ),
    Spoiling(
        "columns NULL",
        "Every third column of each table is NULL everywhere; in turn, each.",
        _in_tables(table_changes.empty_third),
        rounds=table_changes.THIRDS,
    ),
    Spoiling(
        "names in other case",
        "Names of columns are in the other case.",
        _in_tables(table_changes.swap_case_of_names),
    ),
    Spoiling(
        "byte order mark",
        "The name of the first column begins with a byte order mark.",
        _in_tables(table_changes.mark_first_name),
    ),
    Spoiling("reversed", "Columns and rows are in the opposite order.", _in_tables(table_changes.reverse)),
    Spoiling("rows twice", "Each row is there twice.", _in_tables(table_changes.repeat_rows)),
    Spoiling("keys padded", "Blanks stand around each key.", _in_tables(table_changes.pad_keys), respell=_pad),
    Spoiling("no rows", "The tables have no row.", _in_tables(table_changes.drop_rows)),
    Spoiling("file cut", "The last file ends in its middle.", _in_files(file_changes.cut_last)),
    Spoiling("file empty", "The last file has no bytes.", _in_files(file_changes.clear_last)),
    Spoiling("file gone", "The last file is not there.", _in_files(file_changes.remove_last)),
    Spoiling("folder gone", "The folder of the table is not there.", _in_files(file_changes.remove_all)),
    Spoiling("dangling link", "A file is a link that leads nowhere.", _in_files(file_changes.dangle)),
    Spoiling(
        "hidden files",
        "Hidden files and directories lie beside the files: copies of them, and garbage.",
        _in_files(file_changes.add_hidden),
    ),
    Spoiling(
        "reference without rows",
        "The reference has no row.",
        _in_tables(table_changes.drop_rows),
        around="references",
    ),
    Spoiling("reference gone", "The reference is not there.", _in_files(file_changes.remove_all), around="references"),
    Spoiling(
        "reference NULL",
        "Every column of the reference is NULL.",
        _in_tables(table_changes.empty_columns),
        around="references",
    ),
    Spoiling(
        "reference without marker values",
        "The marker of the reference has values that the policy does not know.",
        _in_tables(table_changes.rename_marker_values),
        around="references",
    ),
    Spoiling(
        "reference without synthetic",
        "The marker of synthetic records of the reference is a word that the policy does not know.",
        _in_tables(table_changes.rename_synthetic_value),
        around="references",
    ),
    Spoiling(
        "reference with short keys",
        "Keys of 18 letters (Salesforce) have 15 in the reference.",
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
        "reference twice", "Each row of the reference is there twice.", _in_tables(table_changes.repeat_rows),
        around="references",
    ),
    Spoiling(
        "half a reference",
        "Every second row of the reference is not there.",
        _in_tables(table_changes.drop_half),
        around="references",
    ),
    Spoiling(
        "left out by where",
        "A `where` of the policy leaves the planted records out.",
        _in_project(project_changes.leave_rows_out),
    ),
    Spoiling(
        "policy edited",
        "The policy is edited, and not compiled.",
        _in_project(project_changes.edit_policy),
    ),
    Spoiling(
        "expectation removed",
        "Expectations are removed from the compiled suites by hand; in turn, each.",
        _in_project(project_changes.remove_expectations),
        rounds=2,
    ),
    Spoiling(
        "expectation loosened",
        "One record in a hundred is enough for each expectation, by hand in the compiled suites.",
        _in_project(project_changes.loosen_expectations),
    ),
    Spoiling(
        "severity lowered",
        "Each expectation is an information, by hand in the compiled suites.",
        _in_project(project_changes.lower_severities),
    ),
    Spoiling(
        "table removed",
        "Tables are removed from the compiled checkpoint by hand; in turn, each.",
        _in_project(project_changes.remove_tables),
        rounds=2,
    ),
)  # fmt: skip
