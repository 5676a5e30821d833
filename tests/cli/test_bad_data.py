"""Data that is not as the policy says: a verdict and a sentence each, and the other tables are still judged."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pyarrow as pa
import pytest

from tests.cli.project import GOOD, REAL, Project, Said

COLUMNS = "expect_table_to_have_provenance_columns"


def verdicts(said: Said) -> dict[str, str]:
    return {table["table"]: table["verdict"] for table in said.json()["tables"]}


def errors(said: Said, table: str) -> dict[str, str]:
    (found,) = [each for each in said.json()["tables"] if each["table"] == table]
    return {each["type"]: each["error"] for each in found["expectations"] if each["error"]}


def counts(said: Said, kind: str) -> dict[str, int]:
    found = [each for table in said.json()["tables"] for each in table["expectations"] if each["type"] == kind]
    return {rule["name"]: rule["count"] for rule in found[0]["rules"] if rule["count"]}


def test_good_data_passes(compiled: Project) -> None:
    said = compiled.run()
    assert said.code == 0, said.out
    assert said.err == ""
    assert re.fullmatch(r"passed  \d+ passed, \d+ nothing to check; [\d.]+ s; exit 0", said.out.splitlines()[-2])
    assert all(len(line) <= 80 for line in said.out.splitlines() if "file://" not in line)


def test_a_missing_column_names_the_nearest_and_the_line_to_edit(compiled: Project) -> None:
    compiled.table("contact", [{("Sauce" if k == "Source" else k): v for k, v in row.items()} for row in (GOOD, REAL)])
    said = compiled.run()
    assert said.code == 2
    assert "Column Source is not in contact. Nearest: Sauce. It has" in said.out
    line = next(i for i, text in enumerate(compiled.policy.read_text().splitlines(), 1) if "source: Source" in text)
    assert f"policy.yml:{line} (columns.source)" in said.out
    document = compiled.run("--output", "json")
    assert verdicts(document) == {"contact": "errored", "customer": "passed", "send": "passed"}
    assert set(errors(document, "contact")) == {
        "expect_synthetic_records_to_have_provenance",
        "expect_real_records_to_have_no_synthetic_provenance",
    }


def test_one_bad_rule_among_many_costs_no_query(compiled: Project) -> None:
    before = compiled.run("--output", "json").json()["counts"]["queries"]
    compiled.table("contact", [{k: v for k, v in row.items() if k != "Email"} for row in (GOOD, REAL)])
    after = compiled.run("--output", "json")
    assert set(errors(after, "contact")) == {
        "expect_synthetic_records_to_not_copy_real_records",
        "expect_untagged_records_to_not_look_synthetic",
    }
    # its own was not sent, nor the one that counts what it could find, and no other was sent again
    assert after.json()["counts"]["queries"] == before - 2


def test_a_column_of_the_wrong_type(compiled: Project) -> None:
    rows = [{**GOOD, "GeneratedAt": 7}, {**REAL, "GeneratedAt": None}]
    compiled.table("contact", rows, GeneratedAt=pa.int64())
    said = compiled.run("--output", "json")
    assert said.code == 2
    assert set(errors(said, "contact")) == {
        "expect_synthetic_provenance_to_be_well_formed",
        "expect_synthetic_records_to_expire_on_time",
    }
    assert all(
        "GeneratedAt of contact is a number, where a time is needed" in e for e in errors(said, "contact").values()
    )


def test_columns_that_differ_only_by_case(compiled: Project) -> None:
    compiled.arrow("send", pa.table({"SendId": ["m1"], "IsSynthetic": ["false"], "issynthetic": ["true"]}))
    said = compiled.run()
    assert said.code == 2
    assert "Columns IsSynthetic and issynthetic of send differ only by case" in " ".join(said.out.split())


def test_no_file_matches(compiled: Project) -> None:
    (compiled.root / "lake" / "send" / "part-0.parquet").unlink()
    said = compiled.run()
    assert said.code == 2
    assert "send/*.parquet matches no file" in " ".join(said.out.split()) or "no file" in said.out
    assert verdicts(compiled.run("--output", "json"))["contact"] == "passed"


def test_a_file_that_is_no_parquet(compiled: Project) -> None:
    file = compiled.root / "lake" / "send" / "part-0.parquet"
    file.write_bytes(b"PAR1 not really")
    said = compiled.run()
    assert said.code == 2
    assert str(file) in said.out.replace("\n  ", "")


def test_a_reference_whose_files_are_gone(compiled: Project) -> None:
    (compiled.root / "lake" / "customer" / "part-0.parquet").unlink()
    said = compiled.run("--output", "json")
    assert said.code == 2
    assert list(errors(said, "contact")) == ["expect_synthetic_records_to_not_copy_real_records"]


def test_zero_rows_are_nothing_to_check(compiled: Project) -> None:
    compiled.table("contact", [dict.fromkeys(GOOD)])
    empty = pa.table({name: pa.array([], pa.string()) for name in GOOD})
    compiled.arrow("contact", empty)
    said = compiled.run("--output", "json")
    [contact] = [table for table in said.json()["tables"] if table["table"] == "contact"]
    about_records = [each for each in contact["expectations"] if each["type"] != COLUMNS]
    assert {each["verdict"] for each in about_records} == {"nothing_to_check"}
    assert len(about_records) == len(contact["expectations"]) - 1  # its columns are there, and that is all that passed
    assert said.code == 0


def test_all_records_untagged(compiled: Project) -> None:
    compiled.table("contact", [{**GOOD, "Id": f"s{i}", "IsSynthetic": None} for i in range(3)])
    said = compiled.run("--output", "json")
    assert said.code == 2
    assert counts(said, "expect_records_to_be_tagged") == {"marker is missing": 3}
    assert "is understood nowhere" in errors(said, "contact")["expect_synthetic_records_to_have_provenance"]
    assert said.json()["tables"][0]["records"] == {"synthetic": 0, "real": 0, "untagged": 3, "all": 3}


def test_marker_texts_of_other_case_and_with_spaces_are_the_same(compiled: Project) -> None:
    rows = [{**GOOD, "Id": str(i), "IsSynthetic": m} for i, m in enumerate(("TRUE", " true ", "True"))]
    compiled.table("contact", rows)
    said = compiled.run("--output", "json")
    assert verdicts(said)["contact"] == "passed"
    assert said.json()["tables"][0]["records"]["synthetic"] == 3


@pytest.mark.parametrize("text", ["yesterday", "2026-02-30", "20261101", "2026-10-01T25:00:00Z"])
def test_times_that_cannot_be_read(compiled: Project, text: str) -> None:
    compiled.table("contact", [{**GOOD, "GeneratedAt": text}, REAL])
    said = compiled.run("--output", "json")
    assert said.code == 1
    assert counts(said, "expect_synthetic_provenance_to_be_well_formed") == {"GeneratedAt is not a time": 1}


def test_as_of_decides_what_is_too_old(compiled: Project) -> None:
    assert compiled.cli("run", "nightly", "--as-of", "2026-12-30T00:00:00Z").code == 0
    said = compiled.cli("run", "nightly", "--as-of", "2026-12-31T00:00:00Z", "--output", "json")
    assert said.code == 1
    assert counts(said, "expect_synthetic_records_to_expire_on_time") == {"older than P90D (testing)": 2}
    assert said.json()["run"]["as_of"] == "2026-12-31T00:00:00Z"
    assert datetime.fromisoformat(said.json()["run"]["started_at"]) > datetime(2026, 1, 1, tzinfo=UTC)


def test_a_second_run_sees_what_is_there_now(compiled: Project) -> None:
    assert compiled.run().code == 0
    compiled.table("send", [{"SendId": "m1", "IsSynthetic": "true"}])
    said = compiled.run()
    assert said.code == 1
    assert "SendId  m1" in said.out


def test_identifiers_are_in_nothing_that_is_written(compiled: Project) -> None:
    copied = {**GOOD, "Email": "Zebedee.Quillon@firm.example", "Source": "Ottoline Smythe"}
    compiled.table("contact", [copied, {**copied, "Id": "s2", "IsSynthetic": None}])
    compiled.table("customer", [{"CustomerId": "c1", "Email": "zebedee.quillon@firm.example"}])
    outputs = [compiled.run("--output", kind) for kind in ("text", "json", "junit")]
    assert {said.code for said in outputs} == {1}
    assert "same Email as a real record" in outputs[0].out
    written = [said.out + said.err for said in outputs]
    written += [
        file.read_text(errors="replace")
        for file in (compiled.root / "great_expectations").rglob("*")
        if file.is_file() and file.suffix in {".json", ".html", ".yml"}
    ]
    assert any("003" in text or "s1" in text for text in written)
    found = [text for text in written if "quillon" in text.lower() or "ottoline" in text.lower()]
    assert found == []


def test_the_first_column_that_is_not_null_counts(project: Project) -> None:
    project.edit("source: Source\n", "source: [Source, OldSource]\n")
    bare = {k: v for k, v in GOOD.items() if k != "Source"}
    old = [{**bare, "Id": "s2", "Source": None, "OldSource": "generator"}]
    none = [{**bare, "Id": "s3", "Source": None, "OldSource": None}]
    project.table("contact", [{**GOOD, "OldSource": None}, *old, *none, {**REAL, "OldSource": None}])
    project.compile()
    have = "expect_synthetic_records_to_have_provenance"
    assert counts(project.run("--output", "json"), have) == {"Source or OldSource is missing or a placeholder": 1}


def test_of_two_columns_one_is_missing_or_of_another_type(project: Project) -> None:
    project.edit("source: Source\n", "source: [Sauce, OldSource]\n")
    project.compile()
    project.table("contact", [{**GOOD, "OldSource": None}, {**REAL, "OldSource": None}])
    missing = project.run("--output", "json")
    assert "Column Sauce or OldSource is not in contact." in next(iter(errors(missing, "contact").values()))
    assert len(errors(missing, "contact")) == 2
    row: dict[str, object] = {**GOOD, "Sauce": "x", "OldSource": datetime(2026, 10, 1, tzinfo=UTC)}
    project.arrow("contact", pa.table({name: [value] for name, value in row.items()}))
    other = project.run("--output", "json")
    assert other.code == 2
    assert "Columns of contact have no value in common" in next(iter(errors(other, "contact").values()))


def test_records_newer_than_as_of_are_explained_by_what_made_them_so(compiled: Project) -> None:
    said = compiled.cli("run", "nightly", "--as-of", "2026-09-01")
    note = "Note contact: 2 records were made after --as-of 2026-09-01, and judged as of that day."
    assert note in " ".join(said.out.split())
    assert "Note" not in compiled.run().out
    compiled.table("contact", [{**GOOD, "GeneratedAt": "2999-01-01T00:00:00Z"}, REAL])
    for now in ((), ("--as-of", "2998-01-01")):
        out = " ".join(compiled.cli("run", "nightly", *now).out.split())
        assert "Note contact: 1 record was made in the future, by the generation time" in out
