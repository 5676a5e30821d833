"""The comparable forms of keys that no table holds, such as those of stored results."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from synth_expectations.engine.adapters.match_queries import BOUND
from synth_expectations.engine.compiler import Compiler
from synth_expectations.engine.dialects.duckdb import DIALECT
from synth_expectations.engine.schema import Column, Columns, Family
from synth_expectations.rules.expressions import field as column_of
from synth_expectations.rules.expressions import normalize_key


def read_key_forms(keys: Collection[str], kind: str, at: datetime) -> dict[str, str | None]:
    """Return the comparable form of each key, as `normalize_key` defines it; None for one that names no record.

    DuckDB computes them from bound values, whatever engine has the tables: all engines have the same forms.

    Args:
        keys: as they are written.
        kind: what they are declared to be; empty where nothing is.
        at: a time, for the compiler of conditions.
    """
    import duckdb

    columns = Columns([Column(BOUND, Family.TEXT)], "the key")
    form = Compiler(columns, DIALECT, at).compile(normalize_key(column_of(BOUND), kind))
    listed = sorted(key for key in set(keys) if key.isascii() or _is_text(key))
    if not listed:
        return {}
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"SELECT {BOUND}, {form} FROM (SELECT unnest($1::VARCHAR[]) AS {BOUND})",
            [listed],
        ).fetchall()
    return dict(rows)


def _is_text(key: str) -> bool:
    """Return whether a key can be written as UTF-8: JSON may hold halves of signs."""
    try:
        key.encode()
    except UnicodeEncodeError:
        return False
    return True
