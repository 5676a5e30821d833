"""Shares of a table: what no single record shows, and many together do.

A real address may look like a generator's by chance. Where more addresses of a table look so than people's ever do, the
table holds a generator's records, whichever they are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from synth_expectations.rules.binomial import binomial_tail
from synth_expectations.rules.canonical import canonicalize
from synth_expectations.rules.formatting import format_percent
from synth_expectations.rules.nodes import Condition


@dataclass(frozen=True)
class ShareLimits:
    """When a share is beyond what people reach.

    Attributes:
        base_rate: the share that people reach.
        alpha: the largest probability, at that rate, of as many as were counted.
        min_count: how many values there must be to say anything.
        min_share: the smallest share that counts. Tables of people differ more than a test of one rate allows for: of a
            million records, it would call each deviation beyond chance.
    """

    base_rate: float
    alpha: float
    min_count: int
    min_share: float

    def canonical(self) -> dict[str, float]:
        """Return the limits as plain data, for digests."""
        return {name: getattr(self, name) for name in ("base_rate", "alpha", "min_count", "min_share")}


@dataclass(frozen=True)
class Share:
    """A share of a table's values that is compared with that of people.

    Attributes:
        name: of the signature, such as `mockaroo_email`.
        values: the records that have a value to look at, within the population.
        matching: those of them whose value has the signature.
        traits: what a habit of people lacks in turn, such as a letter or a digit in the ending of an address: matching
            values with each trait must be beyond the limits too.
        noun: what is counted, such as `e-mail addresses`.
        does: what matching ones do, such as `have the form that the generator Mockaroo writes`.
        limits: when the share is beyond what people reach.
        between: the names of two lookups: the base rate is then the share of the first one's rows with a key among those
            of both, at least one half, and what chance gives; None where `limits` has it.
    """

    name: str
    values: Condition
    matching: Condition
    noun: str
    does: str
    limits: ShareLimits
    traits: tuple[Condition, ...] = ()
    between: tuple[str, str] | None = None

    def conditions(self) -> tuple[Condition, ...]:
        """Return what is counted: all values, matching ones, and those with each trait."""
        return (self.values, self.matching, *self.traits)

    def canonical(self) -> dict[str, object]:
        """Return the share as plain data in a fixed order, for digests."""
        conditions = [canonicalize(condition) for condition in self.conditions()]
        between = {"between": list(self.between)} if self.between else {}
        return {"name": self.name, "conditions": conditions, "limits": self.limits.canonical(), **between}

    def judge_between(self, finding: ShareFinding, rows: int, other_rows: int) -> ShareFinding:
        """Return what the counts say, given how many rows with a key the tables of two lookups have; both have some.

        A table that has a row for each day of a person would make the other one's share too small: so chance gives the
        first at least one half.
        """
        limits = replace(self.limits, base_rate=max(rows / (rows + other_rows), 0.5))
        return replace(self, limits=limits).judge(finding.of, finding.count)

    def judge(self, values: int, matching: int, *traits: int) -> ShareFinding:
        """Return what the counts of the conditions say."""
        fewest = min(matching, *traits) if traits else matching
        limits = self.limits
        p_value = binomial_tail(fewest, values, limits.base_rate)
        enough = values >= limits.min_count and fewest >= limits.min_share * values
        return ShareFinding(
            name=self.name,
            count=matching,
            of=values,
            base_rate=limits.base_rate,
            alpha=limits.alpha,
            min_count=limits.min_count,
            min_share=limits.min_share,
            p_value=p_value,
            exceeds=bool(enough and p_value <= limits.alpha),
            sentence=(
                f"{matching:,} of {values:,} {self.noun} {self.does}; "
                f"{'chance gives' if self.between else 'people reach'} "
                f"{format_percent(round(limits.base_rate * 1_000_000), 1_000_000)}"
            ),
        )


@dataclass(frozen=True)
class ShareFinding:
    """What was counted of a share, and whether it is beyond what people reach.

    Attributes:
        name: of the signature.
        count: how many values have it.
        of: how many values there are.
        base_rate: the share that people reach.
        alpha: the largest p-value of a share that is beyond it.
        min_count: how many values it takes.
        min_share: the smallest share that counts.
        p_value: the probability of as many or more at the base rate (exact, one-sided binomial test); of the rarest
            trait, where it takes several.
        exceeds: whether the table is in violation.
        sentence: the share for people.
    """

    name: str
    count: int
    of: int
    base_rate: float
    alpha: float
    min_count: int
    min_share: float
    p_value: float
    exceeds: bool
    sentence: str
