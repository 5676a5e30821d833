"""What a policy says of who answers for a table or a check, and of the teams and people that it names."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from synth_expectations.policy.types import ClosedModel, Day, Text

RESPONSIBILITIES = ("accountable", "operator", "approver", "reviewer")
FUNCTIONS = ("data engineering", "compliance", "crm operations")


class CheckOwnership(ClosedModel):
    """Who answers for a check, where that differs from its table."""

    accountable: Text | None = Field(None, description="Who answers for it; of a table, by default its owner.")
    operator: Text | None = Field(None, description="Who runs its checks.")
    approver: Text | None = Field(None, description="Who may accept what they find.")
    reviewer: Text | None = Field(None, description="Who reviews samples of its records.")


class TableOwnership(CheckOwnership):
    """Who answers for a table, and for checks of which others do."""

    checks: dict[Text, CheckOwnership] = Field({}, description="Checks that others answer for, by type.")


class Team(ClosedModel):
    """A team or a person that the matrix names."""

    function: Literal["data engineering", "compliance", "crm operations"] = Field(description="What the team does.")
    trained_until: Day | None = Field(None, description="The last day on which its training counts.")
