"""Great Expectations for synthetic records in a retail CRM.

`import synth_expectations as se` gives every expectation as a Great Expectations class: `se.ExpectRecordsToBeTagged`.
Importing both packages, in either order, registers the expectations, the DuckDB data source and the guard action.
Great Expectations takes seconds to import, so this package imports it only when one of its classes is used.

Type checkers and editors read `__init__.pyi`, which `python -m tools.stubs` writes.
"""

from __future__ import annotations

import sys

if "".join(sys.argv[:1]).endswith(("-m", "synth-expectations")):  # the command line: before anything else is imported
    from synth_expectations.process import end_on_interrupt

    end_on_interrupt()

import importlib
import importlib.util
from typing import Any, TypedDict

import wrapt

__version__ = "0.1.0"

SuiteParameter = TypedDict("SuiteParameter", {"$PARAMETER": str})
"""An argument whose value is given to each run: `{"$PARAMETER": "name"}`."""


@wrapt.when_imported("great_expectations")
def _register(_: Any) -> None:
    importlib.import_module("synth_expectations.gx")


def __getattr__(name: str) -> Any:
    if name.startswith("__"):  # Python and its tools probe for such names
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # `from synth_expectations import rules` asks here before it imports the module.
    if name.isidentifier() and importlib.util.find_spec(f"{__name__}.{name}"):
        raise AttributeError(f"{__name__}.{name} is a module that was not imported yet: import {__name__}.{name}")
    names = _read_lazy_names()
    if name not in names:
        from synth_expectations.errors import nearest

        guess = nearest(name, names)
        hint = f"Did you mean {guess}?" if guess else "See: synth-expectations list."
        raise AttributeError(f"There is no {name} in {__name__}. {hint}", name=name)
    return getattr(importlib.import_module("synth_expectations.gx"), name)


def __dir__() -> list[str]:
    special = [name for name in globals() if name.startswith("__")]
    return sorted([*special, "SuiteParameter", *_read_lazy_names()])


def _read_lazy_names() -> list[str]:
    """Return the names that need Great Expectations: it is imported when one of them is used."""
    from synth_expectations.expectations.catalogue import all_expectations

    return ["GuardAction", "references", *(expectation.__name__ for expectation in all_expectations().values())]
