"""What is planted in the demo's data: which record breaks which rule, and which looks as if it did."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Planted:
    """Records of one kind, and one rule that they break.

    A kind whose records break several rules stands in the manifest once a rule: the one it is about first.

    Attributes:
        kind: what was planted, as a sentence.
        table: where.
        expectation: the snake-case type of the expectation that judges them.
        rule: the rule that they break, by its exact name. For a negative: the rule that reports them without judging,
            or None.
        keys: the records.
        negative: whether they must not be found. Records of a negative break nothing at all.
    """

    kind: str
    table: str
    expectation: str
    rule: str | None
    keys: frozenset[str]
    negative: bool


@dataclass(frozen=True)
class Manifest:
    """All that is planted: what is not in it breaks nothing.

    Attributes:
        planted: kinds, in the order in which a reader meets them.
        records: how many rows each table has.
        contacts: what was asked for.
        seed: what was asked for.
        as_of: the moment for which the data is made.
    """

    planted: tuple[Planted, ...]
    records: Mapping[str, int]
    contacts: int
    seed: int
    as_of: datetime

    def find_keys(self, table: str, expectation: str) -> frozenset[str]:
        """The keys of all records that violate an expectation on a table."""
        return frozenset().union(*self.find_keys_by_rule(table, expectation).values())

    def find_keys_by_rule(self, table: str, expectation: str) -> dict[str, frozenset[str]]:
        """The keys of all records that break a rule, by the rule's name; rules that none breaks are left out."""
        return self._by_rule(table, expectation, negative=False)

    def find_reported_keys(self, table: str, expectation: str) -> dict[str, frozenset[str]]:
        """The keys of records that a rule reports without judging them, for rules that negatives are planted for."""
        return self._by_rule(table, expectation, negative=True)

    def find_spared_keys(self, table: str) -> frozenset[str]:
        """The keys of all hard negatives of a table: nothing may find them."""
        negatives = (planted.keys for planted in self.planted if planted.table == table and planted.negative)
        return frozenset[str]().union(*negatives)

    def list_checks(self) -> list[tuple[str, str]]:
        """Tables and expectations for which something is planted, a violation or a negative."""
        return sorted({(planted.table, planted.expectation) for planted in self.planted})

    def _by_rule(self, table: str, expectation: str, *, negative: bool) -> dict[str, frozenset[str]]:
        by_rule: dict[str, frozenset[str]] = {}
        for planted in self.planted:
            if (planted.table, planted.expectation, planted.negative) == (
                table,
                expectation,
                negative,
            ) and planted.rule:
                by_rule[planted.rule] = by_rule.get(planted.rule, frozenset()) | planted.keys
        return by_rule

    def to_json(self) -> str:
        """The manifest as a document: the same for the same arguments."""
        planted = [{**vars(planted), "keys": sorted(planted.keys)} for planted in self.planted]
        plain = {
            "contacts": self.contacts,
            "seed": self.seed,
            "as_of": self.as_of.isoformat(),
            "records": dict(self.records),
            "planted": planted,
        }
        return json.dumps(plain, indent=2, ensure_ascii=False) + "\n"
