"""An expectation that judges samples, run by Great Expectations as any other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import great_expectations as gx
import numpy as np
import pandas as pd
import pytest

import synth_expectations as se
from tests.expectations.leakage.people import CATEGORICAL, NUMERIC, buyers, planted, rows

COUNT = 600
ARGUMENTS = {
    "marker_column": "is_synthetic",
    "record_key": "id",
    "training": "shop_training",
    "holdout": "shop_holdout",
    "numeric": list(NUMERIC),
    "categorical": list(CATEGORICAL),
    "seed": 3,
}


def tables(copies: int) -> dict[str, pd.DataFrame]:
    lot = np.random.default_rng(3)
    training, holdout, made = (buyers(lot, COUNT) for _ in range(3))
    return {
        "made": pd.DataFrame(rows("s", planted(made, training, copies), "true")),
        "shop_training": pd.DataFrame(rows("t", training)),
        "shop_holdout": pd.DataFrame(rows("h", holdout)),
    }


def on_pandas(folder: Path, copies: int) -> Any:
    frames = tables(copies)
    for name in ("shop_training", "shop_holdout"):
        se.references.add(name, frames[name])
    asset = gx.get_context(mode="ephemeral").data_sources.add_pandas("frames").add_dataframe_asset("made")
    return asset.add_batch_definition_whole_dataframe("all").get_batch({"dataframe": frames["made"]})


def on_duckdb(folder: Path, copies: int) -> Any:
    source = gx.get_context(mode="ephemeral").data_sources.add_duckdb("lake", path=str(folder))
    for name, frame in tables(copies).items():
        path = folder / name / "part.parquet"
        path.parent.mkdir()
        frame.to_parquet(path)
        source.add_parquet_asset(name, f"{name}/*.parquet")
    return source.get_asset("made").add_batch_definition_whole_table("all").get_batch()


BATCHES = {"pandas": on_pandas, "duckdb": on_duckdb}


def validated(name: str, folder: Path, copies: int, **arguments: Any) -> Any:
    batch = BATCHES[name](folder, copies)
    return batch.validate(se.ExpectSyntheticRecordsToKeepTheirDistance(**ARGUMENTS | arguments))


@pytest.mark.parametrize("name", BATCHES)
def test_copies_fail_with_all_that_it_takes_to_check_it(name: str, tmp_path: Path) -> None:
    result = validated(name, tmp_path, copies=30)
    details = result.result["details"]
    assert (result.success, details["verdict"], result.result["element_count"]) == (False, "failed", COUNT)
    figures = details["figures"]
    assert figures["the_same"]["training"] >= 30
    assert figures["copies_p_value"] < figures["alpha"] == 0.001
    assert figures["nearer_to_training"]["confidence_interval"][0] < figures["nearer_to_training"]["share"]
    assert (figures["seed"], figures["drawn"]["holdout"]) == (3, {"rows": COUNT, "of": COUNT})
    assert "LIMIT 20000" in details["condition"]["sql"]["sample: training"]
    assert set(details["sample"]["values"]) <= {f"s{number}" for number in range(30)}
    json.dumps(result.to_json_dict())


@pytest.mark.parametrize("name", BATCHES)
def test_a_fair_generator_passes(name: str, tmp_path: Path) -> None:
    result = validated(name, tmp_path, copies=0)
    assert (result.success, result.result["details"]["verdict"], result.result["unexpected_count"]) == (
        True,
        "passed",
        0,
    )


@pytest.mark.parametrize("name", BATCHES)
def test_a_missing_reference_is_an_error_and_no_pass(name: str, tmp_path: Path) -> None:
    result = validated(name, tmp_path, copies=0, holdout="shop_kept_aside")
    assert not result.success
    assert "The reference shop_kept_aside is not a table of the data source" in str(result.exception_info)


def test_without_a_holdout_it_is_refused() -> None:
    given = {name: value for name, value in ARGUMENTS.items() if name != "holdout"}
    with pytest.raises(Exception, match="holdout is missing"):
        se.ExpectSyntheticRecordsToKeepTheirDistance(**given)
