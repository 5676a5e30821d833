"""`result_format` says how much a result holds, in a checkpoint, a validation, and a single expectation."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from synth_expectations.gx.data_docs.renderers import verdict_of
from synth_expectations.rules.verdict import Verdict
from tests.cli.conftest import cli  # noqa: F401 - a fixture
from tests.cli.conftest import project as small  # noqa: F401
from tests.cli.project import AS_OF, GOOD
from tests.cli.project import Project as SmallProject
from tests.gx.contacts import contacts, customers, provenance, tagged
from tests.gx.places import Place, judge_one, why
from tests.gx.projects import Project
from tests.gx.result_formats import PERSON, find_differences, records


def test_a_validation(place: Place) -> None:
    place.fill("contact", records())
    place.fill("customer", customers(PERSON))
    assert list(find_differences(lambda made, form: judge_one(place, "contact", made, result_format=form))) == []


def test_a_batch(place: Place) -> None:
    """Great Expectations lets the format of the validation win over that of an expectation, and so does this package."""
    place.fill("contact", records())
    batch = place.definition("contact").get_batch(place.parameters("contact"))
    assert batch.validate(provenance(), result_format="BOOLEAN_ONLY").result == {}
    stored = provenance(result_format="BOOLEAN_ONLY")
    assert batch.validate(stored, result_format="COMPLETE").result["unexpected_index_list"][0] == {"id": "c2"}


@pytest.mark.only_on("duckdb")
def test_a_checkpoint_stores_no_more_than_it_says(tmp_path: Path) -> None:
    project = Project.made(tmp_path)
    place = project.place(contact=records())
    for form, fields in (("BOOLEAN_ONLY", set()), ("COMPLETE", {"unexpected_index_list", "unexpected_index_query"})):
        project.checkpoint(place, provenance(), result_format=form)
        project.run()
        newest = max(project.results, key=lambda file: file.stat().st_mtime_ns)
        [result] = json.loads(newest.read_text())["results"]
        assert {"unexpected_index_list", "unexpected_index_query"} & set(result.get("result", ())) == fields
        assert ('"c2"' in newest.read_text()) == bool(fields)


def test_nothing_to_check_is_no_pass_in_any_format(place: Place) -> None:
    place.fill("contact", contacts({"is_synthetic": "false"}))
    for form in ("BOOLEAN_ONLY", "BASIC", "SUMMARY", "COMPLETE"):
        assert verdict_of(judge_one(place, "contact", provenance(), result_format=form)) is Verdict.NOTHING_TO_CHECK
    place.fill("contact", records())
    for form in ("BOOLEAN_ONLY", "BASIC", "SUMMARY", "COMPLETE"):
        assert verdict_of(judge_one(place, "contact", tagged(), result_format=form)) is Verdict.PASSED


def test_what_passes_lists_nothing(place: Place) -> None:
    place.fill("contact", records())
    result = judge_one(place, "contact", tagged(), result_format="COMPLETE").result
    assert result["unexpected_index_list"] == []
    assert "unexpected_index_query" in result


def test_all_keys_and_each_once(place: Place) -> None:
    rows = [{"id": f"c{number:05}", "source": None} for number in range(120)] * 2
    place.fill("contact", contacts(*rows))
    result = judge_one(place, "contact", provenance(), result_format="COMPLETE").result
    assert result["unexpected_count"] == 240
    assert result["unexpected_index_list"] == [{"id": f"c{number:05}"} for number in range(120)]
    assert result["partial_unexpected_index_list"] == result["unexpected_index_list"][:20]


@pytest.mark.parametrize(
    "form", [{"result_format": "LOUD"}, {"result_format": "SUMMARY", "partial_unexpected_count": -1}]
)
@pytest.mark.only_on("duckdb")
def test_a_format_that_is_none(place: Place, form: dict[str, object]) -> None:
    place.fill("contact", records())
    assert (
        "not one of BOOLEAN_ONLY, BASIC" in (said := why(judge_one(place, "contact", provenance(), result_format=form)))
        or "is not a count" in said
    )


def test_a_run_shows_no_more_than_the_checkpoint_says(small: SmallProject) -> None:  # noqa: F811
    """A checkpoint of one's own, beside the compiled one, which the lock holds to its format."""
    small.table("contact", [GOOD, {**GOOD, "Id": "k-2", "Source": None}])
    small.table("send", [{"SendId": "m1", "IsSynthetic": "true"}])
    small.compile()
    folder = small.root / "checkpoints"
    own = json.loads((folder / "nightly.json").read_text()) | {"name": "own", "result_format": "BOOLEAN_ONLY"}
    (folder / "own.json").write_text(json.dumps(own))
    said = small.cli("run", "own", "--as-of", AS_OF, "--output", "json", "--quarantine", "out")
    document = said.json()
    assert said.code == 1, said
    assert "k-2" not in said.out
    assert {found["element_count"] for table in document["tables"] for found in table["expectations"]} == {None}
    verdicts = {found["verdict"] for table in document["tables"] for found in table["expectations"]}
    assert verdicts == {"passed", "failed", "nothing_to_check"}
    assert any("its result holds no numbers" in note for note in document["notes"])
    assert small.cli("run", "own", "--as-of", AS_OF).code == 1
