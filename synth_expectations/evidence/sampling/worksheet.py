"""The worksheet of a draw: a workbook that people answer in, and a Parquet twin for programs.

openpyxl both writes and reads workbooks, so that one library does instead of two. Every text is written as text, whatever
it begins with, and only the cells of answers can be edited.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from synth_expectations.engine.atomic_file import replaced_file
from synth_expectations.errors import SynthError
from synth_expectations.evidence.sampling.entries import DrawnRecord, SampleDrawnBody
from synth_expectations.evidence.sampling.size import explain_size
from synth_expectations.redaction import escape_invisible

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SHEETS = ("Instructions", "Sample", "Answers", "Do not edit")
SAMPLE_COLUMNS = ("rank", "pseudonym", "use", "value", "stated", "rows", "link")
ANSWER_COLUMNS = ("rank", "pseudonym", "finding", "reviewer", "evidence", "date")
DRAW_FIELDS = ("schema", "draw", "draw_sha256", "table", "stratum")
SCHEMA = "worksheet/1"
METADATA = b"synth_worksheet"
_LONGEST_CELL = 32_000
"""Excel takes 32,767 characters."""

_WIDTHS = {"rank": 7, "pseudonym": 38, "use": 14, "value": 20, "stated": 50, "rows": 7, "link": 40, "finding": 20}


@dataclass(frozen=True)
class WorksheetContent:
    """What a worksheet is made of.

    Attributes:
        draw: the number of the draw; `draw_sha256` of its body.
        body: the draw.
        links: to the records, in their order; empty for one that the table no longer has.
    """

    draw: int
    draw_sha256: str
    body: SampleDrawnBody
    links: Sequence[str]

    def list_fields(self) -> dict[str, str]:
        """Return what tells to which draw the worksheet belongs."""
        values = (SCHEMA, str(self.draw), self.draw_sha256, self.body.table, self.body.stratum)
        return dict(zip(DRAW_FIELDS, values, strict=True))

    def list_records(self) -> list[dict[str, Any]]:
        """Return the rows of the sheet Sample."""
        return [
            {**list_stated(record), "link": link if len(link) < _LONGEST_CELL else ""}
            for record, link in zip(self.body.records, self.links, strict=True)
        ]


def list_stated(record: DrawnRecord) -> dict[str, Any]:
    """Return what a worksheet says of a record, which no answer may change."""
    return {
        "rank": record.rank,
        "pseudonym": record.pseudonym,
        "use": "replacement" if record.is_replacement else "sample",
        "value": _clean(record.value or ""),
        "stated": _clean(record.stated),
        "rows": record.rows,
    }


def write_worksheet(content: WorksheetContent, path: Path) -> None:
    """Write the worksheet of a draw, by the ending of its name: .xlsx or .parquet.

    Raises:
        SynthError: the name has another ending.
        OSError: it cannot be written.
    """
    kind = find_format(path)
    written = make_workbook(content) if kind == "xlsx" else make_parquet(content)
    with replaced_file(path) as temporary:
        temporary.write_bytes(written)


def find_format(path: Path) -> str:
    """Return whether a file is a workbook or Parquet, by its ending.

    Raises:
        SynthError: it is neither.
    """
    ending = path.suffix.lower().removeprefix(".")
    if ending not in {"xlsx", "parquet"}:
        raise SynthError(
            f"{path.name} is not a worksheet: it ends with neither .xlsx nor .parquet.",
            "Save the worksheet as .xlsx, and name that file.",
        )
    return ending


def make_workbook(content: WorksheetContent) -> bytes:
    """Return the worksheet as XLSX."""
    from openpyxl import Workbook

    book = Workbook()
    instructions, sample, answers, fields = (
        book.active if number == 0 else book.create_sheet() for number in range(len(SHEETS))
    )
    for sheet, title in zip((instructions, sample, answers, fields), SHEETS, strict=True):
        assert sheet is not None
        sheet.title = title
        sheet.protection.sheet = True
    assert instructions is not None
    assert sample is not None
    assert answers is not None
    assert fields is not None
    _write_rows(instructions, [[line] for line in write_instructions(content)])
    instructions.column_dimensions["A"].width = 110
    records = content.list_records()
    _write_table(sample, SAMPLE_COLUMNS, [[record[name] for name in SAMPLE_COLUMNS] for record in records])
    blank = [""] * (len(ANSWER_COLUMNS) - 2)
    _write_table(answers, ANSWER_COLUMNS, [[record["rank"], record["pseudonym"], *blank] for record in records])
    _open_answers(answers, content.body, len(records))
    _write_rows(fields, [[name, value] for name, value in content.list_fields().items()])
    fields.column_dimensions["A"].width, fields.column_dimensions["B"].width = 16, 70
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def make_parquet(content: WorksheetContent) -> bytes:
    """Return the worksheet as Parquet: a row a record, with empty columns for the answers."""
    rows = content.list_records()
    columns: dict[str, pa.Array] = {
        name: pa.array([row[name] for row in rows], pa.int64() if name in {"rank", "rows"} else pa.string())
        for name in SAMPLE_COLUMNS
    }
    for name in ANSWER_COLUMNS[2:]:
        columns[name] = pa.nulls(len(rows), pa.date32() if name == "date" else pa.string())
    table = pa.table(columns).replace_schema_metadata({METADATA: json.dumps(content.list_fields())})
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    return buffer.getvalue()


def write_instructions(content: WorksheetContent) -> list[str]:
    """Return what a reviewer must know, a line each."""
    body, stratum = content.body, content.body.parsed_stratum
    confidence, tolerable = Fraction(str(body.confidence)) / 100, Fraction(str(body.tolerable)) / 100
    replacements = sum(record.is_replacement for record in body.records)
    return [
        f"Sample {content.draw}: {body.size:,} of {body.population:,} records of {_clean(body.table)}",
        f"Drawn from {stratum.meaning}" + (f" ({_clean(str(stratum))})." if stratum.column else "."),
        explain_size(body.size, body.population, confidence, tolerable, body.expected),
        "",
        "1. Look each record of the sheet Sample up in the CRM. Its name here is a pseudonym. Who holds the key of the "
        "pseudonyms tells you the record: synth-expectations audit resolve --sheet FILE",
        "2. Judge it by what you see there, not by what this sheet states.",
        "3. Answer in the sheet Answers, in every row whose use is sample: your finding, your name, where the proof is, and "
        "the day (2026-12-31).",
        f"   agrees: the record is what the column stated says. {stratum.kind.findings[1]}: it is not. cannot tell: nobody "
        "can judge it; that counts as an exception.",
        "   not there any more: the record was deleted since. Then answer the next row whose use is replacement"
        + (" and that has the same value." if body.values else ".")
        + f" There are {replacements:,}.",
        "4. The reviewer is not the person who runs the checks or drew the sample.",
        "5. Give the file back as it is: synth-expectations audit record FILE",
        "",
        "Formulas, rows of another sheet, and rows that are doubled, missing or altered are refused.",
        *(f"Note: {_clean(note)}" for note in body.notes),
    ]


def _open_answers(sheet: Worksheet, body: SampleDrawnBody, count: int) -> None:
    """Unlock the cells of answers, and give each finding a list to choose from."""
    from openpyxl.styles import Protection
    from openpyxl.worksheet.datavalidation import DataValidation

    last = count + 1
    choices = ",".join(body.parsed_stratum.kind.findings)
    findings = DataValidation("list", formula1=f'"{choices}"', allow_blank=True, showErrorMessage=True)
    findings.error = "Choose one of the list."
    days = DataValidation(
        "date", operator="greaterThan", formula1=str((date(2000, 1, 1) - date(1899, 12, 30)).days), allow_blank=True
    )
    findings.add(f"C2:C{last}")
    days.add(f"F2:F{last}")
    sheet.add_data_validation(findings)
    sheet.add_data_validation(days)
    for row in sheet.iter_rows(min_row=2, max_row=last, min_col=3, max_col=6):
        for cell in row:
            cell.protection = Protection(locked=False)
            cell.number_format = "yyyy-mm-dd" if cell.column == len(ANSWER_COLUMNS) else "@"


def _write_table(sheet: Worksheet, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    _write_rows(sheet, [list(columns), *rows])
    for number, name in enumerate(columns, 1):
        sheet.cell(1, number).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(name, 24)
    sheet.freeze_panes = "C2"


def _write_rows(sheet: Worksheet, rows: Sequence[Sequence[Any]]) -> None:
    """Write values as what they are: a text that begins with `=` stays a text, also when somebody edits its cell."""
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row, 1):
            if value == "":
                continue
            cell = sheet.cell(number, place)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
                cell.number_format = "@"
                cell.quotePrefix = value[0] in "=+-@"


def _clean(text: str) -> str:
    """Return text that a cell can hold, on one line, with what is not seen as escapes."""
    return escape_invisible(text)[:_LONGEST_CELL]
