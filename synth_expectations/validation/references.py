"""The tables in which expectations look records up: other tables of the same data source."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from synth_expectations.errors import ConditionError, nearest
from synth_expectations.rules.acceptances import ROW_LEVEL_SECURITY
from synth_expectations.validation.acceptances import is_accepted


def build_unknown_reference_error(name: str, known: Iterable[str]) -> ConditionError:
    """Return the error for a reference that is not a table of the data source.

    Args:
        name: of the reference.
        known: the names of the tables.
    """
    names = sorted(known)
    guess = nearest(name, names)
    has = f"It has {', '.join(names)}." if names else "It has none."
    return ConditionError(
        f"The reference {name} is not a table of the data source." + (f" Nearest: {guess}." if guess else ""), has
    )


def build_unread_reference_error(name: str, error: Exception) -> ConditionError:
    """Return the error for a reference that cannot be read."""
    return ConditionError(f"The reference {name} cannot be read: {error}.")


def is_security_accepted(source: Any, table: str) -> bool:
    """Return whether the policy accepts that row-level security filters a table of a data source."""
    return any(asset.name == table and is_accepted(asset, ROW_LEVEL_SECURITY) for asset in source.assets)
