"""Fills in the arguments of an expectation from what the policy says of its table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from synth_expectations.errors import nearest, read_invalid_values
from synth_expectations.expectations.argument_types import ArgumentKind
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.expectations.instances import build_expectation
from synth_expectations.policy.compile.argument_values import ArgumentSource
from synth_expectations.policy.compile.coverage import Need, need_of
from synth_expectations.policy.errors import PolicyError, combine_errors
from synth_expectations.policy.load.loader import Policy
from synth_expectations.policy.load.plain_yaml import Address
from synth_expectations.policy.tuning import Tuning
from synth_expectations.policy.types import format_unknown
from synth_expectations.policy.vocabulary import reference_word


@dataclass(frozen=True)
class FilledExpectation:
    """An expectation with its arguments.

    Attributes:
        expectation: with all of them.
        given: those that the policy gives, as plain JSON; the others keep their default.
    """

    expectation: SyntheticDataExpectation
    given: dict[str, Any]


def fill_arguments(
    policy: Policy, table: str, kind: type[SyntheticDataExpectation], tuning: Tuning, at: Address
) -> FilledExpectation:
    """Return an expectation of a table with its arguments.

    Args:
        policy: the policy that names the table.
        table: its name.
        kind: the class of the expectation.
        tuning: what the policy says of this expectation itself; it takes precedence.
        at: where the policy asks for the expectation, for errors.

    Raises:
        PolicyError: the policy lacks something that the expectation needs, or its arguments do not fit each other.
    """
    source = ArgumentSource(policy, table, policy.tables[table], kind, tuning.arguments)
    if error := combine_errors(_reference_errors(source, at)):
        raise error
    given = dict(tuning.arguments)
    for name in kind.model_fields:
        if name not in given and (value := source.value(name)) is not None:
            given[name] = value
    try:
        expectation = build_expectation(kind, given)
    except ValidationError as invalid:
        error = combine_errors(_validation_errors(source, at, invalid))
        assert error is not None
        raise error from None
    stored = expectation.model_dump(mode="json", include=set(given))
    # the object that a run makes of the suite: it builds its check once for both
    return FilledExpectation(build_expectation(kind, stored), stored)


def _reference_errors(source: ArgumentSource, at: Address) -> Iterator[PolicyError]:
    """Yield what is wrong with the tables that an expectation looks records up in."""
    policy, table, kind = source.policy, source.table, source.expectation
    for argument in kind.arguments_of_kind(ArgumentKind.REFERENCE):
        tuned = source.tuned.get(argument)
        if isinstance(tuned, str) and tuned not in policy.tables:
            message = f"{table}: {kind.type_name()}: {format_unknown('table', tuned, policy.tables)}"
            yield policy.error((*at, argument), message)
        if tuned is not None:
            continue
        word = reference_word(kind, argument)
        named: Address = ("tables", table, "references", word)
        if len((source.entry.references or {}).get(word, ())) > 1:
            message = f"{table}: {kind.type_name()} looks records up in one table, not in several."
            yield policy.error(named, message, "Name one, or a view of them all.")
        required = kind.required_words.get(argument)
        if required and source.column(required) and word not in (source.entry.references or {}):
            column: Address = ("tables", table, "columns", required)
            hint = f"Name it in tables.{table}.references.{word}, or remove columns.{required}."
            message = f"{table}: columns.{required} is looked up in a table that is not named."
            yield policy.error(column, message, hint)
        if required and not source.column(required) and word in (source.entry.references or {}):
            hint = f"Name in tables.{table}.columns.{required} what is looked up there, or remove the reference."
            message = f"{table}: references.{word} is named, and nothing would be looked up in it."
            yield policy.error(named, message, hint)


def _validation_errors(source: ArgumentSource, at: Address, error: ValidationError) -> Iterator[PolicyError]:
    """Yield what pydantic found wrong with the arguments, in the words of the policy."""
    policy, kind = source.policy, source.expectation
    start = f"{source.table}: {kind.type_name()}"
    for invalid in read_invalid_values(error):
        name = str(invalid.address[0]) if invalid.address else ""
        place = (*at, name) if name in source.tuned else at
        match invalid.kind:
            case "missing":
                yield missing_error(policy, source.table, kind.type_name(), need_of(source, name), place)
            case "extra_forbidden":
                guess = nearest(name, list(kind.model_fields))
                hint = f"Did you mean {guess}?" if guess else ""
                yield policy.error(place, f"{start} has no argument {name}.", hint)
            case _:
                hint = _retention_hint(source) if not name else ""
                yield policy.error(place, f"{start}: {name + ': ' if name else ''}{invalid.message}.", hint)


def missing_error(policy: Policy, table: str, type_name: str, need: Need, at: Address) -> PolicyError:
    """Return the error for an argument that an expectation needs and the policy does not say."""
    return policy.error(at, f"{table}: {type_name} needs {need.argument}.", need.hint)


def _retention_hint(source: ArgumentSource) -> str:
    """Return where the policy says the retention classes; empty if the expectation has none."""
    if "retention_class" not in source.expectation.model_fields:
        return ""
    retention = source.policy.words.retention
    if retention is None:
        place = f"tables.{source.table}.expectations.{source.expectation.type_name()}"
        return f"Name the limits in retention.classes; or one limit for all, in {place}: {{max_age: P90D}}."
    if not source.column(retention.class_):
        return f"Name the column in tables.{source.table}.columns.{retention.class_}: retention.class says so."
    return ""


def reference_errors(policy: Policy, table: str) -> Iterator[PolicyError]:
    """Yield what is wrong with the references of a table."""
    for name, references in (policy.tables[table].references or {}).items():
        for number, reference in enumerate(references):
            at: Address = ("tables", table, "references", name)
            at = (*at, number) if (*at, number) in policy.marks else at
            if reference.table not in policy.tables:
                yield policy.error(
                    (*at, "table"), f"{table}: {format_unknown('table', reference.table, policy.tables)}"
                )
            elif not policy.tables[reference.table].holds_fingerprints and not (
                policy.tables[reference.table].columns or {}
            ).get(reference.field):
                hint = f"Name it in tables.{reference.table}.columns, or correct the field."
                message = f"{table}: {reference.table} has no column {reference.field}."
                yield policy.error((*at, "field"), message, hint)
