"""Draw records of a table: those whose keys have the smallest hashes with the seed of the draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from unicodedata import normalize as compose

from sqlglot import exp

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.adapters.draw_queries import DrawnRows, DrawQuery
from synth_expectations.engine.adapters.value_queries import SampleQuery
from synth_expectations.engine.compiler import Compiler
from synth_expectations.engine.count_query import format_key
from synth_expectations.engine.record_keys import TYPES
from synth_expectations.engine.schema import TEXTS, Family
from synth_expectations.errors import SynthError, build_missing_column_error
from synth_expectations.evidence.sampling.seed import rank_key
from synth_expectations.evidence.sampling.size import LARGEST, compute_size
from synth_expectations.evidence.sampling.strata import Stratum, StratumKind
from synth_expectations.rules.expressions import field, is_equal, literal, normalize, rank_record
from synth_expectations.rules.nodes import Condition
from synth_expectations.runner.policy_tables import PolicyTables
from synth_expectations.runner.sampling.candidates import CandidateGroup, CandidateRecord, join_groups
from synth_expectations.runner.sampling.violating_records import ViolatingRecords, read_violating_records

MOST_VALUES = 1_000
"""Values of a column that a stratum `by:COLUMN` may have."""

MOST_RUNS = 10_000
"""Runs of a synchronisation whose values are held at once."""

_UNBOUNDED = 10**9
"""A population so large that a larger one needs no larger sample."""

_OVERSIGHT = "expect_human_oversight_to_be_effective"
_OF_KINDS = {
    StratumKind.TAGGED_REAL: "real",
    StratumKind.TAGGED_SYNTHETIC: "synthetic",
    StratumKind.UNTAGGED: "untagged",
}


@dataclass(frozen=True)
class SampleTerms:
    """How large a sample is to be.

    Attributes:
        confidence: from 0 to 1.
        tolerable: the rate of exceptions that the sample is to rule out, from 0 to 1.
        expected: exceptions that the sample may have.
        size: of the sample; None to compute it.
    """

    confidence: Fraction
    tolerable: Fraction
    expected: int
    size: int | None

    def find_size(self, population: int) -> int:
        """Return the size for a population; all of a small one.

        Raises:
            SynthError: it would be too large.
        """
        if self.size is not None:
            return min(self.size, population)
        return compute_size(population, self.confidence, self.tolerable, self.expected) if population else 0

    @property
    def largest(self) -> int:
        """A size that no population exceeds."""
        try:
            return self.find_size(_UNBOUNDED)
        except SynthError:  # a small population may do with less
            return LARGEST


def count_replacements(size: int) -> int:
    """Return how many records stand by for those that are no longer there."""
    return max(5, size // 5)


class RecordDraw:
    """A draw from one table.

    Args:
        tables: of the policy.
        table: the name of the table.
        stratum: which of its records.
        prefix: what each key is hashed with.
        terms: how large the sample is to be.
        as_of: the time for which rules are evaluated.
    """

    def __init__(
        self, tables: PolicyTables, table: str, stratum: Stratum, prefix: str, terms: SampleTerms, as_of: datetime
    ) -> None:
        self._tables = tables
        self._table = table
        self._stratum = stratum
        self._prefix = prefix
        self._terms = terms
        self._as_of = as_of
        self._key = tables.find_key(table)
        self._adapter: Adapter = tables.open(table)
        self._kinds = tables.list_kinds(table, self._adapter.columns())
        self._value_of: Mapping[str, str] | None = None
        self._by, self._where = self._read_stratum()
        self._refuse_key_type()
        self.broken: ViolatingRecords | None = None

    def draw(self) -> list[CandidateGroup]:
        """Return the records of the draw, then those that stand by; groups of a stratum `by:COLUMN` apart.

        Raises:
            SynthError: a query failed, or the stratum cannot be told.
        """
        if self._stratum.kind in {StratumKind.BROKEN, StratumKind.PASSED, StratumKind.DECISIONS}:
            self.broken = read_violating_records(self._tables, self._table, self._adapter, self._as_of)
        is_broken = self._stratum.kind is StratumKind.BROKEN
        return self._allocate([self._rank_broken()] if is_broken else self._draw_in_engine())

    def _draw_in_engine(self) -> list[CandidateGroup]:
        wanted = self._terms.largest
        wanted += count_replacements(wanted)
        most = 2 * wanted + 10
        while True:
            groups = [self._read_group(drawn, most) for drawn in self._query(most)]
            if self._value_of is not None:
                groups = join_groups(groups, self._value_of)
            if len(groups) > MOST_VALUES:
                raise SynthError(
                    f"{self._stratum.column} of {self._table} has more than {MOST_VALUES:,} values.",
                    f"Limit the sample to one: --stratum 'by:{self._stratum.column}=VALUE'",
                )
            if all(len(group.records) >= wanted or is_whole for group, is_whole in groups):
                return [group for group, _ in groups]
            most *= 4  # many rows share a key, or break a rule

    def _query(self, most: int) -> list[DrawnRows]:
        compiler = Compiler(self._adapter.columns(), self._adapter.dialect, self._as_of)
        key = self._tables.form_key(self._table, self._key)
        query = DrawQuery(
            rank=compiler.compile(rank_record(key, self._prefix)),
            key=compiler.compile(key),
            values=[f"CASE WHEN {compiler.compile(condition)} THEN 1 ELSE 0 END" for _, condition in self._kinds],
            where=compiler.compile(self._where),
            most=most,
            by=compiler.compile(self._by) if self._by is not None else None,
        )
        return self._adapter.draw(query)

    def _read_group(self, drawn: DrawnRows, most: int) -> tuple[CandidateGroup, bool]:
        """Return the records of rows, rows of one key once, and whether these are all that there are."""
        records: dict[str, CandidateRecord] = {}
        for rank, written, *flags in drawn.drawn:
            key = compose("NFC", format_key(written))
            kinds = [kind for (kind, _), flag in zip(self._kinds, flags, strict=True) if flag]
            stated = self.broken.describe(key) if self.broken else ", ".join(kinds) or "nothing tells what it is"
            known = records.get(key)
            if known is None:
                records[key] = CandidateRecord(str(rank), key, stated)
            else:
                both = sorted({*known.stated.split(", "), stated}) if not self.broken else [stated]
                records[key] = replace(known, rows=known.rows + 1, stated=", ".join(both))
        is_whole = len(drawn.drawn) < most
        if not is_whole and records:
            records.popitem()  # more rows may have its key
        population = drawn.with_key
        if self.broken and self._stratum.kind is StratumKind.PASSED:
            population = max(0, population - len(self.broken.rules))
            records = {key: record for key, record in records.items() if key not in self.broken.rules}
        group = CandidateGroup(drawn.value, population, drawn.rows - drawn.with_key, tuple(records.values()))
        return group, is_whole

    def _rank_broken(self) -> CandidateGroup:
        assert self.broken is not None
        ranked = sorted((rank_key(self._prefix, key), key) for key in self.broken.rules)
        wanted = self._terms.largest
        records = [
            CandidateRecord(rank, compose("NFC", key), self.broken.describe(key))
            for rank, key in ranked[: wanted + count_replacements(wanted)]
        ]
        return CandidateGroup(None, len(ranked), self.broken.without_key, tuple(records))

    def _allocate(self, groups: Sequence[CandidateGroup]) -> list[CandidateGroup]:
        """Return the groups with the size of the sample in each, in proportion to their records, and at least one."""
        populated = [group for group in groups if group.population]
        population = sum(group.population for group in populated)
        size = max(self._terms.find_size(population), len(populated))
        shares = [Fraction(size * group.population, population) for group in populated]
        sizes = [max(1, int(share)) for share in shares]
        rest = sorted(range(len(shares)), key=lambda i: (int(shares[i]) - shares[i], populated[i].value or ""))
        for i in rest:
            if sum(sizes) < size and sizes[i] < populated[i].population:
                sizes[i] += 1
        sized = []
        for group, wanted in zip(populated, sizes, strict=True):
            fitting = min(wanted, len(group.records))
            sized.append(
                replace(group, size=fitting, records=group.records[: fitting + self._count_replacements(fitting)])
            )
        empty = [replace(group, records=()) for group in groups if not group.population]
        return sorted([*sized, *empty], key=lambda group: (group.value is None, group.value or ""))

    def _count_replacements(self, size: int) -> int:
        return count_replacements(size) if self._by is None else max(1, size // 5)

    # Which records

    def _read_stratum(self) -> tuple[Condition | None, Condition]:
        """Return the value that groups the records, and which records take part."""
        kind = self._stratum.kind
        if kind in _OF_KINDS:
            conditions = dict(self._kinds)
            if not conditions:
                raise SynthError(
                    f"{self._table} has no marker, so none of its records is {kind}.", "Draw by another stratum."
                )
            return None, conditions.get(_OF_KINDS[kind], exp.false())
        if kind is StratumKind.DECISIONS:
            return None, self._find_decisions()
        if kind is not StratumKind.BY:
            return None, exp.true()
        column = self._find_column()
        if self._adapter.columns().lacking(column, "") != "missing":
            by = normalize(field(column), "exact")
            if self._stratum.value is None:
                return by, exp.true()
            return None, is_equal(by, literal(self._stratum.value.strip()))
        return self._read_value_of_runs(column), exp.true()

    def _find_decisions(self) -> Condition:
        for suite in self._tables.compiled.suites:
            for planned in suite.expectations if suite.table == self._table else ():
                if planned.type == _OVERSIGHT and planned.expectation:
                    return planned.expectation.population()
        raise SynthError(
            f"No check of {self._table} is about decisions that need human oversight.",
            f"Give the table the role decisions, or draw by another stratum: {_OVERSIGHT} is not planned for it.",
        )

    def _read_value_of_runs(self, column: str) -> Condition:
        """Read the value that each run of the synchronisation has, and return what tells the run of a record.

        Raises:
            SynthError: neither the table nor its runs have the column, or one value of it was asked for.
        """
        entry = self._tables.find(self._table)
        runs, run_column = (entry.references or {}).get("sync_runs"), (entry.columns or {}).get("sync_run_id")
        if not runs or not run_column:
            raise build_missing_column_error(column, self._adapter.columns().names, self._table)
        table = runs[0].table
        adapter = self._tables.open(table)
        named = (self._tables.find(table).columns or {}).get(self._stratum.column) or column
        compiler = Compiler(adapter.columns(), adapter.dialect, self._as_of)
        key = compiler.compile(self._tables.form_key(table, self._tables.find_key(table)))
        value = compiler.compile(normalize(field(named), "exact"))
        rows = adapter.sample_rows(SampleQuery([key, value], "1 = 1", [key, value], MOST_RUNS + 1)).rows
        if len(rows) > MOST_RUNS:
            raise SynthError(f"{table} has more than {MOST_RUNS:,} runs.", f"Bring {column} into {self._table}.")
        self._value_of = {str(run): str(text) for run, text in rows if text is not None}
        if self._stratum.value is not None:
            raise SynthError(
                f"{column} is a column of {table}, and a sample by one value of it cannot be drawn.",
                f"Draw by all its values: --stratum by:{self._stratum.column}",
            )
        return self._tables.form_key(self._table, run_column)

    def _find_column(self) -> str:
        entry = self._tables.find(self._table)
        column = (entry.columns or {}).get(self._stratum.column) or self._stratum.column
        identifiers = {name.casefold() for name in (entry.identifiers.columns() if entry.identifiers else ())}
        if column.casefold() in {*identifiers, self._key.casefold()}:
            raise SynthError(
                f"{column} names a person or a record, and its values would stand in the worksheet.",
                "Draw by a column such as sync_run_id.",
            )
        return column

    def _refuse_key_type(self) -> None:
        columns = self._adapter.columns()
        family = columns.find(self._key).family
        if family not in TYPES | TEXTS | {Family.OTHER} and not columns.drop_type(self._key):
            raise SynthError(
                f"The key {self._key} of {self._table} is {family.value}, which engines write in different ways.",
                "Name a key that is text, a number or a UUID: columns.key",
            )
