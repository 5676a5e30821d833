"""The four verdicts, and which of several counts."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Verdict(StrEnum):
    """What became of an expectation, a table or a run."""

    ERRORED = "errored"
    FAILED = "failed"
    PASSED = "passed"
    NOTHING_TO_CHECK = "nothing_to_check"

    @property
    def shown(self) -> str:
        """As people read it."""
        return self.value.replace("_", " ")


_ORDER = list(Verdict)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Errored before failed before passed before nothing to check; of none at all, errored: nothing was evaluated."""
    return min(verdicts, key=_ORDER.index, default=Verdict.ERRORED)
