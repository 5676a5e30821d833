"""The shapes of values in JSON: text, an object with keys, or a list; what lines say is merged into one shape a column."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

TEXT = "VARCHAR"
"""DuckDB's type of everything that is not an object and no list."""


class ShapeError(Exception):
    """A value whose shape differs from that of the same column in another line; the argument says how."""


@dataclass
class Shape:
    """What the values of a column are, so far.

    Attributes:
        kind: None as long as all are null.
        keys: of objects, by folded name: the name as it was first spelled, and the shape of its values.
        items: the shape of the items of lists.
    """

    kind: str | None = None
    keys: dict[str, tuple[str, Shape]] = field(default_factory=dict)
    items: Shape | None = None

    def fit(self, value: Any) -> Any:
        """Merge a value into the shape, and return it with the names of keys spelled as they were first.

        Raises:
            ShapeError: it is of another kind than the values before it.
        """
        if value is None:
            return None
        kind = "an object" if isinstance(value, dict) else "a list" if isinstance(value, list) else "a plain value"
        if self.kind != kind:
            if self.kind is not None:
                raise ShapeError(f"is {kind} here, and {self.kind} before")
            self.kind = kind
        if isinstance(value, dict):
            return self._fit_object(value)
        if isinstance(value, list):
            self.items = self.items or Shape()
            return [self.items.fit(item) for item in value]
        return format_plain(value)

    def _fit_object(self, value: dict[str, Any]) -> dict[str, Any]:
        fitted: dict[str, Any] = {}
        for name, item in value.items():
            if not name.strip() or "\0" in name:
                raise ShapeError("has a key without a name, or with a NUL")
            spelled, shape = self.keys.setdefault(name.casefold(), (name, Shape()))
            fitted[spelled] = shape.fit(item)
        return fitted

    @property
    def is_nested(self) -> bool:
        """Whether the values are lists, or objects that have keys."""
        return self.kind == "a list" or bool(self.keys)

    def structure(self) -> Any:
        """Return the shape as DuckDB's `from_json` takes it."""
        if self.kind == "a list":
            return [self.items.structure() if self.items else TEXT]
        return {name: shape.structure() for name, shape in self.keys.values()} or TEXT


def format_plain(value: Any) -> str:
    """Return a value of JSON that is not an object and no list as text; numbers arrive as they are written."""
    return value if isinstance(value, str) else json.dumps(value)
