"""What the ledger keeps of a trace: that it was made, by whom and why, and nothing of the person."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from synth_expectations.policy.types import ClosedModel


class TracedBody(ClosedModel):
    """A trace of one record, or of one dataset.

    Attributes:
        about: whether it followed a record or a dataset.
        table: of the policy, in which the record was looked up; of a dataset, the registry.
        pseudonym: the pseudonym of the key; `pseudonym_key_id` names the key that it was made with.
        found: in how many tables something was found.
        not_searched: how many places were not searched.
        is_erasure: whether it looked for what an erasure left behind.
        why: the request, as whoever traced says.
        by: who traced, as they say.
    """

    body_schema: Literal["traced/1"] = Field("traced/1", alias="schema")
    about: Literal["record", "dataset"]
    table: str
    pseudonym: str
    pseudonym_key_id: str
    found: int
    not_searched: int
    is_erasure: bool = False
    why: str
    by: str
