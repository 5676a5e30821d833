"""The catalogue of expectations: the package's own, found by their files, and those of installed plug-ins."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from importlib.metadata import entry_points

from synth_expectations import expectations
from synth_expectations.errors import SynthError, nearest
from synth_expectations.expectations.base import SyntheticDataExpectation

ENTRY_POINT_GROUP = "synth_expectations.expectations"
"""The entry-point group in which a plug-in names a module of expectations."""


@cache
def all_expectations() -> dict[str, type[SyntheticDataExpectation]]:
    """Return every expectation by its snake-case type, sorted.

    Raises:
        SynthError: a plug-in cannot be imported, or two classes have one name.
    """
    found: dict[str, type[SyntheticDataExpectation]] = {}
    for module in pkgutil.walk_packages(expectations.__path__, f"{expectations.__name__}."):
        if module.name.rpartition(".")[2].startswith("expect_"):
            _add(found, module.name)
    for plugin in entry_points(group=ENTRY_POINT_GROUP):
        try:
            _add(found, plugin.value)
        except ImportError as error:
            raise SynthError(
                f"The plug-in {plugin.name} ({plugin.value}) cannot be imported: {error}.",
                "Install it again, or remove it.",
            ) from error
    return dict(sorted(found.items()))


def expectation_class(type_name: str) -> type[SyntheticDataExpectation]:
    """Return the expectation of a snake-case type.

    Raises:
        SynthError: there is no such expectation; the error names the nearest.
    """
    every = all_expectations()
    if type_name not in every:
        guess = nearest(type_name, list(every))
        raise SynthError(f"There is no expectation {type_name}.", f"Did you mean {guess}?" if guess else "See: list.")
    return every[type_name]


def _add(found: dict[str, type[SyntheticDataExpectation]], module_name: str) -> None:
    module = importlib.import_module(module_name)
    for kind in vars(module).values():
        own = isinstance(kind, type) and issubclass(kind, SyntheticDataExpectation) and kind.__module__ == module_name
        if own and found.setdefault(kind.type_name(), kind) is not kind:
            raise SynthError(f"Two expectations are called {kind.type_name()}.", f"Rename that of {module_name}.")
