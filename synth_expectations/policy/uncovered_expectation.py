"""An expectation that a role asks for and that is not covered.

The report and the command line need this record at start-up. The policy's models and the compiler are not loaded for it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class UncoveredExpectation:
    """An expectation that a role asks for and that cannot be evaluated: the policy does not say what it needs.

    Attributes:
        table: the table.
        type: the type of the expectation.
        because: who asks for it, such as `role decisions`.
        needs: what to name in policy.yml, as dotted paths.
        in_part: whether it is evaluated all the same, on what the policy does name.
    """

    table: str
    type: str
    because: str
    needs: tuple[str, ...]
    in_part: bool = False

    def message(self) -> str:
        """Return what would cover it, as a sentence."""
        covered = "covered in part. To cover all of it" if self.in_part else "not covered. To cover it"
        return f"{self.table}: {self.type} is {covered}, name {self.format_needs()}."

    def format_needs(self) -> str:
        """Return what to name, the words of one place together: `source, purpose in tables.contact.columns`."""
        words: dict[str, list[str]] = {}
        for need in self.needs:
            place, _, word = need.rpartition(".")
            words.setdefault(place, []).append(word)
        return " and ".join(f"{', '.join(named)} in {place}" for place, named in words.items())

    @classmethod
    def read(cls, document: dict[str, Any]) -> UncoveredExpectation:
        """Return what `document` wrote into the lockfile."""
        return cls(**{**document, "needs": tuple(document["needs"])})

    def document(self) -> dict[str, Any]:
        """Return it as plain data, for the lockfile."""
        return {**asdict(self), "needs": list(self.needs)}
