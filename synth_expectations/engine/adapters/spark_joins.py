"""Records of Spark joined with what lookups find for them, without a broadcast of unknown size.

Spark plans a broadcast by an estimate that may be wrong by any factor: a filtered or grouped reference of five million
rows fills a driver of 1 GB, and the run neither ends nor fails. So only what is known to be small is broadcast: a
reference whose files say so, and the slots of keys, of which there is a fixed number. Where Spark plans anew with the
sizes that it measured (`spark.sql.adaptive.enabled`), it may broadcast what turned out small; else it merges.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from itertools import count
from typing import TYPE_CHECKING

from synth_expectations.engine.adapters.reference_joins import Join, ReferenceJoin, ThroughJoin
from synth_expectations.engine.adapters.spark_sizes import is_small

if TYPE_CHECKING:
    from pyspark.sql import Column as SparkColumn
    from pyspark.sql import DataFrame

_SLOTS = 2**20
"""Into how many slots keys fall: a broadcast of all of them takes some 50 MB, whatever the batch."""

_SLOT = "synth_slot"

_NO_KEY = "' '"
"""Stands for a missing key of a reference. No record has it, since keys are trimmed; a key that may be NULL would be
computed twice, to leave out its NULLs before the join."""


def join_references(join: Join, batch: DataFrame, reference: Callable[[str], DataFrame]) -> DataFrame:
    """Return the records, left joined with one row of each reference for their key.

    Args:
        join: the join, in SQL.
        batch: the records.
        reference: finds the frame of a reference by its name.
    """
    records = batch.where(to_column(join.where)).select(*_columns(join.columns))
    relation = records
    for lookup in join.references:
        grouped = _grouped(lookup, records, reference)
        on = [records[lookup.record_key] == grouped[f"{lookup.prefix}_key"]]
        if lookup.record_at:
            on.append(records[lookup.record_at] == grouped[f"{lookup.prefix}_at"])
        relation = relation.join(grouped, reduce(lambda one, other: one & other, on), "left")
    return relation


def to_column(sql: str, alias: str | None = None) -> SparkColumn:
    """Return SQL as a column of Spark."""
    from pyspark.sql import functions as spark

    column = spark.expr(sql)
    return column.alias(alias) if alias else column


def _columns(values: Mapping[str, str]) -> list[SparkColumn]:
    return [to_column(sql, alias) for alias, sql in values.items()]


def _grouped(join: ReferenceJoin, records: DataFrame, reference: Callable[[str], DataFrame]) -> DataFrame:
    """Return one row for each key (and time): what all rows of the reference with that key say."""
    plans_anew = records.sparkSession.conf.get("spark.sql.adaptive.enabled", "true") == "true"
    tables = [join.reference, *([join.through.reference] if join.through else [])]
    fits_driver = not join.record_at and all(is_small(reference(table)) for table in tables)
    asked = None if fits_driver or not plans_anew else _find_slots(records, join.record_key)
    rows = _rows_of(join, reference, asked)
    by, holds = {f"{join.prefix}_key": "ref_key"}, "1 = 1"
    if join.record_at:
        times = records.select(to_column(join.record_key, "asked_key"), to_column(join.record_at, "asked_at"))
        rows = _merged(times.distinct()).join(_merged(rows), to_column("asked_key = ref_key"))
        by[f"{join.prefix}_at"] = "asked_at"
        holds = join.during("asked_at")
    values = {join.column("found"): "MAX(1)"}
    for name in join.flags():
        values[join.column(name)] = f"MAX(CASE WHEN is_{name} = 1 AND {holds} THEN 1 ELSE 0 END)"
    if join.counterpart:
        values[join.column("counterpart")] = "MIN(counterpart)"
    grouped = rows.groupBy(*_columns(by)).agg(*_columns(values | join.limits()))
    if fits_driver:
        return grouped.hint("broadcast")
    return grouped if plans_anew and not join.record_at else _merged(grouped)


def _rows_of(join: ReferenceJoin, reference: Callable[[str], DataFrame], asked: DataFrame | None) -> DataFrame:
    """Return rows of the reference with their key and flags; with a table between, its rows with these.

    Args:
        join: the reference.
        reference: finds the frame of a reference by its name.
        asked: the slots of the records' keys; rows whose key falls into none of them are left out. None for all rows.
    """
    rows = reference(join.reference)
    if join.where:
        rows = rows.where(to_column(join.where))
    if join.through is None:
        keyed = rows.select("*", to_column(f"COALESCE({join.key}, {_NO_KEY})", join.own_key))
        return _narrow(keyed, join.own_key, asked).select(*_columns({"ref_key": join.own_key} | join.row()))
    ends = _merged(rows.select(*_columns({"end_key": join.key} | join.row())))
    between = _narrow(_between(join.through, reference), "ref_key", asked)
    lost = to_column("CASE WHEN end_key IS NULL THEN 1 ELSE 0 END", "is_lost")
    return between.join(ends, to_column("leads_to = end_key"), "left").select("ref_key", lost, *join.row())


def _between(through: ThroughJoin, reference: Callable[[str], DataFrame]) -> DataFrame:
    keys = {"ref_key": f"COALESCE({through.key}, {_NO_KEY})", "leads_to": through.leads_to}
    return reference(through.reference).select(*_columns(keys))


def _find_slots(records: DataFrame, key: str) -> DataFrame:
    """Return the slots into which the records' keys fall, each once.

    One is added at the end, so that Spark does not know that they differ. Of a join with different values it knows that
    the result is no larger than the other side, and broadcasts it; else it measures what comes out.
    """
    slots = records.select(to_column(_slot_of(key), _SLOT)).distinct()
    return slots.select(to_column(f"{_SLOT} + 1", _SLOT)).hint("broadcast")


def _narrow(rows: DataFrame, key: str, asked: DataFrame | None) -> DataFrame:
    """Return the rows whose key falls into a slot of the records: all rows that a record may find, and few others."""
    if asked is None:
        return rows
    names = {name.casefold() for name in rows.columns}
    slot = next(name for name in (f"{_SLOT}{number or ''}" for number in count()) if name not in names)
    of_records = asked.withColumnRenamed(_SLOT, slot)
    return rows.join(of_records, to_column(f"{_slot_of(key)} + 1 = {slot}")).drop(slot)


def _slot_of(key: str) -> str:
    return f"(XXHASH64({key}) & {_SLOTS - 1}L)"


def _merged(frame: DataFrame) -> DataFrame:
    """Return a side of a join that Spark sorts and merges, whatever it believes of its size."""
    return frame.hint("merge")
