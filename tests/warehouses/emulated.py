"""Snowflake's SQL run by an emulator of it on DuckDB: what the emulator reads, Snowflake's own dialect wrote."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from itertools import count
from typing import Any

import fakesnow
import sqlalchemy as sa
import sqlglot
from sqlglot import exp

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.engine.adapters.sqlalchemy import SqlAdapter
from synth_expectations.engine.dialects.snowflake import DIALECT as SNOWFLAKE
from synth_expectations.errors import ConditionError
from synth_expectations.testing.engines import BATCH_NAME
from synth_expectations.testing.tables import Kind, Table

_TYPES = {
    Kind.TEXT: "TEXT",
    Kind.BINARY: "BINARY",
    Kind.BOOLEAN: "BOOLEAN",
    Kind.INTEGER: "BIGINT",
    Kind.FLOAT: "DOUBLE",
    Kind.DECIMAL: "NUMBER(18, 4)",
    Kind.DATE: "DATE",
    Kind.TIMESTAMP: "TIMESTAMP_NTZ",
    Kind.TIMESTAMPTZ: "TIMESTAMP_TZ",
    Kind.VOID: "TEXT",  # every column has a type
}


class EmulatedSnowflake:
    """See `synth_expectations.testing.Engine`."""

    name = SNOWFLAKE.name

    def __init__(self) -> None:
        self._patched: AbstractContextManager[Any] | None = None
        self._numbers = count()

    def start(self) -> sa.Engine:
        """The SQLAlchemy engine, one connection."""
        if self._patched is None:
            self._patched = fakesnow.patch()
            self._patched.__enter__()
            self._engine = sa.create_engine(
                SNOWFLAKE.sample_address, poolclass=sa.pool.StaticPool, isolation_level="AUTOCOMMIT"
            )
            sa.event.listen(self._engine, "before_cursor_execute", _as_the_emulator_reads, retval=True)
        return self._engine

    def adapter(self, batch: Table, references: Mapping[str, Table]) -> Adapter:
        """See `Engine`."""
        engine = self.start()
        return SqlAdapter(engine.connect, self._relation(batch), self._found(references), BATCH_NAME)

    def _found(self, references: Mapping[str, Table]) -> Callable[[str], Any]:
        def find(name: str) -> Any:
            if name not in references:
                has = f"It has {', '.join(references)}."
                raise ConditionError(f"The reference {name} is not a table of the data source.", has)
            return self._relation(references[name])

        return find

    def _relation(self, table: Table) -> Any:
        name = f"cases_{next(self._numbers)}"
        columns = [sa.Column(sa.sql.quoted_name(each, True), _Written(kind)) for each, kind in table.kinds.items()]
        made = sa.Table(name, sa.MetaData(), *columns)
        with self.start().connect() as connection:
            connection.execute(sa.schema.CreateTable(made))
            for row in table.rows:
                values = [sa.literal_column(_literal(value)) for value in row]
                connection.execute(sa.insert(made).from_select(list(made.c), sa.select(*values)))
        return sa.table(name)

    def close(self) -> None:
        """See `Engine`."""
        if self._patched is not None:
            self._engine.dispose()
            self._patched.__exit__(None, None, None)


def _as_the_emulator_reads(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> tuple[str, Any]:
    """A statement without what the emulator reads otherwise than Snowflake does.

    The connector undoubles percent signs, where the emulator takes them as they are; of `TRIM` the emulator forgets
    which letters, and it has neither `OCTET_LENGTH` nor `TRY_HEX_DECODE_STRING`, where its cast reads ASCII.
    """
    tree = sqlglot.parse_one(statement.replace("%%", "%"), dialect=SNOWFLAKE.sqlglot)
    for length in list(tree.find_all(exp.ByteLength)):
        length.replace(exp.Anonymous(this="STRLEN", expressions=[length.this]))
    for decoded in list(tree.find_all(exp.TryHexDecodeString)):
        decoded.replace(exp.cast(decoded.this.this, "TEXT"))
    for trim in list(tree.find_all(exp.Trim)):
        if trim.expression:
            ends = exp.Literal.string(f"^[{trim.expression.name}]+|[{trim.expression.name}]+$")
            nothing = exp.Literal.string("")
            trim.replace(exp.RegexpReplace(this=trim.this, expression=ends, replacement=nothing))
    return tree.sql(dialect=SNOWFLAKE.sqlglot), parameters


class _Written(sa.types.UserDefinedType[Any]):
    cache_ok = True

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def get_col_spec(self, **_: Any) -> str:
        return _TYPES[self.kind]


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return f"X'{value.hex()}'"
    text = str(value).replace("\\", "\\\\").replace("'", "''")
    return f"'{text}'"
