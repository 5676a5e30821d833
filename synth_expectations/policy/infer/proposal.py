"""What a policy would say of a table, each line with its reason."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from synth_expectations.engine.dialects.registry import find_data_source_type
from synth_expectations.engine.schema import Family
from synth_expectations.policy.infer import identifiers, names
from synth_expectations.policy.infer.codes import codes
from synth_expectations.policy.infer.marker import Marker, find_marker
from synth_expectations.policy.infer.model import TODO, ColumnProfile, Proposal, Said, TableProfile
from synth_expectations.policy.infer.parquet import period_of

PROVENANCE = ("source", "generated_at", "method", "algorithm_version", "purpose", "dataset_id")
DECISION = ("subject", "decision_type", "model_output_at", "reviewer", "reviewed_at", "effective_at", "outcome")


def propose(profile: TableProfile, *, data_source: str = "", name: str = "", beside: str = "") -> Proposal:
    """The proposal for a table. It names no value but those of markers, methods, purposes and the like.

    Args:
        profile: what was read.
        data_source: its name in the policy; `lake` for files, `warehouse` for a database if not given.
        name: of the table in the policy; the profile's if not given.
        beside: the directory of the policy, which a relative path of a data source starts from; the working directory
            if empty. A path that was given absolute stays so.
    """
    called = data_source or ("lake" if profile.kind == "parquet" else "warehouse")
    marker = find_marker(profile)
    taken = [marker.column] if marker else []
    people = identifiers.find_identifiers(profile, taken)
    provenance = _provenance(profile, marker, taken)
    decision = _decision(profile, [*taken, *(said.value for said in provenance.values())])
    role = _role(profile, marker, provenance, decision)
    roles = role.value if isinstance(role.value, list) else [role.value]
    tells = bool({"mixed", "synthetic"} & set(roles))

    columns: dict[str, Said] = {"key": _key(profile, [*taken, *_named(decision), *_named(provenance)])}
    columns |= _complete(provenance, PROVENANCE) if tells else provenance
    retained = names.find("retention_class", _columns(profile)) if tells else []
    if retained:
        columns["retention_class"] = Said(retained[0], _why(profile, retained[0]))
    if "decisions" in roles:
        columns |= _complete(decision, DECISION)
    entry: dict[str, Said | dict[str, Said]] = {"role": role, **_location(profile, called)}
    entry |= _where(profile) | _batch(profile)
    entry |= {"marker": marker.lines} if marker else _without_marker(roles, role)
    entry["columns"] = columns
    if people.found:
        entry["identifiers"] = people.found
    listed = ("method", "purpose", "retention_class", "decision_type")
    kinds = {word: _codes(profile, columns.get(word)) for word in listed}
    subject = columns.get("subject")
    class_word = "retention_class" if retained else "purpose"
    return Proposal(
        table=name or profile.name,
        entry=entry,
        data_source=called,
        source=_source(profile, called, beside),
        notes=(*people.notes, *_notes(profile, tells, people)),
        methods=kinds["method"] if tells else (),
        purposes=kinds["purpose"] if tells else (),
        classes=kinds[class_word] if tells else (),
        class_column=class_word if tells else None,
        decision_types=kinds["decision_type"] if "decisions" in roles else None,
        subject=subject.value if subject and subject.value is not TODO else None,
    )


def _provenance(profile: TableProfile, marker: Marker | None, taken: list[str]) -> dict[str, Said]:
    columns = _columns(profile)
    found: dict[str, str] = {}
    for weak in (False, True):
        if weak and not (marker and found):  # `source` alone is where a lead came from
            break
        for word in PROVENANCE:
            if word not in found and (named := names.find(word, columns, weak=weak, taken=[*taken, *found.values()])):
                found[word] = named[0]
    return {word: Said(found[word], _why(profile, found[word])) for word in PROVENANCE if word in found}


def _decision(profile: TableProfile, taken: list[str]) -> dict[str, Said]:
    columns = _columns(profile)
    is_named = "decision" in names.singular(profile.name).split(" ")
    found: dict[str, str] = {}
    for word in DECISION:
        named = names.find(word, columns, weak=is_named, taken=[*taken, *found.values()])
        if named:
            found[word] = named[0]
    telling = len(set(found) - {"subject", "effective_at", "outcome"})
    if not (telling >= 2 or (is_named and telling)):
        return {}
    valued = {"decision_type", "outcome"}
    return {word: Said(column, _why(profile, column, values=word in valued)) for word, column in found.items()}


def _role(profile: TableProfile, marker: Marker | None, provenance: dict[str, Said], decision: dict[str, Said]) -> Said:
    if decision:
        return Said(["production", "decisions"], f"it has {', '.join(decision)}")
    if by_name := names.table_role(profile.name):
        return Said(by_name, "the table's name")
    return _marked_role(profile, marker, provenance) if marker else _unmarked_role(profile, provenance)


def _marked_role(profile: TableProfile, marker: Marker, provenance: dict[str, Said]) -> Said:
    influenced = marker.seen.get("synthetic", 0) + marker.seen.get("partial", 0)
    if influenced and influenced == profile.rows:
        return Said("synthetic", "the marker says so of every record")
    if influenced:
        return Said("mixed", "its marker has synthetic records and others")
    if provenance or not profile.rows:
        return Said("mixed", "it has a marker; no synthetic record yet")
    return Said("production", "its marker has no synthetic record; mixed, if some may be")


def _unmarked_role(profile: TableProfile, provenance: dict[str, Said]) -> Said:
    called = set(names.singular(profile.name).split(" "))
    for role, told in (("sandbox", {"sandbox"}), ("synthetic", {"synthetic", "synth"})):
        if told & called:
            return Said(role, "the table's name")
    if len(provenance) >= 3:
        columns = {each.name: each for each in profile.columns}
        filled = max(columns[said.value].filled or 0 for said in provenance.values())
        if filled < profile.rows:
            return Said("mixed", f"provenance in {filled:,} of {profile.rows:,} records, and no column that says so")
        return Said("synthetic", "no marker, but provenance in every record")
    return Said("production", "no marker and no provenance found")


def _without_marker(roles: list[str], role: Said) -> dict[str, Said | dict[str, Said]]:
    none = Said("none", "no column is named like one or has its values")
    if roles == ["synthetic"]:
        return {"marker": none, "all": Said("synthetic", role.why)}
    if "mixed" in roles:
        ask = Said(TODO, "the column that says which records are synthetic; none is named like one or has its values")
        return {"marker": {"column": ask, "synthetic": Said(TODO, "its values"), "real": Said(TODO, "its values")}}
    if {"production", "sandbox", "mixed"} & set(roles):
        return {"marker": none, "all": Said(TODO, "real or synthetic: what all its records are")}
    return {}  # a registry, a log: no table of records about people


def _location(profile: TableProfile, data_source: str) -> dict[str, Said | dict[str, Said]]:
    count = f"{profile.rows:,} records"
    if profile.kind == "parquet":
        return {"parquet": Said(f"{data_source}/{profile.location}", count)}
    return {"data_source": Said(data_source), "table": Said(profile.location, count)}


def _source(profile: TableProfile, data_source: str, beside: str) -> dict[str, str]:
    variable = re.sub(r"\W", "_", data_source).upper()
    if profile.kind == "table":
        return {"type": find_data_source_type(profile.dialect), "connection": f"${{{variable}_URL}}"}
    directory = profile.base
    if not os.path.isabs(directory):
        directory = os.path.relpath(directory, beside or ".").replace(os.sep, "/")
        directory = directory if directory.startswith(".") else f"./{directory}"
    return {"type": "parquet", "path": directory if "}" in directory else f"${{{variable}:-{directory}}}"}


def _where(profile: TableProfile) -> dict[str, Said | dict[str, Said]]:
    columns = _columns(profile)
    for name in names.find("deleted", columns):
        family = dict(columns)[name]
        if family in {Family.BOOLEAN, Family.NUMBER}:
            live = "false" if family == Family.BOOLEAN else "0"
            return {"where": Said(f"{_sql(name)} = {live}", f"name; {_gone(profile, name)}")}
    for name in names.find("deleted_at", columns):
        filled = _column(profile, name).filled or 0
        return {"where": Said(f"{_sql(name)} IS NULL", f"name; {filled:,} soft-deleted")}
    return {}


def _gone(profile: TableProfile, name: str) -> str:
    values = _column(profile, name).values or ()
    return f"{sum(n for value, n in values if value):,} soft-deleted; retention still sees them"


def _sql(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name) else '"' + name.replace('"', '""') + '"'


def _batch(profile: TableProfile) -> dict[str, Said | dict[str, Said]]:
    for each in profile.partitions:
        if by := period_of(each.values):
            why = f"Hive partition; {len(each.values)} from {each.values[0]} to {each.values[-1]}"
            return {"batch": Said({"by": by, "column": each.column}, why)}
    return {}


def _key(profile: TableProfile, taken: Iterable[str]) -> Said:
    gone = set(taken)
    ranked = [_column(profile, name) for name in names.keys(profile.name, _columns(profile), gone)]
    asked = [each for each in ranked if each.unique]
    for each in asked:
        if each.unique == "yes":
            return Said(each.name, "name; unique, never empty")
    batch = next((each.column for each in profile.partitions if period_of(each.values)), "")
    for each in asked:
        if each.unique == "in batch":
            return Said(each.name, f"name; unique in each {batch}, never empty")
    if asked:
        return Said(TODO, f"{asked[0].name} is named like one, but repeats or is empty")
    return Said(TODO, "the column that names a record, not a person")


def _complete(found: dict[str, Said], wanted: Iterable[str]) -> dict[str, Said]:
    return {word: found.get(word) or Said(TODO, "no column is named like it") for word in wanted}


def _codes(profile: TableProfile, column: Said | None) -> tuple[tuple[str, int], ...]:
    if not column or column.value is TODO:
        return ()
    return codes(_column(profile, column.value))


def _why(profile: TableProfile, name: str, values: bool = False) -> str:
    column = _column(profile, name)
    if values and (known := codes(column)):
        return "name; " + ", ".join(f"{value} {n:,}" for value, n in known[:8])
    return f"name; filled in {column.filled:,} of {profile.rows:,}" if column.filled is not None else "name"


def _notes(profile: TableProfile, tells: bool, people: identifiers.Identifiers) -> tuple[str, ...]:
    notes = []
    if tells and not people.found:
        notes.append("no identifiers found by name: copies of real people cannot be looked for here")
    if profile.partitions and not _batch(profile):
        shown = ", ".join(each.column for each in profile.partitions)
        notes.append(f"partitioned by {shown}: no day or month, so no batch")
    return tuple(notes)


def _named(found: dict[str, Said]) -> list[str]:
    return [said.value for said in found.values()]


def _column(profile: TableProfile, name: str) -> ColumnProfile:
    return next(each for each in profile.columns if each.name == name)


def _columns(profile: TableProfile) -> list[tuple[str, Family]]:
    return [(each.name, each.family) for each in profile.columns]
