"""How long synthetic records may be kept: a limit for each class, or one limit for a table without classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from synth_expectations.expectations.retention.expect_synthetic_records_to_expire_on_time import (
    ExpectSyntheticRecordsToExpireOnTime,
)
from synth_expectations.policy.infer.codes import add_counts
from synth_expectations.policy.infer.model import TODO, Proposal, ProposedValue
from synth_expectations.policy.infer.scalars import format_comment, format_scalar


def choose_class_column(proposals: Sequence[Proposal]) -> str | None:
    """Return the key of `columns` that names the retention class in a policy of some tables; None if none has one."""
    words = {proposal.class_column for proposal in proposals} - {None}
    return ("purpose" if "purpose" in words else "retention_class") if words else None


def format_retention(proposals: Sequence[Proposal]) -> list[str]:
    """Return `retention:` with a TODO for the limit of each class seen."""
    word = choose_class_column(proposals)
    if word is None:
        return []
    seen = add_counts(proposal.purposes if word == "purpose" else proposal.classes for proposal in proposals)
    lines = ["retention:", f"  class: {word}  # which of `columns` names the class"]
    if not seen:
        return [*lines, "  classes: TODO  # none seen; such as {testing: {max: P90D}}"]
    lines.append("  classes:")
    return lines + [
        f"    {format_scalar(value)}: {{max: TODO}}{format_comment(f'{n:,} records; how long they may be kept, such as P90D')}"
        for value, n in seen.items()
    ]


def add_limit(proposal: Proposal, class_column: str | None) -> Proposal:
    """Return a proposal with a TODO for one limit, if the ages of its records are known and their classes are not.

    Args:
        proposal: of a table.
        class_column: the key of `columns` that names the class in the policy; None if the policy has no classes.
    """
    columns, expectations = proposal.entry["columns"], proposal.entry.get("expectations", {})
    assert isinstance(columns, dict) and isinstance(expectations, dict)
    if not proposal.may_be_synthetic or "generated_at" not in columns or class_column in columns:
        return proposal
    limit = ProposedValue({"max_age": TODO}, "how long its synthetic records may be kept, such as P90D")
    limited = {**expectations, ExpectSyntheticRecordsToExpireOnTime.type_name(): limit}
    return replace(proposal, entry={**proposal.entry, "expectations": limited})
