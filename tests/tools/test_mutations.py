"""No planted violation goes by without a word when something around it is spoiled, and the page says so truly."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.mutations import __main__ as command
from tools.mutations.crm_copy import CrmCopy
from tools.mutations.matrix import Matrix
from tools.mutations.matrix_page import format_cell, read_cells
from tools.mutations.spoilings import SPOILINGS
from tools.mutations.stores import ParquetFiles

SAMPLE = ("marker renamed",)
"""What `make test` takes: one run."""


@pytest.fixture(scope="module")
def matrix(tmp_path_factory: pytest.TempPathFactory) -> Matrix:
    return Matrix(CrmCopy.make(tmp_path_factory.mktemp("mutations") / "demo", ParquetFiles()))


def test_names_are_unique() -> None:
    names = [spoiling.name for spoiling in SPOILINGS]
    assert len(set(names)) == len(names)
    assert set(SAMPLE) <= set(names)


def test_nothing_is_lost_where_nothing_is_spoiled(matrix: Matrix) -> None:
    findings = matrix.crm.run(frozenset(matrix.crm.compiled.policy.tables))
    assert findings.errors == ()
    for violation in matrix.violations:
        for planted in violation.planted:
            assert planted.keys <= findings.keys[planted.table, planted.expectation][planted.rule or ""]


@pytest.mark.parametrize("name", SAMPLE)
def test_the_page_is_true(matrix: Matrix, name: str) -> None:
    number, spoiling = next((number, each) for number, each in enumerate(SPOILINGS) if each.name == name)
    page = read_cells(command.PAGE.read_text(encoding="utf-8"))
    assert list(page) == [(violation.kind, violation.table) for violation in matrix.violations]
    assert [row[number] for row in page.values()] == [
        format_cell(spoiling, cell) for cell in matrix.run_column(spoiling)
    ]


def test_the_page_reads_back(tmp_path: Path) -> None:
    page = read_cells(command.PAGE.read_text(encoding="utf-8"))
    assert {len(cells) for cells in page.values()} == {len(SPOILINGS)}
    assert {cell for cells in page.values() for cell in cells if cell not in set("=#~E")} <= {
        "",
        *(f"[{number}]" for number in range(1, 100)),
    }


@pytest.mark.full
def test_the_whole_page_is_true(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["mutations", "--check"])
    assert command.main() == 0, capsys.readouterr().out
