"""Files that are small and stand for much: they are read within bounds of time and memory, or refused."""

from __future__ import annotations

import gzip
import io
import time
import zipfile
from pathlib import Path

import pytest

from synth_expectations.gate.formats import spreadsheet
from synth_expectations.gate.formats.spreadsheet import read_spreadsheet
from synth_expectations.gate.formats.sql_statements import read_statements
from synth_expectations.gate.formats.xml_records import read_xml_records
from synth_expectations.gate.load import Load, _plan
from synth_expectations.gate.marker import MarkerWords
from synth_expectations.gate.model import UnreadFileError
from synth_expectations.gate.repository import SourceFile
from tests.gate.conftest import Gate


def _open(path: Path, content: bytes) -> SourceFile:
    path.write_bytes(content)
    return SourceFile(path.name, path, len(content))


def test_a_workbook_may_have_prefixes_and_is_packed_as_excel_packs(tmp_path: Path) -> None:
    rows = "".join(
        f'<x:row><x:c t="inlineStr"><x:is><x:t>{cell}</x:t></x:is></x:c></x:row>'
        for cell in ("Email", "a@example.com", "b@example.com")
    )
    sheet = f'<x:worksheet xmlns:x="urn:x"><x:sheetData>{rows}</x:sheetData></x:worksheet>'
    for method in (zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", method) as book:
            book.writestr("xl/worksheets/sheet1.xml", sheet)
        file = _open(tmp_path / f"{method}.xlsx", content.getvalue())
        if method == zipfile.ZIP_DEFLATED:
            assert [[row for row, _ in rows] for rows in read_spreadsheet(file)] == [
                [["Email"], ["a@example.com"], ["b@example.com"]]
            ]
        else:
            with pytest.raises(UnreadFileError, match="packed in another way"):
                list(map(list, read_spreadsheet(file)))


def test_a_cell_far_to_the_right_stands_for_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "_MAX_CELLS", 100_000)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", "<s>" + '<row><c r="XFD1"><v>1</v></c></row>' * 7 + "</s>")
    file = _open(tmp_path / "a.xlsx", content.getvalue())
    with pytest.raises(UnreadFileError, match="more than 0 million cells"):
        list(map(list, read_spreadsheet(file)))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[" * 100_000, ""),
        ("".join(f"$a{number}$ " for number in range(80_000)), "is not closed"),
        ("INSERT INTO t VALUES (1" + ",1" * 60_000, "more than 50,000 columns"),
        ("INSERT INTO t VALUES ('" + "a" * 900_000, "is not closed"),
    ],
    ids=["brackets", "dollars", "columns", "quote"],
)
def test_sql_without_an_end_is_refused_soon(tmp_path: Path, text: str, reason: str) -> None:
    before = time.process_time()
    file = _open(tmp_path / "a.sql", text.encode())
    if reason:
        with pytest.raises(UnreadFileError, match=reason):
            list(read_statements(file))
    else:
        assert not list(read_statements(file))
    assert time.process_time() - before < 10


def test_quotes_and_remarks_of_json_without_an_end_are_refused_soon(gate: Gate, tmp_path: Path) -> None:
    before = time.process_time()
    for text in ("{" + '\\"' * 200_000, "{" + "/* " * 200_000):
        (tmp_path / "people.json").write_text(text, encoding="utf-8")
        assert "is not valid JSON" in gate("--production", "**").out
    assert time.process_time() - before < 10


def test_text_between_elements_is_not_kept(tmp_path: Path) -> None:
    between = "x" * 10_000
    text = f"<r>{(between + '<b/>') * 500}<c><email>a@example.com</email>{between}<note>{'y' * 10_000}</note></c></r>"
    (record,) = read_xml_records(_open(tmp_path / "a.xml", text.encode()))
    assert record.values == {"email": "a@example.com", "note": "y" * 400}


def test_a_file_of_many_objects_is_read_in_part(gate: Gate, tmp_path: Path) -> None:
    rows = "".join(f"INSERT INTO t{number} (email) VALUES ('a@example.com');\n" for number in range(10_001))
    (tmp_path / "a.sql").write_text(rows, encoding="utf-8")
    run = gate("--production", "**")
    assert run.code == 2
    assert "it has records of more than 10,000 objects" in run.out
    assert "and 9,980 other objects" in run.out


def test_rows_of_any_length_keep_few_plans() -> None:
    load = Load("a.csv", "a", MarkerWords())
    names = ["email", "synthetic", *(f"c{number}" for number in range(1_000))]
    before = _plan.cache_info().currsize
    for length in range(400, 500):
        load.add(dict.fromkeys(names[:length], "a@acme.co"), None)
    assert load.people == 100
    assert _plan.cache_info().currsize <= before + 1


def test_a_line_of_csv_is_not_read_without_bounds(gate: Gate, tmp_path: Path) -> None:
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"\0" * 17_000_000, 1))
    run = gate("--production", "**")
    assert run.code == 2
    assert "a line has more than 16,000,000 characters" in run.out
