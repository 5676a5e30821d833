"""The errors of the package: sentences that say what is wrong and what to do."""

from __future__ import annotations

from difflib import get_close_matches


class SynthError(Exception):
    """An error that a person can fix: a sentence, and what to do about it.

    Attributes:
        message: what is wrong.
        hint: what to do next; empty if the message says so.
        file: the file to edit, if it is known.
        line: the line of it, from 1.
    """

    def __init__(self, message: str, hint: str = "", file: str | None = None, line: int | None = None) -> None:
        super().__init__(f"{message} {hint}".strip())
        self.message = message
        self.hint = hint
        self.file = file
        self.line = line


class ConditionError(SynthError):
    """A rule that cannot be evaluated on this table: a missing column, a wrong type, a broken reference."""


class MissingColumnError(ConditionError):
    """A column that a table does not have.

    Attributes:
        column: its name.
        table: what has it not.
    """

    column = ""
    table = ""


class QueryError(SynthError):
    """A query that the engine rejected or did not finish."""


def nearest(name: str, names: list[str]) -> str | None:
    """Return the name that was probably meant, or None."""
    by_folded = {candidate.casefold(): candidate for candidate in names}
    matches = get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.5)
    if matches:
        return by_folded[matches[0]]
    shared = [candidate for candidate in names if set(_split(name)) & set(_split(candidate))]
    return shared[0] if shared else None


def build_missing_column_error(name: str, names: list[str], table: str) -> MissingColumnError:
    """Return the error for a missing column: the nearest name, and the columns that the table has."""
    guess = nearest(name, names)
    listed = sorted(names)[:12]
    more = f" and {len(names) - len(listed)} more" if len(names) > len(listed) else ""
    has = f"It has {', '.join(listed)}{more}." if names else "It has no columns."
    error = MissingColumnError(f"Column {name} is not in {table}." + (f" Nearest: {guess}." if guess else ""), has)
    error.column, error.table = name, table
    return error


def _split(name: str) -> list[str]:
    return [part for part in name.casefold().replace("__c", "").split("_") if len(part) > 2]
