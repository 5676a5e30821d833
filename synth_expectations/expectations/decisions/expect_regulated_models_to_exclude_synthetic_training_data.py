"""No regulated model was trained on synthetic data, unless somebody else allowed it before."""

from collections.abc import Iterator
from typing import Self

from pydantic import Field, model_validator

from synth_expectations.expectations.argument_types import Column, Reference, Values
from synth_expectations.expectations.base import TimedExpectation
from synth_expectations.expectations.registry_marker import RegistryMarker
from synth_expectations.rules.expressions import (
    any_of,
    as_of,
    field,
    is_before,
    is_blank,
    is_equal,
    is_given,
    is_one_of,
    is_readable,
    is_unreadable,
    look_up,
    make_key,
    normalize,
    normalize_key,
    to_timestamp,
)
from synth_expectations.rules.model import BATCH, Lookup, LookupCheck, Rule
from synth_expectations.rules.nodes import Condition


class ExpectRegulatedModelsToExcludeSyntheticTrainingData(RegistryMarker, TimedExpectation):
    """Expect regulated models to exclude synthetic training data.

    Each row of the training runs is one dataset that one model was trained on. If the model makes regulated decisions
    and the dataset is synthetic or partial in the registry, somebody other than the trainer must have approved the dataset
    before the model was deployed, and the approval must not have expired while the model was in use. Models for watched
    purposes, such as fraud detection, need the same approval. The chain must be complete: a model without a run, an
    unknown model or dataset, and a type of decision that is in no list are violations too.

    Does not show: training outside the recorded runs, and whether a model without a deployment time is in use.
    """

    model: Column = Field(description="The column of the trained model: a key of models.")
    dataset_id: Column = Field(description="The column of the training dataset: a key of the registry.")
    trainer: Column = Field(description="The column of the person who trained the model.")
    approver: Column = Field(description="The column of the person who approved the dataset for the model.")
    approved_at: Column = Field(description="The column of the time of the approval.")
    approval_expires_at: Column | None = Field(
        None, description="The column of the time at which the approval expires; empty if it does not expire."
    )
    regulated: Values = Field(min_length=1, description="The types of decisions that are regulated.")
    watched: Values = Field((), description="Types that are not regulated, but need the same approval.")
    not_regulated: Values = Field((), description="The types that need no approval.")
    models: Reference = Field(description="The table of models: one row per model and type of decision.")
    models_key: Column = Field(description="In models: the key of a model.")
    models_decision_type: Column = Field(description="In models: the type of decision that the model makes.")
    models_deployed_at: Column = Field(description="In models: the time of deployment; empty if it is not deployed.")
    models_retired_at: Column | None = Field(
        None, description="In models: the time of retirement; empty while it is in use."
    )
    registry: Reference = Field(description="The table of datasets, both synthetic and real.")
    registry_key: Column = Field(description="In the registry: the key of a dataset.")

    roles = {"training_runs": None}
    scope = "table"
    needs_marker = False

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if not self.tells_datasets:
            raise ValueError(
                "registry_marker_column is missing (or registry_all_records): which datasets are synthetic"
            )
        if self.trainer == self.approver:
            raise ValueError("trainer and approver are one column: nobody approves what they trained themselves")
        lists = {"regulated": self.regulated, "watched": self.watched, "not_regulated": self.not_regulated}
        seen: dict[str, str] = {}
        for name, values in lists.items():
            for value in values:
                if seen.setdefault(str(value).strip().lower(), name) != name:
                    raise ValueError(f"{value} is both {seen[str(value).strip().lower()]} and {name}")
        return self

    def lookups(self) -> Iterator[Lookup]:
        """Yield lookups of the model, what it decides, when it was deployed; and of the dataset."""
        here, there = (make_key(normalize_key(field(name))) for name in (self.model, self.models_key))
        kind = field(self.models_decision_type)
        attributes = {
            "regulated": is_one_of(kind, self.regulated),
            "watched": is_one_of(kind, self.watched),
            "unlisted": ~is_one_of(kind, (*self.regulated, *self.watched, *self.not_regulated)),
            "deployed": self._deployed(),
            "undated": self._needs_approval() & is_unreadable(field(self.models_deployed_at)),
        }
        yield Lookup("model", self.models, here, there, attributes=attributes)
        deployed = to_timestamp(field(self.models_deployed_at))
        in_use: dict[str, Condition] = {"then": self._needs_approval() & is_readable(field(self.models_deployed_at))}
        approved = to_timestamp(field(self.approved_at))
        yield Lookup("deployed", self.models, here, there, in_use, at=approved, valid=(deployed, None))
        if self.approval_expires_at:
            retired = to_timestamp(field(self.models_retired_at)) if self.models_retired_at else None
            expires = to_timestamp(field(self.approval_expires_at))
            yield Lookup("in_use", self.models, here, there, in_use, at=expires, valid=(None, retired))
        mine, known = (make_key(normalize_key(field(name))) for name in (self.dataset_id, self.registry_key))
        yield Lookup("dataset", self.registry, mine, known, attributes=self.datasets())

    def rules(self) -> Iterator[Rule]:
        """Yield rules about the chain from model to dataset, then about approvals."""
        model, dataset = field(self.model), field(self.dataset_id)
        regulated, watched = look_up("model", "regulated"), look_up("model", "watched")
        influenced = look_up("dataset", "influenced")
        asked = regulated | watched
        yield Rule("model is missing", is_blank(model))
        yield Rule("model is unknown", is_given(model) & ~look_up("model"))
        yield Rule("type of decision is in no list", look_up("model", "unlisted"))
        yield Rule("dataset is missing", asked & is_blank(dataset))
        yield Rule("dataset is not registered", asked & is_given(dataset) & ~look_up("dataset"))
        yield Rule("dataset is neither synthetic nor real", asked & ~influenced & look_up("dataset", "untagged"))
        yield Rule(f"{self.models_deployed_at} is not a time", influenced & look_up("model", "undated"))
        deployed = influenced & look_up("model", "deployed")
        yield from self._of_approvals("regulated", deployed & regulated)
        if self.watched:
            yield from self._of_approvals("watched", deployed & watched & ~regulated)
        yield Rule(
            "synthetic dataset, model is not deployed", asked & influenced & ~look_up("model", "deployed"), False
        )

    def related_checks(self) -> Iterator[LookupCheck]:
        """Yield a check of the models in use that need approval: it must be known what each was trained on."""
        here, there = (make_key(normalize_key(field(name))) for name in (self.models_key, self.model))
        yield LookupCheck(
            population=self._deployed(),
            rules=(Rule("model has no training run", ~look_up("run")),),
            lookups=(Lookup("run", BATCH, here, there),),
            record_key=self.models_key,
            reference=self.models,
        )

    def _of_approvals(self, kind: str, asked: Condition) -> Iterator[Rule]:
        trainer, approver, approved_at = (field(name) for name in (self.trainer, self.approver, self.approved_at))
        trained, approved = (normalize(person, "text") for person in (trainer, approver))
        faults = {
            "without approval": is_blank(approver) | is_blank(approved_at),
            "trainer is missing": is_given(approver) & is_blank(trainer),
            "approved by its trainer": is_given(approver) & is_equal(trained, approved),
            "approved after deployment": is_given(approver) & look_up("deployed", "then"),
            "approval has no readable time": is_unreadable(approved_at),
        }
        if self.approval_expires_at:
            expires = field(self.approval_expires_at)
            ended = is_before(to_timestamp(expires), as_of()) & look_up("in_use", "then")
            faults["approval has expired"] = is_given(approver) & (ended | is_unreadable(expires))
        for name, broken in faults.items():
            yield Rule(f"{kind} model, synthetic dataset: {name}", asked & broken)
        excused = asked & ~any_of(faults.values())
        yield Rule(f"{kind} model, synthetic dataset: approved", excused, judged=False)

    def _deployed(self) -> Condition:
        """Return that a model needs approval, and is deployed at as_of or at an unknown time."""
        deployed = field(self.models_deployed_at)
        return self._needs_approval() & is_given(deployed) & ~is_before(as_of(), to_timestamp(deployed))

    def _needs_approval(self) -> Condition:
        return is_one_of(field(self.models_decision_type), (*self.regulated, *self.watched))
