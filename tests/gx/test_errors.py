"""What cannot be evaluated is errored with a sentence, and takes nothing else with it; nothing is asked twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from synth_expectations.engine.adapters.sqlalchemy import SqlAdapter
from synth_expectations.errors import SynthError
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.gx.expectation_classes import make_gx_class
from synth_expectations.gx.guard import find_problems
from synth_expectations.gx.plan_metric import adapter_for
from synth_expectations.rules.expressions import field, is_blank
from synth_expectations.rules.model import Rule
from tests.gx.contacts import MARKED, contacts, customers, no_copies, provenance, tagged, well_formed
from tests.gx.places import Place, by_type, judge, judge_one, sent, verdict, why


class ExpectRulesToBeBroken(SyntheticDataExpectation):
    """Expect what nobody can."""

    def rules(self) -> Iterator[Rule]:
        yield Rule("fine", is_blank(field("source")))
        raise KeyError("what a plug-in forgot")


class ExpectReasonsToBeBroken(SyntheticDataExpectation):
    """Expect what nobody can say."""

    def rules(self) -> Iterable[Rule]:
        return ()

    def nothing_to_check(self) -> str | None:
        raise ZeroDivisionError("division by zero")


RULES, REASONS = make_gx_class(ExpectRulesToBeBroken), make_gx_class(ExpectReasonsToBeBroken)


@pytest.mark.only_on("duckdb")
@pytest.mark.parametrize(("made", "said"), [(RULES, "KeyError"), (REASONS, "ZeroDivisionError")])
def test_a_bug_in_a_plug_in_errs_it_alone(place: Place, made: Any, said: str) -> None:
    place.fill("contact", contacts({}))
    result = by_type(judge(place, "contact", made(**MARKED), tagged(), provenance()))
    assert f"It could not be evaluated: {said}" in why(result[_type(made)])
    assert verdict(result["expect_records_to_be_tagged"]) == "passed 0/1"
    assert len(sent(place)) == 1


def _type(made: Any) -> str:
    return str(made.source_class().type_name())


@pytest.mark.parametrize("raised", [RuntimeError("the server\nis gone"), MemoryError()])
def test_whatever_an_engine_raises_is_one_sentence_for_all_and_asked_once(
    place: Place, raised: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.fill("contact", contacts({}))
    calls = []

    def count(*given: Any, **_: Any) -> list[int]:
        calls.append(given)
        raise raised

    monkeypatch.setattr(SqlAdapter, "count", count)
    result = judge(place, "contact", tagged(), provenance(), well_formed())
    sentences = {why(each) for each in result.results}
    assert len(sentences) == len(calls) == 1
    assert next(iter(sentences)).startswith("The rules of contact")
    assert "\n" not in next(iter(sentences))


def test_after_an_error_the_next_run_is_well(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.fill("contact", contacts({}))
    with monkeypatch.context() as patched:
        patched.setattr(SqlAdapter, "count", lambda *_, **__: 1 / 0)
        assert verdict(judge_one(place, "contact", tagged())) == "errored"
    assert verdict(judge_one(place, "contact", tagged())) == "passed 0/1"


def test_samples_that_fail_err_what_failed_and_nothing_else(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """A verdict without its evidence is none; one that needs no sample stands.

    What is counted by the values of the marker is sampled afterwards on every engine.
    """
    place.fill("contact", contacts({}, {"is_synthetic": None}))

    def sample(*_: Any, **__: Any) -> Any:
        raise RuntimeError("no more memory")

    monkeypatch.setattr(SqlAdapter, "smallest_keys", sample)
    result = by_type(judge(place, "contact", provenance(), well_formed(), tagged()))
    assert "no more memory" in why(result["expect_records_to_be_tagged"])
    assert verdict(result["expect_synthetic_records_to_have_provenance"]) == "passed 0/1"


@pytest.mark.only_on("duckdb", "postgresql")
def test_a_record_key_that_is_missing(place: Place) -> None:
    place.fill("contact", contacts({"source": None}))
    result = judge_one(place, "contact", provenance(record_key="Id__c"))
    assert "Column Id__c is not in contact. Nearest: id." in why(result)


@pytest.mark.only_on("duckdb")
def test_without_a_record_key_there_is_no_sample(place: Place) -> None:
    place.fill("contact", contacts({"source": None}))
    result = judge_one(place, "contact", provenance(record_key=None))
    assert verdict(result) == "failed 1/1"
    assert len(sent(place)) == 1
    assert result.result["details"].get("sample", {"values": []})["values"] == []


@pytest.mark.only_on("duckdb")
def test_without_catching_the_sentence_is_raised(place: Place) -> None:
    """`catch_exceptions` is an argument of Great Expectations' older validator."""
    place.fill("contact", contacts({}))
    validator = place.context.get_validator(batch_request=place.definition("contact").build_batch_request())
    bad, good = provenance(fields=["nothing_like_it"]), tagged()
    caught = validator.graph_validate([bad.configuration, good.configuration], {"catch_exceptions": True})
    assert sorted(map(verdict, caught)) == ["errored", "passed 0/1"]
    with pytest.raises(Exception, match="Column nothing_like_it is not in contact"):
        validator.graph_validate([bad.configuration], {"catch_exceptions": False})


@pytest.mark.only_on("duckdb")
def test_the_same_batch_asked_again_is_asked_anew(place: Place) -> None:
    place.fill("contact", contacts({}))
    validator = place.context.get_validator(batch_request=place.definition("contact").build_batch_request())
    assert verdict(*validator.graph_validate([tagged().configuration])) == "passed 0/1"
    place.fill("contact", contacts({}, {"is_synthetic": None}))
    assert verdict(*validator.graph_validate([tagged().configuration])) == "failed 1/2"


@pytest.mark.only_on("pandas")
def test_two_columns_of_one_name_are_refused_with_a_sentence(place: Place) -> None:
    place.fill("contact", contacts({}))
    frame = place.frames["contact"]  # type: ignore[attr-defined]
    place.frames["contact"] = frame.set_axis(
        ["id", "is_synthetic", "source", "source", "generated_at", "email"], axis=1
    )  # type: ignore[attr-defined]
    result = judge(place, "contact", tagged(), provenance())
    assert {why(each) for each in result.results} == {"contact frame has two columns named source. Rename one of them."}


@pytest.mark.only_on("pandas")
def test_a_frame_that_was_named_is_a_reference_only_for_frames(place: Place) -> None:
    place.fill("contact", contacts({}))
    place.fill("customer", customers("a@x.test"))
    assert verdict(judge_one(place, "contact", no_copies())) == "failed 1/1"
    said = why(judge_one(place, "contact", no_copies(reference="custom")))
    assert "The reference custom is not a table of the data source. Nearest: customer." in said


def test_an_engine_that_is_none_of_ours() -> None:
    class Quantum:
        pass

    with pytest.raises(SynthError, match="No rules can be run on a Quantum"):
        adapter_for(Quantum(), None, lambda name: name, "contact")  # type: ignore[arg-type]


@pytest.mark.only_on("duckdb")
def test_the_guard_names_each_error(place: Place) -> None:
    place.fill("contact", contacts({}))
    result = judge(place, "contact", provenance(fields=["x1"]), tagged())
    stored = {"expectations": [{"type": each.expectation_config.type, "kwargs": {}} for each in result.results]}
    [problem] = find_problems(stored, result)
    assert problem.format().startswith(
        "contact: expect_synthetic_records_to_have_provenance: Column x1 is not in contact"
    )
