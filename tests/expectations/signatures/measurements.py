"""How often signatures find synthetic records, and how often they take a person for one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pandas as pd

from synth_expectations.engine.adapters.pandas import FrameAdapter
from synth_expectations.engine.plan import Plan
from synth_expectations.engine.result import CheckKey, CheckResult
from synth_expectations.expectations.catalogue import expectation_class
from synth_expectations.expectations.signatures.tiers import Tier
from tests.expectations.signatures.corpus import COLUMNS, Group, groups
from tests.expectations.signatures.held_back import held_back

TIERS = (Tier.RESERVED, Tier.GENERATOR, Tier.WEAK)
SETTINGS = tuple((tier, fields) for tier in TIERS for fields in (2, 1))
"""`min_tier` and `min_fields`; the first is the default."""
TABLE, FEWEST = 100, 20
"""How many records a table has that is measured, and the fewest for which a share says something."""
KINDS = ("email", "phone", "card", "ssn", "name")


@dataclass(frozen=True)
class Measured:
    """What was found in a group.

    Attributes:
        group: the records.
        violating: how many are violations, by setting.
        matching: how many have a field that matches, by kind of field and tier.
        shares: the names of the shares that are beyond what people reach, by default.
    """

    group: Group
    violating: dict[tuple[Tier, int], int]
    matching: dict[tuple[str, Tier], int]
    shares: tuple[str, ...]

    @property
    def records(self) -> int:
        """How many there are."""
        return len(self.group.frame)


def measured() -> list[Measured]:
    """All groups, asked with the expectation as anyone would."""
    return [_measured(group) for group in groups()]


def measured_held_back() -> list[Measured]:
    """The groups that no threshold was chosen on."""
    return [_measured(group) for group in held_back()]


def count_found_tables(group: Group) -> tuple[int, int]:
    """Return how many tables of a group, of up to 100 records each, are in violation by default, and how many there are."""
    pieces = [group.frame.iloc[start : start + TABLE] for start in range(0, len(group.frame), TABLE)]
    found = [_is_found(piece, group.calling_code) for piece in pieces if len(piece) >= FEWEST]
    return sum(found), len(found)


def find_shares(group: Group) -> tuple[str, ...]:
    """Return the names of a group's shares that are beyond what people reach, by default."""
    result = _evaluate(group.frame, group.calling_code, group.name)
    return tuple(share.name for share in result.shares if share.exceeds)


def _is_found(frame: pd.DataFrame, calling_code: str) -> bool:
    result = _evaluate(frame, calling_code, "people")
    return bool(result.findings or result.violating)


def _evaluate(frame: pd.DataFrame, calling_code: str, name: str) -> CheckResult:
    """Return what the expectation finds in a table by default."""
    table = frame.dropna(axis="columns", how="all")
    arguments = {f"{column}s": column for column in ("email", "phone", "card", "ssn") if column in table}
    expectation = expectation_class("expect_untagged_records_to_not_look_synthetic")(
        all_records="real",
        names=[column for column in ("first", "last") if column in table],
        calling_code=calling_code,
        **arguments,
    )
    plan = Plan(lambda: FrameAdapter(table, _none, name), datetime(2026, 11, 23, tzinfo=UTC))
    result = plan.result(plan.add(expectation.check))
    assert result.error is None
    return result


def _measured(group: Group) -> Measured:
    table = group.frame.dropna(axis="columns", how="all")
    present = [name for name in COLUMNS if name in table]
    plan = Plan(lambda: FrameAdapter(table, _none, group.name), datetime(2026, 11, 23, tzinfo=UTC))
    arguments = {f"{name}s": name for name in ("email", "phone", "card", "ssn") if name in present}
    names = [name for name in ("first", "last") if name in present]
    kind = expectation_class("expect_untagged_records_to_not_look_synthetic")
    asked: dict[tuple[Tier, int], CheckKey] = {}
    rules: dict[tuple[Tier, int], list[str]] = {}
    for tier, fields in SETTINGS:
        expectation = kind(
            all_records="real",
            names=names,
            min_tier=tier,
            min_fields=fields,
            calling_code=group.calling_code,
            **arguments,
        )
        rules[tier, fields] = [rule.name for rule in expectation.check.rules]
        asked[tier, fields] = plan.add(expectation.check)
    outcomes = {setting: plan.result(key) for setting, key in asked.items()}
    assert [outcome.error for outcome in outcomes.values() if outcome.error] == []
    widest = dict(zip(rules[Tier.WEAK, 1], outcomes[Tier.WEAK, 1].violations, strict=True))
    matching = {
        (kind, tier): widest[f"{kind} is {tier}"] for kind in KINDS for tier in TIERS if f"{kind} is {tier}" in widest
    }
    violating = {setting: outcome.violating for setting, outcome in outcomes.items()}
    return Measured(group, violating, matching, find_shares(group))


def _none(name: str) -> object:
    raise AssertionError(f"{name}: nothing is looked up here")
