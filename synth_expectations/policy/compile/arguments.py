"""Fills in the arguments of an expectation from what the policy says of its table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from synth_expectations.errors import nearest
from synth_expectations.expectations.base import Kind, SyntheticDataExpectation
from synth_expectations.policy.compile.argument_values import Source
from synth_expectations.policy.errors import PolicyError, combine_errors
from synth_expectations.policy.load.loader import Policy
from synth_expectations.policy.load.yaml import Address
from synth_expectations.policy.roles import (
    FROM,
    LOOKED_UP_BY,
    REFERENCE,
)
from synth_expectations.policy.schema import Tuning
from synth_expectations.policy.types import format_unknown


@dataclass(frozen=True)
class Filled:
    """An expectation with its arguments.

    Attributes:
        governed: with all of them.
        given: those that the policy gave, as plain JSON; the others have their default.
    """

    governed: SyntheticDataExpectation
    given: dict[str, Any]


def filled(policy: Policy, table: str, kind: type[SyntheticDataExpectation], tuning: Tuning, at: Address) -> Filled:
    """An expectation of a table.

    Args:
        policy: that names the table.
        table: its name.
        kind: the class.
        tuning: what the policy says of this expectation itself; it goes first.
        at: where the policy asks for it, for errors.

    Raises:
        PolicyError: something that it needs is not in the policy, or does not fit.
    """
    source = Source(policy, table, policy.tables[table], kind, tuning.arguments)
    if found := combine_errors(_reference_errors(source, at)):
        raise found
    given = dict(tuning.arguments)
    for name in kind.model_fields:
        if name not in given and (value := source.value(name)) is not None:
            given[name] = value
    try:
        governed = kind(**given)
    except ValidationError as error:
        found = combine_errors(_said(policy, table, kind, tuning, at, error))
        assert found is not None
        raise found from None
    return Filled(governed, governed.model_dump(mode="json", include=set(given)))


def _reference_errors(source: Source, at: Address) -> Iterator[PolicyError]:
    """What is wrong with the tables that an expectation looks records up in."""
    policy, table, name = source.policy, source.table, source.kind.type_name()
    for argument in source.kind.arguments_of_kind(Kind.REFERENCE):
        tuned = source.tuned.get(argument)
        if isinstance(tuned, str) and tuned not in policy.tables:
            yield policy.error((*at, argument), f"{table}: {name}: {format_unknown('table', tuned, policy.tables)}")
        if tuned is not None:
            continue
        word = source.reference_word(argument)
        there: Address = ("tables", table, "references", word)
        if len((source.entry.references or {}).get(word, ())) > 1:
            hint = "Name one, or a view of them all."
            yield policy.error(there, f"{table}: {name} looks records up in one table, not in several.", hint)
        needs = LOOKED_UP_BY.get(word)
        if needs and source.column(needs) and word not in (source.entry.references or {}):
            here: Address = ("tables", table, "columns", needs)
            hint = f"Name it in tables.{table}.references.{word}, or remove columns.{needs}."
            yield policy.error(here, f"{table}: columns.{needs} is looked up in a table that is not named.", hint)


def _said(
    policy: Policy,
    table: str,
    kind: type[SyntheticDataExpectation],
    tuning: Tuning,
    at: Address,
    error: ValidationError,
) -> Iterator[PolicyError]:
    for each in error.errors(include_url=False, include_input=False):
        name = str(each["loc"][0]) if each["loc"] else ""
        place = (*at, name) if name in tuning.arguments else at
        start = f"{table}: {kind.type_name()}"
        match each["type"]:
            case "missing":
                yield policy.error(place, f"{start} needs {name}.", _where_from(table, kind, name))
            case "extra_forbidden":
                guess = nearest(name, list(kind.model_fields))
                hint = f"Did you mean {guess}?" if guess else ""
                yield policy.error(place, f"{start} has no argument {name}.", hint)
            case _:
                said = each["msg"].removeprefix("Value error, ")
                hint = _where_else(policy, table, kind) if not name else ""
                yield policy.error(place, f"{start}: {name + ': ' if name else ''}{said}.", hint)


def _where_else(policy: Policy, table: str, kind: type[SyntheticDataExpectation]) -> str:
    """What of the policy decides about arguments that do not fit each other."""
    if "retention_class" not in kind.model_fields:
        return ""
    retention = policy.words.retention
    if retention is None:
        return "The policy says it in retention.classes."
    if not (policy.tables[table].columns or {}).get(retention.class_):
        return f"Name the column in tables.{table}.columns.{retention.class_}: retention.class says so."
    return ""


def _where_from(table: str, kind: type[SyntheticDataExpectation], name: str) -> str:
    """What to write where, so that the argument is filled."""
    if name == "match":
        return "No e-mail, phone with name, or name with birth_date and postcode is in identifiers of both tables."
    if name in kind.arguments_of_kind(Kind.REFERENCE):
        reference = REFERENCE.get(kind.type_name(), name) if name == "reference" else name
        return f"Name the table in tables.{table}.references.{reference}, or exclude the expectation with a reason."
    if name in kind.arguments_of_kind(Kind.COLUMN):
        return f"Name the column in tables.{table}.columns.{FROM.get(name, name)}."
    return "Give it in the expectation's own arguments."


def checked_references(policy: Policy, table: str) -> Iterator[PolicyError]:
    """What is wrong with the references of a table."""
    for name, several in (policy.tables[table].references or {}).items():
        for number, each in enumerate(several):
            at: Address = ("tables", table, "references", name)
            at = (*at, number) if (*at, number) in policy.marks else at
            if each.table not in policy.tables:
                yield policy.error((*at, "table"), f"{table}: {format_unknown('table', each.table, policy.tables)}")
            elif not (policy.tables[each.table].columns or {}).get(each.field):
                hint = f"Name it in tables.{each.table}.columns, or correct the field."
                yield policy.error((*at, "field"), f"{table}: {each.table} has no column {each.field}.", hint)
