"""What was synthetic in the last snapshot still says so, and is as old as it was."""

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import Field, model_validator
from sqlglot import exp

from synth_expectations.expectations.argument_types import Column, Duration, Reference, Values
from synth_expectations.expectations.base import TimedExpectation
from synth_expectations.rules.expressions import (
    any_of,
    as_of,
    field,
    is_before,
    is_given,
    is_one_of,
    is_readable,
    look_up,
    make_key,
    normalize,
    normalize_key,
    to_second,
    to_timestamp,
)
from synth_expectations.rules.model import Lookup, Rule
from synth_expectations.rules.nodes import Condition


class ExpectSyntheticTagsToPersist(TimedExpectation):
    """Expect synthetic tags to persist.

    If a record was synthetic or partial in the previous snapshot and still exists, it must still have that tag. Its
    generation time, version and dataset must not change: a new generation time would reset the retention clock. A correction
    with a reason and an approver excuses a change. For the first snapshot there is nothing to check.

    Does not show: records that were never tagged, changes that were undone between two snapshots, and removed records.
    """

    reference: Reference = Field(
        description="The previous snapshot of this table, or of the table that its records were converted from."
    )
    reference_key: Column = Field(
        description="In the snapshot: the key of the record; after a conversion, the key of the converted record."
    )
    key_before: Column | None = Field(
        None, description="The column of the record's key in the snapshot, if it is not the record key."
    )
    reference_marker_column: Column | None = Field(
        None, description="In the snapshot: its marker; by default the same name."
    )
    reference_synthetic_values: Values | None = Field(
        None, description="Its values for synthetic records; by default the same values."
    )
    reference_partial_values: Values | None = Field(
        None, description="Its values for partial records; by default the same values."
    )
    reference_all_records: Literal["synthetic", "real"] | None = Field(
        None, description="For a snapshot without a marker: what all its records are."
    )
    generated_at: Column | None = Field(None, description="The column of the generation time.")
    reference_generated_at: Column | None = Field(None, description="In the snapshot; else named as here.")
    algorithm_version: Column | None = Field(None, description="The column of the generator's version.")
    reference_algorithm_version: Column | None = Field(None, description="In the snapshot; else named as here.")
    dataset_id: Column | None = Field(None, description="The column of the dataset.")
    reference_dataset_id: Column | None = Field(None, description="In the snapshot; else named as here.")
    reference_taken_at: Column | None = Field(None, description="In the snapshot: when it was taken.")
    max_snapshot_age: Duration | None = Field(None, description="How old the snapshot may be.")
    corrections: Reference | None = Field(None, description="The table of approved corrections.")
    corrections_key: Column | None = Field(None, description="In corrections: the record key.")
    corrections_reason: Column | None = Field(None, description="In corrections: the reason.")
    corrections_approver: Column | None = Field(None, description="In corrections: the approver.")

    roles = {"mixed": "snapshot"}
    judges_untagged = True
    reference_words = {"reference": "snapshot"}
    scope = "table"

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if not self.record_key:
            raise ValueError("record_key is missing: it is what is looked up")
        if self.max_snapshot_age and not self.reference_taken_at:
            raise ValueError("max_snapshot_age needs reference_taken_at: the age of the snapshot is told by it")
        correction = (self.corrections, self.corrections_key, self.corrections_reason, self.corrections_approver)
        if any(correction) and not all(correction):
            raise ValueError("a correction needs all of corrections and its key, reason and approver")
        return self

    def population(self) -> Condition:
        """Return records that were synthetic or partial in the snapshot."""
        return look_up("before")

    def lookups(self) -> Iterator[Lookup]:
        """Yield lookups of the record as it was, of each of its values now, and of a correction."""
        here, there = _key(self.key_before or self.record_key or ""), _key(self.reference_key)
        attributes = {name: _has_value(name, then) for name, _, then in self._kept()}
        if self.max_snapshot_age and self.reference_taken_at:
            taken = field(self.reference_taken_at)
            attributes["recent"] = is_readable(taken) & ~is_before(
                to_timestamp(taken), as_of(f"-{self.max_snapshot_age}")
            )
        yield Lookup(
            name="before",
            reference=self.reference,
            key=make_key(here),
            reference_key=make_key(there),
            attributes=attributes,
            where=self._was_influenced(),
            incriminates=True,
            known=self._was_known(),
        )
        for name, now, then in self._kept():
            mine, theirs = make_key(here, _comparable(name, now)), make_key(there, _comparable(name, then))
            yield Lookup(name, self.reference, mine, theirs, where=self._was_influenced())
        if self.corrections and self.corrections_key and self.corrections_reason and self.corrections_approver:
            decided = is_given(field(self.corrections_reason)) & is_given(field(self.corrections_approver))
            corrected = make_key(_key(self.corrections_key))
            yield Lookup(
                "correction", self.corrections, make_key(_key(self.record_key or "")), corrected, {"decided": decided}
            )

    def rules(self) -> Iterator[Rule]:
        """Yield rules about the tag and each value, and about the age of the snapshot."""
        changes = {
            "was synthetic or partial, and is untagged": ~self.tagged,
            "was synthetic or partial, and is marked as real": self.tagged & ~self.influenced,
        }
        changes |= {
            f"{column} is another than before": look_up("before", name) & ~look_up(name)
            for name, column, _ in self._kept()
        }
        excused = look_up("correction", "decided") if self.corrections else None
        for name, changed in changes.items():
            yield Rule(name, changed if excused is None else changed & ~excused)
        if self.max_snapshot_age:
            yield Rule(f"the snapshot is not of the last {self.max_snapshot_age}", ~look_up("before", "recent"))
        if excused is not None:
            corrected = any_of(changes.values()) & excused
            yield Rule("changed by a correction with a reason and an approver: not counted", corrected, judged=False)

    def _kept(self) -> Iterator[tuple[str, str, str]]:
        """Yield the values that must not change: a name, the column here, the column in the snapshot."""
        for name in ("generated_at", "algorithm_version", "dataset_id"):
            column = getattr(self, name)
            if column:
                yield name, column, getattr(self, f"reference_{name}") or column

    def _was_known(self) -> Condition:
        """Return rows of the snapshot that the marker of today places."""
        column = self._reference_marker()
        if column is None:
            return exp.true()
        return self._was_influenced() | is_one_of(field(column), (*self.real_values, *self.masked_values))

    def _reference_marker(self) -> str | None:
        return None if self.reference_all_records else self.reference_marker_column or self.marker_column

    def _was_influenced(self) -> Condition:
        """Return rows of the snapshot that are synthetic or partial."""
        all_of_them, column = self.reference_all_records, self._reference_marker()
        if column is None:
            return exp.true() if (all_of_them or self.all_records) == "synthetic" else exp.false()
        synthetic, partial = self.reference_synthetic_values, self.reference_partial_values
        values = (self.synthetic_values if synthetic is None else synthetic) + (
            self.partial_values if partial is None else partial
        )
        return is_one_of(field(column), values)


def _key(column: str) -> Condition:
    return normalize_key(field(column))


def _has_value(name: str, column: str) -> Condition:
    """Return that the snapshot has a value to compare; filling in an empty one is not a change."""
    return ~exp.Is(this=_comparable(name, column), expression=exp.Null())


def _comparable(name: str, column: str) -> Condition:
    """Return a value as it is compared: a time to its second, anything else as text."""
    if name == "dataset_id":
        return _key(column)
    return to_second(field(column)) if name == "generated_at" else normalize(field(column), "exact")
