"""All violating records of evaluated expectations, streamed from the engine in pieces and never held at once.

The keys in a result are few, and are read while a suite is evaluated; this reads all of them afterwards, and only for
rules that were broken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlglot import exp

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.compiler import Compiler
from synth_expectations.engine.count_query import format_key
from synth_expectations.engine.planner.common_subexpressions import (
    CommonSubexpressions,
    extract_common_subexpressions,
)
from synth_expectations.engine.planner.lookup_joins import RECORD_KEY, LookupJoinPlanner
from synth_expectations.engine.traces import RuleTrace, Traces, Withheld, find_counterpart, read_path, trace_rules
from synth_expectations.rules.model import Check, LookupCheck, Rule, SampleCheck, SchemaCheck
from synth_expectations.rules.nodes import Condition

PIECE_SIZE = 50_000
"""The largest number of records that are held at once."""


@dataclass(frozen=True)
class BrokenCheck:
    """A check whose violating records are listed.

    Attributes:
        expectation: the type of its expectation.
        severity: the severity of its expectation.
        check: the check.
        as_of: the time for which it was run.
        broken: the names of the judged rules that records broke.
    """

    expectation: str
    severity: str
    check: Check
    as_of: datetime
    broken: frozenset[str]

    def rules(self) -> list[Rule]:
        """Return the check's own rules that were broken."""
        return [rule for rule in self.check.rules if rule.judged and rule.name in self.broken]


@dataclass(frozen=True)
class ViolationPiece:
    """Some violating records of one table.

    Attributes:
        table: the name of the table.
        key_column: the column that names a record.
        keys: the record keys as text; None where a key is missing.
        identifiers: the identifiers of each record, by column.
        breaks: for each check and rule, 1 or 0 for each record.
        traces: where the records are to be fixed, if that was asked for.
    """

    table: str
    key_column: str
    keys: list[str | None]
    identifiers: dict[str, list[str | None]]
    breaks: Sequence[tuple[BrokenCheck, str, Sequence[int]]]
    traces: Traces = field(default_factory=Traces)


def explain_unlisted(broken: BrokenCheck) -> str:
    """Return why the records that break a check cannot be listed, as the end of a sentence; empty if they can."""
    if isinstance(broken.check, SchemaCheck):
        return "its rules are about the columns of the table"
    if isinstance(broken.check, SampleCheck):
        return "it judges a sample, and no record by itself"
    if broken.rules() and not broken.check.record_key:
        return "it has no record_key"
    related = (explain_unlisted(replace(broken, check=check)) for check in broken.check.related)
    return next(filter(None, related), "")


class ViolationReader:
    """Reads the violating records of a batch.

    Args:
        adapter: the adapter of the batch, which has been evaluated.
        table: the table that the batch is a part of.
        identifiers: the columns that are read beside the key, by table.
        withheld: the columns that traces never show; None for no traces.
        form_key: gives the form in which the key of a column is read; by default as it is written.
    """

    def __init__(
        self,
        adapter: Adapter,
        table: str,
        identifiers: Mapping[str, Sequence[str]],
        withheld: Withheld | None = None,
        form_key: Callable[[Condition], Condition] = lambda column: column,
    ) -> None:
        self._adapter = adapter if withheld is None else adapter.with_files()
        self._table = table
        self._identifiers = identifiers
        self._withheld = withheld
        self._form_key = form_key

    def read(self, checks: Sequence[BrokenCheck]) -> Iterator[ViolationPiece]:
        """Read the records that break rules: one query for all row checks that share a key, one for each other check.

        Raises:
            SynthError: a query failed, or a column is missing.
        """
        row_checks: dict[str, list[BrokenCheck]] = {}
        for broken in checks:
            if broken.rules() and broken.check.record_key:
                if isinstance(broken.check, LookupCheck):
                    yield from self._read_lookups(broken, broken.check)
                else:
                    row_checks.setdefault(broken.check.record_key, []).append(broken)
        for key, alike in row_checks.items():
            yield from self._read_rows(key, alike)
        for broken in checks:
            for related in broken.check.related:
                assert related.reference is not None
                adapter = self._adapter.on_reference(related.reference)
                reader = ViolationReader(adapter, related.reference, self._identifiers, self._withheld, self._form_key)
                yield from reader.read([replace(broken, check=related)])

    def _read_rows(self, key: str, checks: list[BrokenCheck]) -> Iterator[ViolationPiece]:
        names = self._identifiers.get(self._table, ())
        plain = self._compiler(checks[0].as_of)
        # the relation of common subexpressions holds only columns that rules read
        file = self._adapter.file_name
        common = self._extract([broken.check for broken in checks], checks[0].as_of, needs_rows=bool(names or file))
        conditions: list[tuple[BrokenCheck, str, str]] = []
        anywhere: list[str] = []
        for broken in checks:
            compiler = self._compiler(broken.as_of, common.columns)
            rules = [compiler.compile(rule.broken) for rule in broken.rules()]
            everything = broken.check.population == exp.true()
            population = None if everything else compiler.compile(broken.check.population)
            within = _within(population, rules)
            conditions += [(broken, rule.name, sql) for rule, sql in zip(broken.rules(), within, strict=True)]
            anywhere += _within(population, [" OR ".join(f"({sql})" for sql in rules)])  # a population once
        where = " OR ".join(f"({sql})" for sql in anywhere)
        keyed = plain.compile(self._form_key(exp.column(key, quoted=True)))
        others = [plain.compile(exp.column(name, quoted=True)) for name in names]
        records = _Records(key, keyed, dict(zip(names, others, strict=True)), file)
        yield from self._stream(conditions, records, common.relation, where)

    def _read_lookups(self, broken: BrokenCheck, check: LookupCheck) -> Iterator[ViolationPiece]:
        names, file, rules = self._identifiers.get(self._table, ()), self._adapter.file_name, broken.rules()
        assert check.record_key is not None
        traces = self._trace(check, rules)
        pointers = {trace.pointer: f"p{number}" for number, trace in enumerate(traces.values()) if trace.pointer}
        plain = self._compiler(broken.as_of)
        common = self._extract([check], broken.as_of, needs_rows=bool(names or file or pointers))
        key = plain.compile(self._form_key(exp.column(check.record_key, quoted=True)))
        aliases = {name: f"i{number}" for number, name in enumerate(names)}
        carried = {
            alias: plain.compile(exp.column(name, quoted=True)) for name, alias in (aliases | pointers).items()
        } | ({"file": file} if file else {})
        compiler = self._compiler(broken.as_of, common.columns)
        planner = LookupJoinPlanner(
            self._adapter, compiler, broken.as_of, common.relation, carried, self._find_counterparts(check)
        )
        joined = planner.plan(replace(check, rules=tuple(rules)), key)
        within = _within(joined.population, joined.rules)
        conditions = [(broken, rule.name, sql) for rule, sql in zip(rules, within, strict=True)]
        found = {name: join.column("counterpart") for name, join in joined.joins.items() if join.counterpart}
        keys_of = {
            rule: pointers.get(trace.pointer or "") or found.get(trace.found_by or "") for rule, trace in traces.items()
        }
        keys = {rule: sql for rule, sql in keys_of.items() if sql}
        references = {rule: trace.references for rule, trace in traces.items() if trace.references}
        records = _Records(check.record_key, RECORD_KEY, aliases, "file" if file else None, references, keys)
        yield from self._stream(conditions, records, joined.relation)

    def _trace(self, check: LookupCheck, rules: Sequence[Rule]) -> dict[str, RuleTrace]:
        """Return what each rule looks up, by its name; nothing if no traces were asked for."""
        if self._withheld is None:
            return {}
        traced = trace_rules(check, rules, self._table, self._withheld)
        return dict(zip((rule.name for rule in rules), traced, strict=True))

    def _find_counterparts(self, check: LookupCheck) -> dict[str, str]:
        if self._withheld is None:
            return {}
        columns = {lookup.name: find_counterpart(lookup, self._withheld) for lookup in check.lookups}
        return {name: column for name, column in columns.items() if column}

    def _extract(self, checks: Sequence[Check], as_of: datetime, *, needs_rows: bool) -> CommonSubexpressions:
        """Return common subexpressions; none where more columns are needed than rules read, which is all they have."""
        if needs_rows:
            return CommonSubexpressions()
        conditions = [condition for check in checks for condition in check.conditions()]
        keys = {check.record_key for check in checks if check.record_key}
        return extract_common_subexpressions(self._adapter, conditions, keys, as_of)

    def _compiler(self, as_of: datetime, columns: Mapping[Condition, str] | None = None) -> Compiler:
        return Compiler(self._adapter.columns(), self._adapter.dialect, as_of, columns)

    def _stream(
        self,
        conditions: list[tuple[BrokenCheck, str, str]],
        records: _Records,
        relation: Any,
        where: str | None = None,
    ) -> Iterator[ViolationPiece]:
        sql = [condition for *_, condition in conditions]
        values = list(records.values())
        for rows in self._adapter.stream_violations(sql, values, PIECE_SIZE, relation, where):
            columns = list(zip(*rows, strict=True))
            texts = [[_as_text(value) for value in column] for column in columns[: len(values)]]
            flags = columns[len(values) :]
            breaks = [(broken, rule, flag) for (broken, rule, _), flag in zip(conditions, flags, strict=True)]
            yield records.read(self._table, texts, breaks)


@dataclass(frozen=True)
class _Records:
    """What is read of violating records, in SQL on their relation.

    Attributes:
        key_column: the column that names a record.
        key: the record key.
        identifiers: the identifiers, by column.
        file: the file of a record; None where it is not known.
        references: the tables in which a rule looks records up, by rule.
        reference_keys: the key there, by rule.
    """

    key_column: str
    key: str
    identifiers: Mapping[str, str]
    file: str | None = None
    references: Mapping[str, str] = field(default_factory=dict)
    reference_keys: Mapping[str, str] = field(default_factory=dict)

    def values(self) -> Iterator[str]:
        """Yield what is read, in the order in which `read` takes it."""
        yield self.key
        yield from self.identifiers.values()
        yield from self.reference_keys.values()
        if self.file:
            yield self.file

    def read(
        self, table: str, texts: list[list[str | None]], breaks: Sequence[tuple[BrokenCheck, str, Sequence[int]]]
    ) -> ViolationPiece:
        """Return a piece of what was read, as text."""
        columns = iter(texts)
        keys = next(columns)
        identifiers = {name: next(columns) for name in self.identifiers}
        reference_keys = {rule: next(columns) for rule in self.reference_keys}
        files = [path and read_path(path) for path in next(columns)] if self.file else []
        traces = Traces(files, self.references, reference_keys)
        return ViolationPiece(table, self.key_column, keys, identifiers, breaks, traces)


def _within(population: str | None, rules: Iterable[str]) -> Iterator[str]:
    yield from (f"({population}) AND ({sql})" if population else sql for sql in rules)


def _as_text(value: Any) -> str | None:
    return None if value is None or value != value else format_key(value)  # noqa: PLR0124 - NaN differs from itself
