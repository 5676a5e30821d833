"""Controls as text, and as JSON."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from synth_expectations.controls.coverage import (
    Applies,
    Coverage,
    Finding,
    MappingCoverage,
    compute_coverage,
)
from synth_expectations.controls.model import SURE, Regulation, Requirement
from synth_expectations.controls.standing_text import list_standing
from synth_expectations.controls.statuses import EvidenceStatus
from synth_expectations.policy.standing import PolicyStanding

SCHEMA = 1
"""Of the JSON document; grows when a key changes its meaning."""

_LABEL = 16
_NOTE = 9


class _Paragraph(NamedTuple):
    """Text that is wrapped: what stands before it, and how far its other lines are indented."""

    text: str
    first: str = ""
    indent: int = 0

    def wrap(self, width: int) -> list[str]:
        """Return its lines; one that is empty if it has no text."""
        wrapped = textwrap.wrap(
            self.text,
            width,
            initial_indent=self.first,
            subsequent_indent=" " * self.indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        return wrapped or [""]


def format_controls(
    regulations: Sequence[Regulation],
    as_of: date,
    results: Iterable[Finding] | None = None,
    standing: PolicyStanding | None = None,
    *,
    whole: bool = False,
    width: int = 80,
) -> Iterator[str]:
    """Yield regulations line by line.

    Args:
        regulations: which ones, in that order.
        as_of: the day for which requirements apply, or not.
        results: what a run found, if its evidence is asked for.
        standing: of the policy, with the reviews of documents that it has on record; None without a policy.
        whole: every requirement with all that is said of it, instead of a line each.
        width: columns that the lines fit in.
    """
    run_findings = None if results is None else tuple(results)
    for paragraph in _format_regulations(regulations, as_of, run_findings, standing, whole=whole):
        yield from paragraph.wrap(width)


def _format_regulations(
    regulations: Sequence[Regulation],
    as_of: date,
    run_findings: Sequence[Finding] | None,
    standing: PolicyStanding | None,
    *,
    whole: bool,
) -> Iterator[_Paragraph]:
    judged = standing is not None or run_findings is not None
    for number, regulation in enumerate(regulations):
        if number:
            yield _Paragraph("")
        covered = compute_coverage(regulation, as_of, run_findings, standing.manual if standing else ())
        yield from _format_head(regulation, covered, as_of, judged=judged)
        if whole:
            yield _Paragraph(regulation.about)
            for covered_requirement in covered:
                yield _Paragraph("")
                yield from _format_requirement(covered_requirement, judged=judged)
            yield from _format_omissions(regulation)
        else:
            yield _Paragraph("")
            for covered_requirement in covered:
                yield from _format_line(covered_requirement, judged=judged)
    yield _Paragraph("")
    for label, text in list_standing(standing) if standing else ():
        yield _Paragraph(text, label.ljust(_NOTE), _NOTE)
    if not whole:
        yield _Paragraph("synth-expectations controls REGULATION", "More".ljust(_NOTE), _NOTE)
    if run_findings is not None:
        yield _Paragraph(
            "Supports means that a check found no violation, with the strength shown. It does not say that the law is"
            " obeyed.",
            "Note".ljust(_NOTE),
            _NOTE,
        )
    yield _Paragraph("Not legal advice: paraphrases, to be read with their sources.", "Note".ljust(_NOTE), _NOTE)


def controls_to_document(
    regulations: Sequence[Regulation],
    as_of: date,
    results: Iterable[Finding] | None = None,
    standing: PolicyStanding | None = None,
) -> dict[str, Any]:
    """Return regulations as plain data.

    Args:
        regulations: which ones, in that order.
        as_of: the day for which requirements apply, or not.
        results: what a run found, if its evidence is asked for.
        standing: of the policy, with the reviews of documents that it has on record; None without a policy.
    """
    run_findings = None if results is None else tuple(results)
    return {
        "schema": SCHEMA,
        "as_of": _format_day(as_of),
        "policy": standing.document() if standing else None,
        "regulations": [
            {
                **regulation.model_dump(
                    mode="json", include={"id", "title", "source", "url", "voluntary", "about", "left_out"}
                ),
                "requirements": [
                    _to_requirement(covered)
                    for covered in compute_coverage(
                        regulation, as_of, run_findings, standing.manual if standing else ()
                    )
                ],
            }
            for regulation in regulations
        ],
    }


def _to_requirement(covered: Coverage) -> dict[str, Any]:
    fields = covered.requirement.model_dump(mode="json", exclude={"mappings", "manual"})
    return {
        **fields,
        "applies": covered.applies.value,
        "status": covered.status,
        "counts": covered.counts.document() if covered.counts else None,
        "strength": covered.strength,
        "manual": covered.requirement.manual,
        "reviews": [{"status": item.status.value, "why": item.why} for item in covered.manual],
        "mappings": [_to_mapping(mapping) for mapping in covered.mappings],
    }


def _to_mapping(mapping: MappingCoverage) -> dict[str, Any]:
    return {
        **mapping.mapping.model_dump(mode="json", exclude={"requires"}),
        "requires": list(mapping.needs),
        "counts": mapping.counts.document() if mapping.counts else None,
        "findings": [
            {"table": finding.finding.table, "status": finding.status.value, "why": list(finding.why)}
            for finding in mapping.judged
        ],
    }


def _format_head(
    regulation: Regulation, covered: Sequence[Coverage], as_of: date, *, judged: bool
) -> Iterator[_Paragraph]:
    counted = Counter(covered_requirement.applies for covered_requirement in covered)
    voluntary = " (voluntary)" if regulation.voluntary else ""
    counts = [f"{counted[Applies.YES]} of {len(covered)} requirements apply{voluntary}"]
    if counted[Applies.NOT_YET]:
        counts.append(f"{counted[Applies.NOT_YET]} not yet (preparation, no duty)")
    if counted[Applies.NO_LONGER]:
        counts.append(f"{counted[Applies.NO_LONGER]} no longer")
    yield _Paragraph(f"{regulation.title}  {regulation.id}")
    yield _Paragraph(f"On {_format_day(as_of)}: {', '.join(counts)}.", "", 2)
    sure = Counter(covered_requirement.requirement.sure for covered_requirement in covered)
    levels = ", ".join(f"{level} {sure[level]}" for level in SURE if sure[level])
    yield _Paragraph(f"Checked against: {levels}.", "", 2)
    statuses = Counter(covered_requirement.status for covered_requirement in covered)
    if None not in statuses and judged:
        counted_statuses = ", ".join(
            f"{statuses[status]} {status.value}" for status in EvidenceStatus if statuses[status]
        )
        yield _Paragraph(f"Weakest item of each requirement: {counted_statuses}.", "", 2)


def _format_line(covered: Coverage, *, judged: bool) -> Iterator[_Paragraph]:
    """Yield a requirement in short: the statuses of its items, or what could give evidence for it."""
    status = covered.status.value if covered.status and judged else ""
    status = status or (_format_number(len(covered.mappings), "expectation") if covered.mappings else "manual")
    later = ""
    if covered.applies is not Applies.YES:
        later = f" ({_format_dates(covered).split(':')[0]})"  # the head says what that means
    counts = f": {covered.counts.format()}" if covered.counts and covered.mappings else ""
    text = f"{covered.requirement.id}: {covered.requirement.title}{later}{counts}"
    yield _Paragraph(text, f"  {status.ljust(_LABEL)}  ", _LABEL + 4)


def _format_requirement(covered: Coverage, *, judged: bool) -> Iterator[_Paragraph]:
    requirement = covered.requirement
    yield _Paragraph(f"{requirement.id}: {requirement.title}")
    yield _label_text("applies", _format_dates(covered) + _dates_sure(requirement))
    if covered.counts and covered.mappings:
        strength = f"; {covered.strength} evidence" if covered.strength else ""
        yield _label_text("evidence", covered.counts.format() + strength)
    yield _label_text("asks", requirement.asks)
    if requirement.concerns:
        yield _label_text("concerns", requirement.concerns)
    yield _label_text("source", requirement.source)
    if requirement.url:
        yield _label_text("", requirement.url)
    if requirement.quote:
        yield _label_text("", f"“{requirement.quote}”")
    yield _label_text("read", requirement.format_reading())
    yield _label_text("sure", f"{requirement.sure}. {requirement.confirm or ''}".strip())
    if requirement.manual:
        yield _label_text("manual", requirement.manual)
    for item in covered.manual if judged else ():
        yield _label_text(item.status.value, f"{item.why[:1].upper()}{item.why[1:]}.")
    for mapping in covered.mappings:
        yield from _format_mapping(mapping)


def _format_mapping(mapping: MappingCoverage) -> Iterator[_Paragraph]:
    yield _label_text(mapping.mapping.strength, mapping.mapping.expectation)
    for finding in mapping.judged:
        table = f"{finding.finding.table}: " if finding.finding.table else ""
        why = f": {'; '.join(reason.rstrip('.') for reason in finding.why)}" if finding.why else ""
        yield _Paragraph(f"{table}{finding.status.value}{why}", " " * (_LABEL + 4), _LABEL + 6)
    yield _label_text("", mapping.mapping.because)
    yield _label_text("", f"Does not show: {mapping.mapping.does_not_show}")
    yield _label_text("", f"Counts if: {', '.join(mapping.needs)}.")


def _format_omissions(regulation: Regulation) -> Iterator[_Paragraph]:
    if regulation.left_out:
        yield _Paragraph("")
        yield _Paragraph("Left out")
    for part in regulation.left_out:
        yield _Paragraph(f"{part.what}: {part.because}", "  ", 4)


def _format_dates(covered: Coverage) -> str:
    requirement = covered.requirement
    match covered.applies:
        case Applies.NOT_YET:
            return f"from {requirement.applies_from}: preparation, no duty yet"
        case Applies.NO_LONGER:
            return f"until {requirement.until}: no longer"
        case _:
            until = f" until {requirement.until}" if requirement.until else ""
            return f"since {requirement.applies_from}{until}"


def _dates_sure(requirement: Requirement) -> str:
    return f" (date: {requirement.dates_sure})" if requirement.dates_sure else ""


def _label_text(label: str, text: str) -> _Paragraph:
    return _Paragraph(text, f"  {label.ljust(_LABEL)}  ", _LABEL + 4)


def _format_number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _format_day(as_of: date) -> str:
    return (as_of.date() if isinstance(as_of, datetime) else as_of).isoformat()
