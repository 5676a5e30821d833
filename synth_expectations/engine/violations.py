"""All violating records of expectations that were judged, in pieces: asked of the engine again, and never held at once.

Samples are small, and drawn while a suite is judged; this is asked afterwards, and only of rules that were broken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlglot import exp

from synth_expectations.engine.adapters.base import Adapter, key_as_text
from synth_expectations.engine.compiler import Lowering
from synth_expectations.engine.planner.common_subexpressions import Shared, conditions_of, shared
from synth_expectations.engine.planner.lookup_joins import RECORD_KEY, Joining
from synth_expectations.rules.expressions import Condition
from synth_expectations.rules.model import Question, Rule

SIZE = 50_000
"""How many records are held at once."""


@dataclass(frozen=True)
class Wanted:
    """An expectation whose violating records are listed.

    Attributes:
        expectation: its type.
        severity: its severity.
        question: what it asked.
        as_of: the moment for which it judged time.
        broken: the names of the judged rules that records broke.
    """

    expectation: str
    severity: str
    question: Question
    as_of: datetime
    broken: frozenset[str]

    def rules(self) -> list[Rule]:
        """Those of its question's own rules that were broken."""
        return [rule for rule in self.question.rules if rule.judged and rule.name in self.broken]


@dataclass(frozen=True)
class Piece:
    """Some violating records of one table.

    Attributes:
        table: whose records they are.
        key_column: what names them.
        keys: as text; None where it is missing.
        identifiers: of each record, by column.
        breaks: of each expectation and rule, 1 or 0 for each record.
    """

    table: str
    key_column: str
    keys: list[str | None]
    identifiers: dict[str, list[str | None]]
    breaks: Sequence[tuple[Wanted, str, Sequence[int]]]


def unlisted(wanted: Wanted) -> str:
    """Why records that break an expectation cannot be listed, as the end of a sentence; empty if they can."""
    if wanted.question.of_columns:
        return "its rules are about the columns of the table"
    if wanted.question.samples:
        return "it judges a sample, and no record by itself"
    if wanted.rules() and not wanted.question.record_key:
        return "it has no record_key"
    others = (unlisted(replace(wanted, question=each)) for each in wanted.question.others)
    return next(filter(None, others), "")


class Listing:
    """Lists the violating records of a batch.

    Args:
        adapter: of the batch, which has been judged.
        table: what the batch is a part of.
        identifiers: the columns that are listed beside the key, by table.
    """

    def __init__(self, adapter: Adapter, table: str, identifiers: Mapping[str, Sequence[str]]) -> None:
        self._adapter = adapter
        self._table = table
        self._identifiers = identifiers

    def pieces(self, wanted: Sequence[Wanted]) -> Iterator[Piece]:
        """The records that break rules: those of rules about the row alone in one query a key, others one each.

        Raises:
            SynthError: a query failed, or a column is missing.
        """
        alone: dict[str, list[Wanted]] = {}
        for each in wanted:
            if each.rules() and each.question.record_key:
                if each.question.lookups:
                    yield from self._looked_up(each)
                else:
                    alone.setdefault(each.question.record_key, []).append(each)
        for key, several in alone.items():
            yield from self._of_rows_alone(key, several)
        for each in wanted:
            for other in each.question.others:
                assert other.of is not None
                there = Listing(self._adapter.about(other.of), other.of, self._identifiers)
                yield from there.pieces([replace(each, question=other)])

    def _of_rows_alone(self, key: str, wanted: list[Wanted]) -> Iterator[Piece]:
        names = self._identifiers.get(self._table, ())
        plain = self._lowering(wanted[0].as_of)
        # the relation of what is shared holds only columns that rules read
        sharing = Shared() if names else self._shared([each.question for each in wanted], wanted[0].as_of)
        conditions: list[tuple[Wanted, str, str]] = []
        anywhere: list[str] = []
        for each in wanted:
            lowering = self._lowering(each.as_of, sharing.values)
            rules = [lowering.sql(rule.broken) for rule in each.rules()]
            population = None if each.question.population == exp.true() else lowering.sql(each.question.population)
            inside = _within(population, rules)
            conditions += [(each, rule.name, sql) for rule, sql in zip(each.rules(), inside, strict=True)]
            anywhere += _within(population, [" OR ".join(f"({sql})" for sql in rules)])  # a population once
        where = " OR ".join(f"({sql})" for sql in anywhere)
        values = [plain.sql(exp.column(name, quoted=True)) for name in (key, *names)]
        yield from self._asked(conditions, key, names, values, sharing.relation, where)

    def _looked_up(self, wanted: Wanted) -> Iterator[Piece]:
        question, names = wanted.question, self._identifiers.get(self._table, ())
        assert question.record_key is not None
        plain = self._lowering(wanted.as_of)
        sharing = Shared() if names else self._shared([question], wanted.as_of)
        key, *others = (plain.sql(exp.column(name, quoted=True)) for name in (question.record_key, *names))
        carried = {f"i{number}": sql for number, sql in enumerate(others)}
        lowering = self._lowering(wanted.as_of, sharing.values)
        joining = _Carrying(carried, self._adapter, lowering, wanted.as_of, sharing.relation)
        joined = joining.joined(replace(question, rules=tuple(wanted.rules())), key)
        rules = list(_within(joined.population, joined.rules))
        conditions = [(wanted, rule.name, sql) for rule, sql in zip(wanted.rules(), rules, strict=True)]
        yield from self._asked(conditions, question.record_key, names, [RECORD_KEY, *carried], joined.relation)

    def _shared(self, questions: Sequence[Question], as_of: datetime) -> Shared:
        asked = [condition for question in questions for condition in conditions_of(question)]
        keys = {question.record_key for question in questions if question.record_key}
        return shared(self._adapter, asked, keys, as_of)

    def _lowering(self, as_of: datetime, values: Mapping[Condition, str] | None = None) -> Lowering:
        return Lowering(self._adapter.columns(), self._adapter.dialect, as_of, values)

    def _asked(
        self,
        conditions: list[tuple[Wanted, str, str]],
        key: str,
        names: Sequence[str],
        values: list[str],
        relation: Any,
        where: str | None = None,
    ) -> Iterator[Piece]:
        asked = [sql for *_, sql in conditions]
        for rows in self._adapter.violating(asked, values, SIZE, relation, where):
            columns = list(zip(*rows, strict=True))
            keys, *identifiers = ([_as_text(value) for value in column] for column in columns[: len(values)])
            flags = columns[len(values) :]
            breaks = [(each, rule, flag) for (each, rule, _), flag in zip(conditions, flags, strict=True)]
            yield Piece(self._table, key, keys, dict(zip(names, identifiers, strict=True)), breaks)


class _Carrying(Joining):
    """A join that also brings columns of the record that no rule reads."""

    def __init__(self, carried: Mapping[str, str], *args: Any) -> None:
        super().__init__(*args)
        self._columns.update(carried)


def _within(population: str | None, rules: Iterable[str]) -> Iterator[str]:
    yield from (f"({population}) AND ({sql})" if population else sql for sql in rules)


def _as_text(value: Any) -> str | None:
    return None if value is None or value != value else key_as_text(value)  # noqa: PLR0124 - NaN differs from itself
