"""The marker column and the meaning of its values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from synth_expectations.engine.schema import Family
from synth_expectations.expectations.declarations import PROVENANCE
from synth_expectations.policy.infer import names
from synth_expectations.policy.infer.codes import classify_marker_value, is_code, to_policy_value
from synth_expectations.policy.infer.model import TODO, ColumnProfile, ProposedValue, TableProfile
from synth_expectations.policy.infer.scalars import format_scalar

KINDS = ("synthetic", "real", "partial", "masked")
_RARE = 200
"""A value this many times rarer than another of its kind is a slip, not a spelling: counted, and left to people."""
_OF_CODES, _OF_NUMBERS = 0.5, 0.95
"""The share of records whose value must have a meaning: `N` is also a country, and 1 and 0 are also scores."""
_MOST_OTHERS = 4
"""A column with more values says where records come from, and a question about it would be a guess."""
_STORED = {Family.BOOLEAN, Family.NUMBER, Family.FLOAT}


@dataclass(frozen=True)
class MarkerProposal:
    """A marker that was found.

    Attributes:
        column: its name.
        lines: the mapping of the policy.
        seen: how many records there are of each kind.
    """

    column: str
    lines: dict[str, ProposedValue]
    seen: dict[str, int]


def find_marker(profile: TableProfile) -> MarkerProposal | None:
    """Return the marker of a table; None if no column looks like one."""
    columns = profile.list_families()
    by_name = {column.name: column for column in profile.columns}
    has_provenance = any(names.find_columns(word, columns) for word in PROVENANCE)
    straight = [
        name
        for name in names.find_columns("marker", columns, weak=has_provenance)
        if not _is_material(profile.name, name)
    ]
    inverted = names.find_columns("inverted_marker", columns)
    candidates = [(by_name[name], False, "name") for name in straight]
    candidates += [(by_name[name], True, "name; true means real") for name in inverted]
    named = {*straight, *inverted}
    candidates += [
        (column, False, "values") for column in profile.columns
        if column.name not in named and column.values and _group_by_meaning(column.values) and column.family == Family.TEXT
        and names.MARKER_VALUES & {str(value).strip().lower() for value, _ in column.values}
    ]  # fmt: skip
    understood = [candidate for candidate in candidates if _is_understood(candidate[0], profile.rows)]
    best = next(iter(understood), None) or next(
        (candidate for candidate in candidates if names.is_telling(candidate[0].name)), None
    )
    return _build_marker(profile, *best) if best else None


def list_value_questions(profile: TableProfile) -> list[str]:
    """Return a question for each column that has a value such as `Synthetic Data` among many that mean something else.

    Of those only codes are written, as the line of the policy that would answer the question; at most four.
    """
    questions = []
    for column in profile.columns:
        values = [(to_policy_value(value), number) for value, number in column.values or () if is_code(value)]
        told = [
            (value, number) for value, number in values if str(value).strip().lower() in names.MARKER_VALUES - {"real"}
        ]
        others = [value for value, _ in values if classify_marker_value(value) is None]
        if told and 0 < len(others) <= _MOST_OTHERS:
            lines = {"column": column.name, "synthetic": [value for value, _ in told], "real": others}
            count = sum(number for _, number in told)
            asked = f"are the {count:,} of {profile.rows:,} records that have it synthetic, and the others real?"
            questions.append(f"marker: {format_scalar(lines)}  # a question: {asked}")
    return questions


def _is_understood(column: ColumnProfile, rows: int) -> bool:
    """Return whether a column's values have a known meaning; an empty column needs a telling name.

    A `test` that half of the records have or more is an arm of an experiment, and one that holds 1, 2 and 3 a score.
    """
    if column.values == () and column.family != Family.BOOLEAN:
        return names.is_telling(column.name)
    meanings = _group_by_meaning(column.values or ())
    synthetic = sum(number for _, number in meanings.get("synthetic", ()))
    if names.split_words(column.name) == ("test",) and 2 * synthetic >= max(rows, 1):
        return False
    if column.family == Family.BOOLEAN:
        return True
    known = sum(number for values in meanings.values() for _, number in values)
    share = _OF_NUMBERS if column.family in {Family.NUMBER, Family.FLOAT} else _OF_CODES
    return bool(meanings) and (names.is_telling(column.name) or known >= share * (column.filled or known))


def _is_material(table: str, name: str) -> bool:
    """Return whether a column says what an article is made of: `synthetic` in a table of products."""
    singular = names.to_singular(table).split(" ")
    return names.split_words(name) == ("synthetic",) and bool({*names.load_data()["articles"]} & {*singular})


def _group_by_meaning(values: Sequence[tuple[Any, int]]) -> dict[str, list[tuple[Any, int]]]:
    values_by_kind: dict[str, list[tuple[Any, int]]] = {}
    for value, number in values:
        if kind := classify_marker_value(value):
            values_by_kind.setdefault(kind, []).append((to_policy_value(value), number))
    return values_by_kind


def _build_marker(profile: TableProfile, column: ColumnProfile, inverted: bool, found_by: str) -> MarkerProposal:
    meanings = _group_by_meaning(column.values or ())
    if inverted:
        swapped = {"synthetic": "real", "real": "synthetic"}
        meanings = {swapped.get(kind, kind): values for kind, values in meanings.items()}
    why = f"{found_by}; {_format_counts(profile, column)}".rstrip("; ")
    lines = {"column": ProposedValue(column.name, why)}
    for kind in KINDS:
        if kind in meanings:
            most = max(number for _, number in meanings[kind])
            lines[kind] = ProposedValue(
                _drop_duplicates([value for value, number in meanings[kind] if number * _RARE >= most])
            )
    for kind, other in (("synthetic", "real"), ("real", "synthetic")):
        if kind not in lines:
            lines[kind] = _guess_unseen(profile, column, lines.get(other), kind, inverted)
    lines = {word: lines[word] for word in ("column", *KINDS) if word in lines}
    if names.is_custom_field(column.name) and column.family == Family.BOOLEAN and column.filled == profile.rows:
        lines["can_be_empty"] = ProposedValue(
            False, "a checkbox is never empty, so it proves no tagging; a picklist would"
        )
    return MarkerProposal(column.name, lines, {kind: sum(n for _, n in values) for kind, values in meanings.items()})


def _format_counts(profile: TableProfile, column: ColumnProfile) -> str:
    """Return how many records have each known value; other values may be private and are only counted."""
    meanings = _group_by_meaning(column.values or ())
    parts = [f"{_format_value(value)} {n:,}" for kind in KINDS for value, n in meanings.get(kind, [])]
    known = sum(n for values in meanings.values() for _, n in values)
    if (others := (column.filled or 0) - known) > 0:
        parts.append(f"other values {others:,}")
    if column.filled is not None and (empty := profile.rows - column.filled) > 0:
        parts.append(f"empty {empty:,}")
    return ", ".join(parts)


def _format_value(value: Any) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return re.sub(r"\s+", " ", text).strip()


def _drop_duplicates(values: list[Any]) -> list[Any]:
    """Return the values without those that compare alike (trimmed, in any case)."""
    seen: dict[str, Any] = {}
    for value in values:
        seen.setdefault(str(value).strip().lower(), value.strip() if isinstance(value, str) else value)
    return list(seen.values())


def _guess_unseen(
    profile: TableProfile, column: ColumnProfile, other: ProposedValue | None, kind: str, inverted: bool
) -> ProposedValue:
    """Return the value of a kind that no record has yet."""
    without = profile.rows - (column.filled or 0)
    empty = f"; records without a value ({without:,}) count as untagged" if without and kind == "real" else ""
    if column.family == Family.BOOLEAN:
        return ProposedValue([(kind == "synthetic") != inverted], "no record has it yet")
    if other and other.value is not TODO and len(other.value) == 1:
        for pair in names.load_data()["opposites"]:
            if str(other.value[0]) in pair:
                opposite = pair[1 - pair.index(str(other.value[0]))]
                value = int(opposite) if column.family in _STORED else opposite
                return ProposedValue([value], f"no record has it yet{empty}")
    return ProposedValue(TODO, f"the value of {kind} records: no value seen has this meaning{empty}")
