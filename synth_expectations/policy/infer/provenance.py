"""The provenance columns of a table: by name, and only if real records leave them empty."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from synth_expectations.expectations.declarations import PROVENANCE
from synth_expectations.expectations.provenance.expect_synthetic_provenance_to_be_well_formed import (
    ExpectSyntheticProvenanceToBeWellFormed,
)
from synth_expectations.policy.infer import names
from synth_expectations.policy.infer.marker import MarkerProposal
from synth_expectations.policy.infer.model import ColumnProfile, ProposedValue, TableProfile

_OF_REAL = 0.2
"""A column that more of the real records fill is not provenance; fewer are what the expectations are to find."""


@dataclass(frozen=True)
class ProvenanceProposal:
    """The provenance of a table.

    Attributes:
        columns: by the policy's word, in the order of `PROVENANCE`.
        expectations: the form of its versions, where it is not the one that is expected.
        notes: columns that are named like provenance and are none.
    """

    columns: dict[str, ProposedValue] = field(default_factory=dict)
    expectations: dict[str, ProposedValue] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def find_provenance(
    profile: TableProfile, marker: MarkerProposal | None, assigned: Iterable[str]
) -> ProvenanceProposal:
    """Return the provenance columns of a table; plain names such as `source` need the company of telling ones."""
    columns = profile.list_families()
    by_name = {column.name: column for column in profile.columns}
    real = marker.seen.get("real", 0) if marker else 0
    shared: dict[str, str] = {}
    chosen: dict[str, str] = {}
    for weak in (False, True):
        if weak and not (marker and chosen):  # `source` alone is where a lead came from
            break
        for word in PROVENANCE:
            taken = [*assigned, *chosen.values(), *shared]
            for name in names.find_columns(word, columns, weak=weak, excluded=taken) if word not in chosen else ():
                if _is_shared(by_name[name], real):
                    shared[name] = word
                    continue
                chosen[word] = name
                break
    ordered = {word: by_name[chosen[word]] for word in PROVENANCE if word in chosen}
    return ProvenanceProposal(
        {word: ProposedValue(column.name, _explain(column, profile.rows, real)) for word, column in ordered.items()},
        _propose_version_format(ordered.get("algorithm_version")),
        tuple(
            f"{name} is named like {word}, but {by_name[name].filled_by_real:,} of {real:,} real records have a value in it:"
            " no provenance"
            for name, word in shared.items()
        ),
    )


def _is_shared(column: ColumnProfile, real: int) -> bool:
    """Return whether real records fill a column too; of one that is called synthetic, that is a mistake to be found."""
    return real > 0 and (column.filled_by_real or 0) > _OF_REAL * real and not names.is_telling(column.name)


def _explain(column: ColumnProfile, rows: int, real: int) -> str:
    if column.filled is None:
        return "name"
    of_real = f"; also in {column.filled_by_real:,} of {real:,} real ones" if real and column.filled_by_real else ""
    return f"name; filled in {column.filled:,} of {rows:,}{of_real}"


def _propose_version_format(column: ColumnProfile | None) -> dict[str, ProposedValue]:
    form = column.version if column else None
    if form is None or form.name == "semver":
        return {}
    arguments = {"version_format": form.name} | ({"version_pattern": form.pattern} if form.pattern else {})
    why = f"the form of {form.matching:,} of {form.read:,} versions that were read"
    return {ExpectSyntheticProvenanceToBeWellFormed.type_name(): ProposedValue(arguments, why)}
