"""The roles of tables: what each asks for, and what it needs."""

from __future__ import annotations

from collections.abc import Iterator

from synth_expectations.expectations.catalogue import expectation_class
from synth_expectations.policy.roles import ROLES, Role
from tools.docs.markdown import code, linked, page, table


def pages() -> Iterator[tuple[str, str]]:
    """The page by its path below docs."""
    yield "roles.md", page(_page())


def _page() -> Iterator[str]:
    yield "# Roles"
    yield ""
    yield "A table of `policy.yml` has one role or several. They pick its expectations, and name the words that its"
    yield "`columns` must have; a missing one is an error of `compile`, by its line."
    for name, role in ROLES.items():
        yield ""
        yield f"## {name}"
        yield ""
        yield f"Columns: {', '.join(code(each) for each in role.columns)}."
        yield ""
        yield from _picks(role)


def _picks(role: Role) -> Iterator[str]:
    if not role.picks:
        yield "It asks for nothing: other tables look records up in it."
        return
    rows = [
        (linked(expectation_class(each)), f"where the reference {code(needed)} is named" if needed else "always")
        for each, needed in role.picks.items()
    ]
    yield from table(("expectation", "asked"), rows)
