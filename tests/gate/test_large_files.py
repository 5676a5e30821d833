"""Large files are streamed, or left unread at a limit that is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from synth_expectations.gate.formats import sqlite_dump
from synth_expectations.gate.formats.sqlite_dump import read_dump
from synth_expectations.gate.model import UnreadFileError
from synth_expectations.gate.repository import SourceFile
from tests.gate.conftest import Gate, write
from tests.gate.texts import DUMP, ROW


def test_ten_thousand_columns(gate: Gate, tmp_path: Path) -> None:
    names = ["LastName", "Email", *(f"C{number}__c" for number in range(10_000))]
    row = ["Moor", "a.moor@example.com", *("x" for _ in range(10_000))]
    write(tmp_path, "Contact.csv", ",".join(names) + "\n" + (",".join(row) + "\n") * 3)
    assert "SD020 3 of 3" in gate().out


def test_too_many_columns_and_too_long_values(gate: Gate, tmp_path: Path) -> None:
    write(tmp_path, "a/Contact.csv", ",".join(f"C{number}" for number in range(60_000)))
    write(tmp_path, "b/Contact.csv", 'LastName,Email\n"' + "x" * 4_100_000)
    out = gate().out
    assert "a/Contact.csv: it has 60,000 columns" in out
    assert "b/Contact.csv: a value has more than" in out


def test_a_million_statements_end_by_the_clock(tmp_path: Path) -> None:
    path = tmp_path / "a.sql"
    path.write_text(DUMP + ROW * 20_000, encoding="utf-8")
    file = SourceFile("a.sql", path, path.stat().st_size)
    with pytest.raises(UnreadFileError, match=r"takes longer than 0\.001 s"):
        list(read_dump(file, seconds=0.001))
    assert len(list(read_dump(file))) == 20_000


def test_a_dump_that_is_too_large(gate: Gate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_dump, "MAX_BYTES", 1_000)
    write(tmp_path, "datasets/a.sql", DUMP + ROW * 100)
    assert "NOT READ  datasets/a.sql: it has" in gate().out


def test_a_large_file_is_streamed(gate: Gate, tmp_path: Path) -> None:
    import tracemalloc

    rows = "".join(f"Moor{number},m{number}@acme.co,{'x' * 8_000}\n" for number in range(1_500))
    write(tmp_path, "Contact.csv", "LastName,Email,Note__c\n" + rows)
    record = '{"attributes": {"type": "Contact", "referenceId": "C%d"}, "LastName": "Moor", "Note__c": "%s"}'
    write(
        tmp_path, "c.json", '{"records": [' + ",".join(record % (number, "x" * 8_000) for number in range(1_500)) + "]}"
    )
    tracemalloc.start()
    out = gate().out
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "3,000 records read" in out
    assert peak < 12_000_000
