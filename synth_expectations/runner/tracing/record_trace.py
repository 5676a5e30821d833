"""Follow one record through the tables of a policy: where it stands, where it came from, and what used it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from synth_expectations.engine.adapters.match_queries import TwinQuery
from synth_expectations.engine.compiler import Compiler
from synth_expectations.errors import SynthError
from synth_expectations.policy.compile.table_checks import gx_source_of
from synth_expectations.runner.policy_tables import PolicyTables
from synth_expectations.runner.tracing.row_reader import MOST_ROWS, FoundRow, RowReader, list_identifiers
from synth_expectations.runner.tracing.table_links import LinkKind, TableLink, UnlinkedTable, find_links

NEVER_SEARCHED = (
    ("columns that the policy does not name, free text and attachments", "no check reads them"),
    ("tables that the policy does not name", "see synth-expectations check"),
    ("backups, and what object stores keep of former versions", "nothing here reads them"),
    ("Great Expectations' own results and Data Docs, and quarantine files", "they may hold keys of records"),
    ("copies that were paraphrased or changed", "identifiers are compared as they are, without case and accents"),
)
"""What no trace looks at, and why."""


@dataclass(frozen=True)
class TracePlace:
    """A table in which the record was looked for.

    Attributes:
        table: the table.
        roles: its roles.
        how: how it is reached, as a sentence without a full stop.
        rows: what was found.
        has_more: whether more rows were found than are listed.
        link: how the rows are related to the record: they have its key, it has theirs, or they share identifiers.
    """

    table: str
    roles: tuple[str, ...]
    how: str
    rows: tuple[FoundRow, ...]
    has_more: bool = False
    link: LinkKind = "key"

    @property
    def is_twin(self) -> bool:
        """Whether the rows are other records that share identifiers."""
        return self.link == "twins"

    @property
    def holds_record(self) -> bool:
        """Whether something of the record is here: its key, or a synthetic record that copies the person."""
        if self.is_twin:
            return any({"synthetic", "partial"} & set(row.states) for row in self.rows)
        return self.link == "key"


@dataclass
class RecordTrace:
    """What a trace found.

    Attributes:
        table: in which the record was looked up.
        key: as it was given.
        form: its comparable form; None if it cannot be the key of a record there.
        as_of: the time for which limits and holds were evaluated.
        places: every table that was searched.
        not_searched: what was not, and why.
        failed: the tables among them that the key of the record leads to, and that could not be read.
        spellings: the ways in which the key is written.
    """

    table: str
    key: str
    as_of: datetime
    form: str | None = None
    places: list[TracePlace] = field(default_factory=list)
    not_searched: list[tuple[str, str]] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    spellings: set[str] = field(default_factory=set)

    @property
    def found(self) -> list[TracePlace]:
        """The tables that have something of the record."""
        return [place for place in self.places if place.rows]

    @property
    def remainders(self) -> list[TracePlace]:
        """The tables that have the record itself, or its key: what an erasure would have to remove."""
        return [place for place in self.found if place.holds_record]


def trace_record(tables: PolicyTables, table: str, key: str, at: datetime) -> RecordTrace:
    """Return where a record stands.

    Args:
        tables: of the policy.
        table: the name of its table.
        key: of the record; it is bound as a parameter, and stands in no statement.
        at: the time for which limits and holds are evaluated.

    Raises:
        SynthError: the policy has no such table, or names no key of it.
    """
    tables.find_key(table)
    trace = RecordTrace(table, key, at, spellings={key})
    tracer = _RecordTracer(tables, trace)
    for link in sorted(find_links(tables.policy, table), key=_order):
        if isinstance(link, UnlinkedTable):
            trace.not_searched.append((link.table, link.reason))
            continue
        try:
            tracer.follow(link)
        except SynthError as error:
            trace.not_searched.append((link.table, str(error).rstrip(".")))
            if link.kind == "key" and link.table not in trace.failed:
                trace.failed.append(link.table)
    order = list(tables.policy.tables)
    trace.places.sort(key=lambda place: (place.table != table, order.index(place.table), place.is_twin))
    trace.not_searched = list(
        dict.fromkeys(
            [*trace.not_searched, *tables.list_filters(place.table for place in trace.places), *NEVER_SEARCHED]
        )
    )
    return trace


def _order(link: TableLink | UnlinkedTable) -> tuple[bool, bool]:
    """Return the traced table first: what it holds leads on."""
    is_own = isinstance(link, TableLink) and link.why == "its own key"
    return (not is_own, isinstance(link, UnlinkedTable))


class _RecordTracer:
    """Follows links, table by table."""

    def __init__(self, tables: PolicyTables, trace: RecordTrace) -> None:
        self._tables = tables
        self._trace = trace
        self._held: dict[str, set[str]] = {}
        self._is_there = False

    def follow(self, link: TableLink) -> None:
        """Search the table of a link.

        Raises:
            SynthError: it cannot be searched.
        """
        if link.kind != "key" and not self._is_there:
            unknown = "its identifiers are" if link.kind == "twins" else f"its {link.column} is"
            raise SynthError(f"{self._trace.table} does not have the record, so {unknown} unknown")
        if link.kind == "twins":
            self._find_twins(link)
        elif link.kind == "forward":
            self._follow_forward(link)
        else:
            self._find_rows(link, link.column, [self._trace.key], f"by the key in {link.column} ({link.why})")

    def _follow_forward(self, link: TableLink) -> None:
        values = sorted(self._held.get(link.column, ()))
        key = self._tables.find_key(link.table)
        if values:
            self._find_rows(link, key, values, f"by the record's {link.column} ({link.why})")
        else:
            self._add(link, f"by the record's {link.column} ({link.why}), which has no value", [], has_more=False)

    def _find_rows(self, link: TableLink, column: str, bound: Sequence[str], how: str) -> None:
        adapter = self._tables.open(link.table)
        row_reader = RowReader(self._tables, link.table, adapter, self._trace.as_of)
        query = row_reader.match(column, bound, self._find_kind(link, column))
        forms, rows = adapter.match(query)
        read = [row_reader.read(row) for row in rows]
        if link.why == "its own key":
            self._is_there = bool(rows)
            self._trace.form = next((form for form in forms if form), None)
            self._trace.spellings |= {form for form in forms if form}
            for row in read:
                for label, value in row.values.items():
                    if value is not None:
                        self._held.setdefault(label.rpartition(" ")[2], set()).add(value)
            self._trace.spellings |= self._held.get(column, set())
        self._add(link, how, read[:MOST_ROWS], has_more=len(rows) > MOST_ROWS)

    def _find_kind(self, link: TableLink, column: str) -> str:
        """Return the declared kind of the keys that are compared: one side speaks for both."""
        kinds = self._tables.find(link.table).key_kinds
        own = self._tables.find(self._trace.table).key_kinds
        return kinds.get(column, "") or (
            own.get(self._tables.find_key(self._trace.table), "") if link.kind == "key" else ""
        )

    def _find_twins(self, link: TableLink) -> None:
        here, there = self._tables.find(self._trace.table), self._tables.find(link.table)
        if gx_source_of(here) != gx_source_of(there):
            raise SynthError(
                f"identifiers are compared in one engine, and {link.table} lies in another data source than "
                f"{self._trace.table}"
            )
        assert here.identifiers
        assert there.identifiers
        mine, theirs = list_identifiers(here.identifiers), list_identifiers(there.identifiers)
        names = [name for name in mine if name in theirs]
        if not names:
            raise SynthError(
                "the two tables have no identifier in common: e-mail, telephone, or name, birth date and postcode"
            )
        adapter = self._tables.open(self._trace.table)
        key = self._tables.find_key(self._trace.table)
        person = Compiler(adapter.columns(), adapter.dialect, self._trace.as_of)
        match = RowReader(self._tables, self._trace.table, adapter, self._trace.as_of).match(
            key, [self._trace.key], here.key_kinds.get(key, ""), [person.compile(mine[name]) for name in names]
        )
        other = adapter.on_reference(link.table)
        row_reader = RowReader(self._tables, link.table, other, self._trace.as_of)
        compiler = Compiler(other.columns(), other.dialect, self._trace.as_of)
        query = TwinQuery(
            match, link.table, [compiler.compile(theirs[name]) for name in names], row_reader.sql, MOST_ROWS + 1
        )
        rows = adapter.find_twins(query)
        found = []
        for row in rows:
            width = len(row_reader.sql)
            same = [name for name, flag in zip(names, row[width:], strict=True) if flag]
            twin = row_reader.read(row[:width])
            is_itself = link.table == self._trace.table and twin.values.get(f"key {key}") in self._trace.spellings
            if not is_itself:
                found.append(FoundRow(twin.values, (*twin.states, f"same {', '.join(same)}")))
        self._add(link, f"by {', '.join(names)}", found[:MOST_ROWS], has_more=len(rows) > MOST_ROWS)

    def _add(self, link: TableLink, how: str, rows: Sequence[FoundRow], *, has_more: bool) -> None:
        roles = self._tables.find(link.table).role or ()
        self._trace.places.append(TracePlace(link.table, tuple(roles), how, tuple(rows), has_more, link.kind))
