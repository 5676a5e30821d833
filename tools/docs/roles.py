"""The roles of tables: what each asks for, and what it needs."""

from __future__ import annotations

from collections.abc import Iterator

from synth_expectations.expectations.argument_types import ArgumentKind
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.expectations.catalogue import expectation_class
from synth_expectations.expectations.declarations import POINTERS
from synth_expectations.policy.roles import ROLES, Role, picks
from synth_expectations.policy.vocabulary import column_word, reference_word, split_reference
from tools.docs.markdown import code, linked, page, table

INTRODUCTION = """\
# Roles

A table of `policy.yml` has one role or several. Each role asks for expectations, and each expectation needs words: of
the table's `columns`, or of its `references`.

An expectation whose words the policy does not name is **not covered**. That is no error, so a new release can add an
expectation to a role without breaking a policy, and it is never silent: `check`, the report of each run, its JSON
document (`not_covered`) and `policy.lock.json` list it with the words that would cover it. Where some of the
provenance columns are named, the expectation is evaluated on these, and listed as covered in part.

These stay errors of `compile`, with the line:

- The table lacks a word that its role needs to be that role (*columns* below), or its marker.
- The expectation is essential (*required* below): a policy that asks for it must name what it needs, or exclude it
  with a reason, an approver and an end. One that would look the table up in itself, because the policy names no
  reference, is not covered instead.
- A role gets nothing of what it asks for, and not all of it is excluded with a reason; but for roles of tables that
  others look records up in, which need no expectation of their own.
- The policy names the expectation itself, under `expectations`.
- Words that are named do not fit each other or the table that they point into.

An expectation that is asked *where the reference … is named* is not asked, and not listed, without that reference.
"""


def pages() -> Iterator[tuple[str, str]]:
    """Yield the page, with its path below docs."""
    yield "roles.md", page(_page())


def _page() -> Iterator[str]:
    yield from INTRODUCTION.splitlines()
    for name, role in ROLES.items():
        yield ""
        yield f"## {name}"
        yield ""
        marker = " The table needs a marker, or `marker: none`." if role.has_marker else ""
        yield f"Columns: {', '.join(code(word) for word in role.columns)}.{marker}"
        yield ""
        yield from _picks(name, role)


def _picks(name: str, role: Role) -> Iterator[str]:
    if not picks(name):
        yield "It asks for nothing: other tables look records up in it."
        return
    rows = []
    for type_name, reference in picks(name).items():
        expectation = expectation_class(type_name)
        given = {*(f"columns.{word}" for word in role.columns), f"references.{reference}"}
        needs = [word for word in needed_words(expectation) if word not in given]
        required = "required" if expectation.essential else ""
        rows.append((linked(expectation), asked(reference), ", ".join(map(code, needs)), required))
    yield from table(("expectation", "asked", "needs", ""), rows)


def asked(reference: str | None) -> str:
    """Return when a role asks for an expectation."""
    if reference is None:
        return "always"
    if reference == POINTERS:
        return "where a word of `columns` has a reference of its name"
    return f"where the reference {code(reference)} is named"


def needed_words(expectation: type[SyntheticDataExpectation]) -> list[str]:
    """Return the words of the table's own `columns` and `references` that an expectation cannot do without."""
    words = []
    for argument, field in expectation.model_fields.items():
        if not field.is_required() or split_reference(expectation, argument):
            continue
        if argument in expectation.arguments_of_kind(ArgumentKind.COLUMN):
            words.append(f"columns.{column_word(expectation, argument)}")
        elif argument in expectation.arguments_of_kind(ArgumentKind.REFERENCE):
            words.append(f"references.{reference_word(expectation, argument)}")
    if "fields" in expectation.model_fields:
        words += [f"columns.{word}" for word in expectation.provenance_words]
    return list(dict.fromkeys(words))
