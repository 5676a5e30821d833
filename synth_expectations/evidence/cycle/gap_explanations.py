"""Explain why a run that was due did not take place: on record, by a person, and never in the place of the run."""

from __future__ import annotations

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from synth_expectations.policy.types import ClosedModel, Text


class GapExplanation(ClosedModel):
    """Why something was not checked: the body of an entry `gap_explained`.

    Attributes:
        subject: whether a checkpoint or a table was due.
        name: of the checkpoint or the table.
        first: the day of the first deadline that it explains, in the zone of the schedule.
        last: the day of the last one.
        reason: why, as whoever explains it says.
        by: who that is; nothing proves it.
    """

    body_schema: Literal["gap-explained/1"] = Field("gap-explained/1", alias="schema")
    subject: Literal["checkpoint", "table"]
    name: Text
    first: date
    last: date
    reason: Text
    by: Text

    @model_validator(mode="after")
    def _check_days(self) -> Self:
        if self.last < self.first:
            raise ValueError(f"it ends on {self.last}, before it begins on {self.first}")
        return self
