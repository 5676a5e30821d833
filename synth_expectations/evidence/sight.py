"""Where in a ledger something was seen, and keys of several names."""

from __future__ import annotations

from datetime import UTC, date, datetime

from pydantic import BaseModel

from synth_expectations.evidence.records.run import ShortRun


class Sight(BaseModel, defer_build=True):
    """A place in the ledger where something was seen: a run, its time, and the entry that records it.

    Attributes:
        at: the time for which the run evaluated, with its zone.
        started_at: when the run started.
        seq: the number of the entry.
        body: the SHA-256 of the record.
    """

    run_id: str
    at: datetime
    started_at: datetime
    seq: int
    body: str

    @property
    def day(self) -> date:
        """The day of the run, in UTC."""
        return self.started_at.astimezone(UTC).date()

    @property
    def as_of_day(self) -> date | None:
        """The day for which the run evaluated; None if that is the day of the run."""
        day = self.at.astimezone(UTC).date()
        return None if day == self.day else day


def see_run(record: ShortRun, seq: int, body: str) -> Sight:
    """Return where a run was seen.

    Args:
        record: of the run.
        seq: the number of the entry that records it.
        body: the SHA-256 of the record.
    """
    return Sight(run_id=record.run_id, at=record.as_of, started_at=record.started_at, seq=seq, body=body)


def join_key(*parts: str) -> str:
    """Return a key of several names, which no other names give: each follows its length."""
    return "".join([f"{len(part)}:{part}" for part in parts])
