"""Files that are no text at all, or no table, whatever their names end in: told by what they begin with."""

from __future__ import annotations

import re

LOOKED_AT = 512
"""Bytes at the start of a file that are enough to know it."""

_SAVE = "Save it as CSV, or export the data again."
_UNPACK = "Unpack it; gzip, bzip2 and zstd are read as they are."
_PAGE = "Export the data again: a page to sign in, or an error, was saved in its place."
_FORMATS: tuple[tuple[bytes, str, str], ...] = (
    (rb"PK\x03\x04.{22,120}(\[Content_Types\]\.xml|_rels/|xl/|docProps/)", "an Excel workbook or another Office file", _SAVE),
    (rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis", "an OpenDocument file", _SAVE),
    (rb"PK(\x03\x04|\x05\x06)", "a ZIP archive", _UNPACK),
    (rb"\xfd7zXZ\x00", "compressed with xz", _UNPACK),
    (rb"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (rb"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Excel 97 workbook or another old Office file", _SAVE),
    (rb"PAR1[\x00-\x1f]", "a Parquet file", "Name it as one: parquet: in the policy, or --parquet."),
    (rb"Obj\x01", "an Avro file", "Write it as Parquet or CSV."),
    (rb"ORC[\x00-\x09\x0b\x0c\x0e-\x1f\x80-\xff]", "an ORC file", "Write it as Parquet or CSV."),
    (rb"ARROW1\x00", "an Arrow file", "Write it as Parquet or CSV."),
    (rb"SQLite format 3\x00", "an SQLite database", "Export the table as CSV."),
    (rb"%PDF-", "a PDF document", "Export the data itself as CSV."),
    (rb"\{\\rtf", "a text document (RTF)", _SAVE),
    (rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|II\*\x00|MM\x00\*", "a picture", "Export the data itself as CSV."),
    (rb"(\xef\xbb\xbf)?\s*<(!doctype html|html|head|body)\b", "an HTML page", _PAGE),
    (rb"(\xef\xbb\xbf)?\s*<\?xml\b", "an XML document", "Export the data as CSV or JSON Lines."),
)  # fmt: skip
"""What files of these formats begin with, what they are, and what to do; APPNOTE.TXT 4.3.7 and 4.3.16 for ZIP."""
_PATTERNS = [(re.compile(start, re.IGNORECASE | re.DOTALL), kind, hint) for start, kind, hint in _FORMATS]


def find_foreign_format(first: bytes) -> tuple[str, str] | None:
    """Return what a file is that holds no rows of text, and what to do with it; None if it may be text.

    Args:
        first: the bytes that it begins with, at least `LOOKED_AT` if it has so many.
    """
    return next(((kind, hint) for pattern, kind, hint in _PATTERNS if pattern.match(first)), None)
