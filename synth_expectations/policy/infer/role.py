"""The role of a table, and what the policy says of its records if no column tells them apart."""

from __future__ import annotations

from synth_expectations.policy.infer import names
from synth_expectations.policy.infer.marker import MarkerProposal
from synth_expectations.policy.infer.model import TODO, ProposedValue, TableProfile


def choose_role(
    profile: TableProfile,
    marker: MarkerProposal | None,
    provenance: dict[str, ProposedValue],
    decision: dict[str, ProposedValue],
) -> ProposedValue:
    """Return the role of a table, with its reason.

    Args:
        profile: what was read.
        marker: its marker; None without one.
        provenance: its columns of provenance, by the policy's word.
        decision: its columns of a decision, by the policy's word; none if it has no decisions.
    """
    if decision:
        return ProposedValue(["production", "decisions"], f"it has {', '.join(decision)}")
    by_name = names.guess_role(profile.name, [column.name for column in profile.columns])
    if by_name and not (by_name == "people" and marker):
        return ProposedValue(by_name, "the table's name")
    return _choose_marked_role(profile, marker, provenance) if marker else _choose_unmarked_role(profile, provenance)


def _choose_marked_role(
    profile: TableProfile, marker: MarkerProposal, provenance: dict[str, ProposedValue]
) -> ProposedValue:
    influenced = marker.seen.get("synthetic", 0) + marker.seen.get("partial", 0)
    if influenced and influenced == profile.rows:
        return ProposedValue("synthetic", "the marker says so for every record")
    if influenced:
        return ProposedValue("mixed", "its marker has synthetic records and others")
    if provenance or not profile.rows:
        return ProposedValue("mixed", "it has a marker; no synthetic record yet")
    return ProposedValue("production", "its marker has no synthetic record; mixed, if some may be")


def _choose_unmarked_role(profile: TableProfile, provenance: dict[str, ProposedValue]) -> ProposedValue:
    called = set(names.to_singular(profile.name).split(" "))
    for role, role_words in (("sandbox", {"sandbox"}), ("synthetic", {"synthetic", "synth"})):
        if role_words & called:
            return ProposedValue(role, "the table's name")
    if len(provenance) >= 3:
        columns = {column.name: column for column in profile.columns}
        filled = max(columns[column.value].filled or 0 for column in provenance.values())
        if filled < profile.rows:
            return ProposedValue("mixed", f"provenance in {filled:,} of {profile.rows:,} records, but no marker column")
        return ProposedValue("synthetic", "no marker, but provenance in every record")
    return ProposedValue("production", "no marker and no provenance found")


def propose_without_marker(
    roles: list[str], role: ProposedValue, has_questions: bool
) -> dict[str, ProposedValue | dict[str, ProposedValue]]:
    """Return what the entry of a table without a marker says of its records.

    Args:
        roles: of the table.
        role: the same, with its reason.
        has_questions: whether notes ask if some records are synthetic.
    """
    none = ProposedValue("none", "no column is named like one or has its values")
    if roles == ["synthetic"]:
        return {"marker": none, "all": ProposedValue("synthetic", role.why)}
    if "mixed" in roles:
        ask = ProposedValue(
            TODO, "the column that says which records are synthetic; none is named like one or has its values"
        )
        return {
            "marker": {
                "column": ask,
                "synthetic": ProposedValue(TODO, "its values"),
                "real": ProposedValue(TODO, "its values"),
            }
        }
    if {"production", "sandbox", "mixed"} & set(roles):
        unless = ", unless a question below says that some are synthetic" if has_questions else ""
        return {"marker": none, "all": ProposedValue(TODO, f"real or synthetic: what all its records are{unless}")}
    return {}  # a registry, a log: no table of records about people
