"""What an expectation asks of a table: rules, lookups, and both together as a check."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from synth_expectations.rules.canonical import canonicalize
from synth_expectations.rules.nodes import Condition, LacksColumn, LookupAttribute, find_expressions
from synth_expectations.rules.samples import Sample, SampleEvaluator, SharedValues
from synth_expectations.rules.shares import Share

BATCH = "@batch"
"""The name of the batch itself, as the reference of a lookup."""


UNCOMPARED = ": not compared"
"""The end of the name of a rule that counts records whose value cannot be read: a run accounts for them."""

COMPARED_AS_WRITTEN = ": compared only as it is written"
"""The same, of a value that is found where it is written alike, and nowhere else."""


@dataclass(frozen=True)
class Rule:
    """One condition that a record may break.

    Attributes:
        name: the text beside the count, such as `source is missing`.
        broken: true for a violating record.
        judged: whether a broken rule makes the record a violation; false for what is only counted and shown.
    """

    name: str
    broken: Condition
    judged: bool = True


@dataclass(frozen=True)
class Through:
    """A table between the record and the reference of a lookup.

    Attributes:
        reference: the name of the table between.
        key: of its row: the value that the record's key is compared with.
        leads_to: of its row: the key that is looked up in the reference; NULL leads to nothing.
    """

    reference: str
    key: Condition
    leads_to: Condition

    def canonical(self) -> dict[str, object]:
        """Return the table between as plain data in a fixed order, for digests."""
        return {"reference": self.reference, "key": canonicalize(self.key), "leads_to": canonicalize(self.leads_to)}


@dataclass(frozen=True)
class Lookup:
    """A key of the record that is looked up in a reference.

    All rows of the reference with that key are taken together: an attribute is true where it is true for any of them.
    With a table between, `found` speaks of the rows between, and `lost` is true where one of them leads to no row of
    the reference.

    Attributes:
        name: the name by which rules refer to the lookup.
        reference: the table it searches, as the data source or the policy names it, or `BATCH`.
        key: of the record; NULL finds nothing.
        reference_key: of the reference's row.
        attributes: conditions on a row of the reference, by name; `found` is always there.
        more_than: limits by name: true where more records than the limit share the key.
        record: of the reference's row: what names its record, so that limits count records, not rows: a reference of
            daily snapshots has one row a day of each. Rows for which it is NULL count one each. None where nothing
            names a record: rows then are one record where they differ in nothing but dates and times.
        where: the rows of the reference that take part; all if None.
        at: a timestamp of the record; with it, only rows of the reference that are valid then count for attributes.
        valid: from (inclusive) and until (exclusive) when a row of the reference is valid; NULL is open.
        through: the table between; None where the record's key is the reference's.
        incriminates: whether what it finds speaks against the record. If it can find nothing, a pass proves nothing.
        spares: whether what it finds keeps the record from being a violation. A key that cannot be read then leaves the
            verdict open, and is an error.
        may_be_empty: whether the policy accepts that there is nothing to find.
        known: the rows of the reference whose kind is understood. With one of them it is a fact, and no error, that no
            row is of the kind in `where`. None where a reference without such rows makes no sense.
        as_written: by what it is, a condition on a row of the reference whose value cannot be read: it is found only where
            it is written alike. Such rows are counted.
    """

    name: str
    reference: str
    key: Condition
    reference_key: Condition
    attributes: dict[str, Condition] = field(default_factory=dict)
    more_than: dict[str, int] = field(default_factory=dict)
    where: Condition | None = None
    at: Condition | None = None
    valid: tuple[Condition | None, Condition | None] = (None, None)
    through: Through | None = None
    incriminates: bool = False
    spares: bool = False
    may_be_empty: bool = False
    known: Condition | None = None
    record: Condition | None = None
    as_written: Mapping[str, Condition] = field(default_factory=dict)

    def names(self) -> list[str]:
        """Return the attributes that rules may ask for."""
        return ["found", *self.attributes, *self.more_than, *(["lost"] if self.through else [])]

    def references(self) -> set[str]:
        """Return the tables that the lookup reads."""
        return {self.reference, *([self.through.reference] if self.through else [])}

    def canonical(self) -> dict[str, object]:
        """Return the lookup as plain data in a fixed order, for digests."""
        start, end = self.valid
        parts = {"key": self.key, "reference_key": self.reference_key, "where": self.where, "at": self.at}
        parts |= {"from": start, "until": end, "known": self.known, "record": self.record}
        return {
            "name": self.name,
            "reference": self.reference,
            **{name: canonicalize(part) for name, part in parts.items() if part is not None},
            "attributes": {name: canonicalize(condition) for name, condition in self.attributes.items()},
            "more_than": self.more_than,
            **({"through": self.through.canonical()} if self.through else {}),
            **({"incriminates": True} if self.incriminates else {}),
            **({"spares": True} if self.spares else {}),
            **({"may_be_empty": True} if self.may_be_empty else {}),
        }


@dataclass(frozen=True, kw_only=True)
class Check:
    """What one expectation asks of a table: the base of the four kinds.

    Attributes:
        rules: what is counted among the records of the population.
        population: the records that the check is about.
        record_key: the column that names a violating record; None for no keys.
        census: what is counted of all records of the batch, by name; part of the digest only where there are no rules.
        shares: what the records of the population are judged by together; a check of samples or columns has none.
        reference: the table whose rows are the records; None for the batch.
        related: checks of rows of references that count together with this one; their rules have names of their own.
        expectation: the type of the expectation that asks, for sentences; no part of the digest.
    """

    rules: tuple[Rule, ...]
    population: Condition
    record_key: str | None = None
    census: tuple[tuple[str, Condition], ...] = ()
    shares: tuple[Share, ...] = ()
    reference: str | None = None
    related: tuple[Check, ...] = ()
    expectation: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if any(find_expressions(rule.broken, LacksColumn) for rule in self.rules):
            raise ValueError("Rules about columns of the table stand alone: they say nothing of a record.")
        if self.shares and not isinstance(self, RowCheck | LookupCheck):
            raise ValueError("Shares are counted of records: a check of samples or columns has none.")
        known = {lookup.name: lookup.names() for lookup in self.all_lookups}
        asking = {f"Rule {rule.name!r}": rule.broken for rule in self.rules}
        for asker, condition in {"The population": self.population, **asking}.items():
            for looked in find_expressions(condition, LookupAttribute):
                name, attribute = looked.this.name, looked.args["attribute"].name
                if attribute not in known.get(name, ()):
                    raise ValueError(f"{asker} asks {attribute!r} of a lookup {name!r} that has none.")

    @property
    def all_lookups(self) -> tuple[Lookup, ...]:
        """Return the lookups of the check; none for most kinds."""
        return ()

    @property
    def all_rules(self) -> tuple[Rule, ...]:
        """Return the check's own rules, then those of related checks, in the order in which they are counted."""
        return (*self.rules, *(rule for check in self.related for rule in check.all_rules))

    @property
    def references(self) -> set[str]:
        """Return the tables that are read beside the batch."""
        read = set(self._read()).union(*(check.references for check in self.related))
        return read - {BATCH}

    def conditions(self) -> list[Condition]:
        """Return every condition on a record that the check computes."""
        computed = [self.population, *(rule.broken for rule in self.rules)]
        computed += [condition for _, condition in self.census]
        computed += [condition for share in self.shares for condition in share.conditions()]
        for lookup in self.all_lookups:
            computed += [lookup.key, *([lookup.at] if lookup.at else [])]
        return computed

    @cached_property
    def sha256(self) -> str:
        """Return a digest of the conditions: the same rules give the same digest on every machine and engine."""
        plain: dict[str, object] = {
            "population": canonicalize(self.population),
            "rules": [[rule.name, canonicalize(rule.broken), rule.judged] for rule in self.rules],
            "lookups": [lookup.canonical() for lookup in self.all_lookups],
            "record_key": self.record_key,
            **self._canonical_parts(),
        }
        if not self.rules:
            plain["census"] = [[name, canonicalize(condition)] for name, condition in self.census]
        if self.shares:
            plain["shares"] = [share.canonical() for share in self.shares]
        if self.related:
            plain["others"] = [[check.reference, check.sha256] for check in self.related]
        return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()

    def _read(self) -> Iterator[str]:
        if self.reference:
            yield self.reference

    def _canonical_parts(self) -> Mapping[str, object]:
        return {}


@dataclass(frozen=True, kw_only=True)
class RowCheck(Check):
    """Rules about the record alone: counted in one query with all others of the batch."""


@dataclass(frozen=True, kw_only=True)
class LookupCheck(Check):
    """Rules about what lookups find for the record: a query of its own.

    Attributes:
        lookups: what the rules look up; at least one.
    """

    lookups: tuple[Lookup, ...]

    @property
    def all_lookups(self) -> tuple[Lookup, ...]:
        """Return the lookups of the check."""
        return self.lookups

    def _read(self) -> Iterator[str]:
        yield from super()._read()
        for lookup in self.lookups:
            yield from lookup.references()


@dataclass(frozen=True, kw_only=True)
class SampleCheck(Check):
    """Rules that an evaluator decides from samples; the engine computes none of their conditions.

    Attributes:
        samples: the rows that the evaluator receives; at least one sample.
        evaluator: decides which rules are broken.
        shared: the values that all records share with references, which the evaluator receives beside the samples.
    """

    samples: tuple[Sample, ...]
    evaluator: SampleEvaluator
    shared: SharedValues | None = None

    def _read(self) -> Iterator[str]:
        yield from super()._read()
        yield from (sample.reference for sample in self.samples if sample.reference)
        yield from self.shared.references if self.shared else ()

    def _canonical_parts(self) -> Mapping[str, object]:
        samples = [sample.canonical() for sample in self.samples]
        shared = {"shared": self.shared.canonical()} if self.shared else {}
        return {"samples": samples, "judge": self.evaluator.canonical(), **shared}


@dataclass(frozen=True, kw_only=True)
class SchemaCheck(Check):
    """Rules about the columns of the table, one a column: no data is read, and the population has no meaning."""

    def __post_init__(self) -> None:
        if not is_about_columns(self.rules):
            raise ValueError("A check of columns needs rules about columns, and no others.")


def is_about_columns(rules: Sequence[Rule]) -> bool:
    """Return whether rules speak of the columns of the table, and of no record."""
    return bool(rules) and all(isinstance(rule.broken, LacksColumn) for rule in rules)
