"""`run --quarantine`: the keys of all violating records in Parquet, and nothing of anyone unless it is asked for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from synth_expectations.engine import violations
from tests.cli.project import GOOD, REAL, Project
from tests.runner.quarantine_files import counted, keys, listed, rows

MADE_BY = "expect_synthetic_provenance_to_be_well_formed"
COPIES = "expect_synthetic_records_to_not_copy_real_records"
TAGGED = "expect_records_to_be_tagged"
LEAKED = "expect_table_to_contain_no_synthetic_records"
STRAY = [{**GOOD, "Id": f"u{i:04}", "IsSynthetic": None} for i in range(70)]
ODD = [{**GOOD, "Id": f"m{i:02}", "Method": "guess%work", "Version": "x"} for i in range(40)]
COPIED = [{**GOOD, "Id": f"c{i}", "Email": "Someone@Firm.example "} for i in range(3)]


@pytest.fixture
def violated(compiled: Project) -> Project:
    """A project with violations of the row, of the table as a whole, and of what a reference holds."""
    compiled.table("contact", [GOOD, REAL, *STRAY, *ODD, *COPIED])
    compiled.table(
        "send",
        [{"SendId": i, "IsSynthetic": i % 2 == 0} for i in range(41)],
        SendId=pa.int64(),
        IsSynthetic=pa.bool_(),
    )
    return compiled


def run(project: Project, *more: str) -> dict[str, Any]:
    said = project.run("--quarantine", "found", "--output", "json", *more)
    assert said.err == ""
    return said.json()


def test_all_violating_records_are_listed_by_expectation_and_rule(violated: Project) -> None:
    document = run(violated)
    assert document["exit_code"] == 1
    assert listed(document) == counted(document)
    assert {"contact", "send"} == {table for table, *_ in listed(document)}
    assert keys(document, TAGGED) == {row["Id"] for row in STRAY}
    assert keys(document, MADE_BY) == {row["Id"] for row in ODD}
    assert keys(document, COPIES) == {"c0", "c1", "c2"}
    assert document["quarantine"]["rows"] == 70 + 2 * 40 + 3 + 21
    assert document["quarantine"]["directory"] == str(violated.root / "found" / document["run"]["id"])
    written = {table["table"]: table["quarantine"] for table in document["tables"]}
    assert written["customer"] == {"file": None, "rows": 0, "error": None}
    assert written["send"] == {"file": f"{document['quarantine']['directory']}/send.parquet", "rows": 21, "error": None}
    assert document["notes"] == []


def test_no_identifier_is_written_unless_it_is_asked_for(violated: Project) -> None:
    plain, asked = run(violated), run(violated, "--quarantine-identifiers")
    for file in plain["quarantine"]["files"]:
        assert b"firm.example" not in Path(file).read_bytes()
        assert Path(file).stat().st_mode & 0o777 == 0o600
    assert {row["identifier_Email"] for row in rows(asked) if row["expectation"] == COPIES} == {"Someone@Firm.example "}
    assert {row["identifier_Email"] for row in rows(asked) if row["expectation"] == TAGGED} == {GOOD["Email"]}
    assert listed(asked) == listed(plain)
    contact = next(Path(file) for file in asked["quarantine"]["files"] if "contact" in file)
    assert contact.stat().st_mode & 0o777 == 0o600


def test_records_come_in_pieces(violated: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = run(violated)
    monkeypatch.setattr(violations, "PIECE_SIZE", 16)
    pieces = run(violated)
    sizes = {}
    for file in pieces["quarantine"]["files"]:
        groups = pq.ParquetFile(file).metadata
        sizes[Path(file).stem] = [groups.row_group(i).num_rows for i in range(groups.num_row_groups)]
    assert sizes["send"] == [16, 5]
    assert len(sizes["contact"]) > 6
    assert max(sizes["contact"]) <= 16 * 3, "a record is written once for each rule that it breaks"
    assert sorted(map(str, rows(pieces))) == sorted(map(str, rows(whole)))


def test_nothing_more_is_asked_where_nothing_is_violated(compiled: Project) -> None:
    without = compiled.run("--output", "json").json()
    document = run(compiled)
    assert document["exit_code"] == 0
    assert document["counts"]["queries"] == without["counts"]["queries"]
    assert (document["quarantine"]["files"], document["quarantine"]["rows"]) == ([], 0)
    assert without["quarantine"] is None
    assert not (compiled.root / "found").exists()
    said = compiled.run("--quarantine", "found")
    assert "Keys     none written: no record that can be listed breaks a rule" in said.out


def test_one_more_query_for_rules_of_the_row_and_one_for_each_that_looks_up(violated: Project) -> None:
    queries = {table["table"]: table["queries"] for table in violated.run("--output", "json").json()["tables"]}
    more = {table["table"]: table["queries"] - queries[table["table"]] for table in run(violated)["tables"]}
    assert more == {"contact": 2, "customer": 0, "send": 1}


def test_the_text_says_where_in_one_line(violated: Project) -> None:
    said = violated.run("--quarantine", "found")
    assert re.search(r"^Keys     174 rows in 2 files: .*/found/\d{8}T\d{6}Z-\w{4}$", said.out, re.MULTILINE)


def test_what_cannot_be_listed_is_named(violated: Project) -> None:
    violated.edit(
        "columns: {key: SendId}",
        "columns: {key: SendId}\n    expectations: {expect_column_values_to_not_be_null: {column: IsSynthetic}}",
    )
    violated.table("send", [{"SendId": "m1", "IsSynthetic": None}])
    violated.table("contact", [{name: value for name, value in GOOD.items() if name not in {"Source", "Dataset"}}])
    violated.compile()
    notes = "\n".join(run(violated)["notes"])
    assert (
        "send: the records that break expect_column_values_to_not_be_null cannot be listed: it is not an expectation of"
        in notes
    )
    assert (
        "contact: the records that break expect_table_to_have_provenance_columns cannot be listed: "
        "its rules are about the columns of the table." in notes
    )


def test_records_without_a_key_are_listed_too(violated: Project) -> None:
    violated.table("send", [{"SendId": None, "IsSynthetic": "true"}, {"SendId": "m1", "IsSynthetic": "true"}])
    document = run(violated)
    assert keys(document, LEAKED) == {None, "m1"}


def test_a_key_that_the_policy_now_calls_an_identifier_is_not_listed(violated: Project) -> None:
    violated.edit("columns: {key: SendId}", "columns: {key: SendId}\n    identifiers: {phone: SendId}")
    document = run(violated)
    assert document["exit_code"] == 2, "the policy is not the one that was compiled"
    assert keys(document, LEAKED) == set()
    assert f"send: the records that break {LEAKED} cannot be listed: the policy names SendId" in document["notes"][0]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--quarantine-identifiers",), "--quarantine-identifiers needs --quarantine."),
        (("--quarantine", "taken/inside"), "taken is a file."),
    ],
)
def test_what_is_refused_before_the_work(violated: Project, options: tuple[str, ...], sentence: str) -> None:
    (violated.root / "taken").write_text("")
    said = violated.run(*options)
    assert (said.code, said.out) == (2, "")
    assert sentence in said.err


def test_identifiers_need_a_policy_that_names_them(violated: Project) -> None:
    violated.policy.unlink()
    said = violated.run("--quarantine", "found", "--quarantine-identifiers")
    assert said.code == 2
    assert "The project has no policy that names identifiers." in said.err
    assert run(violated)["quarantine"]["rows"] == 174


def test_a_file_that_cannot_be_finished_is_an_error_and_leaves_nothing(
    violated: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    violated.edit("identifiers: {email: Email}\n    references", "identifiers: {email: EMailTypo}\n    references")
    document = run(violated, "--quarantine-identifiers")
    assert document["exit_code"] == 2
    assert "contact: its violating records cannot be listed: Column EMailTypo is not in contact." in document[
        "message"
    ] + str(document["error"])
    assert [Path(file).name for file in document["quarantine"]["files"]] == ["send.parquet"]
    assert not list(violated.root.rglob("*.tmp"))
