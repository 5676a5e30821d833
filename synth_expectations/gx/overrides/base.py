"""Override a method of one engine, while all other engines of its class stay as they are.

Engines of databases are made by Great Expectations' own data sources, so no subclass can take their place. The method
is set on the engine itself, never on its class: no other engine of the process is changed.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import partial
from typing import Any

from great_expectations.execution_engine import ExecutionEngine

from synth_expectations.gx.internals import CHANGED
from synth_expectations.gx.private_name import PrivateName


def override_method(engine: ExecutionEngine, method: PrivateName, replacement: Callable[..., dict[Any, Any]]) -> None:
    """Override a method that resolves metrics, once; one that has changed in Great Expectations is left alone.

    Args:
        engine: the engine; it is not kept alive by this.
        method: the method to override.
        replacement: takes the engine, its own method, and the arguments.
    """
    if method in CHANGED or method.name in vars(engine):
        return
    reference, original = weakref.ref(engine), getattr(type(engine), method.name)

    def resolve(*arguments: Any, **named: Any) -> dict[Any, Any]:
        current = reference()
        assert current is not None  # the caller holds it
        return replacement(current, partial(original, current), *arguments, **named)

    vars(engine)[method.name] = resolve
