"""The addresses of databases: their passwords are noted, so that no message repeats them, and none may be ambiguous."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from great_expectations.data_context import AbstractDataContext

from synth_expectations.engine.addresses import refuse_ambiguous
from synth_expectations.secret_registry import note_address, note_options


def note_addresses(context: AbstractDataContext) -> None:
    """Note the secrets of all data sources of a project, and those of its variables."""
    for name, value in context.config_variables.items():
        note_address(str(value))
        note_options({name: value})
    for source in context.data_sources.all().values():
        for address in _addresses(context, source):
            note_address(address)


def check_address(context: AbstractDataContext, source: Any) -> None:
    """Refuse an address of which a part of the password would be taken for something else.

    Raises:
        QueryError: it is one.
    """
    for address in _addresses(context, source):
        refuse_ambiguous(address)


def _addresses(context: AbstractDataContext, source: Any) -> Iterator[str]:
    """Yield the address of a data source, if it has one, and all its variables are set."""
    given = getattr(source, "connection_string", None)
    if given is None:
        return
    if hasattr(given, "dict"):  # an address in parts, such as Snowflake's
        note_options(given.dict())
        return
    try:
        yield str(context.config_provider.substitute_config(str(given)))
    except Exception:  # noqa: BLE001 - a variable that is not set is reported where the address is used
        return
