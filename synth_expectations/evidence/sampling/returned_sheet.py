"""Read a worksheet that came back, and refuse what is not an answer to its draw, row by row."""

from __future__ import annotations

import io
import json
import unicodedata
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from synth_expectations.errors import SynthError
from synth_expectations.evidence.sampling.worksheet import (
    ANSWER_COLUMNS,
    DRAW_FIELDS,
    METADATA,
    SAMPLE_COLUMNS,
    SCHEMA,
    SHEETS,
    find_format,
)
from synth_expectations.redaction import format_error

_LARGEST = 50_000_000
"""Bytes that a worksheet may have once it is unpacked."""

_MOST_ROWS = 30_000
_LONGEST = 500
"""Characters of an answer."""

_VALUES = (str, int, float, date, type(None))
"""What a value of a Parquet file may be."""

Row = Mapping[str, Any]


@dataclass(frozen=True)
class ReturnedRow:
    """A row of a sheet.

    Attributes:
        place: where it stands, as `Answers row 7`.
        values: by the name of the column; texts without white space around them.
    """

    place: str
    values: Row


@dataclass
class ReturnedSheet:
    """What a worksheet says.

    Attributes:
        content: its bytes.
        fields: which draw it belongs to.
        records: the rows of Sample.
        answers: the rows of Answers.
        problems: what cannot be read, a sentence each.
    """

    content: bytes
    fields: dict[str, str] = field(default_factory=dict)
    records: list[ReturnedRow] = field(default_factory=list)
    answers: list[ReturnedRow] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def draw(self) -> int:
        """The number of the draw.

        Raises:
            SynthError: the sheet does not say.
        """
        number = self.fields.get("draw", "")
        if self.fields.get("schema") != SCHEMA or not (number.isascii() and number.isdecimal()):
            raise SynthError(
                "The file is not a worksheet of a sample, or its sheet 'Do not edit' was edited.",
                "Give the file that audit sample wrote, with the answers in it.",
            )
        return int(number)


def read_sheet(path: Path) -> ReturnedSheet:
    """Return what a worksheet says; it is only read.

    Raises:
        SynthError: it cannot be read, or is not a worksheet.
    """
    kind = find_format(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SynthError(f"{path.name} cannot be read: {error.strerror}.", "Check the path and its owner.") from None
    return _read_workbook(content, path.name) if kind == "xlsx" else _read_parquet(content, path.name)


def _read_workbook(content: bytes, name: str) -> ReturnedSheet:
    from openpyxl import load_workbook

    _refuse_large(content, name)
    sheet = ReturnedSheet(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        _fill_sheet(sheet, book, name)
    except SynthError:
        raise
    except Exception as error:  # noqa: BLE001 - openpyxl raises whatever a damaged file makes it meet
        raise SynthError(
            f"{name} cannot be read as a workbook: {format_error(error)}.", "Save it as .xlsx, and give it again."
        ) from None
    return sheet


def _fill_sheet(sheet: ReturnedSheet, book: Any, name: str) -> None:
    missing = [title for title in SHEETS[1:] if title not in book.sheetnames]
    if missing:
        raise SynthError(f"{name} has no sheet {missing[0]}.", "Give the file that audit sample wrote.")
    for _, (label, value) in _read_cells(book["Do not edit"], sheet, 2):
        if label.value is not None:
            sheet.fields[str(label.value)] = _to_text(value.value)
    sheet.records = list(_read_table(book["Sample"], SAMPLE_COLUMNS, sheet))
    sheet.answers = list(_read_table(book["Answers"], ANSWER_COLUMNS, sheet))


def _refuse_large(content: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError):  # a later version of zip, or names that are no text
        raise SynthError(f"{name} is not a workbook: it is damaged, or not .xlsx.", "Save it as .xlsx again.") from None
    if size > _LARGEST:
        raise SynthError(f"{name} is larger than any worksheet, once it is unpacked.", "Give the file that was drawn.")


def _read_table(book_sheet: Any, columns: Sequence[str], sheet: ReturnedSheet) -> Iterator[ReturnedRow]:
    title, is_first = book_sheet.title, True
    for number, cells in _read_cells(book_sheet, sheet, len(columns)):
        values = [cell.value for cell in cells]
        if is_first:
            is_first = False
            if [_to_text(value) for value in values] != list(columns):
                raise SynthError(
                    f"The sheet {title} has other columns than it was given: they are {', '.join(columns)}.",
                    "Give the answers in the file that audit sample wrote.",
                )
            continue
        if any(_to_text(value) for value in values):
            yield ReturnedRow(f"{title} row {number}", dict(zip(columns, map(_trim, values), strict=True)))


def _read_cells(book_sheet: Any, sheet: ReturnedSheet, count: int) -> Iterator[tuple[int, Sequence[Any]]]:
    """Yield the rows of a sheet with their number; formulas anywhere in it are problems."""
    book_sheet.reset_dimensions()  # what a file says of its size may be false
    for number, row in enumerate(book_sheet.iter_rows(), 1):
        if number > _MOST_ROWS:
            raise SynthError(
                f"The sheet {book_sheet.title} has more than {_MOST_ROWS:,} rows.",
                "Give the file that audit sample wrote.",
            )
        for cell in row:
            if getattr(cell, "data_type", "") == "f":
                sheet.problems.append(f"{book_sheet.title} row {number}: a formula stands in {cell.coordinate}.")
            elif cell.value is not None and cell.column > count and _to_text(cell.value):
                sheet.problems.append(
                    f"{book_sheet.title} row {number}: {cell.coordinate} is not a cell of the worksheet."
                )
        yield number, [*row[:count], *[_Blank()] * (count - len(row))]


@dataclass(frozen=True)
class _Blank:
    """A cell that a file does not have."""

    value: None = None


def _read_parquet(content: bytes, name: str) -> ReturnedSheet:
    sheet = ReturnedSheet(content)
    columns = (*SAMPLE_COLUMNS, *ANSWER_COLUMNS[2:])
    try:
        file = pq.ParquetFile(io.BytesIO(content))
        sizes = [file.metadata.row_group(number).total_byte_size for number in range(file.metadata.num_row_groups)]
        _refuse_foreign(file.schema_arrow.names, columns, file.metadata.num_rows, sum(sizes), name)
        rows = file.read().to_pylist()
        fields = json.loads((file.schema_arrow.metadata or {}).get(METADATA, b"{}"))
    except (pa.ArrowException, OSError, ValueError, OverflowError, RecursionError):
        raise SynthError(f"{name} is damaged, or not Parquet.", "Give the file that audit sample wrote.") from None
    if isinstance(fields, dict):
        sheet.fields = {key: str(fields[key]) for key in DRAW_FIELDS if key in fields}
    for number, row in enumerate(rows, 1):
        values = {key: _trim(value) for key, value in row.items()}
        foreign = [key for key, value in values.items() if not isinstance(value, _VALUES)]
        if foreign:
            sheet.problems.append(f"row {number}: {', '.join(foreign)} is neither text, nor a number, nor a day.")
            continue
        sheet.records.append(ReturnedRow(f"row {number}", {key: values[key] for key in SAMPLE_COLUMNS}))
        sheet.answers.append(ReturnedRow(f"row {number}", {key: values[key] for key in ANSWER_COLUMNS}))
    return sheet


def _refuse_foreign(names: Sequence[str], columns: Sequence[str], rows: int, size: int, name: str) -> None:
    if tuple(names) != tuple(columns):
        raise SynthError(f"{name} has other columns than it was given: {', '.join(columns)}.", "Keep them as they are.")
    if rows > _MOST_ROWS or size > _LARGEST:
        raise SynthError(f"{name} is larger than any worksheet.", "Give the file that was drawn.")


def read_day(value: Any) -> date | None:
    """Return the day of an answer, also one that was typed as text; None if it is none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def read_whole(value: Any) -> int | None:
    """Return a number that programs write as 7, 7.0 or '7'; None if it is none."""
    text = _to_text(value).removesuffix(".0")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _trim(value: Any) -> Any:
    return unicodedata.normalize("NFC", value).strip()[: _LONGEST * 100] if isinstance(value, str) else value


def _to_text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def is_long(text: str) -> bool:
    """Return whether an answer is longer than a ledger keeps."""
    return len(text) > _LONGEST
