"""The four verdicts, and the worst of several."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Verdict(StrEnum):
    """The outcome of an expectation, a table or a run."""

    ERRORED = "errored"
    FAILED = "failed"
    PASSED = "passed"
    NOTHING_TO_CHECK = "nothing_to_check"

    @property
    def shown(self) -> str:
        """Return the verdict as people read it."""
        return self.value.replace("_", " ")


_ORDER = list(Verdict)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the worst of some verdicts: errored, failed, passed, nothing to check; of none, errored."""
    return min(verdicts, key=_ORDER.index, default=Verdict.ERRORED)
