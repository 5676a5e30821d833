"""Controls as people read them: 80 columns, no boxes; and as JSON."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from synth_expectations.controls.coverage import Applies, Coverage, Finding, MappingCoverage, State, coverage
from synth_expectations.controls.model import SURE, Regulation, Requirement

SCHEMA = 1
"""Of the JSON document; grows when a key changes its meaning."""

_WIDTH = 80
_LABEL = 16
_NOTE = ("Note     ", 9)


def lines(
    regulations: Sequence[Regulation], as_of: date, results: Iterable[Finding] | None = None, *, whole: bool = False
) -> Iterator[str]:
    """Regulations line by line.

    Args:
        regulations: which ones, in that order.
        as_of: the day for which requirements apply, or not.
        results: what a run found, if its evidence is asked for.
        whole: every requirement with all that is said of it, instead of a line each.
    """
    found = None if results is None else tuple(results)
    for number, each in enumerate(regulations):
        if number:
            yield ""
        covered = coverage(each, as_of, found)
        yield from _head(each, covered, as_of)
        if whole:
            yield from _wrapped(each.about)
            for one in covered:
                yield ""
                yield from _whole(one)
            yield from _left_out(each)
        else:
            yield ""
            for one in covered:
                yield from _line(one)
    yield ""
    if not whole:
        yield "More     synth-expectations controls REGULATION"
    if found is not None:
        yield from _wrapped(
            "Met says that its evidence is there, as strong as named; not that the law is kept.", *_NOTE
        )
    yield from _wrapped("Not legal advice: paraphrases, to be read with their sources.", *_NOTE)


def document(
    regulations: Sequence[Regulation], as_of: date, results: Iterable[Finding] | None = None
) -> dict[str, Any]:
    """Regulations as plain data.

    Args:
        regulations: which ones, in that order.
        as_of: the day for which requirements apply, or not.
        results: what a run found, if its evidence is asked for.
    """
    found = None if results is None else tuple(results)
    return {
        "schema": SCHEMA,
        "as_of": _day(as_of),
        "regulations": [
            {
                **each.model_dump(
                    mode="json", include={"id", "title", "source", "url", "voluntary", "about", "left_out"}
                ),
                "requirements": [_requirement(one) for one in coverage(each, as_of, found)],
            }
            for each in regulations
        ],
    }


def _requirement(one: Coverage) -> dict[str, Any]:
    said = one.requirement.model_dump(mode="json", exclude={"mappings", "manual"})
    return {
        **said,
        "applies": one.applies.value,
        "state": one.state.value if one.state else None,
        "strength": one.strength,
        "manual": one.requirement.manual,
        "mappings": [_mapping(each) for each in one.mappings],
    }


def _mapping(each: MappingCoverage) -> dict[str, Any]:
    return {
        **each.mapping.model_dump(mode="json", exclude={"requires"}),
        "requires": list(each.needs),
        "state": each.state.value if each.state else None,
        "findings": [
            {"table": judged.finding.table, "state": judged.state.value, "too_loose": list(judged.why)}
            for judged in each.judged
        ],
    }


def _head(regulation: Regulation, covered: Sequence[Coverage], as_of: date) -> Iterator[str]:
    counted = Counter(one.applies for one in covered)
    voluntary = " (voluntary)" if regulation.voluntary else ""
    said = [f"{counted[Applies.YES]} of {len(covered)} requirements apply{voluntary}"]
    if counted[Applies.NOT_YET]:
        said.append(f"{counted[Applies.NOT_YET]} not yet (preparation, no duty)")
    if counted[Applies.NO_LONGER]:
        said.append(f"{counted[Applies.NO_LONGER]} no longer")
    yield f"{regulation.title}  {regulation.id}"
    yield from _wrapped(f"On {_day(as_of)}: {', '.join(said)}.", "", 2)
    sure = Counter(one.requirement.sure for one in covered)
    yield f"Checked against: {', '.join(f'{each} {sure[each]}' for each in SURE if sure[each])}."
    states = Counter(one.state for one in covered)
    if any(state not in {None, State.MANUAL} for state in states):
        counted_states = ", ".join(f"{states[each]} {each.shown}" for each in State if states[each])
        yield from _wrapped(f"Evidence: {counted_states}.", "", 10)


def _line(one: Coverage) -> Iterator[str]:
    """A requirement in a line: what the run says of it, or how many expectations are mapped."""
    state = one.state.shown if one.state else _number(len(one.mappings), "expectation")
    later = ""
    if one.applies is not Applies.YES:
        later = f" ({_applies(one).split(':')[0]})"  # the head says what that means
    strength = f", {one.strength} evidence" if one.state is State.MET else ""
    text = f"{one.requirement.id}: {one.requirement.title}{strength}{later}"
    yield from _wrapped(text, f"  {state.ljust(_LABEL)}  ", _LABEL + 4)


def _whole(one: Coverage) -> Iterator[str]:
    requirement = one.requirement
    yield from _wrapped(f"{requirement.id}: {requirement.title}")
    yield from _labelled("applies", _applies(one) + _dates_sure(requirement))
    if one.state and one.state is not State.MANUAL:
        met = f", {one.strength}, by {len(one.met_by)} of {len(one.mappings)}" if one.met_by else ""
        yield from _labelled("evidence", one.state.shown + met)
    yield from _labelled("asks", requirement.asks)
    if requirement.concerns:
        yield from _labelled("concerns", requirement.concerns)
    read = f", read {requirement.read_on}" if requirement.read_on else ""
    yield from _labelled("source", requirement.source + read)
    if requirement.url:
        yield from _labelled("", requirement.url)
    yield from _labelled("sure", f"{requirement.sure}. {requirement.confirm or ''}".strip())
    if requirement.manual:
        yield from _labelled("manual", requirement.manual)
    for each in one.mappings:
        yield from _mapped(each)


def _mapped(each: MappingCoverage) -> Iterator[str]:
    yield from _labelled(each.mapping.strength, each.mapping.expectation)
    for judged in each.judged:
        table = f"{judged.finding.table}: " if judged.finding.table else ""
        why = f": {'; '.join(judged.why)}" if judged.why else ""
        yield from _wrapped(f"{table}{judged.state.shown}{why}", " " * (_LABEL + 4), _LABEL + 6)
    if each.state is State.NOT_RUN:
        yield from _wrapped("not run", " " * (_LABEL + 4), _LABEL + 4)
    yield from _labelled("", each.mapping.because)
    yield from _labelled("", f"Does not show: {each.mapping.does_not_show}")
    yield from _labelled("", f"Counts if: {', '.join(each.needs)}.")


def _left_out(regulation: Regulation) -> Iterator[str]:
    if regulation.left_out:
        yield ""
        yield "Left out"
    for each in regulation.left_out:
        yield from _wrapped(f"{each.what}: {each.because}", "  ", 4)


def _applies(one: Coverage) -> str:
    requirement = one.requirement
    match one.applies:
        case Applies.NOT_YET:
            return f"from {requirement.applies_from}: preparation, no duty yet"
        case Applies.NO_LONGER:
            return f"until {requirement.until}: no longer"
        case _:
            until = f" until {requirement.until}" if requirement.until else ""
            return f"since {requirement.applies_from}{until}"


def _dates_sure(requirement: Requirement) -> str:
    return f" (date: {requirement.dates_sure})" if requirement.dates_sure else ""


def _labelled(label: str, text: str) -> Iterator[str]:
    yield from _wrapped(text, f"  {label.ljust(_LABEL)}  ", _LABEL + 4)


def _wrapped(text: str, first: str = "", indent: int = 0) -> Iterator[str]:
    yield from textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"


def _day(as_of: date) -> str:
    return (as_of.date() if isinstance(as_of, datetime) else as_of).isoformat()
