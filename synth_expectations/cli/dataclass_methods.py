"""Methods of data classes that are compiled when they are first called.

`dataclasses` writes the source of up to six methods of a class and compiles each. A run defines 340 classes, its own and
those of libraries, which took an eighth of a small run; most of them are never compared, hashed or shown.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

_COMPILED_LATER = frozenset({"__repr__", "__eq__", "__hash__", "__setattr__", "__delattr__"})
"""All but `__init__`, which most classes need, and whose signature others read."""


def compile_methods_later() -> None:
    """Let this process compile rarely called methods of data classes when they are called.

    From Python 3.13 on, `dataclasses` compiles all methods of a class at once and has no such function; it is left as it is.
    """
    compile_now = getattr(dataclasses, "_create_fn", None)  # seen in Python 3.11 and 3.12
    if compile_now is not None:
        dataclasses._create_fn = _LaterCompiler(compile_now)  # type: ignore[attr-defined]


class _LaterCompiler:
    """Stands for the function of `dataclasses` that compiles a method."""

    def __init__(self, compile_now: Callable[..., Any]) -> None:
        self._compile_now = compile_now

    def __call__(self, name: str, *source: Any, **context: Any) -> Any:
        if name not in _COMPILED_LATER:
            return self._compile_now(name, *source, **context)
        compile_now = self._compile_now
        compiled: Callable[..., Any] | None = None

        def method(*arguments: Any) -> Any:
            nonlocal compiled
            if compiled is None:
                compiled = compile_now(name, *source, **context)
                compiled.__qualname__ = method.__qualname__
                for owner in type(arguments[0]).__mro__:
                    if vars(owner).get(name) is method:
                        setattr(owner, name, compiled)
            return compiled(*arguments)

        method.__name__ = name
        return method
