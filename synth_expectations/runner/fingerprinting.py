"""Fingerprint the identifiers of a table: the engine normalises them, and this process alone has the key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from sqlglot import exp

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.compiler import Compiler
from synth_expectations.engine.garbage_collection import paused_collection
from synth_expectations.errors import SynthError
from synth_expectations.policy.compile.compiler import CompiledPolicy
from synth_expectations.policy.compile.table_checks import gx_source_of
from synth_expectations.policy.table_entry import Identifiers, Marker, TableEntry
from synth_expectations.policy.types import format_unknown
from synth_expectations.rules.expressions import (
    any_of,
    concatenate,
    field,
    is_one_of,
    literal,
    make_key,
    normalize,
    normalize_key,
    only_where,
)
from synth_expectations.rules.fingerprints import FINGERPRINT, KIND, KINDS, RECORD
from synth_expectations.rules.folding import fold
from synth_expectations.rules.nodes import Condition, RecordKey
from synth_expectations.rules.nothing import NOTHING
from synth_expectations.runner.fingerprints.file import FingerprintFile, write_file
from synth_expectations.runner.fingerprints.key import ComparisonKey
from synth_expectations.runner.fingerprints.prints import PRINT, cut_digests, group_prints
from synth_expectations.runner.preflight import open_sources

_PIECE = 50_000
_KINDS = pa.array(list(KINDS), pa.string())
_SCHEMA = pa.schema([(RECORD, pa.string()), (KIND, pa.dictionary(pa.int8(), pa.string())), (FINGERPRINT, PRINT)])
_PLAIN = pa.schema([(RECORD, pa.string()), (KIND, pa.string()), (FINGERPRINT, pa.binary())])
MOST_SHARED = 20
"""How many records may share a value: a switchboard, or a household's mailbox, is not a person."""


@dataclass(frozen=True)
class FingerprintedTable:
    """A table of the policy, and what is fingerprinted of it.

    Attributes:
        name: of the table.
        entry: the policy of it.
        names_records: whether the file names the records: needed of the table that is checked, and not of the reference.
    """

    name: str
    entry: TableEntry
    names_records: bool

    @property
    def record(self) -> Condition:
        """What names a record in the file."""
        return make_key(normalize_key(field(self._key)))

    @property
    def _key(self) -> str:
        return (self.entry.columns or {}).get("key") or ""

    def where(self) -> Condition:
        """Return the records that take part: of the reference, all that are not marked as synthetic."""
        marker = self.entry.marker
        if self.names_records:
            return exp.true()
        if not isinstance(marker, Marker) or not marker.column:
            return exp.false() if self.entry.all == "synthetic" else exp.true()
        return ~is_one_of(field(marker.column), marker.synthetic or (True,))

    def values(self) -> Mapping[str, Condition]:
        """Return what is fingerprinted, by kind: NULL where a part is missing, or is a word for nothing."""
        known = self.entry.identifiers or Identifiers()
        code = known.calling_code
        values: dict[str, Condition] = {}
        if known.email:
            values["email"] = _without_nothing([known.email], make_key(normalize(field(known.email), "email")))
        if known.name:
            name = concatenate(*[normalize(field(column), "name") for column in known.name])
            if known.phone:
                phone = normalize(field(known.phone), "phone", code)
                values["phone_and_name"] = _without_nothing([known.phone, *known.name], make_key(phone, name))
                if len(known.name) > 1:
                    surname = normalize(field(known.name[-1]), "name")
                    values["phone_and_surname"] = _without_nothing(
                        [known.phone, known.name[-1]], make_key(phone, surname)
                    )
            if known.birth_date and known.postcode:
                parts = normalize(field(known.birth_date), "date"), normalize(field(known.postcode), "postcode")
                values["person"] = _without_nothing([*known.name, known.postcode], make_key(name, *parts))
        kind = self.entry.key_kinds.get(self._key, "")
        return values | {"id": make_key(RecordKey(this=field(self._key), kind=literal(kind)))}


def _without_nothing(columns: Sequence[str], value: Condition) -> Condition:
    return only_where(~any_of(is_one_of(field(column), NOTHING) for column in columns), value)


@dataclass(frozen=True)
class TableFingerprints:
    """The fingerprints of a table, in memory.

    Attributes:
        rows: the columns record, kind and fingerprint.
        records: how many records take part.
        left_out: how many values were left out, because more records share them than one person has.
        kinds: how many fingerprints there are of each kind that the policy names columns of.
    """

    rows: pa.Table
    records: int
    left_out: int
    kinds: dict[str, int]


def fingerprint_table(
    compiled: CompiledPolicy,
    name: str,
    key: ComparisonKey,
    path: Path,
    *,
    names_records: bool,
    now: datetime,
    days: int,
) -> FingerprintFile:
    """Write the fingerprints of a table into a file.

    Args:
        compiled: the policy that names the table.
        name: of the table.
        key: of this comparison.
        path: of the file.
        names_records: see `FingerprintedTable`.
        now: the time at which they are made, in UTC.
        days: how long they may be used.

    Raises:
        SynthError: the table cannot be read, or has nothing that can be fingerprinted.
    """
    made = collect_fingerprints(compiled, name, key, names_records=names_records, now=now)
    about = {
        "records": made.records,
        "has_records": names_records,
        "left_out": made.left_out,
        "kinds": made.kinds,
    }
    return write_file(path, made.rows, key, about, now, now + timedelta(days=days))


def collect_fingerprints(
    compiled: CompiledPolicy, name: str, key: ComparisonKey, *, names_records: bool, now: datetime
) -> TableFingerprints:
    """Return the fingerprints of a table; see `fingerprint_table`.

    Raises:
        SynthError: the table cannot be read, or has nothing that can be fingerprinted.
    """
    if name not in compiled.policy.tables:
        raise SynthError(format_unknown("table", name, compiled.policy.tables))
    table = FingerprintedTable(name, compiled.policy.tables[name], names_records)
    if not (table.entry.columns or {}).get("key"):
        raise SynthError(f"{name} has no columns.key in the policy.", "Name the column of its record key.")
    if len(table.values()) == 1:
        raise SynthError(
            f"{name} has no e-mail, phone with name, or name with birth_date and postcode in the policy.",
            f"Name its columns in tables.{name}.identifiers.",
        )
    with open_sources(compiled) as project, paused_collection():
        adapter = project.sources.make_adapter(gx_source_of(table.entry), name)
        rows, records = fingerprint_records(table, adapter, key, now)
    if not records:
        raise SynthError(
            f"{name} has no record to fingerprint.", "Nothing was written: load it, or look at its marker."
        )
    left_out = 0
    if not names_records:
        rows, left_out = _drop_shared(rows)
    if not rows.num_rows or (not names_records and rows.column(KIND).unique().to_pylist() == ["id"]):
        raise SynthError(
            f"No record of {name} has an identifier that can be read.", "Look at its columns and `marker`."
        )
    counted = {entry["values"]: entry["counts"] for entry in rows.column(KIND).value_counts().to_pylist()}
    return TableFingerprints(rows, records, left_out, {kind: counted.get(kind, 0) for kind in table.values()})


def fingerprint_records(
    table: FingerprintedTable, adapter: Adapter, key: ComparisonKey, now: datetime
) -> tuple[pa.Table, int]:
    """Return the fingerprints with their records, and how many records there are."""
    compiler = Compiler(adapter.columns(), adapter.dialect, now)
    values = table.values()
    where, record = compiler.compile(table.where()), compiler.compile(table.record)
    compiled = [compiler.compile(value) for value in values.values()]
    fetched = list(dict.fromkeys([record, *compiled]))  # the key of a record is most often its name too
    pieces, count = [], 0
    for piece in adapter.stream_violations([where], fetched, _PIECE):
        columns = list(zip(*piece, strict=True))
        if table.names_records and None in columns[0]:
            raise SynthError(f"Some records of {table.name} have no key: their fingerprints would belong to nobody.")
        names: Sequence[str] = columns[0]
        if None in names:
            names = [record if record is not None else f"\x00{count + n}" for n, record in enumerate(names)]
        count += len(names)
        records = pa.array(names, pa.string())
        pieces += [
            _fingerprint_column(records, kind, columns[fetched.index(sql)], key)
            for kind, sql in zip(values, compiled, strict=True)
        ]
    return pa.Table.from_batches(pieces, _SCHEMA), count


def _fingerprint_column(
    records: pa.Array, kind: str, values: Sequence[str | None], key: ComparisonKey
) -> pa.RecordBatch:
    """Return the fingerprints of one kind of some records; a record without the value has none."""
    given = [value for value in values if value is not None]
    if len(given) < len(values):
        records = records.filter(pa.array([value is not None for value in values]))
    texts = (  # what is not ASCII is folded, whatever the engine's own folding left
        value.encode() if value.isascii() else fold(value).encode("utf-8", "surrogatepass") for value in given
    )
    prints = cut_digests(key.digest_all(f"{kind}\x1f".encode(), texts))
    codes = np.full(len(records), _KINDS.index(kind).as_py(), np.int8)
    kinds = pa.DictionaryArray.from_arrays(pa.array(codes), _KINDS)
    return pa.RecordBatch.from_arrays([records, kinds, prints], schema=_SCHEMA)


def _drop_shared(rows: pa.Table) -> tuple[pa.Table, int]:
    """Return each fingerprint once, without its record, and how many were left out as too many records share them."""
    firsts, counts, order = group_prints(rows.column(FINGERPRINT))
    is_shared = np.zeros(len(firsts), bool)
    is_crowded = counts > MOST_SHARED
    if is_crowded.any():
        prints = rows.column(FINGERPRINT).take(pa.array(order[firsts]))
        crowded = rows.take(pa.array(np.sort(order[np.repeat(is_crowded, counts)]))).cast(_PLAIN)
        grouped = crowded.group_by([FINGERPRINT]).aggregate([(RECORD, "count_distinct")])  # rows are not records
        shared = grouped.filter(pc.greater(grouped.column(f"{RECORD}_count_distinct"), MOST_SHARED)).column(FINGERPRINT)
        is_shared = pc.is_in(prints.cast(pa.binary()), shared.combine_chunks()).to_numpy()
    kept = rows.select([KIND, FINGERPRINT]).take(pa.array(order[firsts[~is_shared]]))
    return kept.append_column(RECORD, pa.nulls(kept.num_rows, pa.string())), int(is_shared.sum())
