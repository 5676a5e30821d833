"""The lines of a policy that name a column: what to edit when the table lacks it."""

from __future__ import annotations

import os
from pathlib import Path

from synth_expectations.policy.load.loader import Policy
from synth_expectations.policy.load.plain_yaml import Address
from synth_expectations.policy.load.yaml import Mark


def find_column_location(policy: Policy, table: str, column: str) -> str:
    """Return a location such as `policy.yml:75 (columns.approver)`; empty if the policy does not name it."""
    if table not in policy.tables:
        return ""
    entry = policy.tables[table].model_dump(mode="json", by_alias=True)
    for block in ("columns", "identifiers", "marker", "batch", "expectations"):
        for address in _find_addresses(entry.get(block), column, (block,)):
            mark = _find_mark(policy, ("tables", table, *address))
            words = ".".join(str(part) for part in address if not isinstance(part, int))
            return f"{Path(os.path.relpath(mark.file, policy.directory)).as_posix()}:{mark.line} ({words})"
    return ""


def _find_mark(policy: Policy, address: Address) -> Mark:
    """Return the line of a part; a single value in the file is a list in the model."""
    at: Address = ()
    for part in address:
        if (*at, part) in policy.marks:
            at = (*at, part)
    return policy.marks[at]


def _find_addresses(value: object, column: str, address: Address) -> list[Address]:
    if isinstance(value, dict):
        return [
            location for name, item in value.items() for location in _find_addresses(item, column, (*address, name))
        ]
    if isinstance(value, list):
        return [
            location
            for number, item in enumerate(value)
            for location in _find_addresses(item, column, (*address, number))
        ]
    return [address] if value == column else []
