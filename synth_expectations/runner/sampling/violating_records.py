"""All records of a table that break a rule, as the checks of the policy judge them at a draw."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from unicodedata import normalize as compose

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.violations import BrokenCheck, ViolationReader, explain_unlisted
from synth_expectations.errors import SynthError
from synth_expectations.rules.nodes import Condition
from synth_expectations.runner.policy_tables import PolicyTables

MOST = 2_000_000
"""Records whose keys are held at once."""


@dataclass
class ViolatingRecords:
    """The records that break rules.

    Attributes:
        rules: what each record breaks, by its key in its comparable form.
        without_key: how many break a rule and have no key.
        checks: the types of the expectations that judged the records.
        left_out: a sentence for each expectation that judges no single record.
    """

    rules: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    without_key: int = 0
    checks: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def describe(self, key: str) -> str:
        """Return what this package says of a record."""
        if broken := self.rules.get(key):
            return f"breaks {'; '.join(sorted(broken))}"
        return f"breaks no rule of {len(self.checks)} {'check' if len(self.checks) == 1 else 'checks'}"


def read_violating_records(tables: PolicyTables, table: str, adapter: Adapter, as_of: datetime) -> ViolatingRecords:
    """Return the records of a table that break rules of its checks.

    Args:
        tables: of the policy.
        table: the name of the table.
        adapter: of the table.
        as_of: the time for which the rules are evaluated.

    Raises:
        SynthError: no check judges single records, a query failed, or too many records break rules.
    """
    broken = ViolatingRecords()
    checks = list(_plan_checks(tables, table, as_of, broken))
    if not checks:
        raise SynthError(
            f"No check of {table} judges single records, so none is broken or passed.", " ".join(broken.left_out)
        )

    def form(column: Condition) -> Condition:
        return tables.form_key(table, column.name)

    for piece in ViolationReader(adapter, table, {}, form_key=form).read(checks):
        if piece.table != table:
            continue  # rows of a reference that count with the records
        for check, rule, flags in piece.breaks:
            for key, flag in zip(piece.keys, flags, strict=True):
                if flag and key is not None:
                    broken.rules[compose("NFC", key)].add(f"{check.expectation}: {rule}")
                elif flag:
                    broken.without_key += 1
        if len(broken.rules) > MOST:
            raise SynthError(
                f"More than {MOST:,} records of {table} break a rule.", "Fix what breaks so many, then draw again."
            )
    return broken


def _plan_checks(tables: PolicyTables, table: str, as_of: datetime, broken: ViolatingRecords) -> list[BrokenCheck]:
    key, checks = tables.find_key(table), []
    for suite in tables.compiled.suites:
        for planned in suite.expectations if suite.table == table else ():
            if planned.expectation is None:
                broken.left_out.append(f"{planned.type} is Great Expectations' own.")
                continue
            if planned.tuning.row_condition:
                broken.left_out.append(f"{planned.type} judges only some records: {planned.tuning.row_condition}.")
                continue
            check = planned.expectation.planned_check
            names = frozenset(rule.name for rule in check.rules if rule.judged)
            time = getattr(planned.expectation, "as_of", None) or as_of
            request = BrokenCheck(planned.type, planned.tuning.severity, check, time, names)
            if reason := explain_unlisted(request):
                broken.left_out.append(f"{planned.type} is left out: {reason}.")
            elif check.rules and check.record_key != key:
                broken.left_out.append(f"{planned.type} is left out: its key is {check.record_key}, not {key}.")
            elif names:
                checks.append(request)
                broken.checks.append(planned.type)
    return checks
