"""Workbooks of Excel, as small as a spreadsheet can be."""

from __future__ import annotations

import io
import zipfile


def make_workbook(rows: list[list[str]]) -> bytes:
    """Return a workbook whose names stand in shared texts, and whose first row is a title."""
    cells = "".join(
        f'<row r="{number + 2}">'
        + "".join(
            f'<c r="{chr(65 + at)}{number + 2}" t="inlineStr"><is><t>{value}</t></is></c>'
            if number
            else f'<c r="{chr(65 + at)}{number + 2}" t="s"><v>{at}</v></c>'
            for at, value in enumerate(row)
        )
        + "</row>"
        for number, row in enumerate(rows)
    )
    title = '<row r="1"><c r="C1" t="str"><v>Customers</v></c></row>'
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr(
            "xl/sharedStrings.xml", f"<sst {space}>{''.join(f'<si><t>{name}</t></si>' for name in rows[0])}</sst>"
        )
        book.writestr(
            "xl/worksheets/sheet1.xml", f"<worksheet {space}><sheetData>{title}{cells}</sheetData></worksheet>"
        )
    return content.getvalue()
