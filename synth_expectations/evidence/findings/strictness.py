"""Whether a check looked at least as hard as before: its arguments are the same, or stricter."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

import isodate

_COUNTS_ALIKE = frozenset({"mostly", "require_records", "severity"})
"""Arguments that decide over the verdict, and not over which records break a rule."""
_STARTS = tuple(datetime(year, month, 1) for year in range(2023, 2027) for month in range(1, 13))
"""Where durations are laid to compare them: a month is not a fixed number of days."""


def find_looser_arguments(before: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for each argument that is not shown to be as strict as before.

    An argument of which nobody knows the stricter direction must be the same. Those that only decide over the verdict do
    not count.

    Args:
        before: the arguments that differ from the default, as text.
        now: those of the later result.
    """
    for name in sorted({*before, *now} - _COUNTS_ALIKE):
        old, new = before.get(name), now.get(name)
        if old == new or (old is not None and new is not None and _is_stricter(name, old, new)):
            continue
        yield f"{name} is {_shorten(new)}, and was {_shorten(old)}"


def _shorten(text: str | None) -> str:
    if text is None:
        return "as by default"
    return text if len(text) <= 80 else f"{text[:79]}…"


def _is_stricter(name: str, before: str, now: str) -> bool:
    compare = _DIRECTIONS.get(name)
    try:
        return compare is not None and compare(_read(before), _read(now))
    except (TypeError, ValueError, AttributeError):
        return False


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _is_shorter(before: Any, now: Any) -> bool:
    """Return whether a duration, or each of several by the same names, is no longer than before."""
    if isinstance(before, dict):
        return before.keys() == now.keys() and all(_is_shorter(before[name], now[name]) for name in before)
    old, new = isodate.parse_duration(before), isodate.parse_duration(now)
    return all(start + new <= start + old for start in _STARTS)


def _is_longer(before: Any, now: Any) -> bool:
    return _is_shorter(now, before) if before else False


def _is_smaller(before: Any, now: Any) -> bool:
    return not isinstance(before, bool) and not isinstance(now, bool) and bool(now <= before)


def _is_subset(before: Any, now: Any) -> bool:
    return isinstance(before, list) and bool(now) and set(now) <= set(before)


def _is_superset(before: Any, now: Any) -> bool:
    return isinstance(before, list) and set(now) >= set(before)


_DIRECTIONS: dict[str, Callable[[Any, Any], bool]] = {
    "max_age": _is_shorter,
    "max_ages": _is_shorter,
    "max_review_age": _is_shorter,
    "max_snapshot_age": _is_shorter,
    "grace": _is_shorter,
    "clock_skew": _is_shorter,
    "min_ages": _is_longer,
    "max_batch": _is_smaller,
    "max_shared": _is_smaller,
    "allowed": _is_subset,
    "allowed_roles": _is_subset,
    "methods": _is_subset,
    "purposes": _is_subset,
    "regulated": _is_superset,
    "watched": _is_superset,
    "placeholders": _is_superset,
}
"""Of arguments whose stricter direction is plain: whether a later value breaks for all records that an earlier one did."""
