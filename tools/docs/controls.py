"""A page for each regulation."""

from __future__ import annotations

from collections.abc import Iterator

from synth_expectations.controls import EvidenceWord, Mapping, Regulation, Requirement
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
    yield "What regulations ask of synthetic records, and which expectations give evidence for it. Not legal advice:"
    yield "paraphrases, to be read with their sources. `synth-expectations controls --as-of DATE` says what applies when."
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
    yield "## What the words mean"
    yield ""
    yield "A requirement has one item for each check on each table that the policy has for it, and one for each document that"
    yield "somebody reviewed. It shows how many items have which word, such as *supports 3 of 4, not run 1*; the weakest word"
    yield "decides its colour and its place in a list. No word is a legal conclusion: whether a requirement is fulfilled is for"
    yield "a person to say. The weakest come first."
    yield ""
    meanings = [(f"*{word.value}*", "yes" if word.is_evidence else "no", plain(word.meaning)) for word in EvidenceWord]
    yield from table(("word", "may be counted", "when"), meanings)
    yield ""
    yield "*Inconclusive* says why: *errored*; *too loose*, with the parameter, or with what the policy narrows; *unapproved"
    yield "policy*; *overdue review*, if the policy says so; *stale* and *unreconciled*, of what was read. *Supports in part*"
    yield "says which part is open: rows that `where` leaves out or that are of no day, a batch that `--batch` chose, rows that"
    yield "the database may hide, or columns that the policy does not name. A violation is *contrary* also where it does not fail"
    yield "the run. In the JSON report, `requirements` has the counts and the reasons, and `controls` of an expectation"
    yield "its own word."


def _page(regulation: Regulation) -> Iterator[str]:
    yield f"# {plain(regulation.title)}"
    yield ""
    yield f"{plain(regulation.about)} Source: [{plain(regulation.source)}]({regulation.url})."
    if regulation.voluntary:
        yield "Nobody is bound by it, unless by contract."
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
        yield f"It concerns: {plain(requirement.concerns)}"
    yield ""
    yield f"Applies from {requirement.applies_from}{until}{unsure}. Checked: {requirement.sure}. {_source(requirement)}"
    yield f"Read: {plain(requirement.format_reading())}"
    if requirement.quote:
        yield f"“{plain(requirement.quote)}”"
    if requirement.confirm:
        yield f"**To confirm:** {plain(requirement.confirm)}"
    yield ""
    if requirement.manual:
        yield f"**By hand:** {plain(requirement.manual)}"
    if requirement.mappings:
        yield from (_mapping(regulation, mapping) for mapping in requirement.mappings)


def _source(requirement: Requirement) -> str:
    source = plain(requirement.source)
    return f"Source: [{source}]({requirement.url})." if requirement.url else f"Source: {source}."


def _mapping(regulation: Regulation, mapping: Mapping) -> str:
    limits = ", ".join(f"{name} {limit.describe()}" for name, limit in regulation.find_limits(mapping).items())
    return (
        f"- {linked(expectation_class(mapping.expectation), '../expectations/')}: **{mapping.strength}** evidence. "
        f"{plain(mapping.because)} *Stays open:* {plain(mapping.does_not_show)} *A run counts if:* {plain(limits)}."
    )
