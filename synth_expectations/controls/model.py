"""The schema of a control file: a regulation, its requirements, and the evidence for each."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self, get_args

from pydantic import BeforeValidator, Field, model_validator

from synth_expectations.controls.limits import Limit
from synth_expectations.policy.types import ClosedModel, Day, Text

Strength = Literal["direct", "partial", "supporting"]
"""Direct: the check shows what the requirement asks. Partial: it shows a part of it, or for some records.
Supporting: without it, the requirement could hardly be met; it shows none of it."""

STRENGTHS: tuple[Strength, ...] = get_args(Strength)

Sure = Literal["primary source", "secondary sources", "to confirm"]
"""How well the paraphrase was checked: against the text itself, against several others, or not yet."""

SURE: tuple[Sure, ...] = get_args(Sure)


def _require_sentences(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"[A-Z0-9].*[.]", value.strip(), re.DOTALL):
        raise ValueError("write a whole sentence: from a capital letter to a full stop")
    return value


Sentences = Annotated[str, BeforeValidator(_require_sentences)]
Requires = dict[str, Limit]


class Mapping(ClosedModel):
    """An expectation that gives evidence for a requirement."""

    expectation: Text = Field(description="Its snake-case type.")
    strength: Strength
    because: Sentences = Field(description="Why it is evidence.")
    does_not_show: Sentences = Field(description="What of the requirement stays open when it passes.")
    requires: Requires = Field({}, description="What its effective parameters must be for a run to count.")


class Requirement(ClosedModel):
    """A requirement of a regulation."""

    id: Text = Field(description="The article, section or action, as the source names it.")
    title: Text
    asks: Sentences = Field(description="A paraphrase; the source counts.")
    concerns: Sentences | None = Field(None, description="Whom it binds, where that is not everyone.")
    source: Text = Field(description="The citation.")
    url: Text | None = None
    sure: Sure
    confirm: Sentences | None = Field(None, description="What is still to be confirmed.")
    read_on: Day | None = Field(None, description="When the source, or what was written of it, was read.")
    read_by: Text | None = Field(None, description="Who read it.")
    read_in: Text | None = Field(None, description="Where it was read, if not in the source itself.")
    quote: Text | None = Field(None, description="Words of the source, where they may be quoted.")
    applies_from: Day
    until: Day | None = Field(None, description="The last day on which it applies.")
    dates_sure: Sure | None = Field(None, description="How sure the dates are, where that differs.")
    mappings: tuple[Mapping, ...] | None = None
    manual: Sentences | None = Field(None, description="What a person must do, and why no expectation can reach it.")

    @model_validator(mode="after")
    def _check_evidence(self) -> Self:
        if self.mappings is not None and self.manual is not None:
            raise ValueError("it is manual and has mappings: keep one")
        if not self.mappings and self.manual is None:
            raise ValueError("it has neither mappings nor manual: say how it is met, or what a person must do")
        if self.sure == "to confirm" and not self.confirm:
            raise ValueError("it is to confirm, but confirm does not say what")
        if self.sure != "to confirm" and not self.read_on:
            raise ValueError("read_on is missing: only a paraphrase that is to confirm may lack it")
        if (self.read_on is None) != (self.read_by is None):
            raise ValueError("a reading has a day and a reader: give read_on and read_by, or neither")
        if (self.read_in or self.quote) and not self.read_on:
            raise ValueError("it has read_in or quote, and nobody read it: give read_on and read_by")
        if self.until and self.until < self.applies_from:
            raise ValueError("until is before applies_from")
        return self

    def format_reading(self) -> str:
        """Return who read it when, and where, as a sentence; that nobody did, if so."""
        if not self.read_on:
            return "By nobody yet."
        where = f", in {self.read_in}" if self.read_in else ""
        return f"On {self.read_on} by {self.read_by}{where}."


class Omission(ClosedModel):
    """A part of the regulation that the file does not cover."""

    what: Text
    because: Sentences


class Regulation(ClosedModel):
    """A regulation, or a few that belong together."""

    id: Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")] = Field(description="The name of the file.")
    title: Text
    source: Text = Field(description="The citation of the whole.")
    url: Text
    voluntary: bool = Field(False, description="Whether nobody is bound by it, unless by contract.")
    about: Sentences = Field(description="What is in scope, and how to read the dates.")
    requires: Requires = Field({}, description="What the parameters of every mapping must be.")
    left_out: tuple[Omission, ...] = ()
    requirements: Annotated[tuple[Requirement, ...], Field(min_length=1)]

    def find_limits(self, mapping: Mapping) -> Requires:
        """Return the limits that apply to a mapping: the regulation's and its own."""
        return {**self.requires, **mapping.requires}
