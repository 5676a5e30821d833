"""The parts of a table that samples are drawn from, and what a reviewer may find of a record there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from synth_expectations.errors import SynthError, nearest


class SampleFinding(StrEnum):
    """What a reviewer found, against what this package said of the record."""

    AGREES = "agrees"
    WRONGLY_REAL = "wrongly real"
    WRONGLY_SYNTHETIC = "wrongly synthetic"
    WRONGLY_PASSED = "wrongly passed"
    WRONGLY_BROKEN = "wrongly broken"
    CANNOT_TELL = "cannot tell"
    GONE = "not there any more"

    @property
    def is_exception(self) -> bool:
        """Whether it counts against what was said; a record that nobody can judge does."""
        return self not in {SampleFinding.AGREES, SampleFinding.GONE}


class StratumKind(StrEnum):
    """Which records a sample is drawn from."""

    TAGGED_REAL = "tagged-real"
    TAGGED_SYNTHETIC = "tagged-synthetic"
    UNTAGGED = "untagged"
    BROKEN = "broken"
    PASSED = "passed"
    DECISIONS = "decisions"
    BY = "by"

    @property
    def meaning(self) -> str:
        """The records, as a sentence names them."""
        return _MEANINGS[self]

    @property
    def findings(self) -> tuple[SampleFinding, ...]:
        """What a reviewer may find of a record."""
        return (SampleFinding.AGREES, *_EXCEPTIONS[self], SampleFinding.CANNOT_TELL, SampleFinding.GONE)


_MEANINGS = {
    StratumKind.TAGGED_REAL: "the records that are marked real",
    StratumKind.TAGGED_SYNTHETIC: "the records that are marked synthetic",
    StratumKind.UNTAGGED: "the records whose marker has none of its values",
    StratumKind.BROKEN: "the records that break a rule",
    StratumKind.PASSED: "the records that break no rule",
    StratumKind.DECISIONS: "the decisions that need human oversight",
    StratumKind.BY: "all records, in proportion to the values of a column",
}
_OF_MARKERS = (SampleFinding.WRONGLY_REAL, SampleFinding.WRONGLY_SYNTHETIC)
_EXCEPTIONS = {
    StratumKind.TAGGED_REAL: (SampleFinding.WRONGLY_REAL,),
    StratumKind.TAGGED_SYNTHETIC: (SampleFinding.WRONGLY_SYNTHETIC,),
    StratumKind.UNTAGGED: _OF_MARKERS,
    StratumKind.BROKEN: (SampleFinding.WRONGLY_BROKEN,),
    StratumKind.PASSED: (SampleFinding.WRONGLY_PASSED,),
    StratumKind.DECISIONS: (SampleFinding.WRONGLY_PASSED, SampleFinding.WRONGLY_BROKEN),
    StratumKind.BY: _OF_MARKERS,
}


@dataclass(frozen=True)
class Stratum:
    """The part of a table that a sample is drawn from.

    Attributes:
        kind: which records.
        column: for `by`: the column, or the policy's word for it, whose values are all in the sample.
        value: for `by`: the one value that the sample is limited to; None for all.
    """

    kind: StratumKind
    column: str = ""
    value: str | None = None

    @classmethod
    def parse(cls, text: str) -> Stratum:
        """Return the stratum of a text such as `untagged`, `by:sync_run_id` or `by:integration=erp`.

        Raises:
            SynthError: there is no such stratum.
        """
        name, colon, rest = text.partition(":")
        if name == StratumKind.BY and colon:
            column, equals, value = rest.partition("=")
            if column.strip():
                return cls(StratumKind.BY, column.strip(), value if equals else None)
        elif not colon and name in set(StratumKind) - {StratumKind.BY}:
            return cls(StratumKind(name))
        names = [kind.value for kind in StratumKind if kind is not StratumKind.BY]
        guess = nearest(name, names)
        hint = f"Did you mean {guess}?" if guess else f"There are {', '.join(names)} and by:COLUMN."
        raise SynthError(f"--stratum: there is no stratum {text[:80]}.", hint)

    @property
    def meaning(self) -> str:
        """The records, as a sentence names them."""
        return self.kind.meaning if self.value is None else "the records that have this value"

    def __str__(self) -> str:
        """Return it as it is written on the command line."""
        if self.kind is not StratumKind.BY:
            return self.kind.value
        return f"by:{self.column}" + ("" if self.value is None else f"={self.value}")
