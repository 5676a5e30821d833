"""The results that Great Expectations stored, against the counts that the record of a run has of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from synth_expectations.evidence.records.results import ResultRecord
from synth_expectations.evidence.records.run import RunRecord
from synth_expectations.evidence.verification.objects import ObjectCheck
from synth_expectations.evidence.verification.report import VerificationFinding, Weight
from synth_expectations.evidence.verification.source import VerifiedEntry

_COUNTS = (("broken", "unexpected_count"), ("population", "element_count"))
"""The fields of a record, and what Great Expectations calls them."""


def check_results(objects: ObjectCheck, verified: VerifiedEntry, record: RunRecord) -> Iterator[VerificationFinding]:
    """Yield each count of a record that is not that of the stored result.

    Args:
        objects: may have the results; what is missing, or not as its digest says, is named there.
        verified: the entry of the record.
        record: of the end of a run.
    """
    stored: dict[str, dict[str, Mapping[str, Any]]] = {}
    for number, result in enumerate(record.results):
        digest = result.result_sha256
        if digest is None:
            continue
        if digest not in stored:
            stored[digest] = _read_counts(objects.read_sound(digest))
        yield from _compare(verified, number, result, stored[digest].get(result.expectation_id, {}))


def _compare(
    verified: VerifiedEntry, number: int, result: ResultRecord, counts: Mapping[str, Any]
) -> Iterator[VerificationFinding]:
    for name, stored_name in _COUNTS:
        said, stored = getattr(result, name), counts.get(stored_name)
        if said is not None and isinstance(stored, int) and said != stored:
            message = (
                f"{result.table}/{result.type}: the record says {name} {said}, but its stored result says {stored}."
            )
            yield VerificationFinding(
                Weight.ALTERED, message, verified.seq, verified.body_file, f"results.{number}.{name}"
            )


def _read_counts(content: bytes | None) -> dict[str, Mapping[str, Any]]:
    """Return the counts of our own expectations in a stored result, by the id of the expectation."""
    try:
        results = json.loads(content or b"{}").get("results", ())
        return {
            result["expectation_config"]["id"]: result["result"] for result in results if "details" in result["result"]
        }
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}
