"""Functions that are called when a module has been imported, without importing it.

`wrapt` has the same as `when_imported`, but it imports asyncio: a third of what this package needs until it knows its
command.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

Hook = Callable[[ModuleType], object]


def call_when_imported(name: str, hook: Hook) -> None:
    """Call a function with a module after it was imported; at once, if it already was.

    What the function raises is raised by the import.

    Args:
        name: of the module.
        hook: is called once.
    """
    if (module := sys.modules.get(name)) is not None:
        hook(module)
        return
    _hooks.setdefault(name, []).append(hook)
    if _finder not in sys.meta_path:
        sys.meta_path.insert(0, _finder)


class _HookedFinder:
    """Finds nothing by itself: it lets the finders behind it find a module that has hooks, and wraps its execution."""

    def __init__(self) -> None:
        self._underway: set[str] = set()

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return the spec of a module that has hooks; None of any other."""
        if name not in _hooks or name in self._underway:
            return None
        self._underway.add(name)  # another finder may ask all finders, as this one does
        try:
            specs = (finder.find_spec(name, path, target) for finder in list(sys.meta_path) if finder is not self)
            spec = next((spec for spec in specs if spec is not None), None)
        finally:
            self._underway.discard(name)
        if spec is not None:
            _wrap_execution(spec, name)
        return spec


def _wrap_execution(spec: ModuleSpec, name: str) -> None:
    """Let the loader of a module call its hooks after it has executed it."""
    loader = spec.loader
    if loader is None or isinstance(loader, type):  # a namespace, or a loader of all modules of its kind
        return
    execute = loader.exec_module

    def execute_and_call(module: ModuleType) -> None:
        execute(module)
        if module.__name__ == name:  # a loader may serve several modules
            loader.__dict__.pop("exec_module", None)
            for hook in _hooks.pop(name, ()):
                hook(module)

    loader.exec_module = execute_and_call  # type: ignore[method-assign]


_hooks: dict[str, list[Hook]] = {}
_finder = _HookedFinder()
