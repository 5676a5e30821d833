"""The webhooks of a policy: who is told that a run failed or is errored."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from synth_expectations.policy.types import ClosedModel, Text, Texts, require_one

_VARIABLE = re.compile(r"\$\{[A-Za-z_][A-Za-z0-9_]*\}")


def _check_url(value: str) -> str:
    if not _VARIABLE.fullmatch(value):
        raise ValueError(
            "who knows the address of a webhook can write to it: write ${VAR} alone, which is read at run time"
        )
    return value


NotifiedVerdict = Literal["failed", "errored"]


class Notification(ClosedModel):
    """A webhook that is told of tables that failed or are errored."""

    url: Annotated[Text, AfterValidator(_check_url)] = Field(
        description="The variable with the address, as `${VAR}`, from the environment or config_variables.yml."
    )
    format: Literal["slack", "teams", "json"] = Field(
        description="`slack` for a Slack incoming webhook, `teams` for a Microsoft Teams workflow, `json` for any other."
    )
    on: Annotated[
        tuple[NotifiedVerdict, ...],
        BeforeValidator(require_one, json_schema_input_type=NotifiedVerdict | list[NotifiedVerdict]),
    ] = Field(("failed", "errored"), description="The verdicts that are sent.")
    owners: Texts = Field((), description="The owners whose tables are sent; by default all.")
    for_teams: Texts = Field(
        (),
        description="The teams whose tables are sent: those that are accountable or operator in `ownership`.",
    )
