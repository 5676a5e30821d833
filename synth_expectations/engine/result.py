"""The result of a check on one batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from synth_expectations.engine.row_account import RowAccount
from synth_expectations.errors import SynthError
from synth_expectations.rules.shares import ShareFinding


@dataclass(frozen=True)
class CheckKey:
    """Identify a check within a plan: the same rules at the same time are one check."""

    sha256: str
    as_of: datetime


@dataclass(frozen=True)
class BetweenCounts:
    """What a table between the records and the reference of a lookup holds.

    Attributes:
        table: its name.
        rows: how many rows it has.
        usable: how many of them have both keys: the one that is looked up, and the one that it leads to.
        unreadable: how many have one of these keys given, and it cannot be read.
    """

    table: str
    rows: int
    usable: int
    unreadable: int


@dataclass(frozen=True)
class LookupCounts:
    """What a lookup had to work with.

    Attributes:
        reference: the table that it searches.
        may_be_empty: whether the policy accepts that there is nothing to find.
        incriminates: whether what it finds speaks against the record.
        records: how many records were looked up.
        usable: how many of them have a key that can be looked up.
        found: how many of them it found something for.
        unreadable: how many have a key that is given and cannot be read.
        reference_rows: how many rows of the reference are of the kind that is looked for; None where each lookup of the
            check found something, which proves that they work.
        reference_usable: how many of these have a key; None likewise.
        reference_known: how many rows of the reference are of any kind that is understood, where that suffices.
        reference_unreadable: how many rows of the reference have a key that is given and cannot be read; None where every
            key can be read, or nothing was counted.
        reference_as_written: how many rows of the reference have a value that is found only where it is written alike, by
            what it is; without those of which there are none.
        between: of the table between; None where there is none, or every key in it can be read.
    """

    reference: str
    may_be_empty: bool
    incriminates: bool
    records: int
    usable: int
    found: int
    unreadable: int = 0
    reference_rows: int | None = None
    reference_usable: int | None = None
    reference_known: int | None = None
    reference_unreadable: int | None = None
    reference_as_written: Mapping[str, int] = field(default_factory=dict)
    between: BetweenCounts | None = None

    @property
    def can_find(self) -> bool:
        """Whether both sides have a key, or no row of the kind is there and that is a fact, or accepted."""
        if self.reference_rows == 0 and (self.reference_known or self.may_be_empty):
            return True
        return bool(self.found or (self.usable and self.reference_usable))


@dataclass(frozen=True)
class CheckResult:
    """The counts of a check, or why there are none.

    Attributes:
        records: how many records the population has; for a check of columns, how many columns it asks for.
        violating: how many of them break at least one judged rule.
        violations: how many break each rule, in the order of the check's rules.
        error: why the check could not be run; the numbers then mean nothing.
        sql: the condition of each rule, as it was sent.
        census: what the whole batch is made of: `all`, and what the check names; empty for lookups.
        dialect: the name of the engine's dialect.
        query: the whole query of a check with lookups, which defines the names that its conditions use.
        as_of: the time for which the check was run.
        figures: what an evaluator of samples computed, or how columns fall short; empty for other checks.
        keys: the smallest keys of violating records, by judged rule; None until they are read.
        lookups: what lookups had to work with: those that speak against records, and those with unreadable keys.
        rows: what becomes of each row of the table; None where only the records of the batch are known.
        shares: what the records were judged by together.
    """

    records: int = 0
    violating: int = 0
    violations: tuple[int, ...] = ()
    error: SynthError | None = None
    sql: Mapping[str, str] = field(default_factory=dict)
    census: Mapping[str, int] = field(default_factory=dict)
    dialect: str = ""
    query: str | None = None
    as_of: datetime | None = None
    figures: Mapping[str, Any] = field(default_factory=dict)
    keys: Mapping[str, list[str]] | None = None
    lookups: tuple[LookupCounts, ...] = ()
    rows: RowAccount | None = None
    shares: tuple[ShareFinding, ...] = ()

    @property
    def findings(self) -> tuple[str, ...]:
        """Return a sentence for each share that is beyond what people reach: the table is in violation."""
        return tuple(share.sentence for share in self.shares if share.exceeds)

    @property
    def keys_by_rule(self) -> Mapping[str, list[str]]:
        """Return the keys of violating records by rule; empty where none were read."""
        return self.keys or {}


def merge_results(results: Sequence[CheckResult]) -> CheckResult:
    """Return one result for a check and its related checks: numbers are added, and one error is the error of all."""
    first, *related = results
    if not related or any(result.error for result in results):
        return next((result for result in results if result.error), first)
    return replace(
        first,
        records=sum(result.records for result in results),
        violating=sum(result.violating for result in results),
        violations=tuple(count for result in results for count in result.violations),
        sql={rule: sql for result in results for rule, sql in result.sql.items()},
        lookups=tuple(counts for result in results for counts in result.lookups),
        shares=tuple(share for result in results for share in result.shares),
        query="\n\n".join(result.query for result in results if result.query) or None,
        keys=None
        if any(result.keys is None for result in results)
        else {rule: keys for result in results for rule, keys in result.keys_by_rule.items()},
    )
