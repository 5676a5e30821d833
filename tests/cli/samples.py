"""Samples as an auditor draws them and a reviewer answers them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

from tests.cli.project import Project, Said
from tests.evidence.recorder.ledger_reading import open_ledger

LEDGER = Path("evidence")
TOMORROW = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
REVIEWER = "ruth@audit.example"


def fill(path: Path, change: Callable[[Any], None] = lambda book: None, finding: str = "agrees") -> Path:
    """Answer a worksheet as a reviewer would."""
    book = openpyxl.load_workbook(path)
    uses = {row[0]: row[2] for row in book["Sample"].iter_rows(min_row=2, values_only=True)}
    for row in book["Answers"].iter_rows(min_row=2):
        if uses[row[0].value] == "sample":
            for cell, value in zip(row[2:], (finding, REVIEWER, "GRC-7", TOMORROW), strict=True):
                cell.value = value
    change(book)
    book.save(path)
    return path


def draw(project: Project, *options: str, table: str = "contact") -> Path:
    said = project.cli("audit", "sample", table, *options, "--out", "s.xlsx")
    assert said.code == 0, said
    return Path("s.xlsx")


def refuse_sheet(project: Project, path: Path, *sentences: str) -> Said:
    count = len(list(open_ledger(LEDGER).read_entries()))
    said = project.cli("audit", "record", str(path))
    assert said.code == 2, said
    for sentence in sentences:
        assert sentence in said.err, said.err
    assert len(list(open_ledger(LEDGER).read_entries())) == count
    return said
