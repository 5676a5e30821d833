"""Warehouses that are not here: an engine that writes every statement as it would be sent, and answers that all records
break every rule, so that samples are asked for too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import count
from typing import Any

import sqlalchemy as sa
import sqlglot

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.adapters.sqlalchemy import SqlAdapter
from synth_expectations.engine.dialects.base import Dialect
from synth_expectations.engine.dialects.registry import by_name
from synth_expectations.engine.schema import Column, Columns
from synth_expectations.errors import ConditionError
from synth_expectations.testing.engines import BATCH_NAME
from synth_expectations.testing.tables import Table
from tests.families import FAMILIES


def real_dialect(name: str) -> sa.Dialect:
    """Return SQLAlchemy's dialect of a warehouse, which the warehouse's own package brings."""
    dialect = sa.engine.make_url(by_name(name).sample_address).get_dialect()
    return dialect(dbapi=dialect.import_dbapi())  # the driver decides whether percent signs are doubled


class Rendering:
    """An engine of `synth_expectations.testing` that sends nothing.

    Attributes:
        schema: the columns of the tables that statements read, by the names they give them.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.schema: dict[str, list[str]] = {}
        self._numbers = count()

    def adapter(self, batch: Table, references: Mapping[str, Table]) -> Adapter:
        """See `Engine`."""
        known: dict[str, Table] = {}

        def relation(table: Table) -> sa.TableClause:
            name = f"cases_{next(self._numbers)}"
            known[name] = table
            self.schema[name] = list(table.kinds)
            return sa.table(name)

        def find(name: str) -> sa.TableClause:
            if name not in references:
                raise ConditionError(f"The reference {name} is not a table of the data source.", "")
            return relation(references[name])

        return _Rendered(self.name, known, relation(batch), find)

    def close(self) -> None:
        """See `Engine`: nothing was started."""


class _Rendered(SqlAdapter):
    def __init__(self, name: str, known: dict[str, Table], batch: sa.TableClause, find: Any) -> None:
        self._name, self._tables = name, known
        self._real = real_dialect(name)
        super().__init__(_nowhere, batch, find, BATCH_NAME)

    def _dialect(self) -> Dialect:
        return by_name(self._name)

    def columns(self, reference: str | None = None) -> Columns:
        source = self._batch if reference is None else self._reference(reference)
        assert isinstance(source, sa.TableClause)
        table = self._tables[source.name]
        found = [Column(name, FAMILIES[kind]) for name, kind in table.kinds.items()]
        return Columns(found, self._table if reference is None else reference, self.dialect.name_folding)

    def _rows(self, query: sa.Executable, *, names_columns: bool = False) -> Sequence[Any]:
        written = self._written(query)
        self.statements.sent.append(written)
        names = (
            sqlglot.parse_one(written, dialect=self.dialect.sqlglot).named_selects
            if isinstance(query, sa.Select)
            else []
        )
        counts = bool(names) and not any(name.startswith("v") for name in names)
        return [(1,) * len(names)] if counts else []

    def _written(self, query: sa.Executable) -> str:
        return str(query.compile(dialect=self._real))  # type: ignore[attr-defined]  # Executable declares none; what is sent has it

    def _pieces(self, query: sa.Executable, size: int) -> Iterator[Sequence[Any]]:
        self.statements.sent.append(self._written(query))
        yield from ()


def _nowhere() -> AbstractContextManager[sa.Connection]:
    raise AssertionError("Nothing may be sent.")
