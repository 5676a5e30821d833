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
    """

    table: str
    type: str
    because: str
    needs: tuple[str, ...]

    def message(self) -> str:
        """Return what would cover it, as a sentence."""
        return f"{self.table}: {self.type} is not covered. To cover it, name {', '.join(self.needs)}."

    @classmethod
    def read(cls, document: dict[str, Any]) -> UncoveredExpectation:
        """Return what `document` wrote into the lockfile."""
        return cls(**{**document, "needs": tuple(document["needs"])})

    def document(self) -> dict[str, Any]:
        """Return it as plain data, for the lockfile."""
        return {**asdict(self), "needs": list(self.needs)}
