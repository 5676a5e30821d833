"""A cache of compiled conditions: their SQL, by what it is made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from synth_expectations.rules.nodes import Condition


@dataclass(unsafe_hash=True)
class _Compilation:
    """A condition on a table; equal to another where the condition and the names and families of columns are equal."""

    condition: Condition
    context: tuple[object, ...]
    make_sql: Callable[[], str] | None = field(compare=False)


def compile_once(condition: Condition, context: tuple[object, ...], make_sql: Callable[[], str]) -> str:
    """Return the SQL of a condition, compiled at its first use.

    Args:
        condition: on one table.
        context: all else that its SQL depends on.
        make_sql: compiles it.
    """
    return _compile(_Compilation(condition, context, make_sql))


@lru_cache(maxsize=1024)
def share_context(context: tuple[object, ...]) -> tuple[object, ...]:
    """Return the first of equal contexts: to compare the columns of two tables takes longer than to see that they are one."""
    return context


@lru_cache(maxsize=8192)
def _compile(compilation: _Compilation) -> str:
    # the cache keeps its keys, and the function would keep the compiler, its adapter, and the records of a frame
    make_sql, compilation.make_sql = compilation.make_sql, None
    assert make_sql is not None
    return make_sql()
