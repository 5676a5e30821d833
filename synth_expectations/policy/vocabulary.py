"""The words that a policy may use for columns, references and expectations: all that the installed ones take."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from synth_expectations.expectations.argument_types import ArgumentKind
from synth_expectations.expectations.base import SyntheticDataExpectation
from synth_expectations.expectations.catalogue import all_expectations
from synth_expectations.policy.roles import ROLES

GX_EXPECTATIONS = "gx_expectations.json"
"""Great Expectations' own expectations by type; `make generate` writes it, so that nothing here imports the library."""

_SHARED_COLUMN_WORDS = {"record_key": "key"}
ROWS = "rows"
"""The word of `columns` for how many rows a run of a synchronisation wrote: `complete` reads it, and no expectation."""
_FROM_MARKER = "marker_column"
"""The one column argument that comes from the table's marker, so that it is not a word of `columns`."""


def column_word(expectation: type[SyntheticDataExpectation], argument: str) -> str:
    """Return the word of `columns` that fills in a column argument."""
    return expectation.column_words.get(argument) or _SHARED_COLUMN_WORDS.get(argument, argument)


def reference_word(expectation: type[SyntheticDataExpectation], argument: str) -> str:
    """Return the word of `references` that fills in a reference argument."""
    return expectation.reference_words.get(argument, argument)


def split_reference(expectation: type[SyntheticDataExpectation], argument: str) -> tuple[str, str] | None:
    """Return the reference argument that an argument says something of, and the rest of its name.

    Such as `registry` and `retired_at` for `registry_retired_at`; None for an argument about the table itself.
    """
    for reference in expectation.arguments_of_kind(ArgumentKind.REFERENCE):
        word = argument.removeprefix(f"{reference}_")
        if word != argument or argument in expectation.reference_columns.get(reference, ()):
            return reference, word
    return None


@cache
def column_words() -> frozenset[str]:
    """Return the words that `columns` may have."""
    of_arguments = {word for expectation in all_expectations().values() for word in _column_words(expectation)}
    of_roles = {word for role in ROLES.values() for word in role.columns}
    return frozenset((of_arguments | of_roles | {ROWS}) - {_FROM_MARKER})


def _column_words(expectation: type[SyntheticDataExpectation]) -> Iterator[str]:
    """Yield the words of its column arguments; those of a reference as that table's `columns` names them."""
    for argument in expectation.arguments_of_kind(ArgumentKind.COLUMN):
        of_reference = split_reference(expectation, argument)
        yield of_reference[1] if of_reference else column_word(expectation, argument)


@cache
def reference_words() -> frozenset[str]:
    """Return the words that `references` may have."""
    return frozenset(
        reference_word(expectation, argument)
        for expectation in all_expectations().values()
        for argument in expectation.arguments_of_kind(ArgumentKind.REFERENCE)
    )


@dataclass(frozen=True)
class StockArguments:
    """The arguments that a policy may give one of Great Expectations' own expectations.

    Attributes:
        needed: those without a default.
        optional: the others; a parameter `$NAME` may stand for either.
    """

    needed: tuple[str, ...]
    optional: tuple[str, ...]


@cache
def gx_expectations() -> Mapping[str, StockArguments]:
    """Return Great Expectations' own expectations by type, without importing it, which takes seconds."""
    text = resources.files("synth_expectations.policy").joinpath(GX_EXPECTATIONS).read_text(encoding="utf-8")
    return {
        type_name: StockArguments(tuple(arguments["needed"]), tuple(arguments["optional"]))
        for type_name, arguments in json.loads(text)["types"].items()
    }
