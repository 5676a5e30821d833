"""What the vendor of Harbour would publish: SQLAlchemy's dialect of it. It is DuckDB behind another address."""

from __future__ import annotations

import duckdb_engine


class HarbourDialect(duckdb_engine.Dialect):
    """See SQLAlchemy's entry points `sqlalchemy.dialects`."""

    name = "harbour"
    supports_statement_cache = True
