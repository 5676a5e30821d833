"""How references are joined to the records of a batch, in SQL on the columns of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class ThroughJoin:
    """A table between the records and a reference, in SQL on its own columns.

    Attributes:
        reference: the name of the table.
        key: the value that the record's key is compared with.
        leads_to: the key of the reference.
        unreadable: which rows have one of these keys given, and it cannot be read; None where every key can.
    """

    reference: str
    key: str
    leads_to: str
    unreadable: str | None = None


@dataclass(frozen=True)
class ReferenceJoin:
    """One reference as it is joined to the records, in SQL on the reference's own columns.

    Attributes:
        reference: the name of the reference.
        prefix: the prefix of the columns that it adds: `<prefix>_found` and one for each attribute.
        record_key: the alias, on the record's side, of the key that is looked up.
        key: the key of a row of the reference.
        own_key: a name for that key that no column of the reference has.
        attributes: 1 or 0 for a row of the reference, by name.
        more_than: limits of how many records may share the key, by name.
        record: what names the record of a row; rows for which it is NULL count one each. None without limits.
        where: which rows take part.
        record_at: the alias, on the record's side, of the time at which attributes must hold.
        valid_from: from when a row's attributes hold; None for always.
        valid_until: until when (exclusive) they hold; None for ever.
        through: the table between; `key` is then what the table between leads to.
        known: which rows are of a kind that is understood; it takes no part in the join.
        unreadable: which rows have a key that is given and cannot be read; None where every key can. No part either.
        record_unreadable: the same of the records, in SQL on the joined relation.
        as_written: which rows have a value that is found only where it is written alike, by what it is. No part either.
        counterpart: the key of a row of the reference as it is written, so that a finding can be fixed; None if nobody
            asks for it.
        asks_limits_only: whether the limits are all that is asked of the lookup, and not whether it found anything.
        is_own_key: whether the reference is the batch itself, with the record's key: each record then finds its own row.
    """

    reference: str
    prefix: str
    record_key: str
    key: str
    own_key: str
    attributes: Mapping[str, str]
    more_than: Mapping[str, int]
    where: str | None = None
    record_at: str | None = None
    valid_from: str | None = None
    valid_until: str | None = None
    through: ThroughJoin | None = None
    known: str | None = None
    record: str | None = None
    unreadable: str | None = None
    record_unreadable: str | None = None
    as_written: Mapping[str, str] = field(default_factory=dict)
    counterpart: str | None = None
    asks_limits_only: bool = False
    is_own_key: bool = False

    @property
    def has_unreadable(self) -> bool:
        """Whether rows of the reference, or of the table between, may have keys that cannot be read."""
        return bool(self.unreadable or (self.through and self.through.unreadable))

    @property
    def may_ask_limits_only(self) -> bool:
        """Whether nothing but limits is computed of what the lookup finds, and nothing of it has to be accounted for."""
        others = (self.attributes, self.record_at, self.through, self.counterpart, self.record_unreadable)
        return bool(self.more_than) and not any(others) and not self.has_unreadable

    def row(self) -> dict[str, str]:
        """Return what is computed of a row of the reference beside its key, by alias."""
        parts = {f"is_{name}": sql for name, sql in self.attributes.items()}
        bounds = {"valid_from": self.valid_from, "valid_until": self.valid_until}
        others = {"record": self.record, "counterpart": self.counterpart}
        return parts | {name: sql for name, sql in (bounds | others).items() if sql}

    def flags(self) -> list[str]:
        """Return the flags of the rows with a key: attributes and, with a table between, whether one is lost."""
        return [*self.attributes, *(["lost"] if self.through else [])]

    def of_rows(self) -> ReferenceJoin:
        """Return the join without what names a record: it is computed only of rows whose key is crowded."""
        return replace(self, record=None)

    def of_records(self) -> ReferenceJoin:
        """Return the join with nothing of a row but its key and what names its record."""
        return replace(self, attributes={}, valid_from=None, valid_until=None, counterpart=None)

    def crowded(self) -> str:
        """Return whether more rows than the smallest limit share a key: an aggregate, 1 or 0.

        Only the records of such keys are counted: that costs more than to count rows, and few keys need it.
        """
        return f"CASE WHEN COUNT(*) > {min(self.more_than.values())} THEN 1 ELSE 0 END"

    def limits(self) -> dict[str, str]:
        """Return whether more records than each limit share a key: aggregates, 1 or 0, by column."""
        records = "COUNT(DISTINCT record) + COUNT(*) - COUNT(record)"
        return {
            self.column(name): f"CASE WHEN {records} > {limit} THEN 1 ELSE 0 END"
            for name, limit in self.more_than.items()
        }

    def column(self, name: str) -> str:
        """Return the column of an attribute in the joined relation."""
        return f"{self.prefix}_{name}"

    def during(self, at: str) -> str:
        """Return whether a row of the reference is valid at a time: SQL on the aliases of the two inner tables."""
        bounds = []
        if self.valid_from:
            bounds.append(f"(valid_from IS NULL OR valid_from <= {at})")
        if self.valid_until:
            bounds.append(f"(valid_until IS NULL OR {at} < valid_until)")
        return " AND ".join(bounds) or "1 = 1"


@dataclass(frozen=True)
class Join:
    """The records of a population with what lookups find for them.

    Attributes:
        columns: SQL on the record's columns, by alias: keys, times, flags (1 or 0) and the record key.
        where: the population.
        references: the references to join.
        batch: the relation that has the record's columns; None for the batch as it is.
        crowd: the one lookup, of the batch in itself, whose limits each rule asks for: an engine may leave out records
            whose key is not crowded. None for others.
    """

    columns: Mapping[str, str]
    where: str
    references: Sequence[ReferenceJoin]
    batch: Any = None
    crowd: ReferenceJoin | None = None
