"""Whatever a worksheet became on its way, it is read or refused with a sentence; and its texts are not formulas."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from synth_expectations.errors import SynthError
from synth_expectations.evidence.sampling.entries import DrawnRecord, SampleDrawnBody
from synth_expectations.evidence.sampling.links import RecordLinks
from synth_expectations.evidence.sampling.returned_sheet import read_sheet
from synth_expectations.evidence.sampling.worksheet import WorksheetContent, make_parquet, make_workbook
from tests.damaged_zips import DAMAGES

HOSTILE = ("=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "a\nb\u202e", "<b>&amp;", "x" * 40_000)
ENTITIES = b'<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def _make_content() -> WorksheetContent:
    records = tuple(
        DrawnRecord(rank=rank, pseudonym=f"p:{rank:032}", stated=text, value=text, is_replacement=rank > 5)
        for rank, text in enumerate(HOSTILE, 1)
    )
    body = SampleDrawnBody(
        table="=table()", stratum="by:+c==x", seed="0" * 64, head=1, head_sha256="0" * 64, nonce="", confidence=95,
        tolerable=5, expected=0, size=5, is_size_given=True, population=70, without_key=0,
        as_of=datetime(2026, 1, 1, tzinfo=UTC), policy_sha256="0" * 64, pseudonym_key_id="k", records=records, by="ops",
    )  # fmt: skip
    links = RecordLinks(b"k" * 32)
    return WorksheetContent(7, "0" * 64, body, [links.make(text) for text in HOSTILE])


def test_every_text_is_text_and_only_answers_are_open() -> None:
    book = openpyxl.load_workbook(io.BytesIO(make_workbook(_make_content())))
    for sheet in book:
        assert sheet.protection.sheet
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell
                is_answer = sheet.title == "Answers" and cell.row > 1 and cell.column > 2
                assert cell.protection.locked is not is_answer, cell
                if isinstance(cell.value, str) and cell.value[:1] in tuple("=+-@"):
                    assert cell.quotePrefix, cell
    [findings, days] = book["Answers"].data_validations.dataValidation
    assert findings.formula1 == '"agrees,wrongly real,wrongly synthetic,cannot tell,not there any more"'
    assert (str(findings.sqref), str(days.sqref)) == ("C2:C8", "F2:F8")


@pytest.mark.parametrize("kind", ["xlsx", "parquet"])
def test_damaged_files_are_refused_with_a_sentence(kind: str, tmp_path: Path) -> None:
    whole = _forget_times(make_workbook(_make_content())) if kind == "xlsx" else make_parquet(_make_content())
    chance, path, outcomes = random.Random(7), tmp_path / f"sheet.{kind}", Counter[str]()
    variants = [whole, *(whole[: chance.randrange(len(whole))] for _ in range(15))]
    for _ in range(25):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 5)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        variants.append(bytes(damaged))
    variants += _damage_members(whole, chance) if kind == "xlsx" else []
    for variant in variants:
        path.write_bytes(variant)
        try:
            assert read_sheet(path).draw == 7
            outcomes["read"] += 1
        except SynthError:
            outcomes["refused"] += 1
    assert outcomes["read"] >= 1
    assert outcomes["refused"] > 15


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_workbook_is_refused(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(DAMAGES[damage](make_workbook(_make_content())))
    with pytest.raises(SynthError, match=r"sheet\.xlsx (cannot be read as|is not) a workbook"):
        read_sheet(path)


def _forget_times(workbook: bytes) -> bytes:
    """Return the same workbook as of 1980, so that the same bytes are damaged in each run."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"20\d\d-[-0-9T:]+Z", b"1980-01-01T00:00:00Z", content)
            copy.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _damage_members(whole: bytes, chance: random.Random) -> list[bytes]:
    """Return workbooks of which one part is gone, cut, full of signs, or expands entities."""
    archive, variants = zipfile.ZipFile(io.BytesIO(whole)), []
    for target in archive.namelist():
        for change in (
            lambda content: None,
            lambda content: content[: len(content) // 2],
            lambda content: content.replace(b"<", b"<<", 3),
            lambda content: ENTITIES + content.replace(b"<t>", b"<t>&b;"),
        ):
            written = io.BytesIO()
            with zipfile.ZipFile(written, "w") as copy:
                for name in archive.namelist():
                    content = change(archive.read(name)) if name == target else archive.read(name)
                    if content is not None:
                        copy.writestr(name, content)
            variants.append(written.getvalue())
    return chance.sample(variants, 20)


def test_a_link_is_read_with_its_key_alone() -> None:
    links = RecordLinks(b"k" * 32)
    for key in (*HOSTILE, "003Hs00000AVE4K", "\ud800"):
        assert links.read(f" {links.make(key)}\n") == key
        assert links.make(key) == links.make(key)
    for link in ("", "l:", "l:AAAA", links.make("a")[:-2], RecordLinks(b"x" * 32).make("a"), "p:0"):
        with pytest.raises(SynthError, match="cannot be read with this key"):
            links.read(link)
