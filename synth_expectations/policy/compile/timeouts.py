"""Tables whose timeout no run enforces, because their engine cannot be told to end a query."""

from __future__ import annotations

from collections.abc import Iterator

from synth_expectations.engine.dialects.registry import find_dialect
from synth_expectations.policy.compile.compiler import CompiledPolicy
from synth_expectations.policy.compile.datasources import OF_FILES
from synth_expectations.policy.compile.table_checks import gx_source_of
from synth_expectations.policy.compile.where_sql import engine_of


def find_unenforced(compiled: CompiledPolicy) -> Iterator[str]:
    """Yield a sentence for each engine that cannot end the queries of tables with a timeout."""
    tables: dict[str, list[str]] = {}
    for name, entry in compiled.policy.tables.items():
        source = compiled.sources.get(gx_source_of(entry))
        if entry.timeout and source and source["type"] not in OF_FILES:
            engine = engine_of(source["type"], source.get("connection_string"))
            dialect = find_dialect(engine) if engine else None
            if dialect and not dialect.can_limit_queries:
                tables.setdefault(engine, []).append(name)
    for engine, names in tables.items():
        yield f"The timeout of {', '.join(names)} is not enforced: {engine} has no statement that ends a long query."
