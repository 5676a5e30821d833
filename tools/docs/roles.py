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

A table in `policy.yml` has one or more roles. Each role selects expectations, and each expectation needs certain keys of
the table's `columns` or `references`.

If the policy does not name the keys that an expectation needs, the expectation is **not covered**. This is not an error,
so a new release can add an expectation to a role without breaking existing policies. It is never silent: `check`, the
report of each run, the JSON report (`not_covered`) and `policy.lock.json` list the expectation and the keys that would
cover it. If the policy names some of the provenance columns, the expectation is evaluated on these, and listed as covered
in part.

The following are still errors of `compile`, with the line:

- The table lacks its marker, or a key that its role requires (*columns* below).
- The expectation is essential (*required* below), and the policy neither names what it needs nor excludes it with a
  reason, an approver and a last day. Exception: an expectation that would look up a table in itself, because the policy
  names no reference, is not covered.
- None of the expectations of a role is covered, and not all of them are excluded with a reason. Exception: roles of tables
  that serve only as references need no expectations.
- The policy names the expectation itself, under `expectations`.
- The keys do not fit each other or the referenced table.

An expectation that applies *if the reference … is named* is neither used nor listed without that reference.
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
        yield "This role selects no expectations: other tables look up records in tables with this role."
        return
    rows = []
    for type_name, reference in picks(name).items():
        expectation = expectation_class(type_name)
        given = {*(f"columns.{word}" for word in role.columns), f"references.{reference}"}
        needs = [word for word in needed_words(expectation) if word not in given]
        required = "required" if expectation.essential else ""
        rows.append((linked(expectation), asked(reference), ", ".join(map(code, needs)), required))
    yield from table(("expectation", "applies", "needs", ""), rows)


def asked(reference: str | None) -> str:
    """Return when a role asks for an expectation."""
    if reference is None:
        return "always"
    if reference == POINTERS:
        return "if a key of `columns` has a reference with the same name"
    return f"if the reference {code(reference)} is named"


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
