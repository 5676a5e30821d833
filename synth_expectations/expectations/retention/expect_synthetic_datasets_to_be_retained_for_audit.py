"""No synthetic dataset is gone before an auditor may ask for it."""

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import Discriminator, Field, Tag, model_validator
from sqlglot import exp

from synth_expectations.expectations.argument_types import Column, Duration, Reference, Values
from synth_expectations.expectations.base import TimedExpectation, join_names
from synth_expectations.expectations.signatures import read_list
from synth_expectations.rules.expressions import (
    any_of,
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
    plus_duration,
    to_timestamp,
)
from synth_expectations.rules.model import BATCH, Lookup, LookupCheck, Rule, Through
from synth_expectations.rules.nodes import Condition


class ExpectSyntheticDatasetsToBeRetainedForAudit(TimedExpectation):
    """Expect synthetic datasets to be retained for audit.

    The training data of a model must be kept for the time that its class requires after its last use. The last use is
    computed from the training runs and from the retirement of their models, and is never taken from the registry. A dataset
    that is not deleted must have a snapshot and a checksum. Runs count too: if a run names no dataset in the registry, it is
    unknown what must be kept. If the registry has a marker, entries of real datasets are not checked.

    Does not show: that a restore works, and uses other than the recorded runs.
    """

    dataset_id: Column = Field(description="The column of the dataset: the key of the registry.")
    deleted_at: Column = Field(
        description="The column of the time at which the dataset was deleted; empty while it exists."
    )
    snapshot_location: Column = Field(description="The column of the location of its snapshot.")
    checksum: Column = Field(description="The column of the snapshot's checksum.")
    min_ages: Annotated[
        Annotated[dict[str, Duration], Tag("classes")] | Annotated[Duration, Tag("all")],
        Discriminator(lambda value: "classes" if isinstance(value, dict) else "all"),
    ] = Field(description="How long each class is kept after its last use; without classes, one duration for all.")
    retention_class: Column | None = Field(None, description="The column that names the class of the dataset.")
    training_runs: Reference = Field(description="The table of training runs: one row per run and dataset.")
    training_runs_key: Column | None = Field(None, description="In the runs: the key of a run, for samples.")
    training_runs_dataset_id: Column = Field(description="In the runs: the training dataset.")
    training_runs_ended_at: Column = Field(description="In the runs: the time at which the run used the dataset.")
    training_runs_model: Column | None = Field(None, description="In the runs: the model, a key of models.")
    models: Reference | None = Field(None, description="The table of models, which are in use until they are retired.")
    models_key: Column | None = Field(None, description="In models: the key of a model.")
    models_retired_at: Column | None = Field(
        None, description="In models: the time of retirement; empty while it is in use."
    )
    placeholders: Values = Field(read_list("placeholders"), description="Texts that count as empty.")

    roles = {"registry": "training_runs"}
    column_words = {"dataset_id": "key"}
    sees_all_rows = True
    scope = "table"
    needs_marker = False
    data_files = ("signatures/placeholders.txt",)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if bool(self.retention_class) != isinstance(self.min_ages, dict):
            raise ValueError("retention_class and min_ages by class need each other; without classes give one duration")
        if not self.min_ages:
            raise ValueError("min_ages names no class")
        models = (self.models, self.models_key, self.models_retired_at, self.training_runs_model)
        if any(models) and not all(models):
            raise ValueError("models, models_key, models_retired_at and training_runs_model need each other")
        return self

    def population(self) -> Condition:
        """Return datasets that are not known to be real."""
        return ~self._marked("real", (*self.real_values, *self.masked_values))

    def lookups(self) -> Iterator[Lookup]:
        """Yield lookups of a dataset's runs and their models: all of them, and those within each minimum age."""
        here, there = (
            make_key(normalize_key(field(name))) for name in (self.dataset_id, self.training_runs_dataset_id)
        )
        ended = field(self.training_runs_ended_at)
        undated: dict[str, Condition] = {"undated": ~is_readable(ended)}
        # without runs no dataset was ever used, and each may be deleted
        yield Lookup("runs", self.training_runs, here, there, undated, incriminates=True)
        through = self._through(there)
        if through:
            yield self._of_models("models", here, through)
        deleted = to_timestamp(field(self.deleted_at))
        for number, least in enumerate(self._minimums()):
            yield Lookup(
                name=f"run{number}",
                reference=self.training_runs,
                key=here,
                reference_key=there,
                attributes={"then": is_readable(ended)},
                at=deleted,
                valid=(None, plus_duration(ended, least)),
            )
            if through and self.models_retired_at:
                end = plus_duration(field(self.models_retired_at), least)
                yield self._of_models(f"model{number}", here, through, at=deleted, valid=(None, end))

    def rules(self) -> Iterator[Rule]:
        """Yield rules about the deletion of each class, then about what is still there."""
        deleted_at = field(self.deleted_at)
        deleted = is_readable(deleted_at) & ~is_before(as_of(), to_timestamp(deleted_at))
        yield Rule(f"{self.dataset_id} is missing", is_blank(field(self.dataset_id)))
        yield Rule(f"{self.deleted_at} is not a time", is_unreadable(deleted_at))
        for name, least, of_class in self._classes():
            early = deleted & of_class & self._used_within(least)
            yield Rule(f"deleted less than {least} after its last use{f' ({name})' if name else ''}", early)
        if self.retention_class and isinstance(self.min_ages, dict):
            unknown = ~is_one_of(field(self.retention_class), self.min_ages)
            yield Rule(f"class without a minimum: not one of {join_names(sorted(self.min_ages))}", unknown)
        yield Rule("deleted, and when a run used it is unknown", deleted & look_up("runs", "undated"))
        if self.models:
            yield Rule("deleted, and a model trained on it is unknown", deleted & look_up("models", "lost"))
        for name in (self.snapshot_location, self.checksum):
            empty = is_blank(field(name)) | is_one_of(field(name), self.placeholders)
            yield Rule(f"there, but {name} is missing or a placeholder", ~deleted & empty)
        yield Rule("deleted, and no run ever used it", deleted & ~look_up("runs"), judged=False)

    def related_checks(self) -> Iterator[LookupCheck]:
        """Yield a check of every run: the registry lists what it used."""
        dataset = field(self.training_runs_dataset_id)
        here, there = (
            make_key(normalize_key(field(name))) for name in (self.training_runs_dataset_id, self.dataset_id)
        )
        yield LookupCheck(
            population=exp.true(),
            rules=(
                Rule("run names no dataset", is_blank(dataset)),
                Rule("run names a dataset that is not listed", is_given(dataset) & ~look_up("dataset")),
            ),
            lookups=(Lookup("dataset", BATCH, here, there),),
            record_key=self.training_runs_key,
            reference=self.training_runs,
        )

    def _classes(self) -> Iterator[tuple[str, str, Condition]]:
        if isinstance(self.min_ages, dict) and self.retention_class:
            for name, least in sorted(self.min_ages.items()):
                yield name, least, is_one_of(field(self.retention_class), [name])
        elif isinstance(self.min_ages, str):
            yield "", self.min_ages, exp.true()

    def _minimums(self) -> list[str]:
        """Return each minimum age once: classes that are kept equally long share their lookups."""
        return sorted({least for _, least, _ in self._classes()})

    def _used_within(self, least: str) -> Condition:
        number = self._minimums().index(least)
        names = [f"run{number}", *([f"model{number}"] if self.models else [])]
        return any_of(look_up(name, "then") for name in names)

    def _through(self, run: Condition) -> Through | None:
        if not self.training_runs_model:
            return None
        return Through(self.training_runs, run, make_key(normalize_key(field(self.training_runs_model))))

    def _of_models(
        self,
        name: str,
        here: Condition,
        through: Through,
        at: Condition | None = None,
        valid: tuple[Condition | None, Condition | None] = (None, None),
    ) -> Lookup:
        assert self.models and self.models_key
        known = field(self.models_key)
        there, then = make_key(normalize_key(known)), {"then": is_given(known)}
        return Lookup(name, self.models, here, there, then, at=at, valid=valid, through=through)
