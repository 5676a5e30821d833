"""What a role asks for and the policy does not say enough for: not covered, or an error, and never silent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest

from synth_expectations.errors import SynthError
from synth_expectations.expectations.argument_types import Column
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.policy import vocabulary
from synth_expectations.policy.compile.compiler import compile_policy
from synth_expectations.policy.compile.lockfile import read_lock
from synth_expectations.policy.errors import PolicyError
from synth_expectations.policy.roles import ROLES, picks
from synth_expectations.rules.model import Rule
from synth_expectations.runner.compiled_project import read_compiled
from tests.policy.conftest import change, said

OVERSIGHT = "expect_human_oversight_to_be_effective"
REGULATED = "expect_regulated_decisions_to_exclude_synthetic_records"
REVIEW = "reviewer: By, reviewed_at: At, model_output_at: Shown, effective_at: Sent, outcome: Came"
DECISIONS = """\
  decision:
    role: decisions
    parquet: lake/decision/*.parquet
    marker: none
    all: real
    columns: {key: Id, subject: ContactId, decision_type: Type}
    references: {subject: {table: contact}}
"""


class ExpectRecordsToHaveASteward(SyntheticDataExpectation):
    """Expect records to have a steward."""

    steward: Column
    roles: ClassVar = {"production": None}

    def rules(self) -> Iterator[Rule]:
        """Yield nothing: it is only compiled."""
        return iter(())


@pytest.fixture
def decisions(policy: Path) -> Path:
    text = policy.read_text().replace("tables:\n", "decisions: {regulated: [credit]}\ntables:\n", 1)
    policy.write_text(text + DECISIONS)
    return policy


@pytest.fixture
def steward(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A new expectation in a role that existing policies use."""
    name = ExpectRecordsToHaveASteward.type_name()
    monkeypatch.setitem(all_expectations(), name, ExpectRecordsToHaveASteward)
    vocabulary.column_words.cache_clear()
    yield name
    vocabulary.column_words.cache_clear()


def types(policy: Path, table: str) -> list[str]:
    suites = compile_policy(policy).suites
    return [planned.type for suite in suites if suite.table == table for planned in suite.expectations]


def uncovered(policy: Path) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(each.table, each.type, each.needs) for each in compile_policy(policy).uncovered]


def test_a_new_expectation_in_a_role_breaks_no_policy(policy: Path, steward: str) -> None:
    found = uncovered(policy)
    assert found == [
        ("customer", steward, ("tables.customer.columns.steward",)),
        ("send", steward, ("tables.send.columns.steward",)),
    ]
    assert steward not in types(policy, "send")
    change(policy, "{key: SendId}", "{key: SendId, steward: Steward}")
    assert steward in types(policy, "send")
    assert uncovered(policy) == found[:1]


def test_what_is_missing_is_named_with_its_place(decisions: Path) -> None:
    places = ("reviewer", "reviewed_at", "model_output_at", "effective_at", "outcome")
    needs = tuple(f"tables.decision.columns.{word}" for word in places)
    assert uncovered(decisions) == [("decision", OVERSIGHT, needs)]
    assert types(decisions, "decision") == [REGULATED]
    [found] = compile_policy(decisions).uncovered
    assert found.message() == (
        f"decision: {OVERSIGHT} is not covered. To cover it, name {', '.join(places)} in tables.decision.columns."
    )
    change(decisions, "decision_type: Type", f"decision_type: Type, {REVIEW}")
    assert uncovered(decisions) == []
    assert types(decisions, "decision") == [OVERSIGHT, REGULATED]


def test_the_lockfile_keeps_it_for_the_run(decisions: Path) -> None:
    compiled = compile_policy(decisions)
    compiled.write()
    [found] = read_lock(decisions.parent).not_covered
    assert found["table"] == "decision"
    assert found["type"] == OVERSIGHT
    assert found["because"] == "role decisions"
    assert found["needs"] == list(compiled.uncovered[0].needs)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("not_covered", [item]) for item in (5, {}, {"table": "a"})),
        *(("assets", {"lake": assets}) for assets in (None, [[]])),
        ("data_sources", {"lake": {}}),
    ],
)
def test_a_lockfile_that_says_something_else_is_refused(policy: Path, name: str, value: Any) -> None:
    compile_policy(policy).write()
    file = policy.parent / "policy.lock.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), name: value}))
    with pytest.raises(PolicyError, match="It cannot be read"):
        read_lock(policy.parent)


def test_an_essential_one_is_an_error(decisions: Path) -> None:
    change(decisions, "decision_type: Type", REVIEW)
    assert [line.partition(": ")[2] for line in said(decisions)] == [
        f"decision: {REGULATED} needs decision_type. Name the column in tables.decision.columns.decision_type."
    ]


def test_an_essential_one_may_be_excluded_with_a_reason(decisions: Path) -> None:
    change(decisions, "decision_type: Type", REVIEW)
    reason = 'reason: r, approved_by: a, until: "2027-03-31"'
    decisions.write_text(decisions.read_text() + f"    exclude:\n      {REGULATED}: {{{reason}}}\n")
    assert types(decisions, "decision") == [OVERSIGHT]


def test_a_role_that_gets_nothing_is_an_error(policy: Path) -> None:
    policy.write_text(
        policy.read_text() + "  promotion:\n    role: promotions\n    parquet: lake/promotion/*.parquet\n"
        "    columns: {key: Id, requester: By, approved_at: At, promoted_at: Then}\n"
    )
    assert [line.partition(": ")[2] for line in said(policy)] == [
        f"promotion: expect_promotions_to_be_approved needs {word}. Name the column in tables.promotion.columns.{word}."
        for word in ("approver", "validation_run")
    ]


def test_a_role_that_gets_nothing_is_an_error_beside_a_role_that_gets_something(policy: Path) -> None:
    change(policy, "  send:\n    role: production", "  send:\n    role: [production, promotions]")
    assert {line.partition(": ")[2].partition(" needs ")[0] for line in said(policy)} == {
        "send: expect_promotions_to_be_approved"
    }


def test_what_a_role_gets_nothing_of_may_be_excluded_with_a_reason(policy: Path) -> None:
    change(policy, "  send:\n    role: production", "  send:\n    role: [production, promotions]")
    reason = 'reason: r, approved_by: a, until: "2027-03-31"'
    excluded = f"    exclude:\n      expect_promotions_to_be_approved: {{{reason}}}\n"
    policy.write_text(policy.read_text() + excluded)
    assert uncovered(policy) == []


def test_one_that_the_policy_names_itself_is_an_error(decisions: Path) -> None:
    decisions.write_text(decisions.read_text() + f"    expectations:\n      {OVERSIGHT}: {{max_batch: 3}}\n")
    first, *others = [line.partition(": ")[2] for line in said(decisions)]
    assert (
        first == f"decision: {OVERSIGHT} needs effective_at. Name the column in tables.decision.columns.effective_at."
    )
    assert len(others) == 4


def test_words_of_a_reference_are_named_where_they_belong(policy: Path) -> None:
    policy.write_text(
        policy.read_text()
        + "  run:\n    role: sync_runs\n    parquet: lake/run/*.parquet\n    columns: {key: Id}\n"
        + "  dataset:\n    role: registry\n    parquet: lake/dataset/*.parquet\n    columns: {key: Id, deleted_at: Gone}\n"
        + "    references: {training_runs: {table: run}}\n"
    )
    [(table, _, needs)] = uncovered(policy)
    assert table == "dataset"
    assert {"tables.dataset.columns.checksum", "tables.run.columns.ended_at"} <= set(needs)


def test_a_table_that_others_look_records_up_in_needs_no_expectation(
    policy: Path, steward: str, monkeypatch: Any
) -> None:
    """Even if the role gets its first one, and the table gets no suite: the run still reports it."""
    monkeypatch.setattr(ExpectRecordsToHaveASteward, "roles", {"people": None})
    policy.write_text(
        policy.read_text() + "  staff:\n    role: people\n    parquet: lake/staff/*.parquet\n    columns: {key: Id}\n"
    )
    compiled = compile_policy(policy)
    compiled.write()
    assert [found.table for found in compiled.uncovered] == ["staff"]
    assert [found.type for found in read_compiled(policy.parent).not_covered({"contact"})] == [steward]


def test_fields_need_every_word_that_they_are_made_of(policy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "expect_real_records_to_have_no_synthetic_provenance"
    monkeypatch.setattr(all_expectations()[name], "roles", {"production": None})
    change(policy, "{key: SendId}", "{key: SendId, source: Source}")
    assert uncovered(policy)[-1] == (
        "send",
        name,
        ("tables.send.columns.generated_at", "tables.send.columns.dataset_id"),
    )


def test_every_role_that_is_declared_exists() -> None:
    declared = {role for expectation in all_expectations().values() for role in expectation.roles}
    assert declared <= ROLES.keys()


def test_a_role_that_does_not_exist_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(all_expectations()["expect_records_to_be_tagged"], "roles", {"mixd": None})
    with pytest.raises(SynthError, match="ExpectRecordsToBeTagged declares the role mixd") as raised:
        picks("mixed")
    assert raised.value.hint == "Did you mean mixed?"


def test_what_is_declared_names_arguments_that_exist() -> None:
    for expectation in all_expectations().values():
        declared = {
            *expectation.column_words,
            *expectation.reference_words,
            *expectation.reference_columns,
            *(column for columns in expectation.reference_columns.values() for column in columns),
            *expectation.required_words,
            *expectation.default_to_own_table,
            *expectation.replaced_by,
            *expectation.replaced_by.values(),
        }
        assert declared <= expectation.model_fields.keys(), expectation
