"""The governance sections of policy.yml: approval, reviews, allowed values, retention and decisions."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal, Self

import isodate
from pydantic import Field, model_validator

from synth_expectations.expectations.argument_types import Duration
from synth_expectations.policy.anchors import AnchorTarget
from synth_expectations.policy.types import ClosedModel, Day, Text, Texts


class Approval(ClosedModel):
    """The approval of the policy."""

    by: Text
    on: Day
    ticket: Text | None = None
    until: Day | None = Field(None, description="The last day on which the approval counts.")

    @model_validator(mode="after")
    def _check_days(self) -> Self:
        if self.until and self.until < self.on:
            raise ValueError(f"it ends on {self.until}, before it begins on {self.on}")
        return self


class Review(ClosedModel):
    """The interval between reviews of the policy, and the day of the last one."""

    every: Duration
    last: Day | None = None
    overdue: Literal["note", "inconclusive"] = Field(
        "note",
        description="What an overdue review does: a note in each report, or additionally no result counts as evidence.",
    )


class Dpia(ClosedModel):
    """A data protection impact assessment."""

    reviewed: Day
    every: Duration


class NotCovered(ClosedModel):
    """A part that the policy leaves out on purpose."""

    what: Text
    because: Text
    until: Day | None = None


class ManualReview(ClosedModel):
    """A document that somebody reviewed, for a requirement that no expectation can judge."""

    requirement: Text = Field(
        pattern="^[a-z][a-z0-9_]*/.+$", description="The regulation and the requirement, as gdpr/Article 35(7)."
    )
    document: Text = Field(description="Its address, its number, or its path relative to the policy.")
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = Field(
        None, description="The digest of the reviewed file. If the file has changed since, the review does not count."
    )
    reviewed_by: Text
    on: Day
    until: Day | None = Field(None, description="The last day on which the review counts.")

    @property
    def is_address(self) -> bool:
        """Whether the document is on the web, where no run looks at it."""
        return re.match("https?://", self.document) is not None

    @model_validator(mode="after")
    def _check_words(self) -> Self:
        if self.until and self.until < self.on:
            raise ValueError(f"it ends on {self.until}, before it begins on {self.on}")
        if re.match(r"[/\\~]|[A-Za-z]:[/\\]|file:", self.document):
            raise ValueError("the document is a path of one machine: write it relative to the policy, or as an address")
        return self


class EvidenceSection(ClosedModel):
    """Where the record of each run is kept, and how exactly its inputs are identified."""

    store: Text | None = Field(
        None,
        description="The directory of the ledger, relative to the policy's, or its address; evidence beside suites.",
    )
    project: Text | None = Field(
        None, description="The name of this project in the ledger: needed where the ledger lies outside of the project."
    )
    required: bool = Field(True, description="Whether nothing is run that cannot be recorded.")
    inputs: Literal["footer", "full"] = Field(
        "footer", description="Whether a Parquet file is identified by its footer, or every file by all of its content."
    )
    unapproved: Literal["note", "fail"] = Field(
        "note", description="What a run under a policy does whose approval is not in force: a note, or it is errored."
    )
    anchor: tuple[AnchorTarget, ...] = Field(
        (), description="Who keeps copies of the ledger's head: authorities, stores and repositories."
    )


class FixWithin(ClosedModel):
    """How long a finding may stay open, by the severity of its check."""

    critical: Duration = "P14D"
    warning: Duration = "P30D"
    info: Duration = "P90D"


class FindingsSection(ClosedModel):
    """How findings are followed."""

    fix_within: FixWithin = Field(
        FixWithin(), description="How long a finding may stay open before it is overdue, by severity."
    )


class Allowed(ClosedModel):
    """The methods, purposes and environments that synthetic records may have."""

    methods: Texts = ()
    purposes: Texts = ()
    environments: Texts = Field((), description="The environments in which synthetic records may be.")


def find_duration_end(duration: str) -> date:
    """Return the day on which a duration from 1 January 2024 ends, so that durations can be compared."""
    return date(2024, 1, 1) + isodate.parse_duration(duration)  # type: ignore[no-any-return]


class Limits(ClosedModel):
    """The shortest and longest time that records of a class are kept."""

    min: Duration | None = None
    max: Duration

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        if self.min and find_duration_end(self.min) > find_duration_end(self.max):
            raise ValueError(f"the minimum {self.min} is longer than the maximum {self.max}")
        return self


class Retention(ClosedModel):
    """The retention of synthetic records, by class."""

    class_: Text = Field("purpose", alias="class", description="The key of `columns` that names the class.")
    classes: Annotated[dict[str, Limits], Field(min_length=1)]


class Decisions(ClosedModel):
    """The regulated decision types, and others that need approval for synthetic training data."""

    regulated: Texts = ()
    not_regulated: Texts = ()
    watched: Texts = Field((), description="Not regulated, but a model trained on synthetic data needs an approval.")

    @model_validator(mode="after")
    def _check_overlap(self) -> Self:
        if both := sorted(set(self.regulated) & set(self.not_regulated)):
            raise ValueError(f"{both[0]} is both regulated and not regulated")
        if both := sorted(set(self.watched) & {*self.regulated, *self.not_regulated}):
            raise ValueError(f"{both[0]} is watched, and is also listed as regulated or not regulated")
        return self
