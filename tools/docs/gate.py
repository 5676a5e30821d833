"""A page for each rule of the gate, and their index."""

from __future__ import annotations

from collections.abc import Iterator
from inspect import cleandoc

from synth_expectations.gate.rules.base import GateRule, all_rules
from tests.gate.case_files import GateCase, all_gate_cases
from tools.docs.markdown import block, page, plain, table

_LANGUAGES = {"json": "json", "yml": "yaml", "yaml": "yaml", "xml": "xml", "csv": "csv", "sql": "sql", "object": "xml"}


def pages() -> Iterator[tuple[str, str]]:
    """Yield the pages by their paths below docs."""
    yield "gate/index.md", page(_index())
    for rule in all_rules():
        yield f"gate/{rule.id}.md", page(_page(rule))


def _index() -> Iterator[str]:
    yield "# Rules of the gate"
    yield ""
    yield "[The gate](../gate.md) checks the files of a repository. Each rule has a page with a passing and a failing example."
    yield ""
    rows = [(f"[{rule.id}]({rule.id}.md)", rule.name, rule.level.value, plain(_split(rule)[0])) for rule in all_rules()]
    yield from table(("rule", "name", "level", "what it does"), rows)


def _page(rule: GateRule) -> Iterator[str]:
    first, rest = _split(rule)
    yield f"# {rule.id}: {rule.name.replace('-', ' ')}"
    yield ""
    yield f"Level: {rule.level.value}. {plain(first)}"
    yield ""
    yield from rest.splitlines()
    yield ""
    yield "## How to fix it"
    yield ""
    yield rule.fix
    yield ""
    yield "## What it does not find"
    yield ""
    yield rule.never
    cases = [case for case in all_gate_cases() if case.rule == rule.id]
    for kind, title in (("pass", "Passing example"), ("fail", "Failing example")):
        yield ""
        yield from _example(title, next(case for case in cases if case.kind == kind))


def _split(rule: GateRule) -> tuple[str, str]:
    """Return the first sentence of a rule's docstring, and the rest."""
    first, _, rest = cleandoc(rule.__doc__ or "").partition("\n\n")
    return " ".join(first.split()), rest


def _example(title: str, case: GateCase) -> Iterator[str]:
    yield f"## {title}"
    yield ""
    yield f"{case.name[0].upper()}{case.name[1:]}."
    if case.production:
        yield f"Run with {', '.join(f'`--production {glob}`' for glob in case.production)}."
    if case.policy is not None:
        yield from _file("great_expectations/policy.yml", case.policy)
    for path, text in case.files.items():
        yield from _file(path, text)


def _file(path: str, text: str) -> Iterator[str]:
    yield ""
    yield f"`{path}`:"
    yield ""
    yield from block(text.lstrip("\ufeff"), _LANGUAGES.get(path.rpartition(".")[2], ""))
