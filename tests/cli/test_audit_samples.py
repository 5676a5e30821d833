"""The commands `audit sample`, `audit record` and `audit resolve`."""

from __future__ import annotations

import datetime as dt
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl

from synth_expectations.evidence.sampling.entries import SampleDrawnBody
from synth_expectations.evidence.sampling.samples import find_open_samples, read_samples
from synth_expectations.evidence.sampling.seed import make_prefix, rank_key
from tests.cli.project import GOOD, REAL, Project
from tests.cli.samples import LEDGER, REVIEWER, TOMORROW, draw, fill, refuse_sheet
from tests.evidence.ledger_rewriting import rewrite_ledger
from tests.evidence.recorder.ledger_reading import open_ledger


def test_a_sample_is_drawn_reviewed_and_recorded(crowded: Project) -> None:
    cli = crowded.cli
    path = draw(crowded, "--stratum", "tagged-real", "--nonce", " 4 2 6 ", "--by", "ops")
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

    said = cli("audit", "record", str(fill(path, mark)), "--by", "clerk")
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
    refuse_sheet(crowded, path, "are on record already, in entry")
    assert "recorded: 2 of 42 are exceptions" in cli("audit", "sample").out
    for old, new in ((b'"exceptions":2', b'"exceptions":1'), (b'"nonce":"4 2 6"', b'"nonce":"1 1 1"')):
        rewrite_ledger(LEDGER, lambda content, old=old, new=new: content.replace(old, new))  # type: ignore[misc]
        said = cli("audit", "verify")
        assert said.code == 1, said
        rewrite_ledger(LEDGER, lambda content, old=old, new=new: content.replace(new, old))  # type: ignore[misc]


def test_a_draw_is_the_same_again_and_another_nonce_gives_another(crowded: Project) -> None:
    path = draw(crowded, "--stratum", "tagged-real", "--nonce", "a", "--size", "10")
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
    draw(crowded, "--stratum", "tagged-real", "--size", "10")
    one, other = (sample.body for sample in read_samples(open_ledger(LEDGER)))
    assert [record.pseudonym for record in one.records] != [record.pseudonym for record in other.records]
    assert other.notes[0].startswith("No auditor gave a nonce")
    crowded.table("contact", [GOOD, *[{**REAL, "Id": f"x{number}"} for number in range(30)]])
    path.unlink()
    said = crowded.cli("audit", "sample", "--again", "2", "--out", "s.xlsx")
    assert "The table changed since: rank 1, 2, 3" in said.err
    said = crowded.cli("audit", "record", str(fill(path, finding="not there any more")))
    assert "has no answer" in said.err  # the replacements of those that are gone
    said = crowded.cli("audit", "sample", "--withdraw", "3", "--reason", "wrong table", "--by", "ops")
    assert said.code == 0
    assert crowded.cli("audit", "sample").out.split()[-1] == "withdrawn"


def test_strata(crowded: Project) -> None:
    """Each has its records; an empty one makes no entry; a small one is drawn whole, hostile keys too."""
    cli = crowded.cli
    draw(crowded, "--nonce", "1")
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


def test_rows_of_one_key_are_one_record(crowded: Project) -> None:
    people = [{**REAL, "Id": f"r{number % 20}", "Email": f"p{number}@firm.example"} for number in range(100)]
    crowded.table("contact", [*people, {**REAL, "Id": "r0", "IsSynthetic": "true"}])
    draw(crowded, "--stratum", "tagged-real", "--nonce", "1", "--size", "15")
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
    draw(project, "--stratum", "by:Integration", "--nonce", "1", "--size", "20")
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
