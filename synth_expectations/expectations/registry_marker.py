"""The arguments of expectations that look datasets up in a registry."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, Field, model_validator
from sqlglot import exp

from synth_expectations.expectations.argument_types import Column, Values
from synth_expectations.rules.expressions import field, is_one_of
from synth_expectations.rules.nodes import Condition


class RegistryMarker(BaseModel, defer_build=True):
    """How the registry tells synthetic datasets from real ones; for an expectation with a reference `registry`."""

    registry_marker_column: Column | None = Field(
        None, description="In the registry: the column that says what kind a dataset is."
    )
    registry_synthetic_values: Values = Field((True,), description="Its values for synthetic datasets.")
    registry_partial_values: Values = Field((), description="Its values for augmented or imputed real data.")
    registry_real_values: Values = Field((False,), description="Its values for datasets of real or masked records.")
    registry_all_records: Literal["synthetic", "real"] | None = Field(
        None, description="For a registry without such a column: what kind all datasets are."
    )

    @model_validator(mode="after")
    def _one_way_to_tell(self) -> Self:
        if self.registry_marker_column and self.registry_all_records:
            raise ValueError(
                "registry_marker_column and registry_all_records exclude each other: give the one that is so"
            )
        return self

    @property
    def tells_datasets(self) -> bool:
        """Return whether the registry tells which datasets are synthetic."""
        return bool(self.registry_marker_column or self.registry_all_records)

    def datasets(self) -> dict[str, Condition]:
        """Return conditions on a row of the registry: `influenced` (synthetic or partial) and `untagged` (nor real)."""
        if self.registry_marker_column is None:
            all_are = exp.true() if self.registry_all_records == "synthetic" else exp.false()
            return {"influenced": all_are, "untagged": exp.false()}
        marker = field(self.registry_marker_column)
        influenced = is_one_of(marker, (*self.registry_synthetic_values, *self.registry_partial_values))
        return {"influenced": influenced, "untagged": ~influenced & ~is_one_of(marker, self.registry_real_values)}
