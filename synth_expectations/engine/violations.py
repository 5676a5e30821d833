"""All violating records of evaluated expectations, streamed from the engine in pieces and never held at once.

The keys in a result are few, and are read while a suite is evaluated; this reads all of them afterwards, and only for
rules that were broken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
    """

    table: str
    key_column: str
    keys: list[str | None]
    identifiers: dict[str, list[str | None]]
    breaks: Sequence[tuple[BrokenCheck, str, Sequence[int]]]


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
    """

    def __init__(self, adapter: Adapter, table: str, identifiers: Mapping[str, Sequence[str]]) -> None:
        self._adapter = adapter
        self._table = table
        self._identifiers = identifiers

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
                reader = ViolationReader(adapter, related.reference, self._identifiers)
                yield from reader.read([replace(broken, check=related)])

    def _read_rows(self, key: str, checks: list[BrokenCheck]) -> Iterator[ViolationPiece]:
        names = self._identifiers.get(self._table, ())
        plain = self._compiler(checks[0].as_of)
        # the relation of common subexpressions holds only columns that rules read
        common = (
            CommonSubexpressions() if names else self._extract([broken.check for broken in checks], checks[0].as_of)
        )
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
        values = [plain.compile(exp.column(name, quoted=True)) for name in (key, *names)]
        yield from self._stream(conditions, key, names, values, common.relation, where)

    def _read_lookups(self, broken: BrokenCheck, check: LookupCheck) -> Iterator[ViolationPiece]:
        names = self._identifiers.get(self._table, ())
        assert check.record_key is not None
        plain = self._compiler(broken.as_of)
        common = CommonSubexpressions() if names else self._extract([check], broken.as_of)
        key, *others = (plain.compile(exp.column(name, quoted=True)) for name in (check.record_key, *names))
        carried = {f"i{number}": sql for number, sql in enumerate(others)}
        compiler = self._compiler(broken.as_of, common.columns)
        planner = LookupJoinPlanner(self._adapter, compiler, broken.as_of, common.relation, carried)
        joined = planner.plan(replace(check, rules=tuple(broken.rules())), key)
        rules = list(_within(joined.population, joined.rules))
        conditions = [(broken, rule.name, sql) for rule, sql in zip(broken.rules(), rules, strict=True)]
        yield from self._stream(conditions, check.record_key, names, [RECORD_KEY, *carried], joined.relation)

    def _extract(self, checks: Sequence[Check], as_of: datetime) -> CommonSubexpressions:
        conditions = [condition for check in checks for condition in check.conditions()]
        keys = {check.record_key for check in checks if check.record_key}
        return extract_common_subexpressions(self._adapter, conditions, keys, as_of)

    def _compiler(self, as_of: datetime, columns: Mapping[Condition, str] | None = None) -> Compiler:
        return Compiler(self._adapter.columns(), self._adapter.dialect, as_of, columns)

    def _stream(
        self,
        conditions: list[tuple[BrokenCheck, str, str]],
        key: str,
        names: Sequence[str],
        values: list[str],
        relation: Any,
        where: str | None = None,
    ) -> Iterator[ViolationPiece]:
        sql = [condition for *_, condition in conditions]
        for rows in self._adapter.stream_violations(sql, values, PIECE_SIZE, relation, where):
            columns = list(zip(*rows, strict=True))
            keys, *identifiers = ([_as_text(value) for value in column] for column in columns[: len(values)])
            flags = columns[len(values) :]
            breaks = [(broken, rule, flag) for (broken, rule, _), flag in zip(conditions, flags, strict=True)]
            yield ViolationPiece(self._table, key, keys, dict(zip(names, identifiers, strict=True)), breaks)


def _within(population: str | None, rules: Iterable[str]) -> Iterator[str]:
    yield from (f"({population}) AND ({sql})" if population else sql for sql in rules)


def _as_text(value: Any) -> str | None:
    return None if value is None or value != value else format_key(value)  # noqa: PLR0124 - NaN differs from itself
