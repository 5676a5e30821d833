"""Keys that several records of the batch share: the same answer whether or not an engine leaves out all other records."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlglot import exp

from synth_expectations.engine.plan import Plan
from synth_expectations.rules.expressions import field, is_blank, is_given, look_up, make_key, normalize, only_where
from synth_expectations.rules.model import BATCH, Lookup, LookupCheck, Rule
from synth_expectations.rules.nodes import Condition
from synth_expectations.testing import Engine, Table

AS_OF = datetime(2026, 11, 22, 12, tzinfo=UTC)
KEYS = {
    **dict.fromkeys(("a1", "a2"), "a"),
    **dict.fromkeys(("b1", "b2", "b3"), "b"),
    "other case": "B",
    "alone": "c",
    "accented": "\u00e9",
    **dict.fromkeys(("no key 1", "no key 2", "no key 3"), None),
    **dict.fromkeys(("empty 1", "empty 2"), ""),
}
BATCH_TABLE = Table.of(
    {"id": "text", "key": "text", "kind": "text"},
    [{"id": name, "key": key, "kind": "x" if name in {"b1", "alone"} else None} for name, key in KEYS.items()],
)
KEY, KIND = field("key"), field("kind")
TWICE, THRICE = look_up("same", "twice"), look_up("same", "thrice")
SHARED = ["a1", "a2", "b1", "b2", "b3", "empty 1", "empty 2"]
RULES: dict[str, tuple[Condition, list[str]]] = {
    "a limit": (TWICE, SHARED),
    "the higher limit": (THRICE, ["b1", "b2", "b3"]),
    "a limit of some records": (TWICE & is_given(KIND), ["b1"]),
    "either limit": (TWICE | THRICE, SHARED),
    "a limit or else": (TWICE | is_given(KIND), ["a1", "a2", "alone", "b1", "b2", "b3", "empty 1", "empty 2"]),
    "one limit without the other": (TWICE & ~THRICE, ["a1", "a2", "empty 1", "empty 2"]),
    "no limit": (~TWICE, ["accented", "alone", "no key 1", "no key 2", "no key 3", "other case"]),
    "nothing of the lookup": (is_blank(KEY), ["empty 1", "empty 2", "no key 1", "no key 2", "no key 3"]),
}


@pytest.mark.parametrize("population", [exp.true(), is_blank(KIND)], ids=["all records", "some records"])
@pytest.mark.parametrize(
    "names", [[name] for name in RULES] + [list(RULES), ["a limit", "either limit"]], ids=" + ".join
)
def test_records_that_share_a_key(engine: Engine, names: list[str], population: Condition) -> None:
    no_record = only_where(exp.false(), KEY)
    same = Lookup("same", BATCH, KEY, KEY, more_than={"twice": 1, "thrice": 2}, record=no_record)
    rules = tuple(Rule(name, RULES[name][0]) for name in names)
    check = LookupCheck(rules=rules, population=population, lookups=(same,), record_key="id")
    plan = Plan(lambda: engine.adapter(BATCH_TABLE, {}), AS_OF)
    outcome = plan.result_with_keys(plan.add(check))
    assert outcome.error is None
    without = set() if population == exp.true() else {"b1", "alone"}
    expected = {name: [key for key in RULES[name][1] if key not in without] for name in names}
    assert outcome.keys_by_rule == {name: keys for name, keys in expected.items() if keys}
    assert outcome.violations == tuple(len(expected[name]) for name in names)
    assert outcome.violating == len(set().union(*expected.values()))
    assert outcome.records == len(KEYS) - len(without)


def test_records_of_a_key_are_told_apart(engine: Engine) -> None:
    name = make_key(normalize(field("kind"), "exact"))
    same = Lookup("same", BATCH, KEY, KEY, more_than={"twice": 1}, record=name)
    check = LookupCheck(rules=(Rule("two records", TWICE),), population=exp.true(), lookups=(same,), record_key="id")
    rows = [("1", "a", "x"), ("2", "a", "x"), ("3", "b", "x"), ("4", "b", "y"), ("5", "c", None), ("6", "c", None)]
    table = Table.of(
        {"id": "text", "key": "text", "kind": "text"},
        [dict(zip(("id", "key", "kind"), row, strict=True)) for row in rows],
    )
    plan = Plan(lambda: engine.adapter(table, {}), AS_OF)
    outcome = plan.result_with_keys(plan.add(check))
    assert (outcome.error, outcome.records) == (None, 6)
    assert outcome.keys_by_rule == {"two records": ["3", "4", "5", "6"]}


def test_records_of_a_reference_whose_key_several_records_of_the_batch_share(engine: Engine) -> None:
    other = Table.of(
        {"id": "text", "key": "text"},
        [{"id": name, "key": key} for name, key in (("shared there", "b"), ("here", "c"), ("also here", "c"))],
    )
    same = Lookup("same", BATCH, KEY, KEY, more_than={"twice": 1}, record=only_where(exp.false(), KEY))
    check = LookupCheck(
        rules=(Rule("two records", TWICE),), population=exp.true(), lookups=(same,), record_key="id", reference="other"
    )
    plan = Plan(lambda: engine.adapter(BATCH_TABLE, {"other": other}).on_reference("other"), AS_OF)
    outcome = plan.result_with_keys(plan.add(check))
    assert (outcome.error, outcome.records) == (None, 3)
    assert outcome.keys_by_rule == {"two records": ["shared there"]}
