"""Each synthetic record belongs to a dataset that the registry knew when it was made."""

from collections.abc import Iterator
from typing import Self

from pydantic import Field, model_validator

from synth_expectations.expectations.argument_types import Column, Reference
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.rules.expressions import (
    field,
    is_blank,
    is_given,
    is_readable,
    look_up,
    make_key,
    normalize,
    normalize_key,
    to_timestamp,
)
from synth_expectations.rules.model import Lookup, Rule
from synth_expectations.rules.nodes import Condition


class ExpectSyntheticRecordsToBeRegistered(SyntheticDataExpectation):
    """Expect synthetic records to be registered.

    Each synthetic or partial record must name a dataset in the registry. The dataset must have been registered before the
    record was generated, must not have been retired by then, and must have the purpose of the record.

    Does not show: registered datasets that have no record here, and whether the registry is right.
    """

    dataset_id: Column = Field(description="The column of the dataset: a key of the registry.")
    registry: Reference = Field(description="The table of synthetic datasets.")
    registry_key: Column = Field(description="In the registry: the key of a dataset.")
    generated_at: Column | None = Field(None, description="The column of the generation time.")
    registry_registered_at: Column | None = Field(None, description="In the registry: the time of registration.")
    registry_retired_at: Column | None = Field(
        None, description="In the registry: the time of retirement; empty while the dataset is in use."
    )
    purpose: Column | None = Field(None, description="The column of the purpose.")
    registry_purpose: Column | None = Field(None, description="In the registry: the purpose of the dataset.")

    roles = {"mixed": "registry", "synthetic": "registry"}

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.registry_registered_at or self.registry_retired_at) and not self.generated_at:
            raise ValueError("generated_at is missing: when the dataset was registered is compared with it")
        if self.registry_purpose and not self.purpose:
            raise ValueError("purpose is missing: registry_purpose is compared with it")
        return self

    def population(self) -> Condition:
        """Return synthetic and partial records."""
        return self.influenced

    def lookups(self) -> Iterator[Lookup]:
        """Yield lookups of the dataset, of its dates, and of its purpose."""
        here, there = (make_key(normalize_key(field(name))) for name in (self.dataset_id, self.registry_key))
        yield Lookup("dataset", self.registry, here, there)
        for name, start, end in self._periods():
            yield Lookup(
                name=name,
                reference=self.registry,
                key=here,
                reference_key=there,
                attributes={"then": is_readable(field(start)) if start else ~is_blank(field(self.registry_key))},
                at=to_timestamp(field(self.generated_at or "")),
                valid=(to_timestamp(field(start)) if start else None, to_timestamp(field(end)) if end else None),
            )
        if self.registry_purpose and self.purpose:
            parts = ((self.dataset_id, self.purpose), (self.registry_key, self.registry_purpose))
            mine, theirs = (
                make_key(normalize_key(field(dataset_id)), normalize(field(purpose), "text"))
                for dataset_id, purpose in parts
            )
            yield Lookup("purpose", self.registry, mine, theirs)

    def rules(self) -> Iterator[Rule]:
        """Yield rules about the dataset that the record names."""
        dataset, found = field(self.dataset_id), look_up("dataset")
        yield Rule(f"{self.dataset_id} is missing", is_blank(dataset))
        yield Rule("dataset is not registered", is_given(dataset) & ~found)
        dated = is_readable(field(self.generated_at)) if self.generated_at else None
        names = {"registered": "dataset was registered after the record was made", "in_use": "dataset had been retired"}
        for name, *_ in self._periods():
            assert dated is not None
            yield Rule(names[name], found & dated & ~look_up(name, "then"))
        if self.registry_purpose and self.purpose:
            other = found & is_given(field(self.purpose)) & ~look_up("purpose")
            yield Rule("dataset is registered for another purpose", other)

    def _periods(self) -> Iterator[tuple[str, str | None, str | None]]:
        """Yield the periods that must include the record's time: a name, the start, the end."""
        if self.registry_registered_at:
            yield "registered", self.registry_registered_at, None
        if self.registry_retired_at:
            yield "in_use", None, self.registry_retired_at
