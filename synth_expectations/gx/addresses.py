"""The addresses of databases: their passwords are noted, so that no message repeats them, and none may be ambiguous."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from great_expectations.data_context import AbstractDataContext

from synth_expectations.engine.addresses import refuse_ambiguous
from synth_expectations.redaction import note_address, note_options


def note_variables(context: AbstractDataContext) -> None:
    """Note the secrets in the variables of a project."""
    for name, value in context.config_variables.items():
        note_address(str(value))
        note_options({name: value})


def check_address(context: AbstractDataContext, source: Any) -> None:
    """Note the secrets of a data source before it is used; refuse an address that could be read in more than one way.

    Raises:
        QueryError: a part of its password would be taken for something else.
    """
    for address in resolve_addresses(context, source):
        note_address(address)
        refuse_ambiguous(address)


def can_resolve(context: AbstractDataContext, source: Any) -> bool:
    """Return whether all variables in the address of a data source are set, as far as it is one text."""
    in_parts = hasattr(getattr(source, "connection_string", None), "dict")
    return in_parts or any(True for _ in resolve_addresses(context, source))


def resolve_addresses(context: AbstractDataContext, source: Any) -> Iterator[str]:
    """Yield the address of a data source, if it has one, and all its variables are set."""
    given = getattr(source, "connection_string", None)
    if given is None:
        return
    if hasattr(given, "dict"):  # an address in parts, such as Snowflake's
        note_options(given.dict())
        return
    try:
        yield str(context.config_provider.substitute_config(str(given)))
    except Exception:  # noqa: BLE001 - stores of secrets raise anything: whoever uses the address reports it
        return
