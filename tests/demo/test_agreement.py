"""What is planted is found, by its key and by the rule it breaks, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from synth_expectations.demo import AS_OF, Manifest, generate
from synth_expectations.demo.effects import PROVENANCE, TOO_EARLY
from synth_expectations.demo.failures import FAILURES, find_failure
from synth_expectations.engine.executor import MOST_KEYS
from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.rules.model import SchemaCheck
from tests.demo.finding import Lake, found
from tests.demo.policy import ASKED

PLANTED_ELSEWHERE = {("persona", PROVENANCE)}
"""Every rule of it is planted in another table; here one record breaks it beside what it is about."""

KEYS = {
    "training_run": "SELECT run_id FROM training_run",
    "model": "SELECT model_id FROM model",
    "experiment": "SELECT experiment_id FROM experiment",
}
COLUMNS = {"generator_seed"}
"""Planted by not being there."""

OF_OTHERS = {
    "decision was overturned",  # ordinary decisions
    "email is reserved",  # each field of what looks synthetic
    "phone is reserved",
    "nearer to training than to holdout",  # of every second profile, as it should be
    "the same as a training record",  # each of them is counted by the rule
    "nearly the same as training",  # those that are planted
}
"""Reported of records that are no negatives."""

Demo = tuple[Manifest, Lake]

MADE = {
    "seed 7": (1_000, 7, AS_OF),
    "seed 8": (1_500, 8, AS_OF),
    "seed 0": (1_201, 0, AS_OF),
    "seed -3, a leap day at noon": (1_000, -3, datetime(2028, 2, 29, 12, 0, 0, 1, tzinfo=UTC)),
    "seed 123456789, the earliest day": (1_000, 123_456_789, datetime(2026, 1, 1, tzinfo=UTC)),
    "seed 5, the latest year": (1_000, 5, datetime(2032, 12, 31, 23, 59, tzinfo=UTC)),
    "seed 7, as large as the demo": (20_000, 7, AS_OF),
}


IN_BRIEF = ("seed 8", "seed -3, a leap day at noon")
"""What `make test` takes: a demo made for the usual time, and one for the oddest."""

PARAMS = [
    pytest.param(
        name, id=name, marks=[pytest.mark.xdist_group(name), *([] if name in IN_BRIEF else [pytest.mark.full])]
    )
    for name in MADE
]


@pytest.fixture(scope="module", params=PARAMS)
def demo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    contacts, seed, as_of = MADE[request.param]
    directory: Path = tmp_path_factory.mktemp("demo")
    manifest = generate(directory, contacts, seed, as_of)
    lake = Lake(directory)
    yield manifest, lake
    lake.close()


@pytest.mark.parametrize(("table", "type_name"), ASKED)
def test_finds_what_is_planted(demo: Demo, table: str, type_name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    manifest, lake = demo
    outcome, keys, reported = found(lake, table, ASKED[table, type_name], manifest.as_of, monkeypatch)
    assert keys == manifest.find_keys_by_rule(table, type_name)
    assert outcome.violating == len(manifest.find_keys(table, type_name))
    assert not manifest.find_keys(table, type_name) & manifest.find_spared_keys(table)
    assert outcome.records > outcome.violating
    for of_others in OF_OTHERS:
        reported.pop(of_others, None)
    assert reported == {rule: len(keys) for rule, keys in manifest.find_reported_keys(table, type_name).items()}


@pytest.mark.parametrize(("table", "type_name"), ASKED)
def test_a_result_shows_every_key(demo: Demo, table: str, type_name: str) -> None:
    manifest, lake = demo
    plan = lake.plan(table, manifest.as_of)
    result = plan.result_with_keys(plan.add(ASKED[table, type_name].check))
    sampled = {rule: frozenset(keys) for rule, keys in result.keys_by_rule.items()}
    assert sampled == manifest.find_keys_by_rule(table, type_name)
    assert all(len(keys) <= MOST_KEYS for keys in sampled.values())


def test_every_planted_record_is_there(demo: Demo) -> None:
    manifest, lake = demo
    keys = {table: asked.record_key or "" for (table, _), asked in ASKED.items()}
    others = {key for each in ("training_run", "model", "experiment") for [key] in lake.rows(KEYS[each])}
    for table, key in keys.items():
        there = [row[0] for row in lake.rows(f"SELECT {key} FROM {table}")]
        assert len(there) == len(set(there)) == manifest.records[table]
        planted = frozenset[str]().union(*(each.keys for each in manifest.planted if each.table == table))
        assert planted <= {*there, *others, *COLUMNS}  # rows of references count with the records of some tables


def test_every_rule_has_something_planted(demo: Demo) -> None:
    """A rule of these expectations that nothing is planted for must be one that this data cannot break."""
    manifest, _ = demo
    without = {
        rule.name
        for (table, type_name), asked in ASKED.items()
        for rule in asked.check.all_rules
        if rule.judged
        and not isinstance(asked.check, SchemaCheck)  # of six columns one is planted
        and (table, type_name) not in PLANTED_ELSEWHERE
        and (table, type_name) in manifest.list_checks()
        and rule.name not in manifest.find_keys_by_rule(table, type_name)
    }
    missing = {f"{name} is missing or not a time" for name in ("scored_at", "sent_at", "placed_at")}
    times = ("SyntheticGeneratedAt__c", "released_at", "deleted_at", "deployed_at", "last_review_at", "shown_at")
    typed = {f"{name} is not a time" for name in times}
    unreadable = {
        f"{kind} model, synthetic dataset: approval has no readable time" for kind in ("regulated", "watched")
    }
    at_all = {"the snapshot is not of the last P2D"}  # of all its records at once, or of none
    by_share = {  # a few copies among many records do not show in it
        "nearer to training than chance allows",
        "near to a training record but for one column, more often than chance allows",
    }
    of_an_org = {"a definitive mark"}  # the sample people of a Salesforce org: this data has another one's people
    assert without == missing | typed | unreadable | at_all | by_share | of_an_org


def test_every_expectation_of_the_manifest_exists(demo: Demo) -> None:
    manifest, _ = demo
    assert set(manifest.list_checks()) <= set(ASKED)
    assert {type_name for _, type_name in manifest.list_checks()} <= set(all_expectations())


def test_no_expectation_finds_two_failures() -> None:
    named = [each for expectations in FAILURES.values() for each in expectations]
    assert len(named) == len(set(named))
    assert set(named) <= set(all_expectations())


def test_every_failure_is_planted(demo: Demo) -> None:
    manifest, _ = demo
    planted = {find_failure(each.expectation) for each in manifest.planted if not each.negative}
    assert planted == set(FAILURES)


def test_a_record_is_of_one_kind(demo: Demo) -> None:
    manifest, _ = demo
    kinds: dict[tuple[str, str], set[str]] = {}
    for each in manifest.planted:
        for key in each.keys:
            kinds.setdefault((each.table, key), set()).add(each.kind)
    assert [key for key, of in kinds.items() if len(of) > 1] == []


def test_ten_years_old_is_older_than_any_generator(demo: Demo) -> None:
    manifest, _ = demo
    both = [each for each in manifest.planted if each.rule == TOO_EARLY.rule]
    assert {each.kind for each in both} == {
        "generated before there was a generator",
        "synthetic record kept past its limit",
    }
