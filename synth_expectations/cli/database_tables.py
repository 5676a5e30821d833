"""The database tables that `init` reads: their connection, and what the policy says of it."""

from __future__ import annotations

import os
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from synth_expectations.errors import SynthError

if TYPE_CHECKING:
    from synth_expectations.policy.infer import ProfiledTable


_VARIABLE = re.compile(r"\$\{(\w+)\}")


def propose_table(
    text: str, connection: str | None, use: Path | None, directory: Path, known: dict[str, dict[str, Any]]
) -> tuple[ProfiledTable, dict[str, str]]:
    """Return the proposal for a database table, and the policy's entry for its data source."""
    from synth_expectations.engine.dialects.registry import refuse_unsupported
    from synth_expectations.policy.infer import ProfiledTable, count_known_in_table, profile_table, propose

    source, colon, name = text.partition(":")
    if not (colon and source and name):
        raise SynthError(f"{text} is not SOURCE:NAME.", "Write it like warehouse:crm.contact.")
    if source in known and not (connection or use):
        connection, use = known[source].get("connection"), _relative_to(known[source].get("use"), directory)
    if bool(connection) == bool(use):
        raise SynthError(
            "Give the database of --table: either --connection or --use.", "--connection '${CRM_DATABASE}'"
        )
    if use is not None:
        database: Any = _borrow_engine(use, source)
        refuse_unsupported(database.dialect.name)
        source_entry = {"use": os.path.relpath(use, directory).replace(os.sep, "/")}
    else:
        assert connection is not None
        _refuse_password(connection)
        database = _VARIABLE.sub(_read_variable, connection)
        refuse_unsupported(_read_engine(database))
        source_entry = {"type": _find_type(database), "connection": connection}
    profile = profile_table(database, name)
    proposal = propose(profile, data_source=source, beside=str(directory))
    return ProfiledTable(profile, proposal, partial(count_known_in_table, database, profile.location)), source_entry


def _refuse_password(connection: str) -> None:
    """Reject a connection with a password: many people read the policy."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(connection)
    except (ArgumentError, ValueError):  # ValueError: its port is not a number
        return  # a variable alone, or no address: said where it is used
    secret = re.compile("pass|pwd|secret|token|key", re.IGNORECASE)
    given = [url.password, *(value for name, value in url.query.items() if secret.search(name))]
    if any(value and not _VARIABLE.fullmatch(str(value)) for value in given):
        raise SynthError(
            "The connection holds a password.", "Set a variable to it, and write --connection '${VARIABLE}'"
        )


def _relative_to(use: str | None, directory: Path) -> Path | None:
    return directory / use if use else None


def _read_variable(variable: re.Match[str]) -> str:
    value = os.environ.get(variable[1])
    if value is None:
        raise SynthError(f"The variable {variable[1]} is not set.", "Set it to the database's SQLAlchemy URL.")
    return value


def _find_type(url: str) -> str:
    """Return Great Expectations' type of data source for an address: `sql` where no other takes every address."""
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    from synth_expectations.engine.dialects.base import ANY_SQL
    from synth_expectations.engine.dialects.registry import find_dialect

    dialect = find_dialect(_read_engine(url))
    if dialect is None or dialect.strict_address:
        return ANY_SQL
    try:
        names_host = bool(make_url(url).host)
    except (ArgumentError, ValueError):  # such as a password with signs that an address must escape: reading it says so
        return ANY_SQL
    return dialect.data_source_type if names_host or not dialect.host_address else ANY_SQL


def _read_engine(url: str) -> str:
    """Return SQLAlchemy's name of the engine of an address: `postgresql` of `postgresql+psycopg://`."""
    return url.partition(":")[0].partition("+")[0]


def _borrow_engine(use: Path, source: str) -> Any:
    from synth_expectations.runner.project import open_project

    return open_project(use.resolve()).sources.open_engine(source)
