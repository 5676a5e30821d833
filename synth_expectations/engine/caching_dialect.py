"""SQLAlchemy's dialect of DuckDB, for connections on which the SQL of a query may be kept."""

from __future__ import annotations

from duckdb_engine import Dialect


class CachingDialect(Dialect):
    """Lets SQLAlchemy keep the SQL of a query by its form.

    With it SQLAlchemy keeps the description of the result: only queries that name each of their columns may ask for it.
    That must hold no type of DuckDB, which complains when one outlives it: whoever uses it gives names of types instead.
    """

    supports_statement_cache = True
