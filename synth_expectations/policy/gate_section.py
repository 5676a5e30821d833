"""The section `gate` of policy.yml."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from synth_expectations.policy.tuning import Reasoned
from synth_expectations.policy.types import ClosedModel, ColumnName, Text, Texts


class GateObjectEntry(ClosedModel):
    """An sObject that may hold synthetic records."""

    table: Text | None = Field(None, description="The table of the policy with the same marker and columns.")
    marker: ColumnName | None = None
    provenance: Texts = Field((), description="The fields that it must have; by default those of the table.")
    may_edit: Texts = Field((), description="Permission sets and profiles that may change the marker.")


class GateApproval(Reasoned):
    """Why a load of synthetic records may go to production."""

    path: Text


class GateWaiver(GateApproval):
    """Why results of a rule are accepted."""

    rule: Annotated[str, Field(pattern="^[sS][dD][0-9]{3}$")]


class GateSection(ClosedModel):
    """What the gate for deployments reads; `synth_expectations.gate.settings` reads it from the file itself."""

    production: Texts = Field((), description="Globs of files that are bound for production.")
    objects: dict[Text, GateObjectEntry] = Field(
        {}, description="sObjects that may hold synthetic records, with their marker and provenance."
    )
    approved: tuple[GateApproval, ...] = Field((), description="Loads of synthetic records that may go to production.")
    accept: tuple[GateWaiver, ...] = Field(
        (), description="Results that are accepted, each with a reason and a last day."
    )
    min_history: Annotated[str, Field(pattern="^P([0-9]{1,3}Y)?([0-9]{1,4}M)?$")] = Field(
        "P25M", description="The minimum time for which the history of fields is kept."
    )
