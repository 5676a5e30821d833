"""The reasons of the holes: why a planted violation may go by without a word under a spoiling."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tools.mutations.matrix import Cell, Cells, Violation


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
        "A wrong tag cannot be detected. If a record is tagged as real and has neither provenance nor a reserved "
        "identifier, every rule treats it as real.",
        ("marker lies",),
    ),
    Reason(
        "The lookup searches a reference for two marker values, synthetic and partial, and one of them is still known. "
        "The rows with the other value are untagged in the reference. The same records are reported as untagged in the "
        "table itself.",
        ("synthetic renamed", "reference without synthetic"),
        (_TAGS_PERSIST,),
    ),
    Reason(
        "N/A counts as missing in provenance columns, and as a value in every other column.",
        ("N/A for NULL",),
    ),
    Reason(
        "Events after as_of have not happened yet: a model is not deployed, a hold is not placed, a dataset is not "
        "deleted, and a record is not too old. A run with a later as_of evaluates them.",
        ("late times",),
    ),
    Reason(
        "The emptied column contained the violating value, and without it there is no violation. The report says how many "
        "keys of a lookup could not be read.",
        ("columns NULL",),
    ),
    Reason(
        "A table without rows contains no violations. The run reports that there was nothing to check, and why. With "
        "`require_records`, it is errored.",
        ("no rows",),
    ),
    Reason(
        "Rows that were removed with a whole file leave no trace in the other files. Great Expectations' own "
        "`ExpectTableRowCountToBeBetween` detects this.",
        ("file gone",),
    ),
    Reason(
        "The violation is a row of the reference itself, and is removed with it.",
        ("reference without rows", "half a reference", "reference NULL"),
        (
            "expect_synthetic_use_to_be_documented",
            "expect_regulated_models_to_exclude_synthetic_training_data",
            "expect_synthetic_datasets_to_be_retained_for_audit",
            "expect_synthetic_influence_to_be_disclosed",
        ),
    ),
    Reason(
        "A lookup cannot find rows that were removed from the reference.",
        ("half a reference",),
    ),
    Reason(
        "The policy excludes the records. The report says how many.",
        ("left out by where",),
    ),
)


def find_reason(spoiling: str, cell: Cell) -> Reason | None:
    """Return the first reason of a hole; None if there is none."""
    return next((reason for reason in REASONS if reason.explains(spoiling, cell)), None)


def find_unexplained(store: str, violations: Sequence[Violation], cells: Cells) -> Iterator[str]:
    """Yield a sentence for each hole of a store without a reason."""
    for spoiling, of_spoiling in cells.items():
        for violation, cell in zip(violations, of_spoiling, strict=True):
            if cell and cell.outcome.is_hole and find_reason(spoiling, cell) is None:
                yield (
                    f"{store}: {spoiling}: {violation.table}: {violation.kind}: {cell.expectation}: "
                    f"{cell.outcome.name.lower().replace('_', ' ')}, {cell.sentence}, and no reason says why."
                )


def find_unused(cells: Iterable[Cells]) -> Iterator[str]:
    """Yield a sentence for each reason without a hole in any store."""
    used = {
        id(find_reason(spoiling, cell))
        for of_store in cells
        for spoiling, of_spoiling in of_store.items()
        for cell in of_spoiling
        if cell and cell.outcome.is_hole
    }
    yield from (f"No hole has the reason: {reason.text}" for reason in REASONS if id(reason) not in used)
