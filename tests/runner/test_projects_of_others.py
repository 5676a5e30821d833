"""Checkpoints that Great Expectations made, with expectations of its own, may be run: guarded, and told apart."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import great_expectations as gx
import great_expectations.expectations as gxe
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import synth_expectations as se
from synth_expectations.errors import SynthError
from synth_expectations.report.model import RunReport
from synth_expectations.report.text import format_report
from synth_expectations.rules.verdict import Verdict
from synth_expectations.runner import Options, Selection, run

NOT_NULL = "expect_column_values_to_not_be_null"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with two suites, over one table: ours in one, Great Expectations' own in the other."""
    root = tmp_path_factory.mktemp("others")
    pq.write_table(pa.table({"id": ["a", "b", "c"], "origin": ["real", None, "synthetic"]}), root / "t.parquet")
    context = gx.get_context(mode="file", project_root_dir=root)
    context.variables.progress_bars = {"globally": False}
    source = context.data_sources.add_duckdb("files", path=str(root))  # type: ignore[attr-defined]
    whole = source.add_parquet_asset("t", "t.parquet").add_batch_definition_whole_table("whole")
    suites = {
        "stock": [
            gxe.ExpectColumnValuesToNotBeNull(column="id"),
            gxe.ExpectColumnValuesToNotBeNull(column="origin", severity="warning"),
            gxe.ExpectColumnValuesToNotBeNull(column="origin", mostly=0.5),
            gxe.ExpectTableRowCountToBeBetween(min_value={"$PARAMETER": "least"}),
        ],
        "ours": [
            se.ExpectRecordsToBeTagged(
                marker_column="origin", synthetic_values=["synthetic"], real_values=["real"], record_key="id"
            )
        ],
    }
    definitions = []
    for name, expectations in suites.items():
        suite = context.suites.add(gx.ExpectationSuite(name, expectations=expectations))
        definition = gx.ValidationDefinition(name=name, data=whole, suite=suite)
        definitions.append(context.validation_definitions.add(definition))
    context.checkpoints.add(gx.Checkpoint(name="both", validation_definitions=definitions))
    return root / "gx"


@pytest.fixture
def suite(made: Path) -> Iterator[Callable[[Callable[[list[dict[str, Any]]], None]], None]]:
    """Changes the expectations of the suite `stock` by hand, for the time of a test."""
    file = made / "expectations" / "stock.json"
    before = file.read_text()

    def change(by: Callable[[list[dict[str, Any]]], None]) -> None:
        document = json.loads(before)
        by(document["expectations"])
        file.write_text(json.dumps(document))

    yield change
    file.write_text(before)


def judged(made: Path, **parameters: Any) -> RunReport:
    return run("both", made, Options(selection=Selection("stock"), parameters={"least": 3, **parameters}))


def verdicts(report: RunReport) -> list[str]:
    return [each.verdict.value for each in report.tables[0].expectations]


def test_each_suite_is_judged(made: Path) -> None:
    report = run("both", made, Options(parameters={"least": 3}))
    assert [table.suite for table in report.tables] == ["stock", "ours"]
    assert verdicts(report) == ["passed", "failed", "passed", "passed"]
    ours = report.tables[1].expectations[0]
    assert (ours.verdict, ours.unexpected_count, ours.sample.values if ours.sample else None) == (
        Verdict.FAILED,
        1,
        ("b",),
    )
    assert (report.exit_code, report.fail_on, report.compiled_by) == (1, "warning", "")
    assert len(report.results) == 2
    assert all(Path(file).is_file() for file in report.results)


def test_counts_of_great_expectations_own(made: Path) -> None:
    said = "\n".join(format_report(judged(made)))
    sentence = "Expect column values to not be null (origin): 1 of 3 records (33 %) violates the expectation."
    assert sentence in " ".join(said.split())
    assert "Why" not in said, "explain knows ours only"


def test_severity(made: Path) -> None:
    assert (
        run("both", made, Options(selection=Selection("stock"), fail_on="critical", parameters={"least": 3})).exit_code
        == 0
    )


def test_a_parameter_that_was_not_given(made: Path) -> None:
    report = run("both", made, Options(selection=Selection("stock")))
    assert report.tables[0].error == "No value found for $PARAMETER least. Run it with --parameter NAME=VALUE"
    assert report.exit_code == 2
    assert set(verdicts(report)) == {"errored"}


def test_a_parameter_that_is_not_met(made: Path) -> None:
    assert verdicts(judged(made, least=4)) == ["passed", "failed", "passed", "failed"]


def test_expectations_without_ids_keep_their_own_verdicts(made: Path, suite: Any) -> None:
    """In the order of the file or another one: one that failed is never taken for one that passed."""

    def without_ids(expectations: list[dict[str, Any]]) -> None:
        del expectations[3]
        expectations.reverse()
        for each in expectations:
            del each["id"]

    suite(without_ids)
    report = judged(made)
    assert verdicts(report) == ["passed", "failed", "passed"]
    assert [each.unexpected_count for each in report.tables[0].expectations] == [1, 1, 0]


def test_expectations_that_share_an_id_keep_their_own_verdicts(made: Path, suite: Any) -> None:
    def copied(expectations: list[dict[str, Any]]) -> None:
        for each in expectations:
            each["id"] = expectations[0]["id"]
        expectations.append(expectations[1])

    suite(copied)
    report = judged(made)
    assert verdicts(report)[:3] == ["passed", "failed", "passed"]
    assert verdicts(report)[4] == "failed"
    told = report.tables[0].expectations[3]
    assert (
        told.error
        == "It was not evaluated: it was dropped, or cannot be distinguished from another one: give each an id of its own."
    )
    assert report.exit_code == 2


def test_a_type_that_nobody_knows_is_not_dropped_in_silence(made: Path, suite: Any) -> None:
    suite(lambda expectations: expectations[0].update(type="expect_of_a_plugin"))
    report = judged(made)
    assert report.tables[0].expectations[0].error == "It was not evaluated: its package was not imported."
    assert report.exit_code == 2


def test_a_column_that_is_not_there(made: Path, suite: Any) -> None:
    suite(lambda expectations: expectations[0]["kwargs"].update(column="nothing"))
    report = judged(made)
    assert verdicts(report) == ["errored", "failed", "passed", "passed"]
    assert "nothing" in report.tables[0].expectations[0].error


def test_a_suite_without_expectations(made: Path, suite: Any) -> None:
    suite(lambda expectations: expectations.clear())
    report = judged(made)
    assert report.tables[0].error == "Its suite has no expectations: nothing was checked."
    assert report.exit_code == 2


def test_an_unknown_checkpoint(made: Path) -> None:
    with pytest.raises(SynthError, match=r"There is no checkpoint boht\. Did you mean both\?"):
        run("boht", made)


def test_runs_lie_beside_each_other(made: Path) -> None:
    as_of = datetime(2026, 1, 1, tzinfo=UTC)
    first, second = (run("both", made, Options(as_of=as_of, parameters={"least": 3})) for _ in range(2))
    assert first.id != second.id
    assert not set(first.results) & set(second.results)
    for file in (*first.results, *second.results):
        assert json.loads(Path(file).read_text())["statistics"]["evaluated_expectations"] > 0
    assert {first.as_of, second.as_of} == {as_of}
    assert (first.as_of_from, judged(made).as_of_from) == ("option", "start of the run")
