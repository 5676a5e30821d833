"""The ways to spoil the policy, and what was compiled from it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from synth_expectations.policy.compile.compiler import compile_policy
from synth_expectations.policy.load.loader import load_policy
from tools.mutations.crm_copy import CHECKPOINT, CrmCopy

ProjectChange = Callable[[CrmCopy, int], None]
"""Spoils the project of a copy, in a round."""


def _edit(file: Path, change: Callable[[Any], None]) -> None:
    document = json.loads(file.read_text(encoding="utf-8"))
    change(document)
    file.write_text(json.dumps(document, indent=2), encoding="utf-8")


def _edit_suites(crm: CrmCopy, change: Callable[[list[dict[str, Any]]], None]) -> None:
    for file in sorted((crm.root / "suites").glob("*.json")):
        _edit(file, lambda suite: change(suite["expectations"]))


def remove_expectations(crm: CrmCopy, turn: int) -> None:
    """Remove every second expectation of each suite; the others in the second round."""

    def remove(expectations: list[dict[str, Any]]) -> None:
        del expectations[turn::2]

    _edit_suites(crm, remove)


def loosen_expectations(crm: CrmCopy, turn: int) -> None:
    """Let one record in a hundred suffice, in each suite."""

    def loosen(expectations: list[dict[str, Any]]) -> None:
        for expectation in expectations:
            expectation["kwargs"]["mostly"] = 0.01

    _edit_suites(crm, loosen)


def lower_severities(crm: CrmCopy, turn: int) -> None:
    """Call every expectation an information."""

    def lower(expectations: list[dict[str, Any]]) -> None:
        for expectation in expectations:
            expectation["severity"] = "info"

    _edit_suites(crm, lower)


def remove_tables(crm: CrmCopy, turn: int) -> None:
    """Remove every second table from the checkpoint; the others in the second round."""

    def remove(checkpoint: dict[str, Any]) -> None:
        del checkpoint["validation_definitions"][turn::2]

    _edit(crm.root / "checkpoints" / f"{CHECKPOINT}.json", remove)


def edit_policy(crm: CrmCopy, turn: int) -> None:
    """Rename the values of the marker in the policy, and compile nothing."""
    policy = crm.project / "policy.yml"
    text = policy.read_text(encoding="utf-8")
    policy.write_text(text.replace("synthetic: [synthetic]", "synthetic: [made_up]"), encoding="utf-8")


def leave_rows_out(crm: CrmCopy, turn: int) -> None:
    """Leave what is planted out of each table, by `where` in the policy, and compile it."""
    policy = crm.project / "policy.yml"
    text = policy.read_text(encoding="utf-8")
    for table, entry in load_policy(policy).tables.items():
        planted = (planted.keys for planted in crm.manifest.planted if planted.table == table and not planted.negative)
        keys = ", ".join(f"'{key}'" for key in sorted(frozenset[str]().union(*planted)))
        if keys:
            where = f"{(entry.columns or {})['key']} NOT IN ({keys})"
            text = text.replace(f"\n  {table}:\n", f'\n  {table}:\n    where: "{where}"\n')
    policy.write_text(text, encoding="utf-8")
    compile_policy(policy).write()
