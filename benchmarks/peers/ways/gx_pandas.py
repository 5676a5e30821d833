"""The checks with stock Great Expectations on pandas: one suite on the whole directory of files.

An expectation reads one table, so two of the three joins cannot be expressed. The registry has a hundred values, which fit into a
set.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

os.environ["GX_ANALYTICS_ENABLED"] = "false"

import great_expectations as gx
import pandas as pd
from great_expectations import expectations as gxe
from great_expectations.expectations.row_conditions import Column, Condition, PassThroughCondition

from benchmarks.peers.checks import (
    CHECKS,
    CONTACT_COLUMNS,
    EARLIEST,
    EMAIL,
    FILLED,
    INFLUENCED,
    LATEST,
    MARKERS,
    METHODS,
    OLDEST,
    PLACEHOLDERS,
    PURPOSES,
    REAL,
    RESERVED,
    SEMVER,
)
from benchmarks.peers.measurement import Engine, report

_MARKER = Column("RecordOrigin__c")
_GENERATED = "SyntheticGeneratedAt__c"
_SYNTHETIC = _MARKER.is_in(INFLUENCED)
_REAL = _MARKER == REAL
_NOT_MADE_UP = _MARKER.is_not_in((*INFLUENCED, "masked"))
_EMPTY = "|".join(text.replace(".", "[.]").replace("?", "[?]") for text in PLACEHOLDERS)

_Named = Iterator[tuple[str, gxe.Expectation]]


def list_expectations(datasets: list[str], select_purpose: Callable[[str], str]) -> _Named:
    """Yield the expectations of each check. A check may need several, and no record violates two of them.

    Args:
        datasets: the registered datasets.
        select_purpose: writes the condition for the synthetic records of a purpose, in the words of the engine.
    """
    yield from _filled()
    yield from _well_formed(datasets)
    yield from _of_time(select_purpose)
    yield "marker is known", gxe.ExpectColumnValuesToNotBeNull(column=_MARKER.name)
    yield "marker is known", gxe.ExpectColumnValuesToBeInSet(column=_MARKER.name, value_set=list(MARKERS))
    for column in ("SyntheticSource__c", _GENERATED, "SyntheticDataset__c"):
        yield "real is not generated", gxe.ExpectColumnValuesToBeNull(column=column, row_condition=_REAL)
    yield "key is unique", gxe.ExpectColumnValuesToBeUnique(column="Id")


def _filled() -> _Named:
    for name, column in (*FILLED.items(), ("generated_at is filled", _GENERATED)):
        yield name, gxe.ExpectColumnValuesToNotBeNull(column=column, row_condition=_SYNTHETIC)
        if column != _GENERATED:
            empty = f"(?i)^ *({_EMPTY})? *$"
            yield name, gxe.ExpectColumnValuesToNotMatchRegex(column=column, regex=empty, row_condition=_SYNTHETIC)


def _well_formed(datasets: list[str]) -> _Named:
    for name, column, pattern, condition in (
        ("version is semver", "SyntheticVersion__c", f"^ *({SEMVER})? *$", _SYNTHETIC),
        ("method is allowed", "SyntheticMethod__c", f"(?i)^ *({'|'.join(METHODS)})? *$", _SYNTHETIC),
        ("purpose is allowed", "SyntheticPurpose__c", f"(?i)^ *({'|'.join(PURPOSES)})? *$", _SYNTHETIC),
        ("e-mail has its form", "Email", f"^{EMAIL}$", None),
    ):
        yield name, gxe.ExpectColumnValuesToMatchRegex(column=column, regex=pattern, row_condition=condition)
    # the regex is matched from the start of the text, so it begins with ^.*
    reserved = f"(?i)^.*[@.]{RESERVED} *$"
    yield (
        "e-mail is not reserved",
        gxe.ExpectColumnValuesToNotMatchRegex(column="Email", regex=reserved, row_condition=_NOT_MADE_UP),
    )
    yield (
        "dataset is registered",
        gxe.ExpectColumnValuesToBeInSet(column="SyntheticDataset__c", value_set=datasets, row_condition=_SYNTHETIC),
    )


def _of_time(select_purpose: Callable[[str], str]) -> _Named:
    yield "generated_at is past", _between(_SYNTHETIC, latest=LATEST)
    yield "generated_at is possible", _between(_SYNTHETIC, earliest=EARLIEST)
    yield (
        "generated_at is before loading",
        gxe.ExpectColumnPairValuesAToBeGreaterThanB(
            column_A="CreatedDate",
            column_B=_GENERATED,
            or_equal=True,
            ignore_row_if="either_value_is_missing",
            row_condition=_SYNTHETIC,
        ),
    )
    for purpose, oldest in OLDEST.items():
        condition = PassThroughCondition(pass_through_filter=select_purpose(purpose))
        yield "retention is kept", _between(condition, earliest=oldest)


def _between(condition: Condition, earliest: str | None = None, latest: str | None = None) -> gxe.Expectation:
    return gxe.ExpectColumnValuesToBeBetween(
        column=_GENERATED,
        min_value=datetime.fromisoformat(earliest) if earliest else None,
        max_value=datetime.fromisoformat(latest) if latest else None,
        row_condition=condition,
    )


def _select_purpose(purpose: str) -> str:
    return f"{_MARKER.name} in {INFLUENCED} and SyntheticPurpose__c.str.strip().str.lower() == '{purpose}'"


def ask(data: Path, engine: Engine) -> dict[str, int | None]:
    """Validate the directory as one batch. The files by themselves would be ten batches."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    source = context.data_sources.add_pandas("crm")
    asset = source.add_parquet_asset("contact", path=data / "contact", columns=list(CONTACT_COLUMNS))
    datasets = pd.read_parquet(data / "dataset")["dataset_id"].tolist()
    named = list(list_expectations(datasets, _select_purpose))
    for name, expectation in named:
        expectation.meta = {"check": name}
    suite = gx.ExpectationSuite("contact", expectations=[expectation for _, expectation in named])
    whole = asset.add_batch_definition_whole_dataframe("whole")
    with engine.at_work():
        result = whole.get_batch().validate(suite)
    counts: dict[str, int | None] = dict.fromkeys(CHECKS)
    for result_of_check in result.results:
        if result_of_check.exception_info.get("raised_exception", True):
            raise SystemExit(f"{result_of_check.expectation_config.meta}: {result_of_check.exception_info}")
        name = result_of_check.expectation_config.meta["check"]
        counts[name] = (counts[name] or 0) + result_of_check.result["unexpected_count"]
    return counts


if __name__ == "__main__":
    report(ask, {"great-expectations": gx.__version__, "pandas": pd.__version__})
