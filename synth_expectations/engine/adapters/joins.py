"""Records joined with what lookups find for them, as one SQL relation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from synth_expectations.engine.adapters.labels import label
from synth_expectations.engine.adapters.reference_joins import Join, ReferenceJoin

Reference = Callable[[str], sa.FromClause]
HashOf = Callable[[str], str]


def join_references(
    join: Join, batch: sa.FromClause, reference: Reference, hash_of: HashOf | None = None
) -> sa.FromClause:
    """Return the records as a CTE, left joined with each reference, narrowed to their keys and grouped.

    Args:
        join: the join, in SQL.
        batch: the records.
        reference: finds the table of a reference by its name.
        hash_of: what the engine groups by instead of a key; None if it does not read records that share a key apart.
    """
    if join.crowd and hash_of:
        return _join_crowd(join, join.crowd, batch, hash_of)
    columns = [label(sql, alias) for alias, sql in join.columns.items()]
    population = sa.select(*columns).where(sa.literal_column(join.where))
    population = population.select_from(batch)
    records = population.cte("synth_records")  # a name that no reference has: it would hide it
    relation: sa.FromClause = records
    for lookup in join.references:
        if lookup.asks_limits_only:
            crowded = _crowded(lookup, records, reference)
            limits = _limits(lookup, crowded, reference).subquery(f"{lookup.prefix}_limits")
            relation = relation.outerjoin(limits, records.c[lookup.record_key] == limits.c.ref_key)
            continue
        query = _grouped(lookup, records, reference)
        # read twice where records are counted: a CTE is computed once
        grouped = query.cte(f"synth_{lookup.prefix}") if lookup.more_than else query.subquery(lookup.prefix)
        on = records.c[lookup.record_key] == grouped.c[f"{lookup.prefix}_key"]
        if lookup.record_at:
            on &= records.c[lookup.record_at] == grouped.c[f"{lookup.prefix}_at"]
        relation = relation.outerjoin(grouped, on)
        if lookup.more_than:
            found = sa.select(grouped.c[f"{lookup.prefix}_key"])
            crowded = found.where(grouped.c[f"{lookup.prefix}_crowded"] == sa.literal_column("1"))
            limits = _limits(lookup, crowded, reference).subquery(f"{lookup.prefix}_limits")
            relation = relation.outerjoin(limits, records.c[lookup.record_key] == limits.c.ref_key)
    return relation


def _join_crowd(join: Join, lookup: ReferenceJoin, batch: sa.FromClause, hash_of: HashOf) -> sa.FromClause:
    """Return the records whose key shares its hash with enough others, left joined with the limits of their keys.

    The records are the rows of the reference: they are read twice, and their keys are in no hash table.
    """
    hashed = label(hash_of(lookup.key), "synth_hash")
    is_given: sa.ColumnElement[bool] = sa.literal_column(f"{lookup.key} IS NOT NULL")
    crowded = sa.select(hashed).select_from(batch).where(is_given).group_by(hashed.element)
    crowded = crowded.having(sa.literal_column(f"COUNT(*) > {min(lookup.more_than.values())}"))
    record = {f"{lookup.prefix}_record": lookup.record} if lookup.record else {}
    columns = [label(sql, alias) for alias, sql in {**join.columns, **record}.items()]
    rows = sa.select(*columns).select_from(batch)
    records = rows.where(is_given & hashed.element.in_(crowded)).cte("synth_records")
    named = [label(alias, "record") for alias in record]
    rows_by_key = sa.select(records.c[lookup.record_key].label("ref_key"), *named).select_from(records)
    limits = _limits_of(lookup, rows_by_key.subquery(f"{lookup.prefix}_crowd")).subquery(f"{lookup.prefix}_limits")
    return records.outerjoin(limits, records.c[lookup.record_key] == limits.c.ref_key)


def _grouped(join: ReferenceJoin, records: sa.CTE, reference: Reference) -> sa.Select[Any]:
    """Return one row for each key (and time) of the records: what all rows of the reference with that key say."""
    inner = _rows_of(join.of_rows(), sa.select(records.c[join.record_key]), reference).subquery(f"{join.prefix}_rows")
    source: sa.FromClause = inner
    by = [inner.c.ref_key.label(f"{join.prefix}_key")]
    holds = "1 = 1"
    if join.record_at:
        key, at = records.c[join.record_key], records.c[join.record_at]
        asked = sa.select(key.label("asked_key"), at.label("asked_at")).distinct().subquery(f"{join.prefix}_asked")
        source = asked.join(inner, asked.c.asked_key == inner.c.ref_key)
        by.append(asked.c.asked_at.label(f"{join.prefix}_at"))
        holds = join.during("asked_at")
    selected = [*by, label("1", join.column("found"))]
    selected += [
        label(f"MAX(CASE WHEN is_{name} = 1 AND {holds} THEN 1 ELSE 0 END)", join.column(name)) for name in join.flags()
    ]
    if join.counterpart:
        selected.append(label("MIN(counterpart)", join.column("counterpart")))
    if join.more_than:
        selected.append(label(join.crowded(), f"{join.prefix}_crowded"))
    return sa.select(*selected).select_from(source).group_by(*[column.element for column in by])


def _crowded(join: ReferenceJoin, records: sa.CTE, reference: Reference) -> sa.Select[Any]:
    """Return the keys that more rows than the smallest limit share; records with other keys are joined with nothing."""
    asked = None if join.is_own_key else sa.select(records.c[join.record_key])
    rows = _asked_for(join.of_rows(), reference(join.reference), asked).subquery(f"{join.prefix}_rows")
    shared: sa.ColumnElement[bool] = sa.literal_column(f"COUNT(*) > {min(join.more_than.values())}")
    return sa.select(rows.c.ref_key).group_by(rows.c.ref_key).having(shared)


def _limits(join: ReferenceJoin, crowded: sa.Select[Any], reference: Reference) -> sa.Select[Any]:
    """Return whether more records than the limits have a key, for keys that enough rows have.

    Mostly there is no such key: engines that join with nothing do not read the reference again.
    """
    return _limits_of(join, _rows_of(join.of_records(), crowded, reference).subquery(f"{join.prefix}_crowd"))


def _limits_of(join: ReferenceJoin, rows: sa.FromClause) -> sa.Select[Any]:
    limits = [label(sql, name) for name, sql in join.limits().items()]
    return sa.select(rows.c.ref_key, *limits).select_from(rows).group_by(rows.c.ref_key)


def _rows_of(join: ReferenceJoin, asked: sa.Select[Any], reference: Reference) -> sa.Select[Any]:
    """Return rows of the reference with their key and flags; with a table between, its rows with these.

    Only rows whose key is asked for: a reference of millions is streamed, not hashed.
    """
    if join.through is None:
        return _asked_for(join, reference(join.reference), asked)
    keys = {"ref_key": join.through.key, "leads_to": join.through.leads_to}
    between = sa.select(*[label(sql, alias) for alias, sql in keys.items()])
    all_between = between.select_from(reference(join.through.reference)).subquery(f"{join.prefix}_all")
    start = sa.select(*all_between.c).where(all_between.c.ref_key.in_(asked)).subquery(f"{join.prefix}_between")
    end = _asked_for(join, reference(join.reference)).subquery(f"{join.prefix}_end")
    lost = sa.case((end.c.ref_key.is_(None), sa.literal_column("1")), else_=sa.literal_column("0"))
    selected = [start.c.ref_key, lost.label("is_lost"), *[end.c[alias] for alias in join.row()]]
    return sa.select(*selected).select_from(start.outerjoin(end, start.c.leads_to == end.c.ref_key))


def _asked_for(join: ReferenceJoin, reference: sa.FromClause, asked: sa.Select[Any] | None = None) -> sa.Select[Any]:
    """Return the key and attributes of a reference's rows; attributes are computed only of rows that are asked for."""
    if asked is None:
        rows = sa.select(label(join.key, "ref_key"), *[label(sql, alias) for alias, sql in join.row().items()])
        return (rows.where(sa.literal_column(join.where)) if join.where else rows).select_from(reference)
    keyed = sa.select(label(join.key, join.own_key), sa.literal_column("*")).select_from(reference)
    if join.where:
        keyed = keyed.where(sa.literal_column(join.where))
    inner = keyed.subquery(f"{join.prefix}_keyed")
    key: sa.ColumnElement[Any] = sa.literal_column(join.own_key)
    attributes = [label(sql, alias) for alias, sql in join.row().items()]
    return sa.select(key.label("ref_key"), *attributes).select_from(inner).where(key.in_(asked))
