"""Addresses of databases that SQLAlchemy would read otherwise than whoever wrote them."""

from __future__ import annotations

from urllib.parse import unquote

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError

from synth_expectations.errors import QueryError

_HINT = "In its user and password, write @ as %40, : as %3A, / as %2F, ? as %3F and % as %25."


def refuse_ambiguous(address: str) -> None:
    """Refuse an address whose password holds characters that belong to an address.

    SQLAlchemy would take a part of the password for the name of the host or of the database, and drivers show these.

    Raises:
        QueryError: it is one; the message does not show it.
    """
    _, separator, rest = address.partition("://")
    if not separator or "@" not in rest:
        return
    try:
        url = sa.make_url(address)
    except (ArgumentError, ValueError):  # ValueError: its port is not a number
        raise QueryError("That is not the address of a database.", _HINT) from None
    if rest.count("@") == 1 and "@" in rest.partition("?")[2] and "@" not in (url.password or ""):
        return  # in a parameter
    user, colon, password = rest.rpartition("@")[0].partition(":")
    if unquote(user) != (url.username or "") or (colon and unquote(password) != (url.password or "")):
        raise QueryError("The address of the database can be read in more than one way.", _HINT)
