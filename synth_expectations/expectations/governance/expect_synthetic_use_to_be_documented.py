"""Whoever uses synthetic data wrote down who, what for and on which basis, before."""

from collections.abc import Iterator
from typing import Self

from pydantic import Field, model_validator
from sqlglot import exp

from synth_expectations.expectations.argument_types import Column, Duration, Reference, Values
from synth_expectations.expectations.base import TimedExpectation, join_names
from synth_expectations.expectations.registry_marker import RegistryMarker
from synth_expectations.expectations.signatures import read_list
from synth_expectations.rules.expressions import (
    as_of,
    field,
    is_before,
    is_blank,
    is_given,
    is_one_of,
    is_readable,
    is_unreadable,
    look_up,
    make_key,
    normalize_key,
    to_timestamp,
)
from synth_expectations.rules.model import BATCH, Lookup, LookupCheck, Rule
from synth_expectations.rules.nodes import Condition


class ExpectSyntheticUseToBeDocumented(RegistryMarker, TimedExpectation):
    """Expect synthetic use to be documented.

    Each recorded use must have an owner, a purpose, a legal basis, a reference to its impact assessment and, if the risk is
    high, to its conformity assessment. Compliance must have been informed before the use began, and reviews must be on
    time. Training runs, A/B tests and personalisation count too: if they use synthetic or partial data, they must name a
    recorded use. A run or test that names none is excused only if its dataset is real in the registry.

    Does not show: that the referenced documents exist and cover the use, and runs and experiments that were not logged.
    """

    use_id: Column = Field(description="The column of the key of the use, which runs and experiments refer to.")
    owner: Column = Field(description="The column of the person responsible for it.")
    purpose: Column = Field(description="The column of its purpose.")
    legal_basis: Column = Field(description="The column of the legal basis.")
    dpia: Column = Field(description="The column of the reference to the impact assessment.")
    risk: Column | None = Field(None, description="The column of the risk level.")
    high_risk: Values = Field(("high",), description="Its values for a high risk.")
    no_high_risk: Values = Field(("limited", "minimal", "low"), description="Its values for any other risk.")
    conformity: Column | None = Field(None, description="The column of the reference to the conformity assessment.")
    compliance_told_at: Column = Field(description="The column of the time at which compliance was informed.")
    started_at: Column = Field(description="The column of the time at which the use began or will begin.")
    ended_at: Column | None = Field(
        None, description="The column of the time at which it ended; empty while it continues."
    )
    last_review_at: Column = Field(description="The column of its last review; empty before the first one.")
    max_review_age: Duration = Field(
        "P1Y", description="How long a review is valid; the first is due this long after the start."
    )
    training_runs: Reference | None = Field(
        None, description="The table of training runs: one row per run and dataset."
    )
    training_runs_key: Column | None = Field(None, description="In the runs: the key of a run, for samples.")
    training_runs_use_id: Column | None = Field(None, description="In the runs: the use.")
    training_runs_dataset_id: Column | None = Field(
        None, description="In the runs: the dataset, a key of the registry."
    )
    experiments: Reference | None = Field(None, description="The table of A/B tests and personalisation.")
    experiments_key: Column | None = Field(
        None, description="In the experiments: the key of an experiment, for samples."
    )
    experiments_use_id: Column | None = Field(None, description="In the experiments: the use.")
    experiments_dataset_id: Column | None = Field(None, description="In the experiments: the dataset.")
    registry: Reference | None = Field(None, description="The table of datasets, both synthetic and real.")
    registry_key: Column | None = Field(None, description="In the registry: the key of a dataset.")
    placeholders: Values = Field(read_list("placeholders"), description="Texts that count as empty.")

    roles = {"uses": None}
    column_words = {"use_id": "key"}
    scope = "table"
    needs_marker = False
    data_files = ("signatures/placeholders.txt",)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if bool(self.risk) != bool(self.conformity):
            raise ValueError("risk and conformity need each other")
        if bool(self.registry) != bool(self.registry_key) or bool(self.registry) != self.tells_datasets:
            raise ValueError("registry needs registry_key, and registry_marker_column or registry_all_records")
        for name in ("training_runs", "experiments"):
            parts = [getattr(self, argument) for argument in (name, f"{name}_use_id", f"{name}_dataset_id")]
            if any(parts) and not all(parts):
                raise ValueError(f"{name}, {name}_use_id and {name}_dataset_id need each other")
        if (self.training_runs or self.experiments) and not self.registry:
            raise ValueError("registry is missing: which runs and experiments are on synthetic data")
        return self

    def rules(self) -> Iterator[Rule]:
        """Yield rules about what is written down, then about the times."""
        names = (self.use_id, self.owner, self.purpose, self.legal_basis, self.dpia)
        for name in names:
            yield Rule(f"{name} is missing or a placeholder", self._empty(name))
        if self.risk and self.conformity:
            risk, known = field(self.risk), (*self.high_risk, *self.no_high_risk)
            yield Rule(f"{self.risk} is not one of {join_names(known)}", ~is_one_of(risk, known))
            high = is_one_of(risk, self.high_risk)
            yield Rule(
                f"high risk, and {self.conformity} is missing or a placeholder", high & self._empty(self.conformity)
            )
        for name in (self.compliance_told_at, self.started_at):
            yield Rule(f"{name} is missing or not a time", ~is_readable(field(name)))
        started, told = (to_timestamp(field(name)) for name in (self.started_at, self.compliance_told_at))
        yield Rule("compliance was told after the start", is_before(started, told))
        yield from self._of_reviews()

    def related_checks(self) -> Iterator[LookupCheck]:
        """Yield checks of runs and experiments: each that may use synthetic data has a use on record."""
        if self.training_runs and self.training_runs_use_id and self.training_runs_dataset_id:
            columns = (self.training_runs_use_id, self.training_runs_dataset_id, self.training_runs_key)
            yield self._used("training run", self.training_runs, *columns)
        if self.experiments and self.experiments_use_id and self.experiments_dataset_id:
            columns = (self.experiments_use_id, self.experiments_dataset_id, self.experiments_key)
            yield self._used("experiment", self.experiments, *columns)

    def _used(self, what: str, table: str, use_id: str, dataset_id: str, named: str | None) -> LookupCheck:
        assert self.registry and self.registry_key
        dataset = field(dataset_id)
        use, known, data, registered = (
            make_key(normalize_key(field(name))) for name in (use_id, self.use_id, dataset_id, self.registry_key)
        )
        undocumented = ~look_up("use")
        rules = {
            "on synthetic data, without a use on record": look_up("dataset", "influenced"),
            "without a use on record, and without a dataset": is_blank(dataset),
            "without a use on record, dataset is not registered": is_given(dataset) & ~look_up("dataset"),
            "without a use on record, dataset is neither synthetic nor real": look_up("dataset", "untagged"),
        }
        return LookupCheck(
            population=exp.true(),
            rules=tuple(Rule(f"{what} {name}", undocumented & broken) for name, broken in rules.items()),
            lookups=(
                Lookup("use", BATCH, use, known),
                Lookup("dataset", self.registry, data, registered, attributes=self.datasets()),
            ),
            record_key=named,
            reference=table,
        )

    def _of_reviews(self) -> Iterator[Rule]:
        """Yield rules about uses that go on: their last review, or their start if there was none, is recent."""
        reviewed = field(self.last_review_at)
        limit, now = as_of(f"-{self.max_review_age}"), as_of()
        yield Rule(f"{self.last_review_at} is not a time", is_unreadable(reviewed))
        yield Rule(f"{self.last_review_at} is in the future", is_before(now, to_timestamp(reviewed)))
        first_due = is_blank(reviewed) & is_before(to_timestamp(field(self.started_at)), limit)
        overdue = is_before(to_timestamp(reviewed), limit) | first_due
        yield Rule(f"not reviewed for more than {self.max_review_age}", overdue & self._goes_on())

    def _goes_on(self) -> Condition:
        return ~is_before(to_timestamp(field(self.ended_at)), as_of()) if self.ended_at else exp.true()

    def _empty(self, name: str) -> Condition:
        return is_blank(field(name)) | is_one_of(field(name), self.placeholders)
