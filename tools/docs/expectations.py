"""A page for each expectation, and the index of all."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby

from synth_expectations.controls import Regulation, load_regulations
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.testing import Case, CaseKind, DuckdbEngine, collect_queries, expectation_of
from tools.docs.arguments import own_arguments, shared_arguments
from tools.docs.examples import cases_of, example, shown
from tools.docs.markdown import block, code, linked, page, plain, table
from tools.docs.roles import asked

Expectation = type[SyntheticDataExpectation]

FAMILIES = {
    "provenance": "Where synthetic records come from",
    "leakage": "Synthetic records where only real ones belong, and real people inside synthetic ones",
    "decisions": "Synthetic records in decisions about people",
    "retention": "How long synthetic records are kept",
    "governance": "Who made them, who uses them, and who approved it",
}


def ours() -> list[Expectation]:
    """Return the expectations of this package, by family and name."""
    own = (kind for kind in all_expectations().values() if kind.__module__.startswith("synth_expectations."))
    return sorted(own, key=lambda kind: (list(FAMILIES).index(kind.family()), kind.type_name()))


def pages() -> Iterator[tuple[str, str]]:
    """Yield the pages, with their paths below docs."""
    yield "expectations/index.md", page(_index())
    engine = DuckdbEngine()
    try:
        for kind in ours():
            yield f"expectations/{kind.type_name()}.md", page(_page(kind, engine))
    finally:
        engine.close()


def _index() -> Iterator[str]:
    yield "# Expectations"
    for family, members in groupby(ours(), key=lambda kind: kind.family()):
        yield ""
        yield f"## {FAMILIES[family]}"
        yield ""
        yield from table(("expectation", "type"), [(linked(kind, ""), code(kind.type_name())) for kind in members])
    yield ""
    yield "## Common arguments"
    yield ""
    yield from shared_arguments()


def _page(kind: Expectation, engine: DuckdbEngine) -> Iterator[str]:
    cases = cases_of(kind.family(), kind.type_name())
    passing, failing = example(cases, CaseKind.PASS), example(cases, CaseKind.FAIL)
    first, *others = kind.paragraphs()
    yield f"# {plain(first.rstrip('.'))}"
    yield ""
    yield code(kind.type_name())
    for paragraph in others:
        yield ""
        yield plain(paragraph).replace("Does not show:", "**Does not show:**", 1)
    yield ""
    yield " ".join(filter(None, (f"Class {code(kind.__name__)}.", _judges(kind), _asked_by(kind))))
    yield ""
    yield "## Rules"
    yield ""
    yield from _rules(failing)
    yield ""
    yield "## Arguments"
    yield ""
    yield from own_arguments(kind) or ["This expectation has no specific arguments."]
    yield ""
    yield "It also takes the [common arguments](index.md#common-arguments)."
    for title, case in (("Passing example", passing), ("Failing example", failing)):
        yield ""
        yield f"## {title}"
        yield ""
        yield f"{plain(case.name[:1].upper() + case.name[1:])}:"
        yield ""
        yield from shown(case)
    yield ""
    yield "## Controls"
    yield ""
    yield from _controls(kind)
    yield ""
    yield "## SQL"
    yield ""
    statements = collect_queries(failing, engine)
    yield "The query of the failing example on DuckDB. Several expectations of a table are combined into one query."
    if any("SYNTH_KEY(" in statement for statement in statements):
        yield "`SYNTH_KEY` stands for the normal form in which [record keys](../keys.md) are compared."
    for statement in statements:
        yield ""
        yield from block(statement, "sql")


def _judges(kind: Expectation) -> str:
    return "It checks the whole table, even if a run checks one day." if kind.scope == "table" else ""


def _asked_by(kind: Expectation) -> str:
    if not kind.roles:
        return "No role selects it: name it under `expectations`."
    by_condition: dict[str | None, list[str]] = {}
    for role, reference in kind.roles.items():
        by_condition.setdefault(reference, []).append(code(role))
    asking = [
        f"{', '.join(roles)}{f', {asked(reference)}' if reference else ''}" for reference, roles in by_condition.items()
    ]
    return f"Selected by role {'; '.join(asking)}."


def _rules(case: Case) -> Iterator[str]:
    """Yield the rules of its example, which may name its columns."""
    yield "A record is a violation if it breaks one of these rules, shown with the arguments of the failing example:"
    yield ""
    for rule in expectation_of(case).check.rules:
        yield f"- {plain(rule.name)}" + ("" if rule.judged else " *(reported, not counted)*")


def _controls(kind: Expectation) -> Iterator[str]:
    rows = [
        (
            f"[{plain(regulation.title)}](../controls/{regulation.id}.md)",
            plain(f"{requirement.id}: {requirement.title}"),
            mapping.strength,
            plain(mapping.does_not_show),
        )
        for regulation in regulations()
        for requirement in regulation.requirements
        for mapping in requirement.mappings or ()
        if mapping.expectation == kind.type_name()
    ]
    if rows:
        yield from table(("regulation", "requirement", "evidence", "what it does not show"), rows)
    else:
        yield "It gives evidence for nothing yet."


@cache
def regulations() -> tuple[Regulation, ...]:
    """Return every installed regulation."""
    return load_regulations()
