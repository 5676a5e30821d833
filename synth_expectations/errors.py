"""The errors of the package: sentences that say what is wrong and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from synth_expectations.redaction import escape_invisible

if TYPE_CHECKING:
    from pydantic import ValidationError


_SECOND_STOP = re.compile(r"""(?<=[\w)\]}'"])\.(?=\.(?:\s|$))|(?<=[\w)\]}'"][?!])\.(?=\s|$)""")
"""A full stop before another at the end of a word, and one behind a question: `Did you mean date?.`."""


class SynthError(Exception):
    """An error that a person can fix: a sentence, and what to do about it.

    It may name columns, tables and files of any origin: what is invisible in them is escaped here, once for all.

    Attributes:
        message: what is wrong.
        hint: what to do next; empty if the message says so.
        file: the file to edit, if it is known.
        line: the line of it, from 1.
    """

    def __init__(self, message: str, hint: str = "", file: str | None = None, line: int | None = None) -> None:
        message, hint = escape_invisible(end_once(message)), escape_invisible(end_once(hint))
        super().__init__(f"{message} {hint}".strip())
        self.message = message
        self.hint = hint
        self.file = file
        self.line = line


def end_once(text: str) -> str:
    """Return text whose sentences end once, also where the sentence of another library brought its own full stop."""
    return _SECOND_STOP.sub("", text)


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


class NoTimeError(ConditionError):
    """A column is of a type that holds no time, where a time is needed.

    Attributes:
        column: its name.
    """

    column = ""


class NoBatchError(SynthError):
    """A batch that a table does not have."""


class QueryError(SynthError):
    """A query that the engine rejected or did not finish."""


class QueryTimeoutError(QueryError):
    """A query that took longer than the policy's `timeout`, and was cancelled.

    Attributes:
        table: the name of the batch's table.
        timeout: as the policy has it, in ISO 8601.
    """

    table = ""
    timeout = ""

    def serving(self, expectations: Iterable[str]) -> QueryTimeoutError:
        """Return the error with the types of the expectations that the query served."""
        return build_timeout_error(self.table, self.timeout, expectations)


@dataclass(frozen=True)
class InvalidValue:
    """A value that does not fit a model of pydantic.

    Attributes:
        address: the keys and indexes that lead to it.
        kind: what is wrong, by pydantic's name, such as `missing` or `extra_forbidden`.
        message: what is wrong, in words, without the value.
        value: as it was given; it may be a person's.
    """

    address: tuple[int | str, ...]
    kind: str
    message: str
    value: Any


def read_invalid_values(error: ValidationError) -> Iterator[InvalidValue]:
    """Yield what pydantic found wrong, with the messages of validators as they raised them."""
    for problem in error.errors(include_url=False, include_context=False):
        message = problem["msg"].removeprefix("Value error, ")
        yield InvalidValue(problem["loc"], problem["type"], message, problem["input"])


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
    guess, *listed = [_quote_odd(known) for known in (nearest(name, names) or "", *sorted(names)[:12])]
    more = f" and {len(names) - len(listed)} more" if len(names) > len(listed) else ""
    has = f"It has {', '.join(listed)}{more}." if names else "It has no columns."
    error = MissingColumnError(
        f"Column {_quote_odd(name)} is not in {table}." + (f" Nearest: {guess}." if guess else ""), has
    )
    error.column, error.table = name, table
    return error


def _quote_odd(name: str) -> str:
    """Return a name of a column, in quotes where white space around it would not be seen."""
    return name if name == name.strip() else repr(name)


def build_timeout_error(table: str, timeout: str, expectations: Iterable[str] = ()) -> QueryTimeoutError:
    """Return the error for a query that took too long.

    Args:
        table: the name of the batch's table in sentences.
        timeout: as the policy has it, in ISO 8601.
        expectations: the types of those that the query served; none where that is not known.
    """
    served = sorted(set(expectations) - {""})
    more = f" and {len(served) - 3} more" if len(served) > 3 else ""
    error = QueryTimeoutError(
        f"A query on {table}{' for ' if served else ''}{', '.join(served[:3])}{more} took longer than {timeout}, the "
        "timeout of the policy, and was cancelled.",
        "Raise timeout in the policy, or let the table be read in parts: batch, where.",
    )
    error.table, error.timeout = table, timeout
    return error


def _split(name: str) -> list[str]:
    return [part for part in name.casefold().replace("__c", "").split("_") if len(part) > 2]


def build_no_time_error(column: str, table: str, kind: str) -> NoTimeError:
    """Return the error for a column that holds no time.

    Args:
        column: its name.
        table: the name of its table.
        kind: what it holds, in words.
    """
    error = NoTimeError(
        f"Column {column} of {table} is {kind}, where a time is needed:",
        "a timestamp, a date, or text in ISO 8601 (2026-11-01T09:30:00Z).",
    )
    error.column = column
    return error
