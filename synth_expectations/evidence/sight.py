"""Where in a ledger something was seen, and keys of several names."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel


class Sight(BaseModel):
    """A place in the ledger where something was seen: a run, its time, and the entry that records it.

    Attributes:
        at: the time for which the run evaluated, with its zone.
        seq: the number of the entry.
        body: the SHA-256 of the record.
    """

    run_id: str
    at: datetime
    seq: int
    body: str


def join_key(*parts: str) -> str:
    """Return a key of several names, which no other names give: each follows its length."""
    return "".join([f"{len(part)}:{part}" for part in parts])
