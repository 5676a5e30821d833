"""The results in a ledger that an erasure must redact: found however their record keys are written."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from synth_expectations.evidence.ledger.entry import EntryKind
from synth_expectations.evidence.tracing.results import find_results_with_key
from synth_expectations.runner.tracing.key_forms import read_key_forms
from tests.evidence.cycle.cycle_project import make_ledger

AT = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "stored", "kind"),
    [
        ("003Hs000009WqaH", "003Hs000009WqaHIAS", ""),
        ("003Hs000009WqaHIAS", "003Hs000009WqaH", "salesforce_id"),
        ("550e8400e29b41d4a716446655440000", "{550E8400-E29B-41D4-A716-446655440000}", ""),
        ("42", "42.0", ""),
        ("0042", "42", "number"),
        ("ann\u00e9", "anne\u0301 ", ""),
        ("half \ud800", "half \ud800", ""),
    ],
)
def test_a_result_is_found_by_another_spelling(given: str, stored: str, kind: str, tmp_path: Path) -> None:
    ledger = make_ledger(tmp_path, AT)
    ledger.open_project()
    results = [{"unexpected_list": [key, "other"]} for key in (stored, "003Hs000009WqaI", "43", "ANN")]
    digests = [ledger.put_object(json.dumps(result).encode()) for result in results]
    digests.append(ledger.put_object(b"no JSON"))
    ledger.append(EntryKind.RUN_FINISHED, {"results": [{"result_sha256": digest} for digest in digests]})
    assert find_results_with_key(ledger, {given}, partial(read_key_forms, kind=kind, at=AT)) == ([digests[0]], 1)
