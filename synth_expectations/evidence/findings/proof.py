"""Whether a result without violations proves that a finding is fixed."""

from __future__ import annotations

from collections.abc import Iterator

from synth_expectations.evidence.findings.dispositions import DispositionKind
from synth_expectations.evidence.findings.model import BatchViolations, FollowedFinding, ViolationBasis
from synth_expectations.evidence.findings.strictness import find_looser_arguments
from synth_expectations.evidence.records.inputs import ShortInput
from synth_expectations.evidence.records.results import ShortResult
from synth_expectations.evidence.records.run import ShortRun
from synth_expectations.rules.verdict import Verdict

_CLEARING = ("cleared", "cleared_key")
"""The arguments by which a check is told of records that were looked into, and are real."""


def describe_basis(result: ShortResult, table: ShortInput | None) -> ViolationBasis:
    """Return under what a result was found.

    Args:
        result: of a run.
        table: the input that it judged; None if the record has none.
    """
    narrowed = result.narrowed
    # the reason behind a key of the policy is a person's, and may be written better without narrowing more
    by = "" if narrowed is None else f"{narrowed.by}: {narrowed.reason}" if narrowed.by == "where" else narrowed.by
    return ViolationBasis(
        parameters=result.parameters,
        narrowed=by,
        locator=table.locator if table else "",
        place_digest=(table.place_digest or "") if table else "",
    )


def list_doubts(
    finding: FollowedFinding,
    violations: BatchViolations,
    record: ShortRun,
    result: ShortResult,
    table: ShortInput | None,
) -> Iterator[str]:
    """Yield why a result in which no record breaks the rule does not prove that the finding is fixed, a sentence each.

    Only a later run proves it that judged the same table, all of it, by the same rule, with the same or stricter arguments.

    Args:
        finding: that had violations.
        violations: what is not fixed of it, in the batch of the result.
        record: of the run.
        result: of the check, which evaluated the rule.
        table: the input that it judged; None if the record has none.
    """
    if result.verdict is Verdict.ERRORED:
        yield f"The check was errored: {result.error}"
        return
    if result.verdict is Verdict.NOTHING_TO_CHECK:
        yield "There was nothing to check: no record is one that the check is about."
        return
    if record.as_of < violations.seen.at:
        yield f"The run evaluated as of {record.as_of:%Y-%m-%d %H:%M} UTC, before the violations were seen."
    if result.population == 0:
        yield "No record was one that the check is about."
    if table is not None:
        yield from _list_input_doubts(violations.basis, table)
    elif violations.basis.locator:
        yield "The record does not say what it read."
    basis = describe_basis(result, table)
    yield from _list_place_doubts(violations, basis, record)
    if basis.narrowed and basis.narrowed != violations.basis.narrowed:
        yield f"The check was narrowed ({basis.narrowed}), and was not when it found them."
    before, now = violations.basis.parameters, basis.parameters
    if calls_false_positive(finding):
        before, now = (
            {name: value for name, value in given.items() if name not in _CLEARING} for given in (before, now)
        )
    for sentence in find_looser_arguments(before, now):
        yield f"The check is not as strict as when it found them: {sentence}."


def calls_false_positive(finding: FollowedFinding) -> bool:
    """Return whether somebody called a finding a false positive: naming its records as cleared then loosens nothing."""
    disposition = finding.find_disposition()
    return disposition is not None and disposition.terms.kind is DispositionKind.FALSE_POSITIVE


def _list_place_doubts(violations: BatchViolations, now: ViolationBasis, record: ShortRun) -> Iterator[str]:
    before = violations.basis.place_digest
    if not before or before == now.place_digest or violations.digest_key != record.digest_key:
        return  # digests by another key tell nothing
    if now.place_digest:
        yield "It read from another directory, address or database than the run that found them."
    else:
        yield "The directory, address or database that it read from is unknown, and that of the run that found them is not."


def _list_input_doubts(basis: ViolationBasis, table: ShortInput) -> Iterator[str]:
    if not table.read:
        yield "No query read the table."
    if basis.locator and table.locator != basis.locator:
        yield f"It read {table.locator or 'another place'}, and they were found in {basis.locator}."
    if table.reconciled == "no":
        yield "The table did not have as many rows as its source."
    if table.fresh == "no":
        yield "The table was older than the policy allows."
