"""Suites, validation definitions and checkpoints as files of Great Expectations."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import synth_expectations
from synth_expectations.policy.compile.datasources import asset_of, batch_of
from synth_expectations.policy.compile.ids import stable_id
from synth_expectations.policy.compile.suites import Suite, SuiteExpectation
from synth_expectations.policy.compile.table_checks import gx_source_of
from synth_expectations.policy.load.loader import Policy
from synth_expectations.policy.schema import CheckpointEntry
from synth_expectations.policy.table_entry import Identifiers

CONDITION_PARSER = "great_expectations"


def as_text(document: Mapping[str, Any]) -> str:
    """Return a document as text: sorted, two spaces, ASCII, LF at the end, so that formatters do not change it."""
    return json.dumps(document, indent=2, sort_keys=True) + "\n"


def suite_file(policy: Policy, suite: Suite) -> dict[str, Any]:
    """Return a suite."""
    numbers: dict[str, int] = {}
    expectations = []
    identifiers = policy.tables[suite.table].identifiers or Identifiers()
    for planned in suite.expectations:
        number = numbers[planned.type] = numbers.get(planned.type, 0) + 1
        expectations.append(_expectation(suite, planned, number, identifiers))
    return {
        "expectations": expectations,
        "id": stable_id("suite", suite.name),
        "meta": {"synth": _table_meta(policy, suite)},
        "name": suite.name,
        "notes": None,
    }


def _table_meta(policy: Policy, suite: Suite) -> dict[str, Any]:
    """Return what a run reports of the table."""
    entry = policy.tables[suite.table]
    unnarrowed = suite.part == "__all_rows"
    return {
        "table": suite.table,
        "roles": list(entry.role or ()),
        "owner": entry.owner or policy.words.owner,
        "tags": list(entry.tags or ()),
        "scope": "batch" if entry.batch and not suite.part else "table",
        "where": "" if unnarrowed else entry.where or "",
        "unnarrowed": unnarrowed,
        "empty_batch": entry.empty_batch or "errored",
        "key": (entry.columns or {}).get("key"),
        "batch": {"by": entry.batch.by, "column": entry.batch.column} if entry.batch and not suite.part else None,
    }


def stored_arguments(planned: SuiteExpectation) -> dict[str, Any]:
    """Return the arguments of an expectation as its suite stores them."""
    kwargs = dict(planned.arguments)
    if planned.tuning.row_condition:
        kwargs |= {"row_condition": planned.tuning.row_condition, "condition_parser": CONDITION_PARSER}
    return kwargs


def _expectation(suite: Suite, planned: SuiteExpectation, number: int, identifiers: Identifiers) -> dict[str, Any]:
    kwargs = stored_arguments(planned)
    compiled: dict[str, Any] = {"because": planned.because}
    if planned.expectation:
        compiled |= {
            "revision": synth_expectations.__version__,
            "rules_sha256": planned.expectation.rules_sha256(),
            "effective": planned.expectation.effective(),
        }
    elif identifiers.has_column_in(planned.arguments.values()):
        compiled |= {"of_identifiers": True}
    return {
        "id": stable_id("expectation", suite.name, planned.type, str(number)),
        "kwargs": kwargs,
        "meta": {"synth": compiled},
        "severity": planned.tuning.severity,
        "type": planned.type,
    }


def definition_file(policy: Policy, suite: Suite, source_id: str) -> dict[str, Any]:
    """Return a validation definition: the suite, and what it reads."""
    source, asset, batch = gx_source_of(policy.tables[suite.table]), asset_of(suite), batch_of(policy, suite)
    return {
        "data": {
            "asset": {"id": stable_id("asset", source, asset), "name": asset},
            "batch_definition": {"id": stable_id("batch", source, asset, batch), "name": batch},
            "datasource": {"id": source_id, "name": source},
        },
        "id": stable_id("definition", suite.name),
        "name": suite.name,
        "suite": {"id": stable_id("suite", suite.name), "name": suite.name},
    }


def checkpoint_file(policy: Policy, name: str, entry: CheckpointEntry, suites: list[Suite]) -> dict[str, Any]:
    """Return a checkpoint: validation definitions, then Data Docs, then the guard."""
    return {
        "actions": [
            {"name": "docs", "site_names": [], "type": "synth_docs"},
            {"fail_on": entry.fail_on or policy.words.fail_on, "name": "guard", "type": "synth_guard"},
        ],
        "id": stable_id("checkpoint", name),
        "name": name,
        # Great Expectations would keep sample values of its own expectations: identifiers in clear text
        "result_format": {"partial_unexpected_count": 0, "result_format": "SUMMARY"},
        "validation_definitions": [{"id": stable_id("definition", suite.name), "name": suite.name} for suite in suites],
    }
