"""What a case file may hold, and what is refused: a case that cannot fail is none."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from synth_expectations.errors import SynthError
from synth_expectations.testing import DuckdbEngine, differences, find_missing_kinds, find_orphans, read_cases, run

FILE = """
columns: {id: text, is_synthetic: text}
row: {is_synthetic: "true"}
arguments: {marker_column: is_synthetic, record_key: id}
cases:
  - name: one
    kind: fail
    rows: [{id: good}, {id: bad, is_synthetic: ~}]
    expect: {records: 2, violations: {marker is missing: [bad]}}
"""


@pytest.fixture
def write(tmp_path: Path):  # type: ignore[no-untyped-def]
    def write(text: str) -> Path:
        path = tmp_path / "provenance" / "expect_records_to_be_tagged.yml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        return path

    return write


@pytest.fixture(scope="module")
def engine():  # type: ignore[no-untyped-def]
    engine = DuckdbEngine()
    yield engine
    engine.close()


def test_a_file_is_read(write) -> None:  # type: ignore[no-untyped-def]
    [case] = read_cases(write(FILE))
    assert case.batch.rows == [("good", "true"), ("bad", None)]
    assert str(case) == "records_to_be_tagged: one"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("records: 2", "records: 3", "records: expected 3, found 2"),
        ("[bad]", "[good]", "keys that break 'marker is missing': expected ['good'], found ['bad']"),
        ("[bad]", "[bad, good]", "violating records: expected 2, found 1"),
        ("marker is missing: [bad]", "", "count of 'marker is missing': expected 0, found 1"),
        ("marker is missing", "marker is gone", "no rule is called 'marker is gone'"),
        ("{records: 2", "{error: no such thing, records: 2", "error: expected 'no such thing', found None"),
        ("{records: 2", "{nothing_to_check: true, records: 2", "reason for nothing to check"),
        ("{records: 2", "{counted: {marker is lost: 1}, records: 2", "count of 'marker is lost': expected 1"),
        ("record_key: id}", "record_key: key}", "error: expected None, found 'Column key is not in the batch."),
    ],
)
def test_what_differs_is_said(write, engine, before: str, after: str, said: str) -> None:  # type: ignore[no-untyped-def]
    assert before in FILE
    [case] = read_cases(write(FILE.replace(before, after)))
    assert any(each.startswith(said) for each in differences(case, run(case, engine)))


def test_keys_that_are_not_listed_differ(write, engine) -> None:  # type: ignore[no-untyped-def]
    [case] = read_cases(write(FILE))
    found = run(case, engine)
    assert found.listed == {"marker is missing": ["bad"]}
    [difference] = differences(case, replace(found, listed={"marker is missing": ["bad", "bad"]}))
    assert difference == "listed keys that break 'marker is missing': expected ['bad'], found ['bad', 'bad']"
    counted = read_cases(write(FILE.replace("[bad]", "1").replace("{records: 2", "{records: 2, violating: 1")))[0]
    assert differences(counted, found) == []
    [difference] = differences(counted, replace(found, listed={}))
    assert difference == "number of listed keys that break 'marker is missing': expected 1, found 0"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("id: good", "id: 7", "7 is not a text: write it in quotes"),
        ("id: good", "name: good", "names 'name', which is not among the columns"),
        ("kind: fail", "kind: failed", "kind"),
        ("[bad]", "1", "violating is missing"),
        ("rows:", "references: {customers: {}}\n    rows:", "the file has no reference customers"),
        ("columns: {id: text,", "columns: {id: string,", "'string' is not a valid Kind"),
        ("cases:", "cases: [", "cases"),
        ("row:", "rwo:", "rwo"),
    ],
)
def test_what_is_no_case_is_refused(write, before: str, after: str, said: str) -> None:  # type: ignore[no-untyped-def]
    assert before in FILE
    with pytest.raises(SynthError, match="holds no valid cases") as refused:
        read_cases(write(FILE.replace(before, after)))
    assert said in str(refused.value)


def test_two_cases_of_one_name(write) -> None:  # type: ignore[no-untyped-def]
    _, case = FILE.split("cases:")
    with pytest.raises(SynthError, match="two cases called 'one'"):
        read_cases(write(FILE + case.lstrip("\n").rstrip() + "\n"))


def test_missing_kinds_and_orphans(write, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = write(FILE)
    assert [each.split()[-1] for each in find_missing_kinds(path)] == [
        "empty",
        "marker_variants",
        "null",
        "odd_name",
        "pass",
        "blank",
    ]
    assert find_orphans(tmp_path, {}) == ["provenance/expect_records_to_be_tagged.yml belongs to no expectation"]


def test_the_package_needs_neither_great_expectations_nor_pandas() -> None:
    heavy = {"great_expectations", "pandas", "pyspark"}
    code = f"import sys, synth_expectations.testing; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
