"""Nothing passes silently under plain Great Expectations: the store imports us, the guard holds results against it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import great_expectations as gx
import great_expectations.expectations as gxe
import pytest
from great_expectations.data_context import AbstractDataContext

import synth_expectations as se
from synth_expectations.gx.data_docs.renderers import verdict_of
from synth_expectations.gx.guard import NotEvaluatedError, check_digest, find_problems
from synth_expectations.gx.stores import read_suite
from synth_expectations.rules.verdict import Verdict
from tests.gx.contacts import MARKED, contacts, no_copies, provenance, tagged
from tests.gx.places import DuckdbPlace, PandasPlace, judge
from tests.gx.projects import Project, python


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project.made(tmp_path)


def compiled(expectation: Any, **meta: Any) -> Any:
    """As compile stores it: with a digest of what it checks."""
    expectation.meta = {"synth": {"rules_sha256": expectation.expectation.rules_sha256(), "revision": "0.0.9"} | meta}
    return expectation


def refused(project: Project, **options: Any) -> str:
    with pytest.raises(NotEvaluatedError) as raised:
        project.run(**options)
    return str(raised.value)


# The store

OPENS = """
import sys, great_expectations as gx, pandas as pd
context = gx.get_context(mode="file", context_root_dir=sys.argv[1])
suite = context.suites.get("contact")
print("loaded", len(suite.expectations), "imported", "synth_expectations.gx" in sys.modules)
row = {"id": ["c1"], "is_synthetic": [True], "source": ["sdv"], "version": [sys.argv[2]]}
result = context.checkpoints.get("nightly").run(batch_parameters={"dataframe": pd.DataFrame(row)})
print("success", result.success, [len(each.results) for each in result.run_results.values()])
"""
REFUSED = """
import sys, great_expectations as gx, pandas as pd
try:
    context = gx.get_context(mode="file", context_root_dir=sys.argv.pop(1))
    context.suites.get("contact")
    context.checkpoints.get("nightly").run(batch_parameters={"dataframe": pd.DataFrame({"id": ["c1"]})})
    print("it ran")
except Exception as error:  # of any class: the test compares what it says
    print(" ".join(str(error).split()))
assert "synth_expectations" not in sys.modules
print("REFUSED", file=sys.stderr)
"""


@pytest.fixture
def of_frames(project: Project) -> Project:
    """A project without a data source of ours: nothing in it but the store makes Great Expectations import us."""
    place = PandasPlace(project.context())
    place.fill("contact", contacts({}))
    project.checkpoint(place, tagged(), provenance())
    return project


def test_a_process_that_only_opens_the_project_loads_everything(
    of_frames: Project, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """And without our store nothing passes: the guard's type is unknown then.

    Without the guard, Great Expectations would drop everything, and pass.
    """
    other = tmp_path_factory.mktemp("other") / "project"
    shutil.copytree(of_frames.root.parent, other)
    without_store = Project(other / of_frames.root.name)
    without_store.without_our_store()
    said = python(f"{REFUSED}{OPENS}", str(without_store.root), str(of_frames.root), "1.0.0", cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    assert "Error" not in said.stderr.partition("REFUSED\n")[2]
    refused, *opened = said.stdout.splitlines()
    assert "synth_guard" in refused
    assert opened == ["loaded 2 imported True", "success True [2]"]


@pytest.mark.full
def test_such_a_process_finds_violations_too(of_frames: Project, tmp_path: Path) -> None:
    said = python(OPENS, str(of_frames.root), "n/a", cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    assert said.stdout.splitlines()[-1] == "success False [2]"


@pytest.mark.full
def test_our_data_source_must_be_imported_before(project: Project, tmp_path: Path) -> None:
    """Great Expectations reads data sources before stores: it names the type that it does not know."""
    project.checkpoint(project.place(contact=contacts({})), tagged())
    said = python(OPENS, str(project.root), "1.0.0", cwd=tmp_path)
    assert said.returncode != 0
    assert "type duckdb was not found" in said.stderr
    imported = python("import synth_expectations\n" + OPENS.replace("{\"dataframe\": pd.DataFrame(row)}", "None"),
                      str(project.root), "1.0.0", cwd=tmp_path)  # fmt: skip
    assert imported.stdout.splitlines()[-1] == "success True [1]", imported.stderr


# The guard


def test_all_is_well(project: Project) -> None:
    project.checkpoint(
        project.place(contact=contacts({})), compiled(tagged()), provenance(), gxe.ExpectColumnToExist(column="id")
    )
    result = project.run()
    assert result.success
    assert [len(each.results) for each in result.run_results.values()] == [3]


def test_a_violation_is_no_error(project: Project) -> None:
    project.checkpoint(project.place(contact=contacts({"source": None})), provenance())
    assert project.run().success is False


def test_an_expectation_of_a_package_that_is_not_imported(project: Project) -> None:
    project.checkpoint(project.place(contact=contacts({})), tagged())
    suite = project.suite()
    suite["expectations"].append({"type": "expect_what_others_wrote", "kwargs": {}, "meta": {}, "id": None})
    project.write_suite(suite)
    assert refused(project) == (
        "The run errored: contact: expect_what_others_wrote: "
        "Stored 1 time(s) more than evaluated: its package was not imported."
    )


def test_arguments_that_are_wrong_in_the_file_end_the_run_with_a_sentence(project: Project) -> None:
    project.checkpoint(project.place(contact=contacts({})), tagged(), provenance())
    suite = project.suite()
    for each in suite["expectations"]:
        if each["type"] == "expect_synthetic_records_to_have_provenance":
            each["kwargs"]["feilds"] = each["kwargs"].pop("fields")
    project.write_suite(suite)
    with pytest.raises(ValueError, match=r"feilds is not an argument of it \(nearest: fields\)"):
        project.run()


def test_an_expectation_that_was_dropped(project: Project) -> None:
    place = project.place(contact=contacts({}))
    stored = {"expectations": [{"type": "expect_records_to_be_tagged", "kwargs": dict(MARKED)}] * 2}
    [problem] = find_problems(stored, judge(place, "contact", tagged()))
    assert (
        problem.format()
        == "contact: expect_records_to_be_tagged: Stored 1 time(s) more than evaluated: it was dropped."
    )


def test_an_empty_suite(project: Project) -> None:
    project.checkpoint(project.place(contact=contacts({})), tagged())
    project.write_suite(project.suite() | {"expectations": []})
    assert refused(project) == "The run errored: contact: The suite has no expectations: nothing was checked."


def test_an_errored_expectation(project: Project) -> None:
    project.checkpoint(project.place(contact=contacts({})), tagged(marker_column="marker"), provenance(), no_copies())
    said = refused(project)
    assert "contact: expect_records_to_be_tagged: Column marker is not in contact." in said
    assert "contact: expect_synthetic_records_to_not_copy_real_records: The reference customer is not a table" in said
    assert "provenance" not in said.replace("It has", "")


def test_an_errored_expectation_of_great_expectations(project: Project) -> None:
    project.checkpoint(
        project.place(contact=contacts({})), tagged(), gxe.ExpectColumnMaxToBeBetween(column="nothing", max_value=1)
    )
    said = refused(project)
    assert "contact: expect_column_max_to_be_between: " in said
    assert "Traceback" not in said


def test_many_problems_are_counted(project: Project) -> None:
    bad = [provenance(fields=[f"x{number}"]) for number in range(7)]
    project.checkpoint(project.place(contact=contacts({})), *bad)
    said = refused(project)
    assert said.endswith(" and 2 more")
    assert said.count("Column x") == 5


def test_results_and_docs_are_there_before_the_guard_raises(project: Project) -> None:
    project.checkpoint(project.place(contact=contacts({})), tagged(marker_column="marker"))
    refused(project)
    [result] = project.results
    assert "Column marker is not in contact" in result.read_text()
    assert (project.docs / "index.html").is_file()
    assert list((project.docs / "validations").rglob("*.html"))


def test_what_was_compiled_is_what_runs(project: Project) -> None:
    project.checkpoint(project.place(contact=contacts({})), compiled(provenance()), compiled(tagged(mostly=0.5)))
    assert project.run().success


@pytest.mark.parametrize(
    "edit",
    [
        {"mostly": 0.1},
        {"placeholders": ["x"]},
        {"fields": ["source"]},
        {"synthetic_values": ["yes"]},
        {"require_records": True},
    ],
    ids=lambda edit: next(iter(edit)),
)
def test_a_suite_that_was_edited_by_hand(project: Project, edit: dict[str, Any]) -> None:
    project.checkpoint(project.place(contact=contacts({})), compiled(provenance()))
    suite = project.suite()
    suite["expectations"][0]["kwargs"] |= edit
    project.write_suite(suite)
    said = refused(project)
    assert "expect_synthetic_records_to_have_provenance: Compiled by 0.0.9, this is" in said
    assert "what it would check differs: compile, then review the diff." in said


def test_rules_that_changed_since_compiling(project: Project) -> None:
    stale = compiled(provenance(), rules_sha256="0" * 64)
    project.checkpoint(project.place(contact=contacts({})), stale, compiled(tagged()))
    assert refused(project).count("Compiled by 0.0.9") == 1


def test_a_compiled_expectation_with_a_row_condition_is_what_was_compiled(project: Project) -> None:
    narrowed = provenance(row_condition='col("version") == "1.2.0"', condition_parser="great_expectations")
    project.checkpoint(project.place(contact=contacts({})), compiled(narrowed))
    assert project.run().success


def test_a_compiled_expectation_that_is_not_valid_says_why() -> None:
    stored = {
        "type": "expect_records_to_be_tagged",
        "kwargs": {"marker": "x"},
        "meta": {"synth": {"rules_sha256": "0"}},
    }
    assert "ExpectRecordsToBeTagged: marker is not an argument of it (nearest: marker_column)" in check_digest(stored)


def test_what_takes_a_parameter_has_no_digest_to_hold_it_against(project: Project) -> None:
    waiting = provenance(fields={"$PARAMETER": "fields"})
    waiting.meta = {"synth": {"rules_sha256": "0" * 64, "revision": "0.0.9"}}
    project.checkpoint(project.place(contact=contacts({})), waiting)
    assert project.run(expectation_parameters={"fields": ["source"]}).success


def test_a_suite_that_is_gone(project: Project) -> None:
    assert read_suite(project.context().expectations_store, "contact") is None


def test_nothing_to_check_is_no_error(project: Project) -> None:
    project.checkpoint(project.place(contact=contacts({"is_synthetic": "false"})), provenance())
    assert project.run().success


def test_nothing_to_check_is_seen_whatever_the_result_format(project: Project) -> None:
    project.checkpoint(project.place(contact=contacts()), tagged(), result_format="BOOLEAN_ONLY")
    [result] = project.run().run_results.values()
    assert verdict_of(result.results[0]) is Verdict.NOTHING_TO_CHECK


def test_the_guard_is_stored_and_loaded(project: Project) -> None:
    project.checkpoint(project.place(contact=contacts({})), tagged())
    [file] = list(project.root.parent.rglob("nightly.json"))
    actions = {each["type"]: each for each in json.loads(file.read_text())["actions"]}
    assert actions["synth_guard"] == {"type": "synth_guard", "name": "guard", "fail_on": "warning"}
    assert {type(each) for each in project.context().checkpoints.get("nightly").actions} > {se.GuardAction}


def test_in_memory_too(context: AbstractDataContext, tmp_path: Path) -> None:
    place = DuckdbPlace(context, tmp_path / "lake")
    place.fill("contact", contacts({}))
    for expectations, well in (([tagged()], True), ([], False), ([tagged(marker_column="m")], False)):
        suite = context.suites.add_or_update(gx.ExpectationSuite("contact", expectations=expectations))
        definition = context.validation_definitions.add_or_update(
            gx.ValidationDefinition(name="contact", data=place.definition("contact"), suite=suite)
        )
        checkpoint = context.checkpoints.add_or_update(
            gx.Checkpoint(name="c", validation_definitions=[definition], actions=[se.GuardAction()])
        )
        if well:
            assert checkpoint.run().success
        else:
            with pytest.raises(NotEvaluatedError):
                checkpoint.run()
