"""How much a result holds: Great Expectations' `result_format`, for expectations about records.

Source of the levels: Great Expectations' page "Result format" (0.18 and 1.x), and `_format_map_output` of its module
`expectations.expectation`. Where Great Expectations would show values of the column, a result of this package shows
nothing: the list of what is unexpected is a list of record keys.

| | BOOLEAN_ONLY | BASIC | SUMMARY | COMPLETE |
|---|---|---|---|---|
| `success` | x | x | x | x |
| the numbers, and details without keys and queries | | x | x | x |
| `details.condition`, `details.sample`, `partial_unexpected_index_list` | | | x | x |
| `unexpected_index_list`, `unexpected_index_query` | | | | x |
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from synth_expectations.errors import SynthError

LEVELS = ("BOOLEAN_ONLY", "BASIC", "SUMMARY", "COMPLETE")
"""How much a result holds, in the words of Great Expectations, the least first."""

DEFAULT_LEVEL = "SUMMARY"

VERDICT_META = "synth"
"""The entry of a result's `meta` that keeps the verdict where the result holds nothing: *nothing to check* would pass."""


@dataclass(frozen=True)
class ResultDetail:
    """How much a result holds.

    Attributes:
        level: one of Great Expectations' four.
        partial_count: how many keys `partial_unexpected_index_list` holds at most; it is left out if this is 0.
        has_query: whether the result holds `unexpected_index_query`, which can be asked for at any level.
    """

    level: str
    partial_count: int
    has_query: bool

    @classmethod
    def of(cls, given: object) -> ResultDetail:
        """Return what a `result_format` asks for: a name of a level, or a mapping with `result_format` and options.

        Raises:
            SynthError: there is no such level, or the number of keys is none.
        """
        options = given if isinstance(given, Mapping) else {"result_format": given}
        name = options.get("result_format", DEFAULT_LEVEL)
        level = str(getattr(name, "value", name))
        if level not in LEVELS:
            raise SynthError(f"The result_format is {name!r}, which is not one of {', '.join(LEVELS)}.", "Correct it.")
        partial_count = options.get("partial_unexpected_count", 20)  # GX's default, in `parse_result_format`
        if not isinstance(partial_count, int) or partial_count < 0:
            raise SynthError(f"partial_unexpected_count is {partial_count!r}, which is not a count.", "Correct it.")
        has_query = options.get("return_unexpected_index_query", level == "COMPLETE")
        return cls(level, partial_count, bool(has_query))

    @property
    def has_numbers(self) -> bool:
        """Whether the result holds more than whether it is one."""
        return self.level != "BOOLEAN_ONLY"

    @property
    def has_keys(self) -> bool:
        """Whether the result holds some record keys."""
        return self.level in {"SUMMARY", "COMPLETE"}

    @property
    def has_all_keys(self) -> bool:
        """Whether the result holds all keys of violating records."""
        return self.level == "COMPLETE"


def verdict_in_meta(meta: Any) -> str:
    """Return the verdict that the `meta` of a result keeps; empty if it keeps none."""
    kept = meta.get(VERDICT_META) if isinstance(meta, Mapping) else None
    return str(kept.get("verdict", "")) if isinstance(kept, Mapping) else ""
