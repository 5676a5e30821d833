"""The errors of a policy, each with the line to edit."""

from __future__ import annotations

from collections.abc import Iterable

from synth_expectations.errors import SynthError
from synth_expectations.redaction import escape_invisible


class PolicyError(SynthError):
    """A policy that cannot be read, or cannot be compiled.

    Attributes:
        errors: everything that was found wrong, itself first.
    """

    def __init__(
        self,
        message: str,
        hint: str = "",
        file: str | None = None,
        line: int | None = None,
        others: Iterable[PolicyError] = (),
    ) -> None:
        super().__init__(message, hint, file, line)
        self.errors: tuple[PolicyError, ...] = (self, *others)

    def format_located(self) -> str:
        """Return the error on one line, after its file and line."""
        place = f"{self.file}:{self.line}: " if self.file and self.line else f"{self.file}: " if self.file else ""
        return escape_invisible(place) + f"{self.message} {self.hint}".strip()

    def __str__(self) -> str:
        return "\n".join(error.format_located() for error in self.errors)


def combine_errors(errors: Iterable[PolicyError]) -> PolicyError | None:
    """Return all errors as one, without duplicates and in the order of their lines; None if there are none."""
    by_line = {error.format_located(): error for error in errors}
    if not by_line:
        return None
    first, *others = sorted(by_line.values(), key=lambda error: (error.file or "", error.line or 0, error.message))
    return PolicyError(first.message, first.hint, first.file, first.line, others)
