"""Files that hold no rows of text are told for what they are, and text that begins like them is read."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from synth_expectations.engine.extracts.damage import DamagedExtractError
from tests.engine.extracts.reading import load


def make_zip(*members: str) -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as opened:
        for member in members:
            opened.writestr(member, "x")
    return archive.getvalue()


def make_parquet() -> bytes:
    written = io.BytesIO()
    pq.write_table(pa.table({"id": ["1"]}), written)
    return written.getvalue()


FOREIGN = {
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog>>\nendobj\n", "a PDF document"),
    "PNG": (b"\x89PNG\r\n\x1a\n" + b"IHDR" * 9, "a picture"),
    "JPEG": (b"\xff\xd8\xff\xe0JFIF", "a picture"),
    "a workbook": (make_zip("[Content_Types].xml", "xl/workbook.xml"), "an Excel workbook"),
    "an archive": (make_zip("contacts.csv"), "a ZIP archive"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "an Excel 97 workbook"),
    "Parquet": (make_parquet(), "a Parquet file"),
    "SQLite": (b"SQLite format 3\0" + bytes(99), "an SQLite database"),
    "RTF": (b"{\\rtf1\\ansi hello}", "a text document (RTF)"),
    "a page": (b"<!DOCTYPE html>\n<html><body>Please sign in</body></html>\n", "an HTML page"),
    "a page with a mark": (b"\xef\xbb\xbf<html>\n", "an HTML page"),
    "XML": (b"<?xml version='1.0'?>\n<a/>\n", "an XML document"),
}


@pytest.mark.parametrize("kind", ["csv", "json"])
@pytest.mark.parametrize("name", FOREIGN)
def test_a_file_is_told_for_what_it_is(name: str, kind: str, tmp_path: Path) -> None:
    content, sentence = FOREIGN[name]
    with pytest.raises(DamagedExtractError) as raised:
        load(tmp_path, kind, content)
    assert f": it is {sentence}" in str(raised.value)
    assert raised.value.hint != "Extract the file again."


@pytest.mark.parametrize(
    "header", ["ORC_ID", "PAR1", "PK", "ARROW1", "Obj", "GIF", "<id>", "%PDF", "MM", "II*", "{id}"]
)
def test_text_that_begins_like_one_is_read(header: str, tmp_path: Path) -> None:
    assert len(load(tmp_path, "csv", f"{header},name\n1,a\n2,b\n".encode())) == 2
