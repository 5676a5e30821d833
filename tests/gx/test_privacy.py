"""No identifier of a person in anything that a run leaves behind: results, docs, logs, errors. Record keys may be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import synth_expectations as se
from synth_expectations.engine.adapters.sqlalchemy import SqlAdapter
from synth_expectations.testing import Table
from tests.gx.contacts import MARKED, customers, no_copies, provenance, tagged, well_formed
from tests.gx.places import DuckdbPlace, Place, by_type, judge, verdict
from tests.gx.projects import Project, python

PLANTED = {
    "email": "zebedee.quillfeather@planted.example",
    "phone": "+44 20 7946 0987",
    "first": "Zebedee",
    "last": "Quillfeather",
    "card": "4929123412341234",
    "born": "1961-02-03",
}
MADE = {"is_synthetic": "true", "source": "sdv", "version": "1.0.0", "generated_at": "2026-10-01"}
KINDS = dict.fromkeys(["id", *MADE, *PLANTED], "text")
NEEDLES = ("zebedee", "quillfeather", "79460987", "7946 0987", "planted.example", "4929123412341234", "1961-02-03")
ROWS: list[dict[str, Any]] = [
    MADE | PLANTED | {"id": "key-1"},  # a copy of a real person
    MADE | PLANTED | {"id": "key-2", "source": None, "version": PLANTED["last"]},
    MADE | PLANTED | {"id": "key-3", "is_synthetic": PLANTED["email"]},  # identifiers where none belong
    MADE | PLANTED | {"id": "key-4", "generated_at": PLANTED["first"], "source": PLANTED["email"]},
    MADE | PLANTED | {"id": "key-5", "is_synthetic": None},
]


def everything() -> list[Any]:
    """One that fails for each place where a value could be seen, and ones that err."""
    match = [
        [{"columns": "email", "kind": "email"}],
        [{"columns": ["first", "last"]}, {"columns": "born", "kind": "date"}],
    ]
    return [
        tagged(),
        provenance(),
        well_formed(),
        well_formed(version_format="git", generated_at="email"),
        no_copies(match=match),
        no_copies(match=[[{"columns": "phone", "kind": "phone"}]], reference="nobody"),
        provenance(fields=["missing"]),
        tagged(mostly=0.1),
        se.ExpectTableToContainNoSyntheticRecords(**MARKED),
        se.ExpectUntaggedRecordsToNotLookSynthetic(**MARKED, emails=["email"], phones=["phone"], cards=["card"]),
        se.ExpectSyntheticRecordsToExpireOnTime(**MARKED, anchor="generated_at", max_age="P1D"),
    ]


def real() -> Table:
    rows = [PLANTED | {"id": "real-1"}, PLANTED | {"id": "real-2", "email": None}]
    return Table.of(dict.fromkeys(["id", *PLANTED], "text"), rows)


def found(text: str) -> list[str]:
    return [needle for needle in NEEDLES if needle in text.lower()]


def leaks(folder: Path) -> Iterator[str]:
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix != ".parquet":
            yield from (f"{file.name}: {needle}" for needle in found(file.read_bytes().decode("utf-8", "replace")))


RUN = """
import logging, sys
logging.basicConfig(level=logging.DEBUG)  # all that any library says
import synth_expectations, great_expectations as gx
from synth_expectations.gx.guard import NotEvaluatedError
context = gx.get_context(mode="file", context_root_dir=sys.argv[1])
try:
    context.checkpoints.get("nightly").run()
except NotEvaluatedError as error:
    print("errored", error)
context.build_data_docs()
"""


@pytest.mark.parametrize("form", [pytest.param("SUMMARY", marks=pytest.mark.full), "COMPLETE"])
def test_nothing_that_a_run_leaves_holds_a_planted_value(tmp_path: Path, form: str) -> None:
    project = Project.made(tmp_path)
    place = project.place(contact=Table.of(KINDS, ROWS), customer=real())
    project.checkpoint(place, *everything(), result_format=form)
    said = python(RUN, str(project.root), cwd=tmp_path)
    assert "errored The run errored" in said.stdout, said.stderr[-3000:]
    assert found(said.stdout) == []
    assert found(said.stderr) == []
    [stored] = project.results
    assert all(f"key-{number}" in stored.read_text() for number in range(1, 6))  # it did find them
    assert (project.docs / "index.html").is_file()
    assert list(leaks(tmp_path)) == []


def test_results_of_every_engine(place: Place) -> None:
    place.fill("contact", Table.of(KINDS, ROWS))
    place.fill("customer", real())
    result = judge(place, "contact", *everything(), result_format="COMPLETE")
    verdicts = sorted(verdict(each).split()[0] for each in result.results)
    assert verdicts.count("errored") == 2
    assert verdicts.count("failed") >= 7
    assert found(str(result.to_json_dict())) == []


def test_an_engine_that_quotes_a_value_in_its_error(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cast that fails says what it could not cast: of that the sentence says nothing."""
    place.fill("contact", Table.of(KINDS, ROWS))
    count = SqlAdapter.count

    def cast(self: SqlAdapter, conditions: list[str], *more: Any) -> list[int]:
        return count(self, [*conditions, "CAST(email AS INTEGER) = 1"], *more)

    monkeypatch.setattr(SqlAdapter, "count", cast)
    result = judge(place, "contact", tagged(), provenance())
    assert {verdict(each) for each in result.results} == {"errored"}
    assert found(str(result.to_json_dict())) == []


@pytest.mark.only_on("duckdb")
def test_a_damaged_row_condition_says_no_value(place: Place) -> None:
    place.fill("contact", Table.of(KINDS, ROWS))
    result = judge(
        place, "contact", provenance(row_condition='col("email") > 5', condition_parser="great_expectations")
    )
    assert found(str(result.to_json_dict())) == []


def test_the_needles_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "leak.json").write_text('{"email": "Zebedee@x"}')
    assert list(leaks(tmp_path)) == ["leak.json: zebedee"]


def test_samples_are_keys_even_where_a_key_part_is_a_person(tmp_path: Path) -> None:
    project = Project.made(tmp_path)
    place = project.place(contact=Table.of(KINDS, ROWS), customer=customers(PLANTED["email"]))
    assert isinstance(place, DuckdbPlace)
    result = by_type(judge(place, "contact", no_copies()))["expect_synthetic_records_to_not_copy_real_records"]
    assert result.result["details"]["sample"]["values"] == ["key-1", "key-2", "key-4"]
    assert found(str(result.to_json_dict())) == []
