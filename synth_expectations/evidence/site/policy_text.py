"""How the text of a policy changed from one to the next."""

from __future__ import annotations

import difflib
import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from synth_expectations.evidence.ledger.errors import LedgerError
from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.site.run_summary import PolicyPeriod

_MOST_LINES = 200
_MOST_DIFFERENCES = 20


@dataclass(frozen=True)
class PolicyDifference:
    """Two texts, one after the other.

    Attributes:
        lines: as `diff -u` has them; empty where one of the texts cannot be read, or there is none.
        sentence: why, or how many lines more there are.
    """

    before: str
    after: str
    lines: tuple[str, ...]
    sentence: str = ""


def find_policy_differences(ledger: EvidenceLedger, periods: Sequence[PolicyPeriod]) -> Iterator[PolicyDifference]:
    """Yield how the text changed, the newest change first, twenty at most."""
    digests = [period.policy.sha256 if period.policy else "" for period in periods]
    pairs = [(before, after) for before, after in itertools.pairwise(digests) if before != after]
    for before, after in pairs[: -1 - _MOST_DIFFERENCES : -1]:
        if not before or not after:
            yield PolicyDifference(before or "none", after or "none", (), "One of the runs names no policy.")
            continue
        try:
            old, new = (_read_lines(ledger, digest) for digest in (before, after))
        except LedgerError as error:
            yield PolicyDifference(before, after, (), str(error))
            continue
        lines = list(difflib.unified_diff(old, new, before[:12], after[:12], lineterm="", n=1))
        more = len(lines) - _MOST_LINES
        sentence = f"The first {_MOST_LINES} of {len(lines):,} lines." if more > 0 else ""
        yield PolicyDifference(before, after, tuple(lines[:_MOST_LINES]), sentence)


def _read_lines(ledger: EvidenceLedger, digest: str) -> list[str]:
    """Return a policy as lines: of its content as JSON a line a value, of any other text as it is."""
    text = ledger.read_object(digest).decode("utf-8", "replace")
    try:
        return json.dumps(json.loads(text), indent=1, ensure_ascii=False, sort_keys=True).splitlines()
    except ValueError:
        return text.splitlines()
