"""Ledgers that are empty, foreign, damaged or hostile give right pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from synth_expectations.errors import SynthError
from synth_expectations.evidence.canonical import encode_document
from synth_expectations.evidence.ledger.bodies import RedactionBody, Tombstone
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.ledger.store import DirectoryStore
from synth_expectations.evidence.records.inputs import InputRecord
from synth_expectations.evidence.records.results import ResultRecord
from synth_expectations.evidence.site.builder import write_site
from synth_expectations.evidence.site.file_names import find_run_page, make_file_name
from tests.evidence.sample_ledger import write_sample_ledger
from tests.evidence.site.pages import ReadPage, find_dead_links, read_pages
from tests.evidence.site.records import SampleProject
from tests.evidence.site.sourced_numbers import find_sourced_numbers

HOSTILE = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>'",
    "two\nlines\r\tand \x1b[31m",
    "\u202etxt.exe",
    "x" * 10_000,
    "../../../etc/passwd",
    "C:\\con",
    "CON",
    "Index",
    "=cmd()|' /C calc'!A0",
    "{{ 7 * 7 }}{% raw %}",
    "имя таблицы",
    "",
    "\ud800",
)


def test_an_empty_ledger_shows_that_nothing_is_shown(tmp_path: Path) -> None:
    ledger = EvidenceLedger(DirectoryStore(tmp_path / "ledger"))
    write_site(ledger, tmp_path / "site")
    pages = read_pages(tmp_path / "site")
    index = pages["index.html"]
    assert list(find_dead_links(pages)) == []
    assert "No run is on record." in index.text and "Everything: no run is on record." in index.text
    assert not {text for _, text in index.classes} & {"shown", "supports", "passed", "shown in part"}
    assert (
        "Every run" not in pages["coverage.html"].text.partition("Runs of a selection")[0].partition("Calendar")[2][:0]
    )


def test_one_run_has_no_trend_and_no_run_before(tmp_path: Path) -> None:
    project = SampleProject(tmp_path)
    record = project.add_run()
    write_site(project.ledger, tmp_path / "site")
    pages = read_pages(tmp_path / "site")
    assert "A trend needs two ended runs." in pages["index.html"].text
    assert "There is no earlier run of this checkpoint on record." in pages[find_run_page(record.run_id)].text
    assert list(find_dead_links(pages)) == []


def test_a_start_as_the_newest_entry_is_on_the_first_page(tmp_path: Path) -> None:
    """The results of the run before stay, with their date; nothing of the plan counts as done."""
    project = SampleProject(tmp_path)
    project.add_run()
    started = project.add_start()
    write_site(project.ledger, tmp_path / "site")
    index = ReadPage(tmp_path / "site" / "index.html").text
    assert f"The newest run of crm_nightly, {started.run_id} , was started and has no end on record." in index
    assert "0 of 4 planned checks were evaluated" in index
    project.ledger.append(EntryKind.RUN_FINISHED, started)
    write_site(project.ledger, tmp_path / "site")
    assert "4 of 4 planned checks were evaluated" in ReadPage(tmp_path / "site" / "index.html").text


@pytest.mark.parametrize("body", [b"not json", b"[]", b'{"schema": "run-record/2"}', b'{"schema": "run-record/1"}'])
def test_a_record_of_another_schema_is_named_and_not_shown(tmp_path: Path, body: bytes) -> None:
    project = SampleProject(tmp_path)
    project.add_run()
    project.ledger.append(EntryKind.RUN_FINISHED, body)
    summary = write_site(project.ledger, tmp_path / "site")
    assert len(summary.problems) == 1 and summary.problems[0].startswith("Entry 4: ")
    assert "Entry 4: " in ReadPage(tmp_path / "site" / "index.html").text
    assert "Entry #4 (run_finished)" in ReadPage(tmp_path / "site" / "runs" / "index.html").text


def test_a_header_of_another_schema_ends_the_reading(tmp_path: Path) -> None:
    ledger = write_sample_ledger(tmp_path, 3)
    path = tmp_path / "ledger" / "00000004.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "schema": "ledger/9"}))
    summary = write_site(ledger, tmp_path / "site")
    assert summary.head == 3 and summary.problems
    assert "Entry 4 of the ledger cannot be read" in ReadPage(tmp_path / "site" / "index.html").text


def test_an_object_that_is_gone_is_named(tmp_path: Path) -> None:
    ledger = write_sample_ledger(tmp_path, 2)
    body = next(ledger.read_entries(since=3)).header.body_sha256
    (tmp_path / "objects" / body).unlink()
    assert "is missing from the ledger" in write_site(ledger, tmp_path / "site").problems[0]
    index = ReadPage(tmp_path / "site" / "index.html")
    assert "is missing from the ledger" in index.text
    assert "1 earlier run started and never ended." in index.text


def test_an_entry_that_is_gone_leaves_a_gap_that_shows(tmp_path: Path) -> None:
    ledger = write_sample_ledger(tmp_path, 3)
    (tmp_path / "ledger" / "00000004.json").unlink()
    assert write_site(ledger, tmp_path / "site").problems == ("Entry 5: Before it, entry 4 is missing.",)
    index = ReadPage(tmp_path / "site" / "index.html")
    assert "entry 4 is missing" in index.text and ("badge contrary", "contrary") in index.classes


def test_a_redacted_record_is_on_record_and_no_contradiction(tmp_path: Path) -> None:
    ledger = write_sample_ledger(tmp_path, 2)
    body = next(ledger.read_entries(since=3)).header.body_sha256
    (tmp_path / "objects" / body).write_bytes(encode_document(Tombstone(sha256=body, entry=6)))
    ledger.append(EntryKind.REDACTION, RedactionBody(sha256=body, reason="Article 17", by="dpo@shop.example"))
    assert write_site(ledger, tmp_path / "site").problems == ()
    pages = read_pages(tmp_path / "site")
    assert "1 record of runs cannot be shown: it was redacted, on record." in pages["index.html"].text
    assert (
        "removed the content of object" in pages["integrity.html"].text
        and "was redacted" in pages["runs/index.html"].text
    )


def test_a_planned_table_without_a_result_is_not_read(tmp_path: Path) -> None:
    project = SampleProject(tmp_path)
    record = project.make_record()
    kept = tuple(result for result in record.results if result.table != "customer")
    inputs = tuple(
        InputRecord(table="customer", role="judged", read=False) if item.table == "customer" else item
        for item in record.inputs
    )
    project.add_run(record.model_copy(update={"results": kept, "inputs": inputs}))
    write_site(project.ledger, tmp_path / "site")
    pages = read_pages(tmp_path / "site")
    assert "2 of 4 planned checks were evaluated" in pages["index.html"].text
    assert "2 planned checks had a table that no query read." in pages["index.html"].text
    assert ("badge not-read", "not read 2") in pages["index.html"].classes
    customer = pages["tables/customer.html"]
    assert ("badge not-read", "not read 2") in customer.classes
    assert not {text for _, text in customer.classes} & {"supports", "supports in part"}
    assert "2 of 4 planned checks have no result of this run" in pages[find_run_page(record.run_id)].text


def test_a_check_that_is_mapped_to_nothing_supports_nothing(tmp_path: Path) -> None:
    project = SampleProject(tmp_path)
    record = project.make_record()
    project.add_run(record.model_copy(update={"results": tuple(_unmap(result) for result in record.results)}))
    write_site(project.ledger, tmp_path / "site")
    pages = read_pages(tmp_path / "site")
    for name in ("index.html", "tables/customer.html"):
        assert ("badge passed", "passed, for no requirement 2") in pages[name].classes
        assert "supports" not in {text.rstrip(" 0123456789") for _, text in pages[name].classes}


def _unmap(result: ResultRecord) -> ResultRecord:
    return result.model_copy(update={"evidence": ()})


def test_names_from_outside_stay_text_and_get_files_of_their_own(tmp_path: Path) -> None:
    project = SampleProject(tmp_path / "evidence")
    for name in (name for name in HOSTILE if name != "\ud800"):
        record = project.make_record()
        results = tuple(
            result.model_copy(update={"table": name, "sentence": name, "reason": name}) for result in record.results
        )
        plan = tuple(check.model_copy(update={"table": name}) for check in record.plan)
        tables = tuple(
            table.model_copy(update={"table": name, "owner": name, "error": name}) for table in record.tables[:1]
        )
        inputs = tuple(table.model_copy(update={"table": name, "locator": name}) for table in record.inputs[:1])
        rules = tuple(
            result.model_copy(update={"rules": (result.rules[0].model_copy(update={"name": name, "count": 1}),)})
            for result in results
        )
        project.add_run(
            record.model_copy(
                update={
                    "run_id": name or "-", "checkpoint": name, "results": rules, "plan": plan, "tables": tables,
                    "inputs": inputs, "notes": (name,), "errors": (name,),
                    "actor": record.actor.model_copy(update={"claimed": name}),
                    "excluded": tuple(item.model_copy(update={"table": name, "reason": name}) for item in record.excluded),
                }
            )
        )  # fmt: skip
    write_site(project.ledger, tmp_path / "evidence" / "site")
    pages = read_pages(tmp_path / "evidence" / "site")
    assert {path.name for path in tmp_path.iterdir()} == {"evidence"}
    assert list(find_dead_links(pages)) == []
    assert len([name for name in pages if name.startswith("tables/")]) == len(HOSTILE) - 1
    for page in pages.values():
        assert not {"script", "img"} & set(page.tags)
        assert not {"\u202e", "\x1b", "\r"} & set(page.html)
        for number in find_sourced_numbers(page.html):
            assert number.compute(project.ledger) == number.text
    assert "{{ 7 * 7 }}{% raw %}" in pages["index.html"].text
    assert "(10,000 characters)" in pages["index.html"].text
    assert max(len(page.html) for page in pages.values()) < 250_000


def test_file_names_are_distinct_and_safe_on_every_system() -> None:
    names = [
        *HOSTILE,
        "customer",
        "Customer",
        "CUSTOMER",
        "con",
        "nul",
        "com1",
        "a" * 60,
        "a" * 61,
        "customer-",
        "a.b",
        "a b",
    ]
    files = [make_file_name(name) for name in names]
    assert len({file.lower() for file in files}) == len(names)
    for file in files:
        assert file.isascii() and file.replace("-", "").replace("_", "").isalnum() and len(file) <= 60
        assert file not in {"con", "nul", "com1", "index"}
    assert make_file_name("credit_decision") == "credit_decision"


def test_a_directory_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "thesis.txt").write_text("years of work")
    ledger = write_sample_ledger(tmp_path / "ledger", 1)
    with pytest.raises(SynthError, match="nothing was written"):
        write_site(ledger, tmp_path / "site")
    assert [path.name for path in (tmp_path / "site").iterdir()] == ["thesis.txt"]
