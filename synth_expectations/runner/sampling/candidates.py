"""Records in the order of a draw, in groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class CandidateRecord:
    """A record in the order of a draw.

    Attributes:
        rank: the hash by which it is sorted.
        key: its key in the comparable form, composed (NFC).
        stated: what this package says of it.
        rows: how many rows have the key, as far as they were drawn.
    """

    rank: str
    key: str
    stated: str
    rows: int = 1


@dataclass(frozen=True)
class CandidateGroup:
    """The records of a stratum, or of one of its values, in the order of a draw.

    Attributes:
        value: of the column of a stratum `by:COLUMN`; None otherwise, and for rows without one.
        population: how many rows have a key; `without_key` more have none.
        records: the first ones.
        size: how many of them are in the sample.
    """

    value: str | None
    population: int
    without_key: int
    records: tuple[CandidateRecord, ...]
    size: int = 0


def join_groups(
    groups: Iterable[tuple[CandidateGroup, bool]], value_of: Mapping[str, str]
) -> list[tuple[CandidateGroup, bool]]:
    """Return groups by the value that the rows they refer to have, such as the integration of runs.

    Args:
        groups: each with whether its records are all that it has.
        value_of: the value of each row that groups are named after.
    """
    by_value: dict[str | None, list[tuple[CandidateGroup, bool]]] = {}
    for group, is_whole in groups:
        value = None if group.value is None else value_of.get(group.value)
        by_value.setdefault(value, []).append((group, is_whole))
    joined = []
    for value, members in by_value.items():
        records = sorted((record for group, _ in members for record in group.records), key=lambda row: row.rank)
        # the smallest of all are among the smallest of each, as far as the shortest list that was cut reaches
        cuts = [group.records[-1].rank for group, is_whole in members if not is_whole and group.records]
        reached = [record for record in records if not cuts or record.rank <= min(cuts)]
        population, without = (
            sum(getattr(group, name) for group, _ in members) for name in ("population", "without_key")
        )
        unique = {record.key: record for record in reversed(reached)}
        ordered = tuple(sorted(unique.values(), key=lambda row: row.rank))
        joined.append((CandidateGroup(value, population, without, ordered), all(whole for _, whole in members)))
    return joined
