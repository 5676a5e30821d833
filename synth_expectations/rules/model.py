"""What an expectation asks of the records: rules, lookups, and both together as a question."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from synth_expectations.rules.expressions import Condition, Lacks, Looked, canonical, words_in

BATCH = "@batch"
"""As the reference of a lookup: the batch itself."""


@dataclass(frozen=True)
class Rule:
    """One condition that a record breaks.

    Attributes:
        name: what the reader sees beside the count, such as `source is missing`.
        broken: true for a violating record.
        judged: false for what is only counted and shown in details.
    """

    name: str
    broken: Condition
    judged: bool = True


@dataclass(frozen=True)
class Through:
    """A table that stands between the record and the reference of a lookup.

    Attributes:
        reference: the table between.
        key: of its row: what the record's key is found in.
        leads_to: of its row: the key that is looked up in the reference; NULL leads to nothing.
    """

    reference: str
    key: Condition
    leads_to: Condition

    def canonical(self) -> dict[str, object]:
        """All of it as plain data, in a fixed order, for digests."""
        return {"reference": self.reference, "key": canonical(self.key), "leads_to": canonical(self.leads_to)}


@dataclass(frozen=True)
class Lookup:
    """A key of the record that is looked up in a reference.

    All rows of the reference with that key are taken together: an attribute is true where it is so for any of them.
    With a table between, `found` is about its rows, and `lost` is true where one of them leads to no row of the
    reference.

    Attributes:
        name: how rules refer to it.
        reference: the table it is looked up in, by the name that the data source or the policy has for it, or `BATCH`.
        key: of the record; NULL finds nothing.
        reference_key: of the reference's row.
        attributes: conditions on a row of the reference, by name; `found` is always there.
        more_than: counts of rows by name: true where more rows than that share the key.
        where: which rows of the reference take part; all if None.
        at: a moment of the record; with it, only rows of the reference valid then take part in attributes.
        valid: the columns of the reference, as moments, from (inclusive) and until (exclusive); NULL is open.
        through: the table between; None where the record's key is the reference's.
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

    def names(self) -> list[str]:
        """What rules may ask of it."""
        return ["found", *self.attributes, *self.more_than, *(["lost"] if self.through else [])]

    def canonical(self) -> dict[str, object]:
        """All of it as plain data, in a fixed order, for digests."""
        start, end = self.valid
        parts = {"key": self.key, "reference_key": self.reference_key, "where": self.where, "at": self.at}
        parts |= {"from": start, "until": end}
        return {
            "name": self.name,
            "reference": self.reference,
            **{name: canonical(part) for name, part in parts.items() if part is not None},
            "attributes": {name: canonical(each) for name, each in self.attributes.items()},
            "more_than": self.more_than,
            **({"through": self.through.canonical()} if self.through else {}),
        }


@dataclass(frozen=True)
class Sample:
    """Rows that are brought from the engine, for what no condition can say: the first so many in an order.

    Attributes:
        name: how the judge finds them.
        values: what is brought of each row. Of identifiers, nothing that is not needed.
        order: in which rows come; made of hashes and numbers, so that it is the same on every engine. Rows that have
            no first value of it (no key) are counted, and not drawn.
        most: how many at most.
        where: of which rows.
        reference: the table; None for the batch.
    """

    name: str
    values: tuple[Condition, ...]
    order: tuple[Condition, ...]
    most: int
    where: Condition
    reference: str | None = None

    def canonical(self) -> dict[str, object]:
        """All of it as plain data, in a fixed order, for digests."""
        return {
            "name": self.name,
            "values": [canonical(each) for each in self.values],
            "order": [canonical(each) for each in self.order],
            "most": self.most,
            "where": canonical(self.where),
            "reference": self.reference,
        }


@dataclass(frozen=True)
class Drawn:
    """What came of a sample.

    Attributes:
        rows: the values of each row.
        total: of how many rows they were drawn.
    """

    rows: Sequence[tuple[Any, ...]]
    total: int


@dataclass(frozen=True)
class Judgement:
    """What a judge says of samples.

    Attributes:
        records: how many it looked at.
        violating: how many of them break a judged rule.
        broken: how many break each rule, in the order of the question.
        figures: what it computed, as plain JSON, for the result.
        keys: the record keys of violating records, by the name of the rule.
    """

    records: int
    violating: int
    broken: tuple[int, ...]
    figures: dict[str, Any]
    keys: dict[str, list[str]] = field(default_factory=dict)


class Judge(Protocol):
    """Decides from samples, in Python, which rules are broken."""

    def canonical(self) -> dict[str, object]:
        """Its parameters as plain data: another digest for each."""

    def __call__(self, drawn: Mapping[str, Drawn]) -> Judgement:
        """What it says of the samples, by their names.

        Raises:
            SynthError: they do not suffice to say anything.
        """


@dataclass(frozen=True)
class Question:
    """All that one expectation asks in one go.

    Attributes:
        population: the records that it speaks of, which lookups may say; of no meaning where it is about columns.
        rules: what is counted among them.
        lookups: what the rules look up; none for a question about the row alone.
        record_key: the column that names a violating record; None for no samples.
        census: what is counted of all records of the batch, by name; not part of the digest.
        samples: rows that the judge decides from; then the conditions of the rules are not asked.
        judge: of the samples.
        of: the reference whose rows it speaks of; None for the records of the batch.
        others: questions about rows of references, which count together with the records; their rules have names of
            their own.
    """

    population: Condition
    rules: tuple[Rule, ...]
    lookups: tuple[Lookup, ...] = ()
    record_key: str | None = None
    census: tuple[tuple[str, Condition], ...] = ()
    samples: tuple[Sample, ...] = ()
    judge: Judge | None = None
    of: str | None = None
    others: tuple[Question, ...] = ()

    @property
    def of_rows_alone(self) -> bool:
        """Whether it is counted with others, in one query."""
        return not (self.lookups or self.samples or self.of_columns or self.others)

    @property
    def of_columns(self) -> bool:
        """Whether it is about the columns of the table: a rule each, and no data is read."""
        return bool(self.rules) and all(isinstance(rule.broken, Lacks) for rule in self.rules)

    @property
    def all_rules(self) -> tuple[Rule, ...]:
        """Its own, then those of the others: in the order in which they are counted."""
        return (*self.rules, *(rule for each in self.others for rule in each.all_rules))

    @property
    def references(self) -> set[str]:
        """The tables that are read beside the batch."""
        read = {lookup.reference for lookup in self.lookups}
        read |= {lookup.through.reference for lookup in self.lookups if lookup.through}
        read |= {sample.reference for sample in self.samples if sample.reference}
        read |= {self.of} if self.of else set()
        return read.union(*(each.references for each in self.others)) - {BATCH}

    def __post_init__(self) -> None:
        if not self.of_columns and any(words_in(rule.broken, Lacks) for rule in self.rules):
            raise ValueError("Rules about columns of the table stand alone: they say nothing of a record.")
        known = {lookup.name: lookup.names() for lookup in self.lookups}
        asking = {f"Rule {rule.name!r}": rule.broken for rule in self.rules}
        for who, condition in {"The population": self.population, **asking}.items():
            for looked in words_in(condition, Looked):
                name, attribute = looked.this.name, looked.args["attribute"].name
                if attribute not in known.get(name, ()):
                    raise ValueError(f"{who} asks {attribute!r} of a lookup {name!r} that has none.")

    @cached_property
    def sha256(self) -> str:
        """A digest of the conditions: the same rules give the same digest, on every machine and engine."""
        plain: dict[str, object] = {
            "population": canonical(self.population),
            "rules": [[rule.name, canonical(rule.broken), rule.judged] for rule in self.rules],
            "lookups": [lookup.canonical() for lookup in self.lookups],
            "record_key": self.record_key,
        }
        if self.samples and self.judge:
            plain["samples"] = [sample.canonical() for sample in self.samples]
            plain["judge"] = self.judge.canonical()
        if self.others:
            plain["others"] = [[each.of, each.sha256] for each in self.others]
        return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()
