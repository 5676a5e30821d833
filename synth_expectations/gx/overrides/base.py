"""One engine that does something in another way, while all others of its class go on as they are.

Engines of databases are Great Expectations' own: a data source makes them, and none of ours can take their place.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import partial
from typing import Any

from great_expectations.execution_engine import SqlAlchemyExecutionEngine


def instead(engine: SqlAlchemyExecutionEngine, method: str, ours: Callable[..., dict[Any, Any]]) -> None:
    """Let an engine answer a method that resolves metrics in our way; once is enough.

    Args:
        engine: which; it is not kept alive by this.
        method: its name.
        ours: takes the engine, what it would have done, and what the method is given.
    """
    if method in vars(engine):
        return
    known, theirs = weakref.ref(engine), getattr(type(engine), method)

    def resolve(*given: Any, **named: Any) -> dict[Any, Any]:
        this = known()
        assert this is not None  # who asks has it
        return ours(this, partial(theirs, this), *given, **named)

    vars(engine)[method] = resolve
