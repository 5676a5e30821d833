"""The proposed policy of a table, each line with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from synth_expectations.engine.schema import Family
from synth_expectations.expectations.declarations import PROVENANCE
from synth_expectations.policy.infer import identifiers, names
from synth_expectations.policy.infer.codes import find_codes
from synth_expectations.policy.infer.flags import list_questions
from synth_expectations.policy.infer.issued_numbers import propose_arguments
from synth_expectations.policy.infer.location import propose_location, propose_source
from synth_expectations.policy.infer.marker import find_marker, list_value_questions
from synth_expectations.policy.infer.model import TODO, ColumnProfile, Proposal, ProposedValue, TableProfile
from synth_expectations.policy.infer.parquet import find_granularity
from synth_expectations.policy.infer.provenance import find_provenance
from synth_expectations.policy.infer.role import choose_role, propose_without_marker
from synth_expectations.policy.infer.tags import list_tag_notes

DECISION = ("subject", "decision_type", "model_output_at", "reviewer", "reviewed_at", "effective_at", "outcome")


def propose(profile: TableProfile, *, data_source: str = "", name: str = "", beside: str = "") -> Proposal:
    """Propose the policy of a table. Only values of markers, methods, purposes and the like appear in it.

    Args:
        profile: what was read.
        data_source: its name in the policy; `lake` for files, `warehouse` for a database if not given.
        name: of the table in the policy; the profile's if not given.
        beside: the directory of the policy, which a relative path of a data source starts from; the working directory
            if empty. A path that was given absolute stays so.
    """
    called = data_source or ("warehouse" if profile.kind == "table" else "lake")
    marker = find_marker(profile)
    assigned = [marker.column] if marker else []
    people = identifiers.find_identifiers(profile, assigned)
    found = find_provenance(profile, marker, assigned)
    provenance = found.columns
    if names.guess_role(profile.name, [column.name for column in profile.columns]) == "registry":
        provenance = {word: column for word, column in provenance.items() if word != "dataset_id"}  # its key
    decision = _find_decision(profile, [*assigned, *(column.value for column in provenance.values())])
    role = choose_role(profile, marker, provenance, decision)
    roles = role.value if isinstance(role.value, list) else [role.value]
    tells = bool({"mixed", "synthetic"} & set(roles))

    columns: dict[str, ProposedValue] = {
        "key": _propose_key(profile, [*assigned, *_list_names(decision), *_list_names(provenance)])
    }
    columns |= provenance
    retained = names.find_columns("retention_class", profile.list_families()) if tells else []
    if retained:
        columns["retention_class"] = ProposedValue(retained[0], _explain(profile, retained[0]))
    if "decisions" in roles:
        columns |= _fill_gaps(decision, DECISION)
    entry: dict[str, ProposedValue | dict[str, ProposedValue]] = {"role": role, **propose_location(profile, called)}
    entry |= _propose_where(profile) | _propose_batch(profile)
    flags = [(column.name, column.flag) for column in profile.columns]
    questions = (
        []
        if marker
        else [*list_value_questions(profile), *list_questions(flags, profile.rows), *list_tag_notes(profile)]
    )
    entry |= {"marker": marker.lines} if marker else propose_without_marker(roles, role, bool(questions))
    entry["columns"] = columns
    if people.found:
        entry["identifiers"] = people.found
    looks = bool({"mixed", "production"} & set(roles))
    if expectations := {**(found.expectations if tells else {}), **propose_arguments(profile, looks)}:
        entry["expectations"] = dict(expectations)
    listed = ("method", "purpose", "retention_class", "decision_type")
    kinds = {word: _find_column_codes(profile, columns.get(word)) for word in listed}
    subject = columns.get("subject")
    class_word = "retention_class" if retained else "purpose"
    return Proposal(
        table=name or names.to_table_name(profile.name),
        entry=entry,
        data_source=called,
        source=propose_source(profile, called, beside),
        notes=(
            *people.notes,
            *found.notes,
            *questions,
            *_list_notes(profile, tells, people, columns),
        ),
        may_be_synthetic=tells,
        methods=kinds["method"] if tells else (),
        purposes=kinds["purpose"] if tells else (),
        classes=kinds[class_word] if tells else (),
        class_column=class_word if tells and class_word in columns else None,
        decision_types=kinds["decision_type"] if "decisions" in roles else None,
        subject=subject.value if subject and subject.value is not TODO else None,
    )


def _find_decision(profile: TableProfile, assigned: list[str]) -> dict[str, ProposedValue]:
    columns = profile.list_families()
    is_named = "decision" in names.to_singular(profile.name).split(" ")
    columns_by_word: dict[str, str] = {}
    for word in DECISION:
        named = names.find_columns(word, columns, weak=is_named, excluded=[*assigned, *columns_by_word.values()])
        if named:
            columns_by_word[word] = named[0]
    telling = len(set(columns_by_word) - {"subject", "effective_at", "outcome"})
    if not (telling >= 2 or (is_named and telling)):
        return {}
    valued = {"decision_type", "outcome"}
    return {
        word: ProposedValue(column, _explain(profile, column, values=word in valued))
        for word, column in columns_by_word.items()
    }


def _propose_where(profile: TableProfile) -> dict[str, ProposedValue | dict[str, ProposedValue]]:
    columns = profile.list_families()
    for name in names.find_columns("deleted", columns):
        family = dict(columns)[name]
        if family in {Family.BOOLEAN, Family.NUMBER}:
            live = "false" if family == Family.BOOLEAN else "0"
            return {"where": ProposedValue(f"{_quote(name)} = {live}", f"name; {_count_deleted(profile, name)}")}
    for name in names.find_columns("deleted_at", columns):
        filled = profile.find_column(name).filled or 0
        return {"where": ProposedValue(f"{_quote(name)} IS NULL", f"name; {filled:,} soft-deleted")}
    return {}


def _count_deleted(profile: TableProfile, name: str) -> str:
    values = profile.find_column(name).values or ()
    return f"{sum(n for value, n in values if value):,} soft-deleted; retention still sees them"


def _quote(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name) else '"' + name.replace('"', '""') + '"'


def _propose_batch(profile: TableProfile) -> dict[str, ProposedValue | dict[str, ProposedValue]]:
    for partition in profile.partitions:
        if by := find_granularity(partition.values):
            why = f"Hive partition; {len(partition.values)} from {partition.values[0]} to {partition.values[-1]}"
            return {"batch": ProposedValue({"by": by, "column": partition.column}, why)}
    if profile.snapshot_column and any(column.unique == "in batch" for column in profile.columns):
        day = ProposedValue({"by": "day", "column": profile.snapshot_column}, "name; the key repeats from day to day")
        return {"batch": day}
    return {}


def _propose_key(profile: TableProfile, assigned: Iterable[str]) -> ProposedValue:
    gone = set(assigned)
    if profile.primary_key:
        return _name_key(profile.find_column(profile.primary_key), "the table's primary key")
    ranked = [profile.find_column(name) for name in names.find_keys(profile.name, profile.list_families(), gone)]
    unique = [column for column in ranked if column.unique]
    for column in unique:
        if column.unique == "yes":
            return _name_key(column, "name; unique, never empty")
    days = [partition.column for partition in profile.partitions if find_granularity(partition.values)]
    batch = next(iter(days), profile.snapshot_column or "")
    for column in unique:
        if column.unique == "in batch":
            return _name_key(column, f"name; unique in each {batch}, never empty")
    if unique:
        return ProposedValue(TODO, f"{unique[0].name} is named like a key, but repeats or is empty")
    return ProposedValue(TODO, "the column that names a record, not a person")


def _name_key(column: ColumnProfile, why: str) -> ProposedValue:
    if column.kind is None:
        return ProposedValue(column.name, why)
    return ProposedValue({"name": column.name, "kind": column.kind}, f"{why}; the kind from its values")


def _fill_gaps(columns_by_word: dict[str, ProposedValue], wanted: Iterable[str]) -> dict[str, ProposedValue]:
    return {word: columns_by_word.get(word) or ProposedValue(TODO, "no column is named like it") for word in wanted}


def _find_column_codes(profile: TableProfile, column: ProposedValue | None) -> tuple[tuple[str, int], ...]:
    if not column or column.value is TODO:
        return ()
    return find_codes(profile.find_column(column.value))


def _explain(profile: TableProfile, name: str, values: bool = False) -> str:
    column = profile.find_column(name)
    if values and (known := find_codes(column)):
        return "name; " + ", ".join(f"{value} {n:,}" for value, n in known[:8])
    return f"name; filled in {column.filled:,} of {profile.rows:,}" if column.filled is not None else "name"


def _list_notes(
    profile: TableProfile, tells: bool, people: identifiers.IdentifierProposal, columns: Mapping[str, ProposedValue]
) -> tuple[str, ...]:
    notes = []
    if tells and (missing := [word for word in PROVENANCE if word not in columns]):
        notes.append(f"not covered, since no column is named like it: {', '.join(missing)}")
    if tells and not people.found:
        notes.append("no identifiers found by name: copies of real people cannot be looked for here")
    if profile.partitions and not _propose_batch(profile):
        partition_columns = ", ".join(partition.column for partition in profile.partitions)
        notes.append(f"partitioned by {partition_columns}: no day or month, so no batch")
    return tuple(notes)


def _list_names(columns_by_word: dict[str, ProposedValue]) -> list[str]:
    return [column.value for column in columns_by_word.values()]
