"""Lookups on Spark where it plans anew with measured sizes, which the other tests turn off: the same counts and keys."""

from __future__ import annotations

import pytest

from synth_expectations.engine.adapters.reference_joins import Join, ReferenceJoin, ThroughJoin
from synth_expectations.engine.adapters.spark import SparkAdapter
from synth_expectations.engine.adapters.spark_sizes import note_size
from synth_expectations.engine.count_query import CountQuery
from synth_expectations.testing import Case, Engine, Table, differences, run
from synth_expectations.testing.cases import CaseKind
from synth_expectations.testing.engines import SparkEngine
from tests.case_files import all_cases
from tests.conformance.test_spark_settings import setting

KINDS = (CaseKind.FAIL, CaseKind.NULL_KEY, CaseKind.DUPLICATE_KEY, CaseKind.EMPTY_REFERENCE)
"""What a way to join may get wrong: the other kinds are about what is joined."""
LOOKUPS = {(case.type_name, case.kind): case for case in all_cases() if case.references and case.kind in KINDS}

pytestmark = pytest.mark.only_on("spark")

ADAPTIVE = "spark.sql.adaptive.enabled"
KEYS = ["ann", "bo", None, "ann", "synthéa", "cy"]
IN_REFERENCE = ["ann", "ann", "bo", None, None, "SYNTHÉA", "di", "ann"]


@pytest.mark.full
@pytest.mark.parametrize("case", LOOKUPS.values(), ids=str)
def test_lookups_with_measured_sizes(case: Case, engine: Engine) -> None:
    with setting(engine, ADAPTIVE, "true"):
        assert differences(case, run(case, engine)) == []


def join(through: ThroughJoin | None = None) -> Join:
    reference = ReferenceJoin(
        *("crm", "r0", "k0", "lower(email)", "synth_key"),
        attributes={"real": "CASE WHEN synth_slot = 'real' THEN 1 ELSE 0 END"},
        more_than={"shared": 2},
        record="name",
        through=through,
    )
    return Join({"k0": "email"}, "1 = 1", [reference])


@pytest.mark.parametrize("adaptive", ["true", "false"])
@pytest.mark.parametrize("is_small", [True, False], ids=["known to be small", "of unknown size"])
@pytest.mark.parametrize("is_through", [True, False], ids=["through a table", "direct"])
def test_missing_and_shared_keys(engine: Engine, adaptive: str, is_small: bool, is_through: bool) -> None:
    batch = Table.of({"email": "text"}, [{"email": key} for key in KEYS])
    rows = [
        {"email": key, "synth_slot": "real" if n % 2 else "no", "name": str(n)} for n, key in enumerate(IN_REFERENCE)
    ]
    crm = Table.of({"email": "text", "synth_slot": "text", "name": "text"}, rows)
    between = Table.of({"a": "text", "b": "text"}, [{"a": key, "b": key} for key in ("ann", "cy", None, "ann")])
    adapter = engine.adapter(batch, {"crm": crm, "between": between})
    assert isinstance(adapter, SparkAdapter)
    if is_small:
        for name in ("crm", "between"):
            note_size(adapter._reference(name), 8, 100)
    with setting(engine, ADAPTIVE, adaptive):
        relation = adapter.join(join(ThroughJoin("between", "a", "b") if is_through else None))
        plan = relation._jdf.queryExecution().optimizedPlan().toString()
        conditions = [f"COALESCE(r0_{name}, 0) = 1" for name in ("found", "real", "shared")]
        [counts] = adapter.count([CountQuery.of(conditions, relation)])
    assert counts.rows == len(KEYS)
    assert list(counts.by_condition.values()) == ([3, 2, 2] if is_through else [4, 3, 2])
    assert ("xxhash64" in plan) == (adaptive == "true" and not is_small)


def test_what_is_not_known_to_be_small_is_not_broadcast(engine: Engine) -> None:
    assert isinstance(engine, SparkEngine)
    numbers = engine.start().range(100_000)
    records = numbers.selectExpr("CAST(id AS STRING) AS email")
    people = numbers.selectExpr("CAST(id AS STRING) AS email", "'real' AS synth_slot", "'x' AS name")
    with setting(engine, ADAPTIVE, "true"):
        joined = SparkAdapter(records, {"crm": people}.__getitem__, "batch").join(join())
        planned = joined._jdf.queryExecution().sparkPlan().toString()
    assert planned.startswith("SortMergeJoin")
    assert planned.count("BroadcastHashJoin") == 1, "the slots of keys alone are broadcast"
