"""The SQL in a policy: the condition in `where`, and the names of tables in a database."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import sqlglot
from sqlalchemy.engine.default import DefaultDialect
from sqlglot import exp
from sqlglot.errors import ParseError, SqlglotError

from synth_expectations.engine.dialects.base import ANY_SQL
from synth_expectations.engine.dialects.registry import find_dialect, find_engine_of_type
from synth_expectations.policy.load.loader import Policy
from synth_expectations.policy.load.plain_yaml import Address

_NOT_OF_ONE_ROW = (exp.AggFunc, exp.Window, exp.Query, exp.Subquery, exp.Exists, exp.Placeholder, exp.Parameter)
_CLOCKS = {"now", "get_current_timestamp", "transaction_timestamp"}
_NOT_THE_SAME_TWICE = (
    exp.CurrentDate,
    exp.CurrentDatetime,
    exp.CurrentTime,
    exp.CurrentTimestamp,
    exp.Localtime,
    exp.Localtimestamp,
    exp.Rand,
    exp.Uuid,
)
_NAME = re.compile(r'"((?:[^"]|"")+)"|([^".]+)')
PARAMETER = re.compile(r"(?<![:\w]):(?=\w)|\\:")
"""What `sqlalchemy.text` takes for a parameter, or for an escaped colon."""

_PREPARER = DefaultDialect().identifier_preparer


def condition(policy: Policy, table: str, text: str) -> exp.Expression:
    """Return the condition in `where`.

    Raises:
        PolicyError: it is not a condition on one row.
    """
    at: Address = ("tables", table, "where")
    try:
        parsed = sqlglot.parse_one(f"SELECT 1 WHERE {text}", read="duckdb")
    except SqlglotError as error:
        raise policy.error(at, f"{table}: where is not a condition: {_problem(error)}.", f"It is: {text}") from None
    where = parsed.args.get("where") if isinstance(parsed, exp.Select) else None
    if where is None or any(value for name, value in parsed.args.items() if name not in {"expressions", "where"}):
        raise policy.error(at, f"{table}: where is not a condition of one row.", f"It is: {text}")
    tree: exp.Expression = where.this
    if tree.find(*_NOT_OF_ONE_ROW):
        hint = "It may have no aggregates, windows, subqueries or parameters; read a view for those."
        raise policy.error(at, f"{table}: where is not a condition of one row.", hint)
    functions = {function.name.lower() for function in tree.find_all(exp.Anonymous)}
    if tree.find(*_NOT_THE_SAME_TWICE) or functions & _CLOCKS:
        hint = "Compare with a date that is written out, or read a view."
        raise policy.error(at, f"{table}: where depends on the clock or on chance: no run could be repeated.", hint)
    return tree


def _problem(error: SqlglotError) -> str:
    description = error.errors[0]["description"] if isinstance(error, ParseError) and error.errors else ""
    if not description or "Required keyword" in description:
        return "something is missing in it"
    return str(description).rstrip(".").replace("Invalid expression / Unexpected token", "it cannot be read")


@dataclass(frozen=True)
class TableName:
    """The name of a table in a database.

    Attributes:
        parts: from the outermost in: a catalog, a schema, the table.
        quoted: for each part, whether the policy quotes it.
    """

    parts: tuple[str, ...]
    quoted: tuple[bool, ...]

    def as_great_expectations(self, kind: str) -> dict[str, Any]:
        """Return the arguments of a table asset; empty if Great Expectations would read another table."""
        quotes = self._quotes(kind)
        # Great Expectations writes a schema in small letters, and cannot quote one
        if any(quotes[:-1]) or (len(self.parts) > 2 and _quotes_capitals(kind)) or '"' in self.parts[-1]:
            return {}
        name = f'"{self.parts[-1]}"' if quotes[-1] else self.parts[-1]
        schema = {"schema_name": ".".join(self.parts[:-1])} if len(self.parts) > 1 else {}
        return {"table_name": name, **schema}

    def query(
        self,
        kind: str,
        connection: object,
        where: exp.Expression | None,
        first_of: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> str:
        """Return a query for the rows that meet a condition, or for all rows.

        Args:
            kind: the type of the data source.
            connection: its address, if the policy writes it out.
            where: the condition; None for all rows.
            first_of: computed columns; each takes the first of its columns that is not NULL.
        """
        computed = [_first(alias, columns, kind) for alias, columns in first_of.items()]
        query = sqlglot.select("*", *computed).from_(self._table(kind))
        if where is not None:
            query = query.where(_written(where, kind))
        return query.sql(dialect=_dialect(kind, connection), comments=False)

    def sql(self, kind: str, connection: object) -> str:
        """Return the name as a query writes it; see `query` for the arguments."""
        return self._table(kind).sql(dialect=_dialect(kind, connection))

    def identify(self) -> tuple[str, ...]:
        """Return the parts of the name, the same for all ways to write it: folded where the policy does not quote it."""
        return tuple(part if quoted else part.casefold() for part, quoted in zip(self.parts, self.quoted, strict=True))

    def _table(self, kind: str) -> exp.Table:
        quotes = self._quotes(kind)
        names = [exp.to_identifier(part, quoted=quote) for part, quote in zip(self.parts, quotes, strict=True)]
        return exp.Table(**dict(zip(("this", "db", "catalog"), reversed(names), strict=False)))

    def _quotes(self, kind: str) -> list[bool]:
        return [quoted or _needs_quotes(part, kind) for part, quoted in zip(self.parts, self.quoted, strict=True)]


def _first(alias: str, columns: Sequence[str], kind: str) -> exp.Expr:
    first, *others = (exp.column(exp.to_identifier(name, quoted=_needs_quotes(name, kind))) for name in columns)
    return exp.alias_(exp.Coalesce(this=first, expressions=others), alias, quoted=True)


def _written(where: exp.Expression, kind: str) -> exp.Expression:
    """Return a condition in the form that survives Great Expectations' handling of queries."""
    where = where.copy()
    for name in where.find_all(exp.Identifier):
        name.set("quoted", name.args.get("quoted") or _needs_quotes(name.name, kind))
    return where.transform(_protect_text)


def _protect_text(node: exp.Expression) -> exp.Expression:
    """Return text with `:word` or a percent sign as a concatenation of parts, and `a % b` as `MOD(a, b)`.

    Great Expectations passes a query to `sqlalchemy.text` once or twice, which reads the word as a parameter that is
    NULL. For PostgreSQL and Snowflake each pass doubles percent signs, and only one of two is undone.
    """
    if isinstance(node, exp.Mod):
        sides = (side.this if isinstance(side, exp.Paren) else side for side in (node.this, node.expression))
        return exp.Anonymous(this="MOD", expressions=list(sides))
    if not (isinstance(node, exp.Literal) and node.is_string and (PARAMETER.search(node.name) or "%" in node.name)):
        return node
    parts = [
        exp.Chr(expressions=[exp.Literal.number(ord(part))]) if part == "%" else exp.Literal.string(part)
        for part in re.split("([:%])", node.name)
        if part
    ]
    together = exp.Concat(expressions=parts, safe=True, coalesce=False) if len(parts) > 1 else parts[0]
    return exp.paren(together, copy=False)


def table_name(policy: Policy, table: str) -> TableName:
    """Return the name in `table:`.

    Raises:
        PolicyError: it is not the name of a table.
    """
    at: Address = ("tables", table, "table")
    text = policy.tables[table].table or ""
    if "${" in text:
        hint = "The connection may have one, and name the schema."
        raise policy.error(at, f"{table}: {text} has a variable, which is not read in names of tables.", hint)
    matches = list(_NAME.finditer(text))
    if not text.strip() or not matches or ".".join(match[0] for match in matches) != text or len(matches) > 3:
        hint = 'Write TABLE, SCHEMA.TABLE or CATALOG.SCHEMA.TABLE; a name with a dot in "double quotes".'
        raise policy.error(at, f"{table}: {text} is not a name of a table.", hint)
    return TableName(
        tuple(match[2] or match[1].replace('""', '"') for match in matches),
        tuple(match[2] is None for match in matches),
    )


def _needs_quotes(name: str, kind: str) -> bool:
    """Return whether a name means another table unless it is quoted."""
    if not _quotes_capitals(kind):
        return not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_$]*", name)
    return _PREPARER.quote(name) != name


def _quotes_capitals(kind: str) -> bool:
    """Return whether a name with capitals means another table unless it is quoted, as SQLAlchemy quotes it."""
    dialect = find_dialect(find_engine_of_type(kind))
    return kind == ANY_SQL or (dialect is not None and dialect.quotes_capitals)


def _dialect(kind: str, connection: object) -> str:
    dialect = find_dialect(engine_of(kind, connection))
    return dialect.sqlglot if dialect else "postgres"


def engine_of(kind: str, connection: object) -> str:
    """Return SQLAlchemy's name of a data source's engine; empty for type sql if the address is a variable."""
    if kind != ANY_SQL:
        return find_engine_of_type(kind)
    scheme = re.match("[a-z0-9]+", connection) if isinstance(connection, str) else None
    return scheme[0] if scheme else ""
