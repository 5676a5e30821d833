"""What is still open in a period, by source: what `audit close` lists before it closes.

A source is a title and a function. `evidence/cycle/sources.py` lists the sources; the cover of a closed period names
each source that was looked at, so a source that is missing there is not taken for one without open items.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from synth_expectations.evidence.ledger.ledger import EvidenceLedger
from synth_expectations.evidence.pack.period import PackPeriod
from synth_expectations.policy.anchors import AnchorTarget
from synth_expectations.policy.load.loader import Policy


@dataclass(frozen=True)
class CycleState:
    """What a source of open items looks at.

    Attributes:
        ledger: of the project.
        policy: as it is now.
        period: that is to be closed.
        at: the time for which it is asked, in UTC.
        anchors: who anchors the ledger, as the policy says it, without variables.
    """

    ledger: EvidenceLedger
    policy: Policy
    period: PackPeriod
    at: datetime
    anchors: tuple[AnchorTarget, ...]


@dataclass(frozen=True)
class OpenItem:
    """Something that nobody has decided or explained yet.

    Attributes:
        sentence: what is open, as a sentence; it holds no record key and no value of the data.
        remedy: the command that closes it, or what somebody must do.
    """

    sentence: str
    remedy: str


@dataclass(frozen=True)
class OpenItemSource:
    """A kind of open items.

    Attributes:
        title: what was looked at, in lower case and plural, such as `unexplained gaps of the schedule`.
        list_open: yields the items that are open at the time of the state, in a fixed order.
    """

    title: str
    list_open: Callable[[CycleState], Iterable[OpenItem]]
