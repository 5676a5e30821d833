"""A checkpoint as it is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

DOCS_ACTIONS = frozenset({"synth_docs", "update_data_docs"})
"""The types of the actions that build Data Docs: of this package, and of Great Expectations."""


@dataclass(frozen=True)
class StoredCheckpoint:
    """A checkpoint as it is stored: a table whose suite cannot be read does not stop the others.

    Attributes:
        name: of the checkpoint.
        stored: its JSON.
        definitions: the names of its validation definitions, in its order.
    """

    name: str
    stored: Mapping[str, Any]
    definitions: tuple[str, ...]
