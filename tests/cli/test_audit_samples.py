"""The commands `audit sample`, `audit record` and `audit resolve`, and what they refuse."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.sampling.entries import SampleDrawnBody, SampleRecordedBody
from synth_expectations.evidence.sampling.samples import find_open_samples, read_samples
from synth_expectations.evidence.sampling.seed import make_prefix, rank_key
from synth_expectations.evidence.sampling.worksheet import METADATA
from tests.cli.project import GOOD, REAL, Project, Said
from tests.evidence.ledger_rewriting import rewrite_ledger
from tests.evidence.recorder.ledger_reading import open_ledger

LEDGER = Path("evidence")
TOMORROW = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
REVIEWER = "ruth@audit.example"


@pytest.fixture
def crowded(compiled: Project) -> Project:
    """A project with enough contacts for a sample, two of them broken, one hostile."""
    people = [{**REAL, "Id": f"r{number:03}", "Email": f"p{number}@firm.example"} for number in range(80)]
    untagged = [{**REAL, "Id": key, "IsSynthetic": None} for key in ("u1", "=cmd()", "ev\u202eil", "u" * 10_000, " ")]
    compiled.table("contact", [GOOD, {**GOOD, "Id": "bad", "Method": "unknown"}, *people, *untagged])
    return compiled


def _fill(path: Path, change: Callable[[Any], None] = lambda book: None, finding: str = "agrees") -> Path:
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


def _draw(project: Project, *options: str, table: str = "contact") -> Path:
    said = project.cli("audit", "sample", table, *options, "--out", "s.xlsx")
    assert said.code == 0, said
    return Path("s.xlsx")


def _refuse(project: Project, path: Path, *sentences: str) -> Said:
    count = len(list(open_ledger(LEDGER).read_entries()))
    said = project.cli("audit", "record", str(path))
    assert said.code == 2, said
    for sentence in sentences:
        assert sentence in said.err, said.err
    assert len(list(open_ledger(LEDGER).read_entries())) == count
    return said


def test_a_sample_is_drawn_reviewed_and_recorded(crowded: Project) -> None:
    cli = crowded.cli
    path = _draw(crowded, "--stratum", "tagged-real", "--nonce", " 4 2 6 ", "--by", "ops")
    [drawn] = read_samples(open_ledger(LEDGER))
    body = drawn.body
    assert (body.population, body.size, body.nonce, body.by) == (80, 42, "4 2 6", "ops")
    prefix = sha256(f"{body.seed}|contact".encode()).hexdigest()[:20]

    def rank(key: str) -> str:
        return sha256(f"{prefix}|{key}".encode()).hexdigest()

    ranked = sorted(rank(f"r{number:03}") for number in range(80))
    said = cli("audit", "resolve", "--sheet", str(path))
    keys = [line.split("\t")[1] for line in said.out.splitlines()]
    assert [rank(key) for key in keys] == ranked[: len(keys)]
    assert len(keys) == len(body.records) == 42 + 8
    text = json.dumps(body.model_dump(mode="json"))
    assert not any(f'"{key}"' in text for key in keys)
    assert [sample.number for sample in find_open_samples(open_ledger(LEDGER), dt.datetime.now(dt.UTC))] == [
        drawn.number
    ]

    def mark(book: Any) -> None:
        book["Answers"]["C2"] = "cannot tell"
        book["Answers"]["C3"] = "not there any more"
        for place, value in zip("CDEF", ("wrongly real", REVIEWER, "=1+1 is text", str(TOMORROW)), strict=True):
            cell = book["Answers"][f"{place}{2 + body.size}"]
            cell.value, cell.data_type = value, "s"

    said = cli("audit", "record", str(_fill(path, mark)), "--by", "clerk")
    assert said.code == 0, said
    assert "2 of 42, 4.76%" in said.out
    [done] = read_samples(open_ledger(LEDGER))
    answers = done.answers
    assert answers is not None
    assert (answers.reviewed, answers.exceptions, answers.gone) == (42, 2, 1)
    assert find_open_samples(open_ledger(LEDGER), dt.datetime.now(dt.UTC)) == []
    assert cli("audit", "verify").code == 0
    said = cli("audit", "redact", answers.sheet_sha256, "--reason", "a name in the column evidence")
    assert said.code == 0, said
    said = cli("audit", "verify")
    assert (said.code, "redacted, on record: a name in the column evidence" in said.out) == (0, True), said
    _refuse(crowded, path, "are on record already, in entry")
    assert "recorded: 2 of 42 are exceptions" in cli("audit", "sample").out
    for old, new in ((b'"exceptions":2', b'"exceptions":1'), (b'"nonce":"4 2 6"', b'"nonce":"1 1 1"')):
        rewrite_ledger(LEDGER, lambda content, old=old, new=new: content.replace(old, new))  # type: ignore[misc]
        said = cli("audit", "verify")
        assert said.code == 1, said
        rewrite_ledger(LEDGER, lambda content, old=old, new=new: content.replace(new, old))  # type: ignore[misc]


def test_a_draw_is_the_same_again_and_another_nonce_gives_another(crowded: Project) -> None:
    path = _draw(crowded, "--stratum", "tagged-real", "--nonce", "a", "--size", "10")
    first = path.read_bytes()
    path.unlink()
    said = crowded.cli("audit", "sample", "--again", "2", "--out", "s.xlsx")
    assert (said.code, "15 of 15 records are drawn again" in said.out) == (0, True), said
    rows = [list(openpyxl.load_workbook(name)["Sample"].values) for name in ("s.xlsx",)]
    path.write_bytes(first)
    assert list(openpyxl.load_workbook(path)["Sample"].values) == rows[0]
    path.unlink()
    said = crowded.cli("audit", "sample", "contact", "--stratum", "tagged-real", "--nonce", "a", "--out", "s.xlsx")
    assert (said.code, "The nonce was used by draw 2 already." in said.err, path.exists()) == (2, True, False)
    _draw(crowded, "--stratum", "tagged-real", "--size", "10")
    one, other = (sample.body for sample in read_samples(open_ledger(LEDGER)))
    assert [record.pseudonym for record in one.records] != [record.pseudonym for record in other.records]
    assert other.notes[0].startswith("No auditor gave a nonce")
    crowded.table("contact", [GOOD, *[{**REAL, "Id": f"x{number}"} for number in range(30)]])
    path.unlink()
    said = crowded.cli("audit", "sample", "--again", "2", "--out", "s.xlsx")
    assert "The table changed since: rank 1, 2, 3" in said.err
    said = crowded.cli("audit", "record", str(_fill(path, finding="not there any more")))
    assert "has no answer" in said.err  # the replacements of those that are gone
    said = crowded.cli("audit", "sample", "--withdraw", "3", "--reason", "wrong table", "--by", "ops")
    assert said.code == 0
    assert crowded.cli("audit", "sample").out.split()[-1] == "withdrawn"


def test_strata(crowded: Project) -> None:
    """Each has its records; an empty one makes no entry; a small one is drawn whole, hostile keys too."""
    cli = crowded.cli
    _draw(crowded, "--nonce", "1")
    for stratum, nonce in (("broken", "2"), ("passed", "3"), ("by:purpose", "4"), ("tagged-synthetic", "5")):
        said = cli("audit", "sample", "contact", "--stratum", stratum, "--nonce", nonce, "--out", f"{nonce}.parquet")
        assert said.code == 0, said
    bodies = {sample.body.stratum: sample.body for sample in read_samples(open_ledger(LEDGER))}
    untagged = bodies["untagged"]
    assert (untagged.population, untagged.without_key, untagged.size) == (4, 1, 4)
    assert "1 row has no key" in " ".join(untagged.notes)
    assert {record.stated for record in untagged.records} == {"untagged"}
    assert bodies["broken"].population + bodies["passed"].population == 86
    assert all("breaks expect_" in record.stated for record in bodies["broken"].records)
    assert all(record.stated.startswith("breaks no rule of ") for record in bodies["passed"].records)
    assert {value.value for value in bodies["by:purpose"].values} == {"testing", None}
    keys = cli("audit", "resolve", "--sheet", "s.xlsx").out
    assert "=cmd()" in keys
    assert "ev\\u202eil" in keys
    for options, sentence in (
        (("contact", "--stratum", "tagged-reel"), "Did you mean tagged-real?"),
        (("contact", "--stratum", "by:Email"), "Email names a person or a record"),
        (("contact", "--stratum", "by:nothing"), "nothing"),
        (("contact", "--stratum", "decisions"), "No check of contact is about decisions"),
        (("customer", "--stratum", "untagged"), "customer has no record to draw from"),
        (("kontact",), "did you mean contact?"),
        (("contact", "--confidence", "100"), "is not a percentage between 0 and 100"),
        (("contact", "--tolerable", "1/0"), "is not a percentage between 0 and 100"),
        (("contact", "--nonce", "x\ny"), "printable"),
        (("contact", "--size", "10001"), "a sample has at most 10,000"),
        (("contact", "--out", "sheet.docx"), "neither .xlsx nor .parquet"),
    ):
        said = cli("audit", "sample", *options)
        assert (said.code, sentence in said.err) == (2, True), said
    assert len(read_samples(open_ledger(LEDGER))) == 5
    assert not list(Path().glob("sample-*"))


def test_altered_sheets_are_refused_by_row(crowded: Project) -> None:
    path = _draw(crowded, "--stratum", "tagged-real", "--nonce", "1", "--size", "10")
    original = path.read_bytes()

    def refuse(change: Callable[[Any], None], *sentences: str) -> None:
        path.write_bytes(original)
        _refuse(crowded, _fill(path, change), *sentences)

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
    path = _draw(crowded, "--stratum", "tagged-real", "--nonce", "1", "--size", "3", "--by", "ann@shop.example")
    for name in ("Ann@shop.example", "ann", "Ann <ann@shop.example>", "ann+review@shop.example"):
        _refuse(
            crowded,
            _fill(path, lambda book, name=name: book["Answers"].__setitem__("D2", name)),  # type: ignore[misc]
            "Answers row 2: the reviewer drew the sample, runs the checks or records the answers",
        )
    said = crowded.cli("audit", "record", str(_fill(path)), "--by", REVIEWER)
    assert "Answers row 4: the reviewer drew the sample" in said.err
    owner = "crm-data@retailer.example"
    _fill(path, lambda book: book["Answers"].__setitem__("D2", owner))
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
    _refuse(crowded, twin, "rank 1 is missing")
    pq.write_table(pa.Table.from_pylist([*rows, rows[0]], table.schema), twin)
    _refuse(crowded, twin, "row 9: rank 1 stands in row 1 already")
    pq.write_table(pa.Table.from_pylist(rows, table.schema.remove_metadata()), twin)
    _refuse(crowded, twin, "The file is not a worksheet of a sample")
    for name, values, sentence in (
        ("finding", pa.array([["agrees"]] * len(rows)), "row 1: finding is neither text, nor a number, nor a day"),
        ("reviewer", pa.array([b"ruth"] * len(rows)), "row 1: reviewer is neither text"),
        ("date", pa.array([2_000_000_000] * len(rows), pa.int32()).cast(pa.date32()), "is damaged, or not Parquet"),
    ):
        pq.write_table(table.set_column(table.schema.get_field_index(name), name, values), twin)
        _refuse(crowded, twin, sentence)
    pq.write_table(table.replace_schema_metadata({METADATA: b"[" * 100_000}), twin)
    _refuse(crowded, twin, "is damaged, or not Parquet")
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


def test_rows_of_one_key_are_one_record(crowded: Project) -> None:
    people = [{**REAL, "Id": f"r{number % 20}", "Email": f"p{number}@firm.example"} for number in range(100)]
    crowded.table("contact", [*people, {**REAL, "Id": "r0", "IsSynthetic": "true"}])
    _draw(crowded, "--stratum", "tagged-real", "--nonce", "1", "--size", "15")
    [sample] = read_samples(open_ledger(LEDGER))
    body: SampleDrawnBody = sample.body
    assert (body.population, len(body.records)) == (100, 20)
    assert {record.rows for record in body.records} == {5}
    assert len({record.pseudonym for record in body.records}) == 20
    assert "20 of the drawn keys stand in several rows" in " ".join(body.notes)


def test_integrations_are_those_of_the_runs_of_the_synchronisation(project: Project) -> None:
    project.edit("      dataset_id: Dataset\n", "      dataset_id: Dataset\n      sync_run_id: Run\n")
    project.edit("      real: {table: customer}\n", "      real: {table: customer}\n      sync_runs: {table: sync}\n")
    project.policy.write_text(
        project.policy.read_text()
        + "  sync:\n    role: sync_runs\n    parquet: lake/sync/*.parquet\n"
        + "    columns: {key: RunId, status: Status}\n"
    )
    rows = [{"RunId": str(run), "Status": "ok", "Target": "x", "Ended": "2026-01-01"} for run in range(9)]
    project.table("sync", [{**row, "Integration": "erp" if int(row["RunId"]) < 7 else "pos"} for row in rows])
    people = [
        {**REAL, "Id": f"r{number}", "Run": None if number % 10 == 9 else f"{number % 10}"} for number in range(200)
    ]
    project.table("contact", people)
    project.compile()
    _draw(project, "--stratum", "by:Integration", "--nonce", "1", "--size", "20")
    [sample] = read_samples(open_ledger(LEDGER))
    body = sample.body
    assert {(count.value, count.population, count.size) for count in body.values} == {
        ("erp", 140, 14), ("pos", 40, 4), (None, 20, 2),
    }  # fmt: skip
    keys = [line.split("\t")[1] for line in project.cli("audit", "resolve", "--sheet", "s.xlsx").out.splitlines()]
    prefix = make_prefix(body.seed, "contact")
    of_erp = sorted(rank_key(prefix, f"r{number}") for number in range(200) if number % 10 < 7)
    drawn = [
        rank_key(prefix, key)
        for key, record in zip(keys, body.records, strict=True)
        if record.value == "erp" and not record.is_replacement
    ]
    assert drawn == of_erp[:14]
    said = project.cli("audit", "sample", "contact", "--stratum", "by:Integration=erp", "--nonce", "2")
    assert (said.code, "is a column of sync" in said.err) == (2, True), said
