"""A page for each regulation."""

from __future__ import annotations

from collections.abc import Iterator

from synth_expectations.controls import EvidenceStatus, Mapping, Regulation, Requirement
from synth_expectations.expectations.catalogue import expectation_class
from tools.docs.expectations import regulations
from tools.docs.markdown import linked, page, plain, table


def pages() -> Iterator[tuple[str, str]]:
    """Yield the pages by their paths below docs."""
    yield "controls/index.md", page(_index())
    for regulation in regulations():
        yield f"controls/{regulation.id}.md", page(_page(regulation))


def _index() -> Iterator[str]:
    yield "# Controls"
    yield ""
    yield "What regulations require of synthetic records, and which expectations give evidence for it. This is not legal advice:"
    yield "the texts are paraphrases, to be read with their sources. `synth-expectations controls --as-of DATE` lists the"
    yield "requirements that apply on a date."
    yield ""
    rows = [
        (
            f"[{plain(regulation.title)}]({regulation.id}.md)",
            str(len(regulation.requirements)),
            str(sum(bool(requirement.mappings) for requirement in regulation.requirements)),
        )
        for regulation in regulations()
    ]
    yield from table(("regulation", "requirements", "with evidence from data"), rows)
    yield ""
    yield "## What the statuses mean"
    yield ""
    yield "A requirement has one item for each check on each table that the policy maps to it, and one for each document that"
    yield "somebody reviewed. Reports show how many items have which status, such as *supports 3 of 4, not run 1*. The weakest"
    yield "status decides the colour of the requirement and its place in a list. No status is a legal conclusion: whether a"
    yield "requirement is met is for a person to say. The table lists the weakest status first."
    yield ""
    meanings = [
        (f"*{status.value}*", "yes" if status.is_evidence else "no", plain(status.meaning)) for status in EvidenceStatus
    ]
    yield from table(("status", "counts as evidence", "meaning"), meanings)
    yield ""
    yield "*Inconclusive* comes with a reason: *errored*; *too loose*, with the parameter or the narrowing in the policy;"
    yield "*unapproved policy*; *overdue review*, if the policy says so; *stale* or *unreconciled* data. *Supports in part* names"
    yield "the missing part: rows that `where` excludes or that belong to no day, the days that `--batch` did not choose, rows"
    yield "that the database may hide, or columns that the policy does not name. A violation is *contrary* even if it does not"
    yield "fail the run. In the JSON report, `requirements` has the counts and the reasons, and `controls` of an expectation has"
    yield "the status of that expectation."


def _page(regulation: Regulation) -> Iterator[str]:
    yield f"# {plain(regulation.title)}"
    yield ""
    yield f"{plain(regulation.about)} Source: [{plain(regulation.source)}]({regulation.url})."
    if regulation.voluntary:
        yield "It is voluntary, unless a contract requires it."
    for requirement in regulation.requirements:
        yield ""
        yield from _requirement(regulation, requirement)
    if regulation.left_out:
        yield ""
        yield "## Left out"
        yield ""
        yield from (f"- {plain(part.what)}: {plain(part.because)}" for part in regulation.left_out)


def _requirement(regulation: Regulation, requirement: Requirement) -> Iterator[str]:
    until = f" until {requirement.until}" if requirement.until else ""
    unsure = f" (date: {requirement.dates_sure})" if requirement.dates_sure else ""
    yield f"## {plain(f'{requirement.id}: {requirement.title}')}"
    yield ""
    yield plain(requirement.asks)
    if requirement.concerns:
        yield f"Applies to: {plain(requirement.concerns)}"
    yield ""
    yield f"Applies from {requirement.applies_from}{until}{unsure}. Checked: {requirement.sure}. {_source(requirement)}"
    yield f"Read: {plain(requirement.format_reading())}"
    if requirement.quote:
        yield f"“{plain(requirement.quote)}”"
    if requirement.confirm:
        yield f"**To confirm:** {plain(requirement.confirm)}"
    yield ""
    if requirement.manual:
        yield f"**Manual review:** {plain(requirement.manual)}"
    if requirement.mappings:
        yield from (_mapping(regulation, mapping) for mapping in requirement.mappings)


def _source(requirement: Requirement) -> str:
    source = plain(requirement.source)
    return f"Source: [{source}]({requirement.url})." if requirement.url else f"Source: {source}."


def _mapping(regulation: Regulation, mapping: Mapping) -> str:
    limits = ", ".join(f"{name} {limit.describe()}" for name, limit in regulation.find_limits(mapping).items())
    return (
        f"- {linked(expectation_class(mapping.expectation), '../expectations/')}: **{mapping.strength}** evidence. "
        f"{plain(mapping.because)} *Does not show:* {plain(mapping.does_not_show)} *A run counts if:* {plain(limits)}."
    )
