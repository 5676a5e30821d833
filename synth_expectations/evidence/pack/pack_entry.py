"""What the ledger keeps of a pack that was made."""

from __future__ import annotations

from pydantic import Field

from synth_expectations.evidence.records.fields import Sha256
from synth_expectations.policy.types import ClosedModel


class PackMadeBody(ClosedModel):
    """The body of the entry that says that a pack was made.

    Attributes:
        head: the last entry in the pack.
        pack_sha256: of the zip file.
        manifest_sha256: of MANIFEST.json, which a signature of the pack names.
    """

    body_schema: str = Field("pack-made/1", alias="schema")
    period: str
    regulations: tuple[str, ...]
    tables: tuple[str, ...]
    head: int
    pack_sha256: Sha256
    manifest_sha256: Sha256
