"""What the engines that cases run on have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from synth_expectations.engine.adapters.base import Adapter
from synth_expectations.errors import ConditionError
from synth_expectations.testing.tables import Table

BATCH_NAME = "the batch"
"""The name of a case's table in sentences."""


class Engine(Protocol):
    """An engine that cases run on."""

    name: str

    def adapter(self, batch: Table, references: Mapping[str, Table]) -> Adapter:
        """Return the adapter of a batch, with the references that rules look records up in."""

    def close(self) -> None:
        """Stop the engine if it was started."""


def find_reference(references: Mapping[str, Table], relation: Callable[[Table], Any]) -> Callable[[str], Any]:
    """Return what finds the relation of a reference by its name; a name that no table has is an error of the case."""

    def find(name: str) -> Any:
        if name not in references:
            raise ConditionError(
                f"The reference {name} is not a table of the data source.", f"It has {', '.join(references)}."
            )
        return relation(references[name])

    return find
