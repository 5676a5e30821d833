"""The planted records of the demo: which breaks which rule, and which only looks as if it did."""

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
    """All planted records; no other record breaks a rule.

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
        """Return the keys of all records that violate an expectation on a table."""
        return frozenset().union(*self.find_keys_by_rule(table, expectation).values())

    def find_keys_by_rule(self, table: str, expectation: str) -> dict[str, frozenset[str]]:
        """Return the keys of the records that break a rule, by the rule's name, without rules that none breaks."""
        return self._group_keys(table, expectation, negative=False)

    def find_reported_keys(self, table: str, expectation: str) -> dict[str, frozenset[str]]:
        """Return the keys of records that a rule only reports, for rules with planted negatives."""
        return self._group_keys(table, expectation, negative=True)

    def find_spared_keys(self, table: str) -> frozenset[str]:
        """Return the keys of all hard negatives of a table: no expectation may find them."""
        negatives = (planted.keys for planted in self.planted if planted.table == table and planted.negative)
        return frozenset[str]().union(*negatives)

    def list_checks(self) -> list[tuple[str, str]]:
        """Return the tables and expectations with a planted violation or negative."""
        return sorted({(planted.table, planted.expectation) for planted in self.planted})

    def _group_keys(self, table: str, expectation: str, *, negative: bool) -> dict[str, frozenset[str]]:
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
        """Return the manifest as JSON: the same for the same arguments."""
        planted = [{**vars(planted), "keys": sorted(planted.keys)} for planted in self.planted]
        plain = {
            "contacts": self.contacts,
            "seed": self.seed,
            "as_of": self.as_of.isoformat(),
            "records": dict(self.records),
            "planted": planted,
        }
        return json.dumps(plain, indent=2, ensure_ascii=False) + "\n"
