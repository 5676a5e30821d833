"""Who is shown what synthetic records influenced is told so."""

from collections.abc import Iterator
from typing import Self

from pydantic import Field, model_validator

from synth_expectations.expectations.argument_types import Column, Reference, Values
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.expectations.registry_marker import RegistryMarker
from synth_expectations.rules.expressions import (
    any_of,
    field,
    is_blank,
    is_given,
    is_one_of,
    is_readable,
    look_up,
    make_key,
    normalize_key,
    to_timestamp,
)
from synth_expectations.rules.model import Lookup, Rule, Through
from synth_expectations.rules.nodes import Condition


class ExpectSyntheticInfluenceToBeDisclosed(RegistryMarker, SyntheticDataExpectation):
    """Expect synthetic influence to be disclosed.

    If synthetic or partial records influenced an offer, score or text that a customer was shown, it must name a disclosure
    that was approved at that time. Influence is established if the output says so, or if a run of its model used such a
    dataset, whatever the output says. An unknown model, run or dataset leaves this open, which is a violation too. Outputs
    without a time at which they were shown have not been shown.

    Does not show: that anyone read the disclosure.
    """

    shown_at: Column = Field(
        description="The column of the time at which a customer was shown the output; empty if nobody was."
    )
    disclosure: Column = Field(description="The column of the disclosure that was shown with it.")
    approved_disclosures: Reference = Field(
        description="The table of disclosures: one row per disclosure and approval."
    )
    approved_disclosures_key: Column = Field(description="In the approved disclosures: the key of a disclosure.")
    approved_disclosures_approved_at: Column = Field(
        description="In the disclosures: the time from which it may be used."
    )
    approved_disclosures_withdrawn_at: Column | None = Field(
        None, description="In the disclosures: the time until which it may be used; empty if there is no end."
    )
    influence: Column | None = Field(None, description="The column that says whether synthetic records influenced it.")
    influence_values: Values = Field((True,), description="Its values for yes.")
    no_influence_values: Values = Field((False,), description="Its values for no.")
    model: Column | None = Field(None, description="The column of the model that made the output: a key of models.")
    models: Reference | None = Field(None, description="The table of models.")
    models_key: Column | None = Field(None, description="In models: the key of a model.")
    training_runs: Reference | None = Field(
        None, description="The table of training runs: one row per run and dataset."
    )
    training_runs_model: Column | None = Field(None, description="In the runs: the model.")
    training_runs_dataset_id: Column | None = Field(
        None, description="In the runs: the dataset, a key of the registry."
    )
    registry: Reference | None = Field(None, description="The table of datasets, both synthetic and real.")
    registry_key: Column | None = Field(None, description="In the registry: the key of a dataset.")

    roles = {"customer_outputs": None}
    needs_marker = False

    @model_validator(mode="after")
    def _complete(self) -> Self:
        names = ("model", "models", "models_key", "training_runs", "training_runs_model", "training_runs_dataset_id")
        lineage = {name: getattr(self, name) for name in (*names, "registry", "registry_key")}
        lineage["registry_marker_column (or registry_all_records)"] = self.tells_datasets
        missing = [name for name, value in lineage.items() if not value]
        if not self.influence and len(missing) == len(lineage):
            raise ValueError("influence is missing, and so is model: nothing says what synthetic records influenced")
        if missing and len(missing) < len(lineage):
            raise ValueError(f"{missing[0]} is missing: what a model was trained on is looked up from end to end")
        return self

    def population(self) -> Condition:
        """Return outputs that were shown."""
        return is_given(field(self.shown_at))

    def lookups(self) -> Iterator[Lookup]:
        """Yield lookups of the disclosure, now and at the time; of the model, and of what it was trained on."""
        here, there = (
            make_key(normalize_key(field(name))) for name in (self.disclosure, self.approved_disclosures_key)
        )
        approved, withdrawn = self.approved_disclosures_approved_at, self.approved_disclosures_withdrawn_at
        yield Lookup("disclosure", self.approved_disclosures, here, there)
        yield Lookup(
            name="approved",
            reference=self.approved_disclosures,
            key=here,
            reference_key=there,
            attributes={"then": is_readable(field(approved))},
            at=to_timestamp(field(self.shown_at)),
            valid=(to_timestamp(field(approved)), to_timestamp(field(withdrawn)) if withdrawn else None),
        )
        if self.model and self.models and self.models_key:
            here, there = (make_key(normalize_key(field(name))) for name in (self.model, self.models_key))
            yield Lookup("model", self.models, here, there)
            yield self._training(here)

    def rules(self) -> Iterator[Rule]:
        """Yield rules about what is unknown, then about the disclosure."""
        shown = is_readable(field(self.shown_at))
        yield Rule(f"{self.shown_at} is not a time", ~shown)
        yield from self._of_flag()
        yield from self._of_model()
        disclosure, influenced = field(self.disclosure), self._influenced()
        yield Rule("influenced, without a disclosure", influenced & is_blank(disclosure))
        yield Rule("influenced, disclosure is unknown", influenced & is_given(disclosure) & ~look_up("disclosure"))
        then = look_up("approved", "then")
        not_then = influenced & shown & look_up("disclosure") & ~then
        yield Rule("influenced, disclosure was not approved then", not_then)
        yield Rule("influenced, and disclosed", influenced & shown & then, judged=False)

    def _of_flag(self) -> Iterator[Rule]:
        if self.influence:
            readable_flag = is_one_of(field(self.influence), (*self.influence_values, *self.no_influence_values))
            yield Rule(f"{self.influence} says neither yes nor no", ~readable_flag)

    def _of_model(self) -> Iterator[Rule]:
        if not self.model:
            return
        model, known, trained = field(self.model), look_up("model"), look_up("training")
        if not self.influence:  # else it may be no model's
            yield Rule("model is missing", is_blank(model))
        yield Rule("model is unknown", is_given(model) & ~known)
        yield Rule("model has no training run", known & ~trained)
        yield Rule("model was trained on a dataset that is not registered", known & look_up("training", "lost"))
        yield Rule(
            "model was trained on a dataset that is neither synthetic nor real",
            known & look_up("training", "untagged"),
        )

    def _influenced(self) -> Condition:
        """Return that synthetic data influenced the output, as its flag or its model's training says."""
        ways = []
        if self.influence:
            ways.append(is_one_of(field(self.influence), self.influence_values))
        if self.model:
            ways.append(look_up("training", "influenced"))
        return any_of(ways)

    def _training(self, model: Condition) -> Lookup:
        """Return the lookup of the datasets that any training run of the model used."""
        assert self.training_runs and self.training_runs_model and self.training_runs_dataset_id
        assert self.registry and self.registry_key
        columns = (self.training_runs_model, self.training_runs_dataset_id, self.registry_key)
        run, dataset, known = (make_key(normalize_key(field(name))) for name in columns)
        return Lookup(
            name="training",
            reference=self.registry,
            key=model,
            reference_key=known,
            attributes=self.datasets(),
            through=Through(self.training_runs, run, dataset),
        )
