"""What the records of a batch are, by the marker; and whether that adds up."""

from __future__ import annotations

from collections.abc import Mapping

from synth_expectations.errors import SynthError

ALL = "all"
UNTAGGED = "untagged"
KINDS = ("synthetic", "partial", "real", "masked", UNTAGGED)
"""The kinds of records. Each record is of exactly one; the kinds of a census add up to all records."""


def explain_unaccounted(census: Mapping[str, int], marker: str, *, may_be_untagged: bool) -> SynthError | None:
    """Return why a census proves nothing; None if it accounts for all records.

    Args:
        census: the number of records by kind, and of all.
        marker: the column of the marker.
        may_be_untagged: whether it is not an error that the marker is understood in no record.
    """
    counted = {kind: census[kind] for kind in KINDS if kind in census}
    if ALL not in census or not counted:
        return None
    records = census[ALL]
    if sum(counted.values()) != records:
        kinds = ", ".join(f"{number:,} {kind}" for kind, number in counted.items())
        return SynthError(
            f"The records do not add up: {records:,} in all, but {kinds}.",
            f"Compare the values of {marker} in the policy: one of them may stand for two kinds.",
        )
    if records and counted.get(UNTAGGED) == records and not may_be_untagged:
        noun = "the only record" if records == 1 else f"any of {records:,} records"
        return SynthError(
            f"The marker {marker} is understood nowhere: it has no value of the policy in {noun}.",
            f"Compare the values of {marker} with those in the policy, and name the right column.",
        )
    return None
