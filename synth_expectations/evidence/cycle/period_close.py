"""Close a period: refuse while anything is open, or list it on the cover of a pack that does not change again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from synth_expectations.evidence.cycle.closing import (
    ClosingBody,
    ClosingError,
    ClosingTerms,
    PeriodClosing,
    RequirementCounts,
    read_closings,
)
from synth_expectations.evidence.cycle.open_items import CycleState, OpenItem, OpenItemSource
from synth_expectations.evidence.cycle.periods import find_period
from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.pack.archive import write_archive
from synth_expectations.evidence.pack.builder import EvidencePack, ManifestSigner, build_pack
from synth_expectations.evidence.pack.period import PackPeriod, parse_period
from synth_expectations.evidence.pack.period_entries import PackedRun
from synth_expectations.evidence.pack.pseudonyms import PseudonymKey
from synth_expectations.policy.load.loader import Policy


@dataclass(frozen=True)
class OpenItems:
    """What of a source is open.

    Attributes:
        title: what was looked at.
    """

    title: str
    items: tuple[OpenItem, ...]


def find_closable_period(policy: Policy, name: str, now: datetime) -> PackPeriod:
    """Return a period of the cycle of a policy, which is over.

    Raises:
        ClosingError: the policy has no cycle, the period is none of it, or is not over yet.
        PeriodError: the name is none of a period.
    """
    cycle = policy.words.cycle
    if cycle is None:
        raise ClosingError(
            "The policy has no cycle, so nothing says which periods are closed, and who signs them.",
            "Add one: cycle: {every: P3M, closes: P15D, signers: [compliance, dpo]}",
        )
    period = parse_period(name)
    own = find_period(cycle, period.first).period
    if (own.first, own.last) != (period.first, period.last):
        raise ClosingError(
            f"{period.name} is not a period of the cycle, which is every {cycle.every}.", f"Write {own.name}."
        )
    if own.end > now:
        raise ClosingError(f"{own.name} is not over yet: its last day is {own.last} (UTC).", "Close it then.")
    return own


def list_open_items(state: CycleState, sources: Iterable[OpenItemSource]) -> list[OpenItems]:
    """Return what is open, by source; a source without open items is there with none."""
    return [OpenItems(source.title, tuple(source.list_open(state))) for source in sources]


def close_period(
    state: CycleState,
    opened: Sequence[OpenItems],
    pseudonyms: PseudonymKey,
    out: Path,
    by: str,
    sign: ManifestSigner | None = None,
) -> tuple[PeriodClosing, EvidencePack]:
    """Write the pack of a period, and append its close.

    Of two who close a period at the same time, the first entry counts; the pack of the other is removed.

    Args:
        state: of the period.
        opened: what is open; each item is a reservation.
        pseudonyms: the key of pseudonyms.
        out: the zip file.
        by: who closes it, as they say.
        sign: signs the manifest.

    Raises:
        ClosingError: the period is closed already.
        PackError: it ended before the ledger began, or the pack cannot be written.
        LedgerError: the ledger cannot be read or appended to.
    """
    ledger, period = state.ledger, state.period
    check_not_closed(ledger, period)
    head = ledger.read_head()
    terms = ClosingTerms(
        period=period.name,
        head=head.seq,
        head_sha256=head.digest,
        looked_at=tuple(kind.title for kind in opened),
        reservations=tuple(item.sentence for kind in opened for item in kind.items),
        closed_by=by,
    )
    pack = build_pack(ledger, period, pseudonyms, sign=sign, closing=terms)
    last = _find_last(pack.entries.runs)
    body = ClosingBody(
        terms=terms,
        run=last.record.run_id if last else "",
        requirements=tuple(
            RequirementCounts(regulation=row.regulation, requirement=row.requirement, counts=row.counts)
            for row in (last.record.requirements if last else ())
        ),
        manifest_sha256=pack.manifest_sha256,
        pseudonym_key_id=pseudonyms.id,
    )
    write_archive(out, pack.files, period.last)
    try:
        entry = ledger.append(EntryKind.PERIOD_CLOSED, body)
        first = read_closings(ledger)[period.name]
    except BaseException:
        out.unlink(missing_ok=True)
        raise
    if first.header.seq != entry.header.seq:
        out.unlink(missing_ok=True)
        raise _build_closed(first)
    return first, pack


def check_not_closed(ledger: EvidenceLedger, period: PackPeriod) -> None:
    """Raise ClosingError if a period is closed."""
    if closing := read_closings(ledger).get(period.name):
        raise _build_closed(closing)


def check_same_pack(closing: PeriodClosing, pack: EvidencePack) -> None:
    """Hold a pack that was made again against that of the close of its period.

    Raises:
        ClosingError: it is another one.
    """
    if pack.manifest_sha256 == closing.body.manifest_sha256:
        return
    causes = "another version of synth-expectations made it"
    if pack.manifest.pseudonyms and pack.manifest.pseudonyms.key_id != closing.body.pseudonym_key_id:
        causes = "the key of pseudonyms is another one"
    elif not pack.manifest.pseudonyms and closing.body.pseudonym_key_id:
        causes = "the results of it no longer have record keys"
    raise ClosingError(
        f"{closing.body.terms.period} was closed with the pack {closing.body.manifest_sha256[:12]}…, and this one differs: "
        f"{pack.manifest_sha256[:12]}…. Perhaps {causes}.",
        "Use the pack that was written at the close: sign-offs are over that one.",
    )


def _find_last(runs: Sequence[PackedRun]) -> PackedRun | None:
    """Return the last run of a period that ended."""
    return next((run for run in reversed(runs) if run.finished), None)


def _build_closed(closing: PeriodClosing) -> ClosingError:
    who = f" by {closing.body.terms.closed_by}" if closing.body.terms.closed_by else ""
    at = f"{closing.header.at:%Y-%m-%d %H:%M} UTC"
    return ClosingError(
        f"{closing.body.terms.period} was closed{who} on {at}, by entry {closing.header.seq}: a period is closed once.",
        "What was found since belongs to the next period. The same pack again: "
        f"synth-expectations audit pack --period {closing.body.terms.period} --out FILE",
    )
