"""The expectations that a proposed policy leaves off, and what would switch each on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from synth_expectations.expectations.argument_types import ArgumentKind
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.expectations.declarations import POINTERS
from synth_expectations.policy.infer.model import Proposal
from synth_expectations.policy.roles import picks
from synth_expectations.policy.vocabulary import column_word, reference_word, split_reference

_MOST_TABLES = 3


def list_switches(proposals: Sequence[Proposal]) -> list[str]:
    """Return a line for each expectation that is off: its tables, and what to name in their entries.

    A TODO counts as named: it has to be answered before anything runs.
    """
    tables: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for proposal in proposals:
        for type_name, reference in _list_asked(proposal).items():
            needs = tuple(dict.fromkeys(_list_needs(proposal, all_expectations()[type_name], reference)))
            if needs:
                tables.setdefault((type_name, needs), []).append(proposal.table)
    return [
        f"{type_name} ({_format_tables(names)}): {', '.join(needs)}" for (type_name, needs), names in tables.items()
    ]


def _list_asked(proposal: Proposal) -> dict[str, str | None]:
    """Return what the roles of a table ask for, and the references without which they do not."""
    asked: dict[str, str | None] = {}
    for role in proposal.roles:
        asked |= picks(role)
    return asked


def _format_tables(names: Sequence[str]) -> str:
    more = len(names) - _MOST_TABLES
    return ", ".join(names[:_MOST_TABLES]) + (f" and {more:,} more" if more > 0 else "")


@cache
def _list_arguments(expectation: type[SyntheticDataExpectation], kind: ArgumentKind) -> frozenset[str]:
    return frozenset(expectation.arguments_of_kind(kind))


def _list_needs(
    proposal: Proposal, expectation: type[SyntheticDataExpectation], reference: str | None
) -> Iterator[str]:
    """Yield what the entry of a table lacks for an expectation, such as `columns.dataset_id`."""
    columns, identifiers = proposal.entry["columns"], proposal.entry.get("identifiers")
    assert isinstance(columns, dict)
    references = {*proposal.references, *(["subject"] if proposal.subject else [])}
    if reference == POINTERS:
        if not references:
            yield "columns and references of the same name, for the columns that point into tables of people"
        return
    if reference and reference not in references:
        yield f"references.{reference}"
    column_arguments = _list_arguments(expectation, ArgumentKind.COLUMN)
    reference_arguments = _list_arguments(expectation, ArgumentKind.REFERENCE)
    required = [name for name, field in expectation.model_fields.items() if field.is_required()]
    for argument in required:
        if argument in reference_arguments:
            word = reference_word(expectation, argument)
            if word not in references and argument not in expectation.default_to_own_table:
                yield f"references.{word}"
        elif argument == "match":
            if not identifiers:
                yield "identifiers"
        elif argument == "fields":
            missing = [word for word in expectation.provenance_words if word not in columns]
            yield from (f"columns.{word}" for word in missing)
        elif argument in column_arguments and not split_reference(expectation, argument):
            word = column_word(expectation, argument)
            if word not in columns and argument != "marker_column":
                yield f"columns.{word}"
    if expectation.needs_one_of and not set(expectation.needs_one_of) & set(columns):
        yield f"one of columns.{', '.join(expectation.needs_one_of)}"
