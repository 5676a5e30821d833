"""CSV: what it holds is read as it is, and what is damaged is an error with its line."""

from __future__ import annotations

import bz2
import csv
import gzip
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from synth_expectations.engine.extracts import csv_format
from synth_expectations.engine.extracts.damage import DamagedExtractError
from tests.engine.extracts.reading import load

GOOD = "id,name\n1,José\n2,\n"
ROWS = [{"id": "1", "name": "José"}, {"id": "2", "name": None}]

READ = {
    "plain": (GOOD.encode(), {}),
    "a byte order mark": (GOOD.encode("utf-8-sig"), {}),
    "a mark before a quoted name": (b'\xef\xbb\xbf"id",name\n1,Jos\xc3\xa9\n2,\n', {}),
    "UTF-16 with a mark": (GOOD.encode("utf-16"), {"encoding": "utf-16"}),
    "UTF-16 without a mark": (GOOD.encode("utf-16-le"), {"encoding": "utf-16-le"}),
    "latin-1": (GOOD.encode("latin-1"), {"encoding": "latin-1"}),
    "cp1252": (GOOD.encode("cp1252"), {"encoding": "cp1252"}),
    "gzip": (gzip.compress(GOOD.encode()), {}),
    "two members of gzip": (gzip.compress(b"id,name\n1,Jos\xc3\xa9\n") + gzip.compress(b"2,\n"), {}),
    "bzip2": (bz2.compress(GOOD.encode()), {}),
    "bzip2 in two streams": (bz2.compress(GOOD[:5].encode()) + bz2.compress(GOOD[5:].encode()), {}),
    "gzip over UTF-16": (gzip.compress(GOOD.encode("utf-16")), {"encoding": "utf-16"}),
    "semicolons": (GOOD.replace(",", ";").encode(), {"delimiter": ";"}),
    "tabs": (GOOD.replace(",", "\t").encode(), {"delimiter": "\t"}),
    "single quotes": ("id,name\n'1','José'\n2,''\n".encode(), {"quote": "'"}),
    "CRLF": (GOOD.replace("\n", "\r\n").encode(), {}),
    "CR": (GOOD.replace("\n", "\r").encode(), {}),
    "line ends of two kinds": ("id,name\r\n1,José\n2,\r\n".encode(), {}),
    "no line end at the end": (GOOD.rstrip().encode(), {}),
    "empty lines at the end": (GOOD.encode() + b"\n\r\n\n", {}),
    "an empty field in quotes": ('"id","name"\n"1","José"\n"2",""\n'.encode(), {}),
    "no header": ("1,José\n2,\n".encode(), {"header": ["id", "name"]}),
}


@pytest.mark.parametrize("name", READ)
def test_the_same_rows_however_they_are_written(name: str, tmp_path: Path) -> None:
    content, words = READ[name]
    assert load(tmp_path, "csv", content, **words) == ROWS


def test_zstd(tmp_path: Path) -> None:
    content = bytes(pa.Codec("zstd").compress(GOOD.encode()))
    assert load(tmp_path, "csv", content) == ROWS


FIELDS = {
    "a doubled quote": (b'"say ""hi"" "', 'say "hi" ', {}),
    "an escaped quote": (b'"say \\"hi\\""', 'say "hi"', {"escape": "\\"}),
    "a quote within a field": (b'5" pipe', '5" pipe', {}),
    "quotes that are text": (b'"x', '"x', {"quote": None}),
    "a line end in quotes": (b'"a\r\nb\nc"', "a\r\nb\nc", {}),
    "a delimiter in quotes": (b'"a,b"', "a,b", {}),
    "spaces": (b"  a  ", "  a  ", {}),
    "spaces alone": (b"   ", "   ", {}),
    "NULL in words": (b"NULL", "NULL", {}),
    "NA": (b"NA", "NA", {}),
    "zeros in front": (b"00123", "00123", {}),
    "line ends of Unicode": ("a\u2028b\x85c\x0b".encode(), "a\u2028b\x85c\x0b", {}),
    "a long field": (b"x" * 300_000, "x" * 300_000, {}),
}


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_is_kept_as_it_is(name: str, tmp_path: Path) -> None:
    written, value, words = FIELDS[name]
    assert load(tmp_path, "csv", b"id,name\n1," + written + b"\n", **words) == [{"id": "1", "name": value}]


def test_python_keeps_its_own_limit_of_fields(tmp_path: Path) -> None:
    before = csv.field_size_limit()
    load(tmp_path, "csv", b"id\n" + b"x" * 300_000)
    assert csv.field_size_limit() == before


def test_an_empty_line_of_one_column_is_a_record(tmp_path: Path) -> None:
    assert load(tmp_path, "csv", b"id\n1\n\n2\n") == [{"id": "1"}, {"id": None}, {"id": "2"}]


def test_no_rows(tmp_path: Path) -> None:
    assert load(tmp_path, "csv", b"id,name\n") == load(tmp_path, "csv", b"id,name") == []
    assert load(tmp_path, "csv", b"", header=["id"]) == []


DAMAGED = {
    "too few fields": (b"id,name\n1,a\n2\n", "1.csv, line 3: it has 1 field, too few for 2 columns."),
    "too many fields": (b"id,name\n1,a\n2,b,c\n", "1.csv, line 3: it has 3 fields, too many for 2 columns."),
    "an empty field too many": (b"id,name\n1,a,\n", "1.csv, line 2: it has 3 fields, too many for 2 columns."),
    "after a record of several lines": (b'id,name\n1,"a\nb"\n2\n', "1.csv, line 4: it has 1 field"),
    "an open quote": (b'id,name\n1,"a\n2,b\n', "1.csv, line 2: a quote is not closed."),
    "an open quote that another closes": (b'id,name\n1,"a\n2,"b"\n', "1.csv, line 2: text follows a closing quote"),
    "text after a quote": (b'id,name\n1,"a"b\n', "1.csv, line 2: text follows a closing quote"),
    "an empty line between records": (
        b"id,name\n1,a\n\n2,b\n",
        "1.csv, line 3: there is an empty line between records.",
    ),
    "a footer": (b"id,name\n1,a\n\n\nMy report\n", "1.csv, line 3: there is an empty line between records."),
    "bytes of another encoding": (b"id,name\n1,a\n2,Jos\xe9\n", "1.csv, line 3: it has bytes that are not utf-8."),
    "a cut character": (b"id,name\n1,a\n2,Jos\xc3", "1.csv, line 3: it has bytes that are not utf-8."),
    "UTF-16": (GOOD.encode("utf-16"), "1.csv, line 1: it begins with the byte order mark of utf-16"),
    "a doubled name": (b"id,ID\n1,2\n", "1.csv, line 1: in the header, two columns are called ID and id."),
    "a name that is empty": (b"id,,x\n1,2,3\n", "1.csv, line 1: in the header, column 2 has no name."),
    "a NUL": (b"id,name\n1,a\n2,a\0b\n", "1.csv, line 3: it has a NUL byte, which text has not."),
    "a block that a crash left empty": (b"id,name\n1,a\n" + b"\0" * 4096, "1.csv, line 3: it has a NUL byte"),
    "UTF-16 without its mark": (
        "id,name\n".encode("utf-16-le"),
        "1.csv, line 1: it has a NUL byte, which text has not.",
    ),
    "the separator": (
        b"sep=,\nid,name\n1,a\n",
        "1.csv, line 1: it names the separator, which only spreadsheet programs",
    ),
    "the separator alone": (b"SEP=;\nid;name\n1;a\n", "1.csv, line 1: it names the separator"),
    "an empty first line": (b"\nid,name\n1,a\n", "1.csv, line 1: in the header, there is no name."),
    "nothing": (b"", "1.csv: it is empty, without even a header."),
    "gzip that was cut": (gzip.compress(GOOD.encode())[:-9], "1.csv: it is compressed, and it ends in the middle."),
    "gzip that was changed": (gzip.compress(GOOD.encode())[:-8] + b"\0" * 8, "1.csv: it is compressed, and"),
    "zstd that was cut": (bytes(pa.Codec("zstd").compress(GOOD.encode() * 99))[:-4], "1.csv: it is compressed, and"),
    "a second bzip2 stream that was changed": (
        bz2.compress(GOOD.encode()) + b"BZx" + bz2.compress(GOOD.encode())[3:],
        "1.csv: it is compressed, and it is damaged.",
    ),
    "a ZIP archive": (b"PK\x03\x04", "1.csv: it is a ZIP archive."),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_damage_is_an_error_with_its_line_and_without_values(name: str, tmp_path: Path) -> None:
    content, sentence = DAMAGED[name]
    with pytest.raises(DamagedExtractError) as raised:
        load(tmp_path, "csv", content)
    assert str(raised.value).startswith(sentence)
    assert "Jos" not in str(raised.value)


def test_utf_16_without_its_mark(tmp_path: Path) -> None:
    with pytest.raises(DamagedExtractError, match=r"1\.csv, line 1: it has bytes that are not utf-16"):
        load(tmp_path, "csv", GOOD.encode("utf-16-le"), encoding="utf-16")


def test_damage_deep_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_format, "BLOCK_ROWS", 7)
    rows = b"".join(b'%d,"a\nb"\n' % number for number in range(50))
    assert len(load(tmp_path, "csv", b"id,name\n" + rows)) == 50
    with pytest.raises(DamagedExtractError, match="line 102: it has 1 field"):
        load(tmp_path, "csv", b"id,name\n" + rows + b"50\n")
    with pytest.raises(DamagedExtractError, match="line 102: the value of id is not a valid integer"):
        load(tmp_path, "csv", b"id,name\n" + rows + b"x,\n", types={"id": "integer"})


@pytest.mark.parametrize("rows", [6, 7, 8, 14])
def test_no_row_is_lost_between_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    monkeypatch.setattr(csv_format, "BLOCK_ROWS", 7)
    content = b"id,name\n" + b"".join(b"%d,x\n" % number for number in range(rows))
    assert [row["id"] for row in load(tmp_path, "csv", content + b"\n\n")] == [str(number) for number in range(rows)]


def test_columns_are_matched_by_name(tmp_path: Path) -> None:
    found = load(tmp_path, "csv", b"id,name\n1,a\n", b"city,ID\nYork,2\n")
    assert found == [{"id": "1", "name": "a", "city": None}, {"id": "2", "name": None, "city": "York"}]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"delimiter": ";;"}, "delimiter is one character"),
        ({"delimiter": "\n"}, "delimiter is one character"),
        ({"delimiter": '"'}, "different characters"),
        ({"delimiter": " "}, "a space is not a delimiter"),
        ({"encoding": "utf8-sig-x"}, "is not an encoding"),
        ({"encoding": "base64"}, "is not an encoding"),
        ({"encoding": "rot13"}, "is not an encoding"),
        ({"header": ["id", "Id"]}, "header: two columns are called Id and id"),
        ({"delimeter": ";"}, "did you mean delimiter"),
    ],
)
def test_what_is_no_format(tmp_path: Path, words: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        load(tmp_path, "csv", b"id\n1\n", **words)
