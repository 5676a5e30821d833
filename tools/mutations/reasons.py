"""The reasons of the holes: why a planted violation may go by without a word under a spoiling."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tools.mutations.matrix import Cell, Violation


@dataclass(frozen=True)
class Reason:
    """A reason of holes.

    Attributes:
        text: the reason, for readers of the page.
        spoilings: the names of the spoilings.
        expectations: the types of the expectations that miss the violation; all if empty.
    """

    text: str
    spoilings: tuple[str, ...]
    expectations: tuple[str, ...] = ()

    def explains(self, spoiling: str, cell: Cell) -> bool:
        """Return whether it is the reason of a hole."""
        return spoiling in self.spoilings and (not self.expectations or cell.expectation in self.expectations)


_TAGS_PERSIST = "expect_synthetic_tags_to_persist"

REASONS: Sequence[Reason] = (
    Reason(
        "A tag that lies cannot be known. A record that is tagged as real, and carries neither provenance nor a reserved "
        "identifier, is real for every rule.",
        ("marker lies",),
    ),
    Reason(
        "Of two values that are looked for in a reference, synthetic and partial, one is still understood. The rows of "
        "the other are untagged there. The same records are reported as untagged in the table itself.",
        ("synthetic renamed", "reference without synthetic"),
        (_TAGS_PERSIST,),
    ),
    Reason(
        "N/A counts as nothing in provenance, and as a value in every other column.",
        ("N/A for NULL",),
    ),
    Reason(
        "What is dated after as_of has not happened: a model is not deployed, a hold is not placed, a dataset is not "
        "deleted, and a record is not too old. A run with a later as_of judges it.",
        ("late times",),
    ),
    Reason(
        "The column that was emptied held what the violation is about: without the value there is no violation. How many "
        "keys of a lookup could not be read stands in the report.",
        ("columns NULL",),
    ),
    Reason(
        "A table without rows holds no violation. The run says that there was nothing to check, and why; "
        "`require_records` makes it errored.",
        ("no rows",),
    ),
    Reason(
        "Rows that are gone with a whole file leave no trace in the others. Great Expectations' own "
        "`ExpectTableRowCountToBeBetween` finds it.",
        ("file gone",),
    ),
    Reason(
        "The violation is a row of the reference itself, and gone with it.",
        ("reference without rows", "half a reference", "reference NULL"),
        (
            "expect_synthetic_use_to_be_documented",
            "expect_regulated_models_to_exclude_synthetic_training_data",
            "expect_synthetic_datasets_to_be_retained_for_audit",
            "expect_synthetic_influence_to_be_disclosed",
        ),
    ),
    Reason(
        "What a reference does not hold cannot be found in it.",
        ("half a reference",),
    ),
    Reason(
        "The policy leaves the records out. The report says how many.",
        ("left out by where",),
    ),
)


def find_reason(spoiling: str, cell: Cell) -> Reason | None:
    """Return the first reason of a hole; None if there is none."""
    return next((reason for reason in REASONS if reason.explains(spoiling, cell)), None)


def find_unexplained(violations: Sequence[Violation], cells: Mapping[str, Sequence[Cell | None]]) -> Iterator[str]:
    """Yield a sentence for each hole without a reason."""
    for spoiling, of_spoiling in cells.items():
        for violation, cell in zip(violations, of_spoiling, strict=True):
            if cell and cell.outcome.is_hole and find_reason(spoiling, cell) is None:
                yield (
                    f"{spoiling}: {violation.table}: {violation.kind}: {cell.expectation}: "
                    f"{cell.outcome.name.lower().replace('_', ' ')}, {cell.sentence}, and no reason says why."
                )


def find_unused(cells: Mapping[str, Sequence[Cell | None]]) -> Iterator[str]:
    """Yield a sentence for each reason without a hole."""
    used = {
        id(find_reason(spoiling, cell))
        for spoiling, of_spoiling in cells.items()
        for cell in of_spoiling
        if cell and cell.outcome.is_hole
    }
    yield from (f"No hole has the reason: {reason.text}" for reason in REASONS if id(reason) not in used)
