"""What `audit record` refuses of a worksheet, and the Parquet twin that it takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.sampling.entries import SampleRecordedBody
from synth_expectations.evidence.sampling.worksheet import METADATA
from tests.cli.project import Project
from tests.cli.samples import LEDGER, REVIEWER, TOMORROW, draw, fill, refuse_sheet
from tests.evidence.recorder.ledger_reading import open_ledger


def test_altered_sheets_are_refused_by_row(crowded: Project) -> None:
    path = draw(crowded, "--stratum", "tagged-real", "--nonce", "1", "--size", "10")
    original = path.read_bytes()

    def refuse(change: Callable[[Any], None], *sentences: str) -> None:
        path.write_bytes(original)
        refuse_sheet(crowded, fill(path, change), *sentences)

    def swap(book: Any) -> None:
        sheet = book["Answers"]
        sheet["B2"].value, sheet["B3"].value = sheet["B3"].value, sheet["B2"].value

    refuse(swap, "Answers row 2: its pseudonym is not that of rank 1", "Answers row 3: its pseudonym")
    refuse(lambda book: book["Answers"].delete_rows(4), "Answers: the row of rank 3 is missing")
    refuse(lambda book: book["Answers"].append([1, "p:x"]), "Answers row 17: rank 1 stands in Answers row 2 already")
    refuse(lambda book: book["Answers"].append([99, "p:x"]), "Answers row 17: its rank is none of draw 2")
    refuse(lambda book: book["Sample"].__setitem__("E3", "synthetic"), "Sample row 3: stated was altered")
    refuse(lambda book: book["Answers"].__setitem__("E3", "=HYPERLINK(1)"), "Answers row 3: a formula stands in E3")
    refuse(lambda book: book["Answers"].__setitem__("C3", "fine"), "Answers row 3: the finding is not one of agrees")
    refuse(lambda book: book["Answers"].__setitem__("C3", None), "Answers row 3: the finding is not one of")
    refuse(lambda book: book["Answers"].__setitem__("D3", " "), "Answers row 3: the reviewer is missing")
    refuse(lambda book: book["Answers"].__setitem__("F3", "soon"), "Answers row 3: the date is missing, or no day")
    refuse(
        lambda book: book["Answers"].__setitem__("F3", dt.date(2020, 1, 1)),
        "Answers row 3: the date is before the draw",
    )
    refuse(
        lambda book: book["Answers"].__setitem__("F3", TOMORROW + dt.timedelta(days=2)),
        "Answers row 3: the date is still to come",
    )
    refuse(lambda book: book["Answers"].__setitem__("E3", "x" * 501), "Answers row 3: an answer has more than 500")
    refuse(lambda book: book["Answers"].__setitem__("H3", "note"), "Answers row 3: H3 is not a cell of the worksheet")
    refuse(lambda book: book.remove(book["Sample"]), "has no sheet Sample")
    refuse(lambda book: book["Do not edit"].__setitem__("B2", "1"), "Entry 1 of the ledger is not a draw")
    refuse(lambda book: book["Do not edit"].__setitem__("B3", "0" * 64), "is of another draw than entry 2")
    refuse(lambda book: book["Do not edit"].__setitem__("B5", "passed"), "its stratum is not that of draw 2")
    assert crowded.cli("audit", "verify").code == 0


def test_no_operator_reviews_and_an_owner_is_named(crowded: Project) -> None:
    path = draw(crowded, "--stratum", "tagged-real", "--nonce", "1", "--size", "3", "--by", "ann@shop.example")
    for name in ("Ann@shop.example", "ann", "Ann <ann@shop.example>", "ann+review@shop.example"):
        refuse_sheet(
            crowded,
            fill(path, lambda book, name=name: book["Answers"].__setitem__("D2", name)),  # type: ignore[misc]
            "Answers row 2: the reviewer drew the sample, runs the checks or records the answers",
        )
    said = crowded.cli("audit", "record", str(fill(path)), "--by", REVIEWER)
    assert "Answers row 4: the reviewer drew the sample" in said.err
    owner = "crm-data@retailer.example"
    fill(path, lambda book: book["Answers"].__setitem__("D2", owner))
    said = crowded.cli("audit", "record", str(path), "--by", "clerk")
    assert (said.code, f"{owner} owns what was reviewed" in said.err) == (0, True), said


def test_a_parquet_twin_is_recorded_and_damaged_files_are_refused(crowded: Project) -> None:
    said = crowded.cli("audit", "sample", "contact", "--stratum", "tagged-real", "--nonce", "1", "--size", "3")
    assert said.code == 0, said
    assert Path("sample-2.xlsx").is_file()
    twin = Path("sample-2.parquet")
    table = pq.read_table(twin)
    rows = table.to_pylist()
    for row in rows[:3]:
        row |= {"finding": "agrees", "reviewer": REVIEWER, "evidence": "", "date": TOMORROW}
    pq.write_table(pa.Table.from_pylist(rows[1:], table.schema), twin)
    refuse_sheet(crowded, twin, "rank 1 is missing")
    pq.write_table(pa.Table.from_pylist([*rows, rows[0]], table.schema), twin)
    refuse_sheet(crowded, twin, "row 9: rank 1 stands in row 1 already")
    pq.write_table(pa.Table.from_pylist(rows, table.schema.remove_metadata()), twin)
    refuse_sheet(crowded, twin, "The file is not a worksheet of a sample")
    for name, values, sentence in (
        ("finding", pa.array([["agrees"]] * len(rows)), "row 1: finding is neither text, nor a number, nor a day"),
        ("reviewer", pa.array([b"ruth"] * len(rows)), "row 1: reviewer is neither text"),
        ("date", pa.array([2_000_000_000] * len(rows), pa.int32()).cast(pa.date32()), "is damaged, or not Parquet"),
    ):
        pq.write_table(table.set_column(table.schema.get_field_index(name), name, values), twin)
        refuse_sheet(crowded, twin, sentence)
    pq.write_table(table.replace_schema_metadata({METADATA: b"[" * 100_000}), twin)
    refuse_sheet(crowded, twin, "is damaged, or not Parquet")
    pq.write_table(pa.Table.from_pylist(rows, table.schema), twin)
    assert crowded.cli("audit", "record", str(twin)).code == 0
    bodies = [
        SampleRecordedBody.model_validate_json(open_ledger(LEDGER).read_object(entry.header.body_sha256))
        for entry in open_ledger(LEDGER).read_entries()
        if entry.header.kind is EntryKind.SAMPLE_RECORDED
    ]
    assert [(body.reviewed, body.exceptions) for body in bodies] == [(3, 0)]
    for name, content in (("a.xlsx", b"PK\x03\x04"), ("b.parquet", b"PAR1"), ("c.csv", b"")):
        Path(name).write_bytes(content)
        said = crowded.cli("audit", "record", name)
        assert (said.code, "Traceback" in said.err) == (2, False), said
    assert crowded.cli("audit", "record", "none.xlsx").code == 2
