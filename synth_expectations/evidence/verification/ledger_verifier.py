"""Verify a ledger: its chain, its objects, and what its entries say of each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from synth_expectations.evidence.keys.key_ring import KeyRing
from synth_expectations.evidence.ledger.entry import INDEXED, EntryKind
from synth_expectations.evidence.ledger.errors import LedgerError
from synth_expectations.evidence.ledger.store import ENTRIES, OBJECTS, LedgerStore
from synth_expectations.evidence.verification.adoptions import check_adoptions
from synth_expectations.evidence.verification.anchors import AnchorCheck, AnchorWitnesses
from synth_expectations.evidence.verification.authority import AuthorityCheck
from synth_expectations.evidence.verification.chain import Chain, check_expected_head, check_recoveries
from synth_expectations.evidence.verification.dispositions import check_dispositions
from synth_expectations.evidence.verification.objects import ObjectCheck
from synth_expectations.evidence.verification.periods import check_periods
from synth_expectations.evidence.verification.report import VerificationFinding, VerificationReport, Weight
from synth_expectations.evidence.verification.runs import RunCheck
from synth_expectations.evidence.verification.samples import check_samples
from synth_expectations.evidence.verification.source import EvidenceSource, LedgerSource, VerifiedEntry


def verify_ledger(
    store: LedgerStore,
    expected_head: str | None = None,
    trust: KeyRing | None = None,
    now: datetime | None = None,
    witnesses: AnchorWitnesses | None = None,
) -> VerificationReport:
    """Return what can be said of a whole ledger.

    Args:
        store: where it lies.
        expected_head: the SHA-256 of an entry that somebody noted as the last one.
        trust: the keys that the verifier got from their owners.
        now: the time; by default that of this machine.
        witnesses: of anchors, that the verifier got from those who anchor.

    Raises:
        LedgerError: there is no ledger, or it cannot be read at all.
    """
    if not store.list_names(ENTRIES) and not store.list_names(OBJECTS):
        raise LedgerError(
            f"There is no ledger in {store.where}.", "A run creates it. Name another: audit verify DIRECTORY."
        )
    return verify_source(LedgerSource(store), expected_head, trust, now, witnesses=witnesses)


def verify_source(
    source: EvidenceSource,
    expected_head: str | None = None,
    trust: KeyRing | None = None,
    now: datetime | None = None,
    more: tuple[VerificationFinding, ...] = (),
    witnesses: AnchorWitnesses | None = None,
) -> VerificationReport:
    """Return what can be said of headers and objects, wherever they lie.

    Args:
        source: has them.
        expected_head: the SHA-256 of an entry that somebody noted as the last one.
        trust: the keys that the verifier got from their owners.
        now: the time; by default that of this machine.
        more: findings about what is around them.
        witnesses: of anchors, that the verifier got from those who anchor.
    """
    chain = Chain(source.read_headers(), now or datetime.now(UTC))
    objects = ObjectCheck(source, chain.entries, is_whole=len(chain.entries) == len(chain.digests))
    runs = RunCheck(objects, is_partial=source.is_partial)
    authority = AuthorityCheck(objects.entries, trust)
    anchors = AnchorCheck(objects, chain, runs.project, witnesses or AnchorWitnesses(), trust)
    findings = [
        *chain.findings,
        *check_recoveries(objects.entries, chain),
        *objects.findings,
        *runs.findings,
        *authority.findings,
        *authority.check_runs(runs.runs.values()),
        *check_adoptions(objects),
        *check_samples(objects),
        *check_dispositions(objects.entries, runs.runs.values(), is_partial=source.is_partial),
        *anchors.findings,
        *check_periods(objects.entries, chain, runs.runs.values(), authority.sign_offs),
        *_check_index(source, chain.entries),
    ]
    if not any(verified.entry.header.kind is EntryKind.LEDGER_OPENED for verified in chain.entries[:1]):
        message = "The first entry is not the one that opens a ledger."
        findings.append(VerificationFinding(Weight.ALTERED, message, 1, "ledger/00000001.json", "kind"))
    if expected_head:
        findings.append(check_expected_head(chain, expected_head))
    unique = dict.fromkeys((*more, *findings))
    return VerificationReport(
        where=source.where,
        project=runs.project,
        head=chain.head,
        entries=len(chain.digests),
        runs=len(runs.runs),
        aborted=runs.aborted,
        signed=len(authority.signed),
        vouched_for=trust is not None and bool(authority.signed),
        is_pack=source.is_partial,
        anchored=max((anchor.seq for anchor in anchors.confirmed), default=0),
        anchoring=anchors.sentence,
        findings=tuple(sorted(unique, key=lambda finding: finding.entry or 0)),
    )


def _check_index(source: EvidenceSource, entries: Iterable[VerifiedEntry]) -> Iterator[VerificationFinding]:
    """Yield the entries that runs look for and do not find, because the index does not name them."""
    indexes = {index: source.list_index(index) for index in set(INDEXED.values())}
    for verified in entries:
        kind = verified.entry.header.kind
        names = indexes.get(INDEXED.get(kind, ""))
        if names is not None and f"{verified.seq:08d}" not in names:
            message = f"The index does not name it, so runs do not see it ({kind}). The next audit key fixes that."
            yield VerificationFinding(Weight.NOTE, message, verified.seq, f"index/{INDEXED[kind]}")
