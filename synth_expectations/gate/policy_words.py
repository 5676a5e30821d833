"""The words of the markers that a policy names, for each field and for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from synth_expectations.gate.fields import fold
from synth_expectations.gate.marker import MarkerWords


def collect_words(data: Mapping[str, Any], markers: Iterable[str]) -> MarkerWords:
    """Return the words of all markers: of the defaults, the profiles, the tables and the objects."""
    columns = set(map(fold, markers))
    entries = [
        take_mapping(data.get("defaults")),
        *take_mapping(data.get("profiles")).values(),
        *take_mapping(data.get("tables")).values(),
    ]
    all_words = _Words(set(), set())
    own: dict[str, _Words] = {}
    for entry in entries:
        marker = take_mapping(take_mapping(entry).get("marker"))
        words = _Words(
            {_fold_word(word) for key in ("synthetic", "partial", "masked") for word in make_list(marker.get(key))},
            {_fold_word(word) for word in make_list(marker.get("real"))},
        )
        all_words.add(words)
        if column := find_marker_column(marker):
            columns.add(fold(column))
            if words.synthetic and words.real:
                own.setdefault(fold(column), _Words(set(), set())).add(words)
    return MarkerWords(
        frozenset(columns),
        frozenset(all_words.synthetic),
        frozenset(all_words.real),
        tuple((column, frozenset(words.synthetic), frozenset(words.real)) for column, words in sorted(own.items())),
    )


class _Words(NamedTuple):
    """The words of a marker."""

    synthetic: set[str]
    real: set[str]

    def add(self, words: _Words) -> None:
        """Take the words of another marker, too."""
        self.synthetic.update(words.synthetic)
        self.real.update(words.real)


def _fold_word(word: Any) -> str:
    return str(word).strip().casefold()


def find_marker_column(marker: Any) -> str | None:
    """Return the column that a marker of the policy names, or None."""
    column = take_mapping(marker).get("column")
    return column if isinstance(column, str) else None


def make_list(value: Any) -> list[Any]:
    """Return a list; a value alone is one of one, and nothing is an empty one."""
    return value if isinstance(value, list) else [] if value is None else [value]


def take_mapping(value: Any) -> dict[str, Any]:
    """Return a mapping; what is none is an empty one."""
    return value if isinstance(value, dict) else {}
