"""How the files of a table are read: their format, and the types of their columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from synth_expectations.engine.extracts.column_types import parse_type
from synth_expectations.engine.extracts.csv_format import CsvFormat
from synth_expectations.engine.extracts.json_format import JsonFormat
from synth_expectations.errors import nearest


@dataclass(frozen=True)
class Extract:
    """How files are read.

    Attributes:
        format: CSV or JSON Lines.
        types: of columns, by name; of all others, text.
    """

    format: CsvFormat | JsonFormat
    types: Mapping[str, str]

    def __post_init__(self) -> None:
        """Check the types; raise `ValueError` if one is unknown or a column is named twice."""
        folded = [name.casefold() for name in self.types]
        twice = next((name for name in self.types if folded.count(name.casefold()) > 1), None)
        if twice is not None:
            raise ValueError(f"types: {twice} is named twice; capitals do not make it another column")
        for column, kind in self.types.items():
            try:
                parse_type(kind)
            except ValueError as error:
                raise ValueError(f"types of {column}: {error}") from None


def build_extract(kind: Literal["csv", "json"], words: Mapping[str, Any], types: Mapping[str, str]) -> Extract:
    """Return how files are read, from what a policy or an asset says of them.

    Args:
        kind: of the files.
        words: of their format, by the names of `CsvFormat` or `JsonFormat`.
        types: of columns, by name.

    Raises:
        ValueError: a word or a type is unknown, or a value does not fit.
    """
    made: type[CsvFormat] | type[JsonFormat] = CsvFormat if kind == "csv" else JsonFormat
    known = [field.name for field in fields(made)]
    for word in words:
        if word not in known:
            guess = nearest(word, known)
            hint = f"did you mean {guess}?" if guess else f"there are {', '.join(known)}"
            raise ValueError(f"format of {kind} has no {word}: {hint}")
    given: dict[str, Any] = {word: tuple(value) if isinstance(value, list) else value for word, value in words.items()}
    return Extract(made(**given), dict(types))
