"""What an expectation declares to the policy: the roles that ask for it, and the words that fill in its arguments.

An argument is filled in from the word of its own name: a column argument from `columns`, a reference argument from
`references`, `methods` from `allowed.methods`. A class declares only what differs from that.
"""

# no `from __future__ import annotations`: pydantic would compile each annotation once for each expectation

from collections.abc import Mapping
from typing import ClassVar

from pydantic import BaseModel

PROVENANCE = ("source", "generated_at", "method", "algorithm_version", "purpose", "dataset_id")
"""The words of `columns` that name provenance."""

POINTERS = "@pointers"
"""In place of a reference: any reference that has the name of a word of `columns`, whose column points into it."""


class Declarations(BaseModel, defer_build=True):
    """Class variables that the policy's compiler reads, with their defaults."""

    roles: ClassVar[Mapping[str, str | None]] = {}
    """Roles of tables that ask for it; a value names the reference without which the role does not ask."""

    essential: ClassVar[bool] = False
    """Whether `compile` refuses a policy that lacks what it needs; otherwise it is reported as not covered.

    One that would look its own table up, because the policy names no reference, is never refused.
    """

    column_words: ClassVar[Mapping[str, str]] = {}
    """By column argument, the word of `columns` that fills it in, where the word has another name."""

    reference_words: ClassVar[Mapping[str, str]] = {}
    """By reference argument, the word of `references` that fills it in, where the word has another name."""

    reference_columns: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """By reference argument, the arguments that are its columns but do not begin with its name, as `people_key` does."""

    required_words: ClassVar[Mapping[str, str]] = {}
    """By reference argument, the word of `columns` without which the reference is not filled in."""

    default_to_own_table: ClassVar[tuple[str, ...]] = ()
    """Reference arguments that mean the table itself where the policy names no reference."""

    needs_one_of: ClassVar[tuple[str, ...]] = ()
    """Arguments of which the policy must say at least one."""

    provenance_words: ClassVar[tuple[str, ...]] = PROVENANCE
    """The words of `columns` that fill in an argument `fields`."""

    replaced_by: ClassVar[Mapping[str, str]] = {}
    """By argument, another one that replaces it: if the policy tunes that one, this one is not filled in."""

    evaluated_pointers: ClassVar[tuple[str, ...]] = ()
    """Words of `columns` that point into a table, and that no other expectation of the table needs to follow."""

    sees_all_rows: ClassVar[bool] = False
    """Whether it also evaluates the rows that the policy's `where` leaves out, such as soft-deleted ones."""
