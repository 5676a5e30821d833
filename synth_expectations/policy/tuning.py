"""How a check differs from what the policy would give it, and why it sees less."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from synth_expectations.policy.types import ClosedModel, Day, Severity, Text, require_one

_NARROWS = "mostly below 1, row_condition and empty_references narrow a check"


class Reasoned(ClosedModel):
    """The reason why a check is narrowed or left out, or why records may be."""

    reason: Text
    approved_by: Text
    until: Day


class Tuning(BaseModel):
    """Arguments of an expectation that differ from what the policy would give it."""

    model_config = ConfigDict(extra="allow", frozen=True, hide_input_in_errors=True, defer_build=True)

    severity: Severity = "critical"
    mostly: Annotated[float, Field(gt=0, le=1)] | None = None
    row_condition: Text | None = None
    reason: Text | None = Field(None, description="Why mostly, row_condition or empty_references narrows the check.")
    approved_by: Text | None = None
    until: Day | None = None

    @property
    def arguments(self) -> dict[str, Any]:
        """The arguments that are passed to the expectation."""
        return {**(self.model_extra or {}), **({"mostly": self.mostly} if self.mostly is not None else {})}

    @property
    def is_filtered(self) -> bool:
        """Whether the expectation checks only some of the records, or may find nothing to compare them with."""
        return bool(self.row_condition or self.arguments.get("empty_references"))

    @property
    def is_tolerant(self) -> bool:
        """Whether some records may break it."""
        return (self.mostly or 1) < 1

    def find_missing_reason(self) -> str:
        """Return what a check that is narrowed does not say, as a sentence; empty if it says all."""
        missing = [name for name in Reasoned.model_fields if getattr(self, name) is None]
        return f"{_NARROWS}: give the {', '.join(missing)}" if missing else ""

    @model_validator(mode="after")
    def _check_reason(self) -> Self:
        if self.is_filtered and (sentence := self.find_missing_reason()):
            raise ValueError(sentence)
        return self


Tunings = Annotated[
    tuple[Tuning, ...],
    BeforeValidator(require_one, json_schema_input_type=Tuning | list[Tuning]),
]
