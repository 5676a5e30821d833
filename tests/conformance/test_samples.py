"""Samples are the same on every engine: those that a few lines of Python draw."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from synth_expectations.engine.plan import Plan
from synth_expectations.engine.result import CheckResult
from synth_expectations.expectations.catalogue import expectation_class
from synth_expectations.expectations.leakage.nearest_neighbour import COPIES, Distance
from synth_expectations.rules.samples import SampledRows
from synth_expectations.testing import Engine, Table
from tests.expectations.leakage.people import CATEGORICAL, COLUMNS, NUMERIC, buyers, planted, rows, shared_values

LOT = np.random.default_rng(20_261_124)
TRAINING, HOLDOUT = buyers(LOT, 400), buyers(LOT, 350)
BATCH = [
    *rows("s", planted(buyers(LOT, 300), TRAINING, 60), "true"),
    *rows("r", buyers(LOT, 100), "false"),
    *rows("u", buyers(LOT, 20)),
]
TABLES = {"training": rows("t", TRAINING), "holdout": rows("h", HOLDOUT)}
ARGUMENTS = {
    "marker_column": "is_synthetic",
    "record_key": "id",
    "training": "training",
    "holdout": "holdout",
    "numeric": NUMERIC,
    "categorical": CATEGORICAL,
}


def asked(engine: Engine, **arguments: Any) -> CheckResult:
    references = {name: Table.of(COLUMNS, each) for name, each in TABLES.items()}
    check = expectation_class("expect_synthetic_records_to_keep_their_distance")(**ARGUMENTS | arguments).check
    plan = Plan(lambda: engine.adapter(Table.of(COLUMNS, BATCH), references), datetime(2026, 11, 24, tzinfo=UTC))
    outcome = plan.result_with_keys(plan.add(check))
    assert outcome.error is None
    return outcome


def drawn(table: list[dict[str, Any]], most: int, seed: int, *, keyed: bool) -> SampledRows:
    """The first rows by the hash of seed and key."""
    order = sorted(table, key=lambda row: hashlib.md5(f"{seed}:{row['id']}".encode()).hexdigest())
    shown = [*(("id",) if keyed else ()), *NUMERIC, *CATEGORICAL]
    return SampledRows([tuple(row[name] for name in shown) for row in order[:most]], len(table))


@pytest.mark.full_on("spark")
def test_samples_are_those_that_python_draws(engine: Engine) -> None:
    for seed in (0, 77):
        outcome = asked(engine, sample_size=120, reference_size=200, seed=seed)
        synthetic = [row for row in BATCH if row["is_synthetic"] == "true"]
        wanted = Distance(len(NUMERIC), 0.001, 0.001, seed)(
            {
                "synthetic": drawn(synthetic, 120, seed, keyed=True),
                **{name: drawn(table, 200, seed, keyed=False) for name, table in TABLES.items()},
                "the_same": shared_values(drawn(synthetic, 300, seed, keyed=True).rows, TRAINING, HOLDOUT),
            }
        )
        assert (outcome.records, outcome.violating, outcome.violations) == (300, wanted.violating, wanted.violations)
        assert outcome.figures == wanted.figures
        assert outcome.figures["drawn"]["synthetic"] == {"rows": 120, "of": 300}
        assert outcome.figures["drawn"]["training"] == {"rows": 200, "of": 400}


@pytest.mark.full_on("spark")
def test_values_of_all_records_are_looked_up(engine: Engine) -> None:
    """Far more than are drawn."""
    outcome = asked(engine, sample_size=50, reference_size=60)
    same = outcome.figures["the_same"]
    assert (same["training"], same["combinations"], same["combinations_read"]) == (60, 60, 60)
    assert outcome.figures["looked_up"] == {"synthetic": 300, "training": 400, "holdout": 350}
    assert len(outcome.keys_by_rule[COPIES]) == 20


def test_whoever_copies_is_named_by_its_key(engine: Engine) -> None:
    outcome = asked(engine)
    assert outcome.violating >= 60
    copies = {f"s{number}" for number in range(60)}
    assert len(outcome.keys_by_rule[COPIES]) == 20
    assert set(outcome.keys_by_rule[COPIES]) <= copies


def test_other_parameters_of_the_judge_are_another_question() -> None:
    kind = expectation_class("expect_synthetic_records_to_keep_their_distance")
    digests = {
        kind(**ARGUMENTS | changed).check.sha256
        for changed in ({}, {"alpha": 0.01}, {"near_zero": 0.1}, {"seed": 1}, {"sample_size": 9}, {"numeric": ["age"]})
    }
    assert len(digests) == 6
