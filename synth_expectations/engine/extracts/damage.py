"""What is wrong with an extract: its file, its line, its column, and never a value of it."""

from __future__ import annotations

from synth_expectations.errors import ConditionError


class DamagedExtractError(ConditionError):
    """A file that is not CSV or JSON Lines as the policy describes it."""


def build_damage(file: str, line: int | None, what: str, hint: str = "") -> DamagedExtractError:
    """Return the error of a file.

    Args:
        file: its path.
        line: of it, from 1; None where the whole file is meant.
        what: is wrong, as the rest of a sentence without a full stop.
        hint: what to do; by default, to extract it again.
    """
    where = f"{file}, line {line}" if line is not None else file
    return DamagedExtractError(f"{where}: {what}.", hint or "Extract the file again.")
