"""A quarter of the sample that can be closed and signed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from synth_expectations.evidence.cycle.closing import PeriodClosing
from synth_expectations.evidence.cycle.open_items import CycleState, OpenItem
from synth_expectations.evidence.cycle.period_close import (
    OpenItems,
    close_period,
    find_closable_period,
)
from synth_expectations.evidence.cycle.sign_off import sign_off
from synth_expectations.evidence.cycle.sign_off_terms import make_terms
from synth_expectations.evidence.keys.key_ring import add_key, read_key_ring
from synth_expectations.evidence.keys.signing_key import SigningKey, make_key_file
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.pack.builder import EvidencePack
from synth_expectations.evidence.pack.pseudonyms import PseudonymKey
from synth_expectations.evidence.verification.ledger_verifier import verify_ledger
from synth_expectations.evidence.verification.report import Weight
from synth_expectations.policy.load.loader import Policy
from tests.evidence.cycle.cycle_project import append_run, make_ledger, set_clock, write_policy

JANUARY = datetime(2027, 1, 4, 9, tzinfo=UTC)


class CycleProject:
    """A quarter with two days of runs, on which nothing but a gap is looked at."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.policy: Policy = write_policy(directory)
        self.ledger: EvidenceLedger = make_ledger(directory, JANUARY)
        for day in (29, 31):
            append_run(self.ledger, datetime(2026, 12, day, 3, tzinfo=UTC), self.policy)
        set_clock(self.ledger, JANUARY)
        self.pseudonyms = PseudonymKey(directory / "pseudonym.key")

    def make_state(self, at: datetime = JANUARY) -> CycleState:
        return CycleState(
            self.ledger,
            self.policy,
            find_closable_period(self.policy, "2026Q4", at),
            at,
            self.policy.words.evidence.anchor,
        )

    def close(self, *reservations: str, out: str = "Q4.zip", by: str = "ann") -> tuple[PeriodClosing, EvidencePack]:
        items = tuple(OpenItem(sentence, "fix it") for sentence in reservations)
        return close_period(self.make_state(), [OpenItems("samples", items)], self.pseudonyms, self.directory / out, by)

    def add_key(self, person: str, role: str) -> SigningKey:
        key = make_key_file(self.directory / f"{person}-{role}.key")
        add_key(self.ledger, key.public, person, role, JANUARY - timedelta(days=30), None)
        return key

    def sign(self, closing: PeriodClosing, key: SigningKey, **changes: object) -> None:
        known = read_key_ring(self.ledger).keys.get(key.keyid)
        by, role = (known.body.person, known.body.role) if known else ("nobody", "dpo")
        terms = make_terms(self.ledger, closing, by, role, {}, "").model_copy(update=changes)
        sign_off(self.ledger, closing, terms, ("compliance", "dpo"), key)

    def list_altered(self) -> list[str]:
        report = verify_ledger(self.ledger.store, now=JANUARY + timedelta(days=365))
        return [finding.message for finding in report.findings if finding.weight is Weight.ALTERED]
