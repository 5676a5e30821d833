"""`audit site` writes the pages of a ledger, and says when the ledger is not whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.cli.project import Said
from tests.evidence.sample_ledger import write_sample_ledger


def test_it_prints_the_first_page(tmp_path: Path, cli: Callable[..., Said]) -> None:
    write_sample_ledger(tmp_path / "evidence", 2)
    said = cli("audit", "site", "--ledger", str(tmp_path / "evidence"))
    assert said.code == 0
    assert said.out == f"{tmp_path / 'evidence' / 'site' / 'index.html'}\n"
    assert Path(said.out.strip()).is_file() and "Entries 1 to 5" in said.err
    again = cli("audit", "site", "--ledger", str(tmp_path / "evidence"))
    assert again.err == "Entries 1 to 5: 0 files written.\n"


def test_a_ledger_that_is_not_whole_has_pages_that_say_so(tmp_path: Path, cli: Callable[..., Said]) -> None:
    write_sample_ledger(tmp_path / "evidence", 2)
    (tmp_path / "evidence" / "ledger" / "00000003.json").unlink()
    said = cli("audit", "site", "--ledger", str(tmp_path / "evidence"), "--out", str(tmp_path / "pages"))
    assert said.code == 1
    assert "ERROR  Entry 4: Before it, entry 3 is missing." in said.err
    assert "entry 3 is missing" in (tmp_path / "pages" / "index.html").read_text(encoding="utf-8")


def test_no_ledger_and_no_place_for_pages_are_sentences(tmp_path: Path, cli: Callable[..., Said]) -> None:
    said = cli("audit", "site", "--ledger", str(tmp_path / "nothing"))
    assert said.code == 2 and "There is no ledger in" in said.err and not (tmp_path / "nothing").exists()
    assert "--out DIRECTORY" in cli("audit", "site", "--ledger", "s3://bucket/evidence").err
