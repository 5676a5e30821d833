"""Great Expectations for synthetic records in a retail CRM.

`import synth_expectations as se` gives every expectation as a Great Expectations class: `se.ExpectRecordsToBeTagged`.
They, the DuckDB data source and the guard action are registered as soon as both packages are imported, in either
order. Great Expectations itself is imported only when something of it is used: it takes seconds.
"""

from __future__ import annotations

import importlib
from typing import Any

import wrapt

__version__ = "0.1.0"


@wrapt.when_imported("great_expectations")
def _register(_: Any) -> None:
    importlib.import_module("synth_expectations.gx")


def __getattr__(name: str) -> Any:
    if name.startswith("Expect") or name in {"GuardAction", "references"}:
        return getattr(importlib.import_module("synth_expectations.gx"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    from synth_expectations.expectations.catalogue import all_expectations

    return sorted([*globals(), "GuardAction", *(each.__name__ for each in all_expectations().values())])
