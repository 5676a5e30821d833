"""How many queries the demo's suites send: one a table for all row rules, and one for each that looks something up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from synth_expectations.demo import AS_OF, generate
from synth_expectations.rules.model import Check, RowCheck, SampleCheck, SchemaCheck
from tests.demo.finding import Lake
from tests.demo.policy import ASKED

QUERIES = {
    "access_log": 1, "component": 1, "contact": 6, "credit_decision": 3, "customer": 1, "dataset": 2, "legal_hold": 1,
    "generated_profile": 8, "lineage_step": 4, "marketing_send": 2, "persona": 4, "profile_holdout": 0, "profile_training": 0,
    "promotion": 1, "recommendation": 1, "sandbox_contact": 1, "synthetic_use": 3, "training_run": 2,
}  # fmt: skip
"""By table; those of samples come on top, where something failed."""


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    directory = tmp_path_factory.mktemp("demo")
    generate(directory, 1_000)
    made = Lake(directory)
    yield made
    made.close()


def queries_of(checks: list[Check]) -> int:
    """Return how many queries are sent: none for columns, one for all row checks, one for each lookup check and each of
    its related checks, one for each sample, and one for the values that records share with references. Where lookups
    found nothing, one more counts the keys of references.
    """
    together = [check for check in checks if isinstance(check, RowCheck) and not check.related]
    apart = [check for check in checks if check not in together and not isinstance(check, SchemaCheck)]
    return bool(together) + sum(
        len(check.samples) + bool(check.shared) if isinstance(check, SampleCheck) else 1 + len(check.related)
        for check in apart
    )


@pytest.mark.parametrize("table", sorted({table for table, _ in ASKED}))
def test_queries_of_a_table(lake: Lake, table: str) -> None:
    asked = [each for (of, _), each in ASKED.items() if of == table and not each.nothing_to_check()]
    plan = lake.plan(table, AS_OF)
    keys = [plan.add(each.check) for each in asked]
    assert [plan.result(key).error for key in keys] == [None] * len(asked)
    sent = len(plan.adapter.statements.sent) if plan.adapter else 0
    most = queries_of([each.check for each in asked])
    assert sent == QUERIES[table]
    assert sent in (most, most + 1)
