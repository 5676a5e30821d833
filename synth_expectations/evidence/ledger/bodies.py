"""The bodies of the entries that the ledger writes about itself."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, Field, ValidationError

from synth_expectations.evidence.records.fields import Sha256
from synth_expectations.policy.types import ClosedModel


class ProjectBody(BaseModel, defer_build=True):
    """The body of the first entry.

    Attributes:
        project: the name of the project, as its policy has it; empty if it has none.
    """

    project_uuid: str
    project: str = ""


class RecoveryBody(ClosedModel):
    """What an append found missing.

    Attributes:
        missing: the numbers of entries that were not there, although later ones were.
    """

    body_schema: Literal["recovery/1"] = Field("recovery/1", alias="schema")
    missing: tuple[int, ...]


class RedactionBody(ClosedModel):
    """What was removed from an object of the ledger, and why.

    Attributes:
        sha256: the digest of the object, which other entries still name.
        reason: why, as whoever redacted it says.
        by: who that was; nothing proves it.
    """

    body_schema: Literal["redaction/1"] = Field("redaction/1", alias="schema")
    sha256: Sha256
    reason: str
    by: str = ""


class Tombstone(ClosedModel):
    """What lies in the place of an object that was redacted.

    Attributes:
        sha256: the digest of what was there.
        entry: the number of the entry that says why.
    """

    tombstone_schema: Literal["tombstone/1"] = Field("tombstone/1", alias="schema")
    sha256: Sha256
    entry: int

    @classmethod
    def read(cls, content: bytes, digest: str) -> Self | None:
        """Return the tombstone of a digest; None if the bytes are anything else."""
        try:
            tombstone = cls.model_validate_json(content)
        except ValidationError:
            return None
        return tombstone if tombstone.sha256 == digest else None
