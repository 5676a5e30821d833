"""The close of a period: what was open then, and the digest of a pack that does not change again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pydantic import Field, ValidationError

from synth_expectations.controls.statuses import EvidenceStatus
from synth_expectations.errors import SynthError
from synth_expectations.evidence.ledger.entry import Entry, EntryKind, Head, Header
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.pack.period import PackPeriod, PeriodError, parse_period
from synth_expectations.evidence.records.fields import Sha256
from synth_expectations.policy.types import ClosedModel, Text


class ClosingError(SynthError):
    """A period that cannot be closed or signed."""


class RequirementCounts(ClosedModel):
    """How many items of a requirement had which status in the last run of a period that ended."""

    regulation: str
    requirement: str
    counts: dict[EvidenceStatus, int] = {}


class ClosingTerms(ClosedModel):
    """What a period is closed with; the cover of its pack says it.

    Attributes:
        head: the number of the last entry that belongs to it; later ones belong to the next period.
        head_sha256: of its header.
        looked_at: the kinds of open items that were looked for.
        reservations: what was open, a sentence each.
        closed_by: who closes it, as they say.
    """

    period: Text
    head: int = Field(ge=1)
    head_sha256: Sha256
    looked_at: tuple[str, ...]
    reservations: tuple[str, ...] = ()
    closed_by: str = ""


class ClosingBody(ClosedModel):
    """The close of a period: the body of an entry `period_closed`.

    Attributes:
        run: the run whose statuses are those of the requirements.
        requirements: how many items of each requirement had which status.
        manifest_sha256: of MANIFEST.json in the pack of the period: of all that is in it.
        pseudonym_key_id: names the key of the pseudonyms in it; None if there are none.
    """

    body_schema: Literal["period-closed/1"] = Field("period-closed/1", alias="schema")
    terms: ClosingTerms
    run: str
    requirements: tuple[RequirementCounts, ...]
    manifest_sha256: Sha256
    pseudonym_key_id: str | None = None


@dataclass(frozen=True)
class PeriodClosing:
    """A period that is closed."""

    header: Header
    body: ClosingBody

    @property
    def head(self) -> Head:
        """The last entry that belongs to it."""
        return Head(self.body.terms.head, self.body.terms.head_sha256)

    def has_days(self, period: PackPeriod) -> bool:
        """Return whether a period has the same days, however it is written."""
        try:
            own = parse_period(self.body.terms.period)
        except PeriodError:
            return False
        return (own.first, own.last) == (period.first, period.last)


def parse_closing(entry: Entry, content: bytes) -> PeriodClosing | None:
    """Return the close of an entry; None if the body is none."""
    try:
        return PeriodClosing(entry.header, ClosingBody.model_validate_json(content))
    except ValidationError:
        return None


def read_closings(ledger: EvidenceLedger, entries: Iterable[Entry] | None = None) -> dict[str, PeriodClosing]:
    """Return the closed periods of a ledger by their names: of two closes of one, the first.

    Args:
        ledger: of the project.
        entries: of the ledger, if they were read already.

    Raises:
        LedgerError: the body of a close cannot be read.
    """
    closings: dict[str, PeriodClosing] = {}
    for entry in ledger.read_entries() if entries is None else entries:
        if entry.header.kind is EntryKind.PERIOD_CLOSED:
            closing = parse_closing(entry, ledger.read_object(entry.header.body_sha256))
            if closing:
                closings.setdefault(closing.body.terms.period, closing)
    return closings
